//! The base and what each side did since.

use std::collections::{HashMap, HashSet};

use crate::compare::areas::AreaKey;
use crate::compare::entries::{Entry, entries};
use crate::compare::identities::{GroupKey, Identities, Side, UserKey};
use crate::compare::state::State;
use crate::delta::Delta;
use crate::plugin::PluginKey;
use crate::steps;

/// One side: what it means, and what it did since the base.
#[derive(Debug)]
pub(super) struct Made<'a> {
    pub(super) state: State<'a>,
    // INVARIANT: in the order of `Delta::place`.
    entries: Vec<Entry>,
    by_user: HashMap<UserKey, Vec<usize>>,
    by_group: HashMap<GroupKey, Vec<usize>>,
    by_area: HashMap<AreaKey, usize>,
    by_plugin: HashMap<PluginKey, usize>,
    /// By the group that was added or renamed.
    namings: HashMap<GroupKey, usize>,
    /// By container and nested group.
    placements: HashMap<(GroupKey, GroupKey), usize>,
}

impl<'a> Made<'a> {
    pub(super) fn new(base: &State<'a>, side: &Side<'a>, identities: &Identities<'a>) -> Self {
        let state = State::of(side, identities);
        let entries = entries(base, &state, identities);
        let mut made = Self {
            state,
            entries: Vec::new(),
            by_user: HashMap::new(),
            by_group: HashMap::new(),
            by_area: HashMap::new(),
            by_plugin: HashMap::new(),
            namings: HashMap::new(),
            placements: HashMap::new(),
        };
        for (index, entry) in entries.iter().enumerate() {
            made.file(index, entry);
        }
        Self { entries, ..made }
    }

    fn file(&mut self, index: usize, entry: &Entry) {
        if let Some(user) = entry.user {
            self.by_user.entry(user).or_default().push(index);
        }
        let groups: HashSet<GroupKey> = [entry.group, entry.nested].into_iter().flatten().collect();
        for group in groups {
            self.by_group.entry(group).or_default().push(index);
        }
        self.by_area.extend(entry.area.map(|area| (area, index)));
        if let Delta::PluginGranted { plugin, .. } = &entry.delta {
            self.by_plugin.insert(plugin.clone(), index);
        }
        if is_naming(&entry.delta) {
            self.namings.extend(entry.group.map(|group| (group, index)));
        }
        if matches!(entry.delta, Delta::MemberGroupAdded { .. }) {
            let edge = entry.group.zip(entry.nested);
            self.placements.extend(edge.map(|edge| (edge, index)));
        }
    }

    /// Returns the deltas that a test picks, in order: looks at all of them.
    pub(super) fn deltas(&self, picked: impl Fn(&Delta) -> bool) -> Vec<Delta> {
        steps::add(self.entries.len());
        let deltas = self.entries.iter().map(|entry| &entry.delta);
        deltas.filter(|delta| picked(delta)).cloned().collect()
    }

    /// Returns the deltas about a user that a test picks, in order.
    pub(super) fn about_user(&self, user: UserKey, picked: impl Fn(&Delta) -> bool) -> Vec<Delta> {
        self.at(self.by_user.get(&user), |entry| picked(&entry.delta))
    }

    /// Returns the deltas about a group that a test picks, in order.
    pub(super) fn about_group(
        &self,
        group: GroupKey,
        picked: impl Fn(&Delta) -> bool,
    ) -> Vec<Delta> {
        self.at(self.by_group.get(&group), |entry| picked(&entry.delta))
    }

    /// Returns that a group was added, or renamed, if the side did.
    pub(super) fn naming(&self, group: GroupKey) -> Vec<Delta> {
        self.one(self.namings.get(&group))
    }

    /// Returns the placement of a group in a group, if the side made it.
    pub(super) fn placement(&self, container: GroupKey, nested: GroupKey) -> Vec<Delta> {
        self.one(self.placements.get(&(container, nested)))
    }

    /// Returns who an area was given to, if the side did.
    pub(super) fn grant_of_area(&self, area: AreaKey) -> Vec<Delta> {
        self.one(self.by_area.get(&area))
    }

    /// Returns who a plug-in was given to, if the side did.
    pub(super) fn grant_of_plugin(&self, plugin: &PluginKey) -> Vec<Delta> {
        self.one(self.by_plugin.get(plugin))
    }

    fn one(&self, place: Option<&usize>) -> Vec<Delta> {
        steps::add(1);
        let entry = place.and_then(|index| self.entries.get(*index));
        entry.map(|entry| entry.delta.clone()).into_iter().collect()
    }

    fn at(&self, places: Option<&Vec<usize>>, picked: impl Fn(&Entry) -> bool) -> Vec<Delta> {
        steps::add(places.map_or(0, Vec::len));
        let entries = places
            .into_iter()
            .flatten()
            .filter_map(|index| self.entries.get(*index));
        entries
            .filter(|entry| picked(entry))
            .map(|entry| entry.delta.clone())
            .collect()
    }
}

/// Returns whether a delta does something with those it is about, rather than taking it away: who
/// removes them elsewhere contradicts it.
pub(super) const fn is_use(delta: &Delta) -> bool {
    !matches!(
        delta,
        Delta::UserRemoved { .. }
            | Delta::GroupRemoved { .. }
            | Delta::MemberUserRemoved { .. }
            | Delta::MemberGroupRemoved { .. }
            | Delta::MissingUserRemoved { .. }
            | Delta::MissingGroupRemoved { .. }
    )
}

/// Returns whether a delta is that of a user or a group that is gone.
pub(super) const fn is_removal(delta: &Delta) -> bool {
    matches!(
        delta,
        Delta::UserRemoved { .. } | Delta::GroupRemoved { .. }
    )
}

/// Returns whether a delta gives somebody a name.
pub(super) const fn is_naming(delta: &Delta) -> bool {
    matches!(
        delta,
        Delta::UserAdded { .. }
            | Delta::UserRenamed { .. }
            | Delta::GroupAdded { .. }
            | Delta::GroupRenamed { .. }
    )
}
