//! The hierarchy of groups as it is drawn: which group is below which, and where.
//!
//! | module | what is there |
//! |---|---|
//! | here | [`Hierarchy`], the groups as nodes and their nesting as edges |
//! | `outline` | the rows of an indented tree |
//! | `layout` | boxes in rows, for a picture |

mod layout;
mod outline;

use std::collections::HashMap;

use guichet_core::GroupHandle;

use crate::closure::Closure;
use crate::search::{Walk, downward, downward_order};

pub use layout::{GroupBox, Layout, Spacing};
pub use outline::{Outline, OutlineRow, Shown};

/// Groups and how they are nested, by small numbers: the places in [`nodes`](Hierarchy::nodes).
///
/// A drawing shows a container above the groups placed in it, whose members have what it has.
///
/// ```
/// use guichet_core::{DirectoryBuilder, GroupName};
/// use guichet_policy::Closure;
///
/// let mut builder = DirectoryBuilder::new();
/// let accounting = builder.group(GroupName::from_stored("Accounting"));
/// let finance = builder.group(GroupName::from_stored("Finance"));
/// builder.members_of(accounting).group("Finance");
///
/// let closure = Closure::new(builder.finish());
/// let hierarchy = closure.hierarchy(None);
/// assert_eq!(hierarchy.roots(), [0]);
/// assert_eq!(hierarchy.nodes()[0].group, accounting);
/// assert_eq!(hierarchy.nodes()[0].nested, [1]);
/// assert_eq!(closure.hierarchy(Some(finance)).nodes().len(), 1);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hierarchy {
    nodes: Vec<Node>,
    roots: Vec<usize>,
}

/// One group of a [`Hierarchy`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Node {
    /// The group.
    pub group: GroupHandle,
    /// The nodes of the groups placed directly in it, in the order of its list.
    pub nested: Vec<usize>,
    /// The nodes of the groups that it is placed in directly.
    pub containers: Vec<usize>,
}

impl Closure {
    /// Returns the whole hierarchy in the order of the file, or one group with all that is nested in
    /// it, nearest first.
    ///
    /// O(groups + memberships).
    pub fn hierarchy(&self, top: Option<GroupHandle>) -> Hierarchy {
        let groups: Vec<GroupHandle> = match top {
            None => self.directory().groups().map(|(group, _)| group).collect(),
            Some(top) => downward(self.graph(), &[top])
                .map(|(group, _)| group)
                .collect(),
        };
        let numbers: HashMap<GroupHandle, usize> = groups.iter().copied().zip(0..).collect();
        let node = |group: &GroupHandle| Node {
            group: *group,
            nested: (self.graph().nested(*group).iter())
                .filter_map(|nested| numbers.get(nested).copied())
                .collect(),
            containers: Vec::new(),
        };
        let mut nodes: Vec<Node> = groups.iter().map(node).collect();
        for container in 0..nodes.len() {
            let nested = nodes.get(container).map(|node| node.nested.clone());
            for child in nested.unwrap_or_default() {
                if let Some(child) = nodes.get_mut(child) {
                    child.containers.push(container);
                }
            }
        }
        let roots = match top {
            None => roots(&nodes),
            Some(_) => vec![0],
        };
        Hierarchy { nodes, roots }
    }
}

impl Hierarchy {
    /// Returns the groups.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// Returns where a drawing starts: the groups in no other group, then one group of each cycle that
    /// none of them reaches; of one group with what is nested in it, that group.
    pub fn roots(&self) -> &[usize] {
        &self.roots
    }

    /// Returns the nodes placed directly in one.
    fn nested(&self, node: usize) -> &[usize] {
        nested(&self.nodes, node)
    }

    /// Returns the nodes that one is placed in directly.
    fn containers(&self, node: usize) -> &[usize] {
        self.nodes.get(node).map_or(&[], |node| &node.containers)
    }
}

fn roots(nodes: &[Node]) -> Vec<usize> {
    let mut walk = Walk::new([]);
    let numbered = nodes.iter().enumerate();
    let top = numbered.filter(|(_, node)| node.containers.is_empty());
    let top: Vec<usize> = top.map(|(number, _)| number).collect();
    let mut roots = Vec::new();
    for root in
        (top.iter().copied()).chain(downward_order(0..nodes.len(), |node| nested(nodes, node)))
    {
        if walk.start(root) {
            roots.push(root);
        }
        while walk
            .advance(|node| nested(nodes, node).iter().copied())
            .is_some()
        {}
    }
    // One of each cycle, in the order of the file as the others are.
    let of_cycles = roots.get_mut(top.len()..);
    of_cycles.unwrap_or_default().sort_unstable();
    roots
}

fn nested(nodes: &[Node], node: usize) -> &[usize] {
    nodes.get(node).map_or(&[], |node| &node.nested)
}
