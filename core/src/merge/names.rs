//! One name that two sides gave to different users or groups.

use std::collections::{BTreeMap, BTreeSet};

use crate::compare::identities::{GroupKey, UserKey};
use crate::compare::state::{Account, State};
use crate::delta::Delta;
use crate::identity::{folded_name, same_name};
use crate::steps;

use super::conflict::ConflictKind;
use super::merger::Merger;
use super::sides::{Made, is_naming};

/// Those that get a name from theirs, and others that the merge calls the same; of either more
/// than one where a file has twins.
struct Clash<K> {
    theirs: Vec<K>,
    ours: Vec<K>,
}

/// What of each name that theirs brings is known so far, by folded name.
struct Names<K>(BTreeMap<String, Clash<K>>);

impl<K: Copy> Names<K> {
    /// Files every bearer of the merge; `sides` returns what ours and theirs call it.
    ///
    /// What only theirs itself has twice clashes with nothing.
    fn of<'n>(merged: &[(K, &'n str)], sides: impl Fn(K) -> [Option<&'n str>; 2]) -> Self {
        let mut names = Self(BTreeMap::new());
        for (key, name) in merged {
            let [ours, _] = sides(*key);
            if ours.is_none_or(|own| !same_name(own, name)) {
                let clash = names.0.entry(folded_name(name)).or_insert_with(|| Clash {
                    theirs: Vec::new(),
                    ours: Vec::new(),
                });
                clash.theirs.push(*key);
            }
        }
        if !names.0.is_empty() {
            for (key, name) in merged {
                let [_, theirs] = sides(*key);
                names.add_bearer(*key, name, theirs);
            }
        }
        names
    }

    /// Files who has a name not from theirs; returns the name if it is one that theirs brings.
    fn add_bearer(&mut self, key: K, name: &str, theirs: Option<&str>) -> Option<String> {
        steps::add(1);
        if theirs.is_some_and(|theirs| same_name(theirs, name)) {
            return None;
        }
        let folded = folded_name(name);
        self.0.get_mut(&folded)?.ours.push(key);
        Some(folded)
    }

    /// Takes the clashes about some names. Theirs brings none of these names any more then.
    fn take(&mut self, names: &BTreeSet<String>) -> Vec<Clash<K>> {
        let clashes = names.iter().filter_map(|name| self.0.remove(name));
        clashes.collect()
    }

    /// Returns the names that clash.
    fn clashing(&self) -> BTreeSet<String> {
        let clashes = self.0.iter().filter(|(_, clash)| !clash.ours.is_empty());
        clashes.map(|(name, _)| name.clone()).collect()
    }
}

impl Merger<'_, '_> {
    /// Takes back each name of theirs that another user of the merge has.
    ///
    /// Who loses a name of theirs has that of ours again, which theirs may have given away: round by
    /// round, until no name clashes. Each name clashes once, so that all rounds together are linear
    /// except for the sorting.
    pub(super) fn settle_user_names(&mut self) {
        let (ours, theirs) = (&self.ours.state, &self.theirs.state);
        let keys = self.identities.users();
        let bearers = keys.filter_map(|key| Some((key, user_name(&self.merged, key)?)));
        let mut names = Names::of(&bearers.collect::<Vec<_>>(), |key| {
            [ours, theirs].map(|state| user_name(state, key))
        });
        let mut open = names.clashing();
        while !open.is_empty() {
            let clashes = names.take(&open);
            open = BTreeSet::new();
            for clash in clashes {
                self.take_user_names_back(&clash);
                for key in clash.theirs {
                    let theirs = user_name(&self.theirs.state, key);
                    let name = user_name(&self.merged, key);
                    let name = name.and_then(|name| names.add_bearer(key, name, theirs));
                    open.extend(name);
                }
            }
        }
    }

    fn take_user_names_back(&mut self, clash: &Clash<UserKey>) {
        let new = |key: UserKey| self.base.user(key).is_none();
        let done = |made: &Made<'_>, keys: &[UserKey]| {
            in_order(keys, |key| {
                made.about_user(key, |one| new(key) || is_naming(one))
            })
        };
        let (ours, theirs) = (
            done(&self.ours, &clash.ours),
            done(&self.theirs, &clash.theirs),
        );
        for key in &clash.theirs {
            let before = self.ours.state.user(*key);
            let kept = self.merged.user(*key).zip(before);
            let kept = kept.map(|(merged, before)| Account {
                name: before.name,
                ..*merged
            });
            self.merged.set_user(*key, kept);
        }
        self.conflict(ConflictKind::SameName, ours, theirs);
    }

    /// As [`Merger::settle_user_names`], for groups.
    pub(super) fn settle_group_names(&mut self) {
        let (ours, theirs) = (&self.ours.state, &self.theirs.state);
        let keys = self.identities.groups();
        let bearers = keys.filter_map(|key| Some((key, group_name(&self.merged, key)?)));
        let mut names = Names::of(&bearers.collect::<Vec<_>>(), |key| {
            [ours, theirs].map(|state| group_name(state, key))
        });
        let mut open = names.clashing();
        while !open.is_empty() {
            let clashes = names.take(&open);
            open = BTreeSet::new();
            for clash in clashes {
                self.take_group_names_back(&clash);
                for key in clash.theirs {
                    let theirs = group_name(&self.theirs.state, key);
                    let name = group_name(&self.merged, key);
                    let name = name.and_then(|name| names.add_bearer(key, name, theirs));
                    open.extend(name);
                }
            }
        }
    }

    fn take_group_names_back(&mut self, clash: &Clash<GroupKey>) {
        let new = |key: GroupKey| self.base.group(key).is_none();
        let done = |made: &Made<'_>, keys: &[GroupKey]| {
            in_order(keys, |key| {
                made.about_group(key, |one| new(key) || is_naming(one))
            })
        };
        let (ours, theirs) = (
            done(&self.ours, &clash.ours),
            done(&self.theirs, &clash.theirs),
        );
        for key in &clash.theirs {
            let before = self.ours.state.group(*key).cloned();
            self.merged.set_group(*key, before);
        }
        self.conflict(ConflictKind::SameName, ours, theirs);
    }
}

fn user_name<'s>(state: &'s State<'_>, key: UserKey) -> Option<&'s str> {
    state.user(key).map(|account| account.name.as_str())
}

fn group_name<'s>(state: &'s State<'_>, key: GroupKey) -> Option<&'s str> {
    state.group(key).map(|group| group.name.as_str())
}

/// Returns what was done with each of some, in the order of [`Delta::place`].
fn in_order<K: Copy>(keys: &[K], done: impl Fn(K) -> Vec<Delta>) -> Vec<Delta> {
    let mut deltas: Vec<Delta> = keys.iter().flat_map(|key| done(*key)).collect();
    deltas.sort_by(|left, right| left.place().cmp(&right.place()));
    deltas
}
