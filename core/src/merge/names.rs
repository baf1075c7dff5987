//! One name that two sides gave to different users or groups.

use std::collections::BTreeMap;

use crate::compare::Delta;
use crate::compare::identities::{GroupKey, UserKey};
use crate::compare::state::Account;
use crate::identity::{folded_name, same_name};

use super::conflict::ConflictKind;
use super::merger::Merger;
use super::sides::{Made, is_naming};

/// Those to whom theirs brings a name, and others whom the merge calls the same; of either more
/// than one where a file has twins.
struct Clash<K> {
    theirs: Vec<K>,
    ours: Vec<K>,
}

impl Merger<'_, '_> {
    /// Takes back each name of theirs that another user of the merge has.
    pub(super) fn settle_user_names(&mut self) {
        loop {
            let keys = (0..self.identities.user_count()).map(UserKey::at);
            let named = keys.filter_map(|key| Some((key, self.merged.user(key)?.name.as_str())));
            let clashes = clashes(
                &named.collect::<Vec<_>>(),
                |key| {
                    self.ours
                        .state
                        .user(key)
                        .map(|account| account.name.as_str())
                },
                |key| {
                    self.theirs
                        .state
                        .user(key)
                        .map(|account| account.name.as_str())
                },
            );
            if clashes.is_empty() {
                return;
            }
            for clash in clashes {
                self.take_user_names_back(&clash);
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

    /// Takes back each name of theirs that another group of the merge has.
    pub(super) fn settle_group_names(&mut self) {
        loop {
            let keys = (0..self.identities.group_count()).map(GroupKey::at);
            let named = keys.filter_map(|key| Some((key, self.merged.group(key)?.name.as_str())));
            let clashes = clashes(
                &named.collect::<Vec<_>>(),
                |key| self.ours.state.group(key).map(|group| group.name.as_str()),
                |key| {
                    self.theirs
                        .state
                        .group(key)
                        .map(|group| group.name.as_str())
                },
            );
            if clashes.is_empty() {
                return;
            }
            for clash in clashes {
                self.take_group_names_back(&clash);
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

/// Returns what was done with each of some, in the order of [`Delta::place`].
fn in_order<K: Copy>(keys: &[K], done: impl Fn(K) -> Vec<Delta>) -> Vec<Delta> {
    let mut deltas: Vec<Delta> = keys.iter().flat_map(|key| done(*key)).collect();
    deltas.sort_by(|left, right| left.place().cmp(&right.place()));
    deltas
}

/// Returns each name that only theirs has for somebody, and that the merge has for somebody else
/// too; not what theirs itself has twice. Linear.
fn clashes<'n, K: Copy>(
    merged: &[(K, &str)],
    ours: impl Fn(K) -> Option<&'n str>,
    theirs: impl Fn(K) -> Option<&'n str>,
) -> Vec<Clash<K>> {
    let mut brought: BTreeMap<String, Clash<K>> = BTreeMap::new();
    for (key, name) in merged {
        if ours(*key).is_none_or(|own| !same_name(own, name)) {
            let clash = brought.entry(folded_name(name)).or_insert_with(|| Clash {
                theirs: Vec::new(),
                ours: Vec::new(),
            });
            clash.theirs.push(*key);
        }
    }
    if brought.is_empty() {
        return Vec::new();
    }
    for (key, name) in merged {
        if !theirs(*key).is_some_and(|theirs| same_name(theirs, name))
            && let Some(clash) = brought.get_mut(&folded_name(name))
        {
            clash.ours.push(*key);
        }
    }
    let clashes = brought.into_values();
    clashes.filter(|clash| !clash.ours.is_empty()).collect()
}
