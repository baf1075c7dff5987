//! One name that two sides gave to different users or groups.

use std::collections::HashMap;

use crate::compare::identities::{GroupKey, UserKey};
use crate::compare::state::Account;
use crate::identity::{folded_name, same_name};

use super::conflict::ConflictKind;
use super::merger::Merger;
use super::sides::{Made, is_naming};

/// A name that theirs brings, and somebody else whom the merge calls the same.
struct Clash<K> {
    theirs: K,
    ours: K,
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
                self.take_user_name_back(&clash);
            }
        }
    }

    fn take_user_name_back(&mut self, clash: &Clash<UserKey>) {
        let new = |key: UserKey| self.base.user(key).is_none();
        let done = |made: &Made<'_>, key| made.about_user(key, |one| new(key) || is_naming(one));
        let (ours, theirs) = (
            done(&self.ours, clash.ours),
            done(&self.theirs, clash.theirs),
        );
        let before = self.ours.state.user(clash.theirs);
        let kept = self.merged.user(clash.theirs).zip(before);
        let kept = kept.map(|(merged, before)| Account {
            name: before.name,
            ..*merged
        });
        self.merged.set_user(clash.theirs, kept);
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
                self.take_group_name_back(&clash);
            }
        }
    }

    fn take_group_name_back(&mut self, clash: &Clash<GroupKey>) {
        let new = |key: GroupKey| self.base.group(key).is_none();
        let done = |made: &Made<'_>, key| made.about_group(key, |one| new(key) || is_naming(one));
        let (ours, theirs) = (
            done(&self.ours, clash.ours),
            done(&self.theirs, clash.theirs),
        );
        let before = self.ours.state.group(clash.theirs).cloned();
        self.merged.set_group(clash.theirs, before);
        self.conflict(ConflictKind::SameName, ours, theirs);
    }
}

/// Returns each name that only theirs has for somebody, and that the merge has for somebody else
/// too; not what theirs itself has twice.
fn clashes<'n, K: Copy + Ord>(
    merged: &[(K, &str)],
    ours: impl Fn(K) -> Option<&'n str>,
    theirs: impl Fn(K) -> Option<&'n str>,
) -> Vec<Clash<K>> {
    let brought = |key: &K, name: &str| ours(*key).is_none_or(|own| !same_name(own, name));
    let brought: Vec<(K, &str)> = merged
        .iter()
        .filter(|(key, name)| brought(key, name))
        .copied()
        .collect();
    if brought.is_empty() {
        return Vec::new();
    }
    let mut holders: HashMap<String, Vec<(K, &str)>> = HashMap::new();
    for (key, name) in merged {
        holders
            .entry(folded_name(name))
            .or_default()
            .push((*key, *name));
    }
    let clash = |(key, name): (K, &str)| {
        let others = holders.get(&folded_name(name))?.iter();
        let others = others.filter(|(other, own)| {
            *other != key && !theirs(*other).is_some_and(|theirs| same_name(theirs, own))
        });
        let (other, _) = others.min_by_key(|(other, own)| (*own, *other))?;
        Some(Clash {
            theirs: key,
            ours: *other,
        })
    };
    brought.into_iter().filter_map(clash).collect()
}
