//! The part of the hierarchy to draw: groups as nodes, nesting as edges, roots first.

use std::collections::HashMap;

use guichet::core::{Directory, Group, GroupHandle};

use crate::loaded::Loaded;
use crate::output::Person;

/// One group to draw.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) name: String,
    /// Names of the users placed directly in the group.
    pub(super) users: Vec<Person>,
    /// The groups placed directly in it, as indices of nodes.
    pub(super) nested: Vec<usize>,
    /// The groups that it is placed in, as indices of nodes.
    pub(super) containers: Vec<usize>,
}

/// Groups and their nesting.
#[derive(Debug)]
pub(super) struct Hierarchy {
    pub(super) nodes: Vec<Node>,
    /// Where a drawing starts: groups in no other group, and one group of each cycle that no such
    /// group reaches.
    pub(super) roots: Vec<usize>,
}

impl Hierarchy {
    /// Takes the whole hierarchy, or one group with all that is nested in it.
    pub(super) fn of(loaded: &Loaded, top: Option<GroupHandle>) -> Self {
        let directory = loaded.directory();
        let handles = top.map_or_else(
            || directory.groups().map(|(handle, _)| handle).collect(),
            |top| reachable(directory, top),
        );
        let index: HashMap<GroupHandle, usize> = handles
            .iter()
            .enumerate()
            .map(|(index, handle)| (*handle, index))
            .collect();
        let mut nodes: Vec<Node> = handles
            .iter()
            .filter_map(|handle| directory.group(*handle))
            .map(|group| Node {
                name: group.name().to_string(),
                users: loaded.people(group.users()),
                nested: group
                    .groups()
                    .iter()
                    .filter_map(|nested| index.get(nested).copied())
                    .collect(),
                containers: Vec::new(),
            })
            .collect();
        for container in 0..nodes.len() {
            let nested = nodes
                .get(container)
                .map(|node| node.nested.clone())
                .unwrap_or_default();
            for child in nested {
                if let Some(child) = nodes.get_mut(child) {
                    child.containers.push(container);
                }
            }
        }
        let roots = if top.is_some() {
            vec![0]
        } else {
            roots(&nodes)
        };
        Self { nodes, roots }
    }
}

fn reachable(directory: &Directory, top: GroupHandle) -> Vec<GroupHandle> {
    let mut found = vec![top];
    let mut seen = vec![false; directory.group_table_size()];
    let mut next = 0;
    while let Some(group) = found.get(next).copied() {
        next += 1;
        if let Some(seen) = seen.get_mut(group.index()) {
            *seen = true;
        }
        for nested in directory
            .group(group)
            .map(Group::groups)
            .unwrap_or_default()
        {
            if let Some(seen) = seen.get_mut(nested.index())
                && !std::mem::replace(seen, true)
            {
                found.push(*nested);
            }
        }
    }
    found
}

/// The groups in no other group; then, while some group is not reached, the first such one.
fn roots(nodes: &[Node]) -> Vec<usize> {
    let mut seen = vec![false; nodes.len()];
    let mut roots = Vec::new();
    let top = (0..nodes.len()).filter(|index| {
        nodes
            .get(*index)
            .is_some_and(|node| node.containers.is_empty())
    });
    for root in top.chain(0..nodes.len()) {
        if seen.get(root).copied().unwrap_or(true) {
            continue;
        }
        roots.push(root);
        let mut open = vec![root];
        while let Some(index) = open.pop() {
            let Some(place) = seen.get_mut(index) else {
                continue;
            };
            if !std::mem::replace(place, true) {
                open.extend(nodes.get(index).into_iter().flat_map(|node| &node.nested));
            }
        }
    }
    roots
}
