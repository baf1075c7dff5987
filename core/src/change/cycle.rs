//! Would placing a group in a group close a cycle (decision D10)?

use std::collections::HashMap;

use crate::directory::Directory;
use crate::id::GroupHandle;

use super::editor::Editor;
use super::refusal::{GroupCycle, Refusal};

/// How many groups contain each group.
///
/// A group that nothing contains cannot be reached from what is placed in it, so that building a
/// hierarchy from below searches nothing.
#[derive(Debug)]
pub(super) struct Containers(Vec<u32>);

impl Containers {
    fn of(directory: &Directory) -> Self {
        let mut counts = vec![0_u32; directory.group_table_size()];
        for (_, group) in directory.groups() {
            for nested in &group.groups {
                if let Some(count) = counts.get_mut(nested.index()) {
                    *count = count.saturating_add(1);
                }
            }
        }
        Self(counts)
    }

    fn contained(&self, group: GroupHandle) -> bool {
        self.0.get(group.index()).is_some_and(|count| *count > 0)
    }

    pub(super) fn placed(&mut self, nested: GroupHandle) {
        if self.0.len() <= nested.index() {
            self.0.resize(nested.index().saturating_add(1), 0);
        }
        if let Some(count) = self.0.get_mut(nested.index()) {
            *count = count.saturating_add(1);
        }
    }

    pub(super) fn taken_out(&mut self, nested: GroupHandle) {
        if let Some(count) = self.0.get_mut(nested.index()) {
            *count = count.saturating_sub(1);
        }
    }
}

impl Editor<'_> {
    /// Refuses to place a group in a container that it contains, directly or not.
    ///
    /// Linear in what the nested group reaches; no recursion.
    pub(super) fn refuse_cycle(
        &mut self,
        container: GroupHandle,
        nested: GroupHandle,
    ) -> Result<(), Refusal> {
        let directory = &*self.directory;
        if container != nested {
            let empty = directory
                .group(nested)
                .is_none_or(|group| group.groups.is_empty());
            let containers = self
                .containers
                .get_or_insert_with(|| Containers::of(directory));
            if empty || !containers.contained(container) {
                return Ok(());
            }
        }
        match path(directory, nested, container) {
            None => Ok(()),
            Some(down) => Err(Refusal::Cycle {
                cycle: cycle(directory, container, &down),
            }),
        }
    }
}

/// Returns one shortest way down from a group to another, both named, or none.
fn path(directory: &Directory, from: GroupHandle, to: GroupHandle) -> Option<Vec<GroupHandle>> {
    let mut came_from: HashMap<GroupHandle, GroupHandle> = HashMap::new();
    came_from.insert(from, from);
    let mut level = vec![from];
    while !level.is_empty() && !came_from.contains_key(&to) {
        let mut next = Vec::new();
        for container in level {
            let nested = directory
                .group(container)
                .map_or(&[][..], |group| &group.groups);
            for group in nested {
                if !came_from.contains_key(group) {
                    came_from.insert(*group, container);
                    next.push(*group);
                }
            }
        }
        level = next;
    }
    let mut way = vec![to];
    let mut last = to;
    loop {
        let before = *came_from.get(&last)?;
        if before == last {
            way.reverse();
            return Some(way);
        }
        way.push(before);
        last = before;
    }
}

/// Names a cycle: the container, then the way down from the nested group without its end, which
/// is the container again.
fn cycle(directory: &Directory, container: GroupHandle, down: &[GroupHandle]) -> GroupCycle {
    let (_, way) = down.split_last().unwrap_or((&container, &[]));
    let names = std::iter::once(&container)
        .chain(way)
        .filter_map(|group| Some(directory.group(*group)?.name.clone()));
    GroupCycle::new(names.collect())
}
