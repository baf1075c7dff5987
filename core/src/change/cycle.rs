//! Would placing a group in a group close a cycle (decision D10)?

use std::collections::HashMap;

use crate::directory::Directory;
use crate::id::GroupHandle;

use super::editor::Editor;
use super::refusal::{GroupCycle, Refusal};

/// The placements of one list that are searched directly before the containers are counted.
const SEARCHED_DIRECTLY: u32 = 8;

/// How many groups contain each group, once a list places many.
///
/// A group that nothing contains cannot be reached from what is placed in it, so that building a
/// hierarchy from below searches nothing.
#[derive(Debug)]
pub(super) struct Containers {
    asked: u32,
    // INVARIANT: if counted, by group index; a group after the end is contained in none.
    counts: Option<Vec<u32>>,
}

impl Containers {
    pub(super) const fn new() -> Self {
        Self {
            asked: 0,
            counts: None,
        }
    }

    /// Returns whether it is known that no group contains this one.
    fn known_to_be_outermost(&mut self, directory: &Directory, group: GroupHandle) -> bool {
        self.asked = self.asked.saturating_add(1);
        if self.asked <= SEARCHED_DIRECTLY {
            return false;
        }
        let counts = self.counts.get_or_insert_with(|| count(directory));
        counts.get(group.index()).is_none_or(|count| *count == 0)
    }

    /// Something was undone: the containers are counted anew when they are asked for.
    pub(super) fn forget(&mut self) {
        self.counts = None;
    }

    pub(super) fn placed(&mut self, nested: &[GroupHandle]) {
        let Some(counts) = &mut self.counts else {
            return;
        };
        for group in nested {
            if counts.len() <= group.index() {
                counts.resize(group.index().saturating_add(1), 0);
            }
            if let Some(count) = counts.get_mut(group.index()) {
                *count = count.saturating_add(1);
            }
        }
    }

    pub(super) fn taken_out(&mut self, nested: &[GroupHandle]) {
        let Some(counts) = &mut self.counts else {
            return;
        };
        for group in nested {
            if let Some(count) = counts.get_mut(group.index()) {
                *count = count.saturating_sub(1);
            }
        }
    }
}

fn count(directory: &Directory) -> Vec<u32> {
    let mut counts = vec![0_u32; directory.group_table_size()];
    for (_, group) in directory.groups() {
        for nested in &group.groups {
            if let Some(count) = counts.get_mut(nested.index()) {
                *count = count.saturating_add(1);
            }
        }
    }
    counts
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
            let holds_groups = directory
                .group(nested)
                .is_some_and(|group| !group.groups.is_empty());
            if !holds_groups || self.containers.known_to_be_outermost(directory, container) {
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
