//! The base and what each side did since.

use std::collections::{HashMap, HashSet};

use crate::compare::Delta;
use crate::compare::entries::{Entry, entries};
use crate::compare::identities::{GroupKey, Identities, Side, UserKey};
use crate::compare::state::State;

/// One side: what it means, and what it did since the base.
#[derive(Debug)]
pub(super) struct Made<'a> {
    pub(super) state: State<'a>,
    // INVARIANT: in the order of `Delta::place`.
    entries: Vec<Entry>,
    by_user: HashMap<UserKey, Vec<usize>>,
    by_group: HashMap<GroupKey, Vec<usize>>,
}

impl<'a> Made<'a> {
    pub(super) fn new(base: &State<'a>, side: &Side<'a>, identities: &Identities<'a>) -> Self {
        let state = State::of(side, identities);
        let entries = entries(base, &state, identities);
        let mut by_user: HashMap<UserKey, Vec<usize>> = HashMap::new();
        let mut by_group: HashMap<GroupKey, Vec<usize>> = HashMap::new();
        for (index, entry) in entries.iter().enumerate() {
            if let Some(user) = entry.user {
                by_user.entry(user).or_default().push(index);
            }
            let groups: HashSet<GroupKey> =
                [entry.group, entry.nested].into_iter().flatten().collect();
            for group in groups {
                by_group.entry(group).or_default().push(index);
            }
        }
        Self {
            state,
            entries,
            by_user,
            by_group,
        }
    }

    /// Returns the deltas that a test picks, in order.
    pub(super) fn deltas(&self, picked: impl Fn(&Delta) -> bool) -> Vec<Delta> {
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

    /// Returns the placement of a group in a group, if the side made it.
    pub(super) fn placement(&self, container: GroupKey, nested: GroupKey) -> Option<Delta> {
        let placed = self.at(self.by_group.get(&container), |entry| {
            matches!(entry.delta, Delta::MemberGroupAdded { .. })
                && entry.group == Some(container)
                && entry.nested == Some(nested)
        });
        placed.into_iter().next()
    }

    fn at(&self, places: Option<&Vec<usize>>, picked: impl Fn(&Entry) -> bool) -> Vec<Delta> {
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

/// Tells whether a delta does something with those it is about, rather than taking it away: who
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

/// Tells whether a delta is that of a user or a group that is gone.
pub(super) const fn is_removal(delta: &Delta) -> bool {
    matches!(
        delta,
        Delta::UserRemoved { .. } | Delta::GroupRemoved { .. }
    )
}

/// Tells whether a delta gives somebody a name.
pub(super) const fn is_naming(delta: &Delta) -> bool {
    matches!(
        delta,
        Delta::UserAdded { .. }
            | Delta::UserRenamed { .. }
            | Delta::GroupAdded { .. }
            | Delta::GroupRenamed { .. }
    )
}
