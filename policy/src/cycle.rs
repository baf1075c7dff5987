//! Groups that contain one another.

use std::fmt;

use guichet_core::{Directory, GroupHandle};

use crate::graph::Graph;
use crate::names::group_name;
use crate::search::{components, shortest_chain, shortest_ring};

/// A closed chain of containers: each group holds the next one directly, the last holds the first.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ClosedChain {
    // INVARIANT: not empty.
    groups: Vec<GroupHandle>,
}

impl ClosedChain {
    /// Returns the groups of the chain, never none; a single one holds itself.
    pub fn groups(&self) -> &[GroupHandle] {
        &self.groups
    }

    /// Returns the memberships of the chain in order, each as container and nested group.
    pub fn edges(&self) -> impl Iterator<Item = (GroupHandle, GroupHandle)> {
        let nested = self.groups.iter().cycle().skip(1);
        self.groups.iter().copied().zip(nested.copied())
    }

    /// Returns the chain as a person reads it, edge by edge: `A contains B, B contains A`
    /// (decision D34).
    pub fn describe<'a>(&'a self, directory: &'a Directory) -> impl fmt::Display + 'a {
        fmt::from_fn(move |f| {
            let name = |group| group_name(directory, group);
            for (position, (container, nested)) in self.edges().enumerate() {
                let separator = if position == 0 { "" } else { ", " };
                write!(
                    f,
                    "{separator}{} contains {}",
                    name(container),
                    name(nested)
                )?;
            }
            Ok(())
        })
    }

    /// The chain that a membership would close, given that it is not there yet.
    pub(crate) fn closed_by(
        graph: &Graph,
        container: GroupHandle,
        nested: GroupHandle,
    ) -> Option<Self> {
        let mut groups = shortest_chain(
            [nested],
            |group| graph.nested(group).iter().copied(),
            |group| group == container,
        )?;
        groups.rotate_right(1);
        Some(Self { groups })
    }
}

/// A cycle of a directory: groups that contain one another, or one that contains itself.
///
/// 4D's documentation does not say what such a file means; here every group of the cycle has the
/// members of all of them (decision D10).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Cycle {
    groups: Vec<GroupHandle>,
    chain: ClosedChain,
}

impl Cycle {
    /// Returns every group of the cycle in the order of the file.
    ///
    /// More than the chain has where several share a group.
    pub fn groups(&self) -> &[GroupHandle] {
        &self.groups
    }

    /// Returns the witness: a shortest closed chain through the first group of the cycle.
    pub const fn chain(&self) -> &ClosedChain {
        &self.chain
    }

    /// Finds one cycle for each set of groups that contain one another, and one for each group that
    /// is placed in itself, in the order of their first groups.
    pub(crate) fn all(graph: &Graph) -> Vec<Self> {
        Self::counted(graph).0
    }

    /// Finds them and counts how many memberships the searches for their chains looked at.
    fn counted(graph: &Graph) -> (Vec<Self>, usize) {
        let mut looked_at = 0_usize;
        let mut component_of = vec![usize::MAX; graph.directory().group_table_size()];
        let mut cycles = Vec::new();
        for (number, groups) in components(graph).into_iter().enumerate() {
            for group in &groups {
                if let Some(component) = component_of.get_mut(group.index()) {
                    *component = number;
                }
            }
            // What is below the cycle leads nowhere.
            let nested_in_it = |group: GroupHandle| {
                let nested = graph.nested(group);
                looked_at = looked_at.saturating_add(nested.len());
                let nested = nested.iter().copied();
                nested.filter(|nested| component_of.get(nested.index()) == Some(&number))
            };
            let first = groups.first().copied();
            if let Some(ring) = first.and_then(|first| shortest_ring(first, nested_in_it)) {
                let chain = ClosedChain { groups: ring };
                cycles.push(Self { groups, chain });
            }
        }
        let itself = graph
            .directory()
            .groups()
            .filter(|(handle, group)| group.groups().contains(handle))
            .map(|(handle, _)| Self {
                groups: vec![handle],
                chain: ClosedChain {
                    groups: vec![handle],
                },
            });
        cycles.extend(itself);
        cycles.sort_by_key(|cycle| {
            let first = cycle.groups.first();
            first.and_then(|group| graph.directory().group_id(*group))
        });
        (cycles, looked_at)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use guichet_core::{DirectoryBuilder, GroupName};

    use super::Cycle;
    use crate::graph::Graph;

    /// Many cycles of three groups, all above the same large hierarchy.
    #[test]
    fn the_search_for_a_ring_stays_within_its_cycle() {
        for size in [500, 1_000, 2_000] {
            let mut builder = DirectoryBuilder::new();
            let below = builder.group(GroupName::from_stored("below"));
            for n in 0..size {
                builder.group(GroupName::from_stored(format!("leaf{n}")));
                builder.members_of(below).group(&format!("leaf{n}"));
                let sides = ["a", "b", "c"];
                let groups =
                    sides.map(|side| builder.group(GroupName::from_stored(format!("{side}{n}"))));
                for (group, next) in groups.into_iter().zip(["b", "c", "a"]) {
                    builder.members_of(group).group("below");
                    builder.members_of(group).group(&format!("{next}{n}"));
                }
            }
            let graph = Graph::new(Arc::new(builder.finish()));
            let (cycles, looked_at) = Cycle::counted(&graph);
            assert_eq!(cycles.len(), size);
            assert!(looked_at <= 8 * size, "{looked_at} of {size}");
        }
    }
}
