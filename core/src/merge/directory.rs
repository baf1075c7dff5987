//! The merged directory: ours, changed where the merge means something else.
//!
//! Users, groups and members of ours keep their handles and their order. What theirs adds comes
//! last, in the order of theirs; new members stand where the order of the directory puts them
//! (decision D32).

use std::collections::{BTreeMap, BTreeSet};

use crate::change::{Stamp, insert};
use crate::compare::identities::{GroupKey, Side, UserKey};
use crate::compare::state::{Members, Person, Target};
use crate::directory::Directory;
use crate::grantee::StoredGrantee;
use crate::group::Group;
use crate::id::{GroupHandle, UserHandle};
use crate::identity::folded_name;
use crate::settings::UserReference;
use crate::user::{User, UserKind};

use super::merger::Merger;

/// By key: the handles of the users and groups in the merged directory.
struct Handles {
    users: Vec<Option<UserHandle>>,
    groups: Vec<Option<GroupHandle>>,
}

impl Merger<'_, '_> {
    /// Returns the merged directory. Costs a copy of ours, and is linear in what differs from it.
    pub(super) fn directory(&self, ours: &Side<'_>) -> Directory {
        let mut directory = ours.directory.clone();
        directory.stamp = Stamp::fresh();
        let handles = Handles {
            users: self.put_users(ours, &mut directory),
            groups: self.put_groups(ours, &mut directory),
        };
        self.put_members(&handles, &mut directory);
        self.put_grants(&handles, &mut directory);
        self.put_settings(&handles, &mut directory);
        directory
    }

    fn put_users(&self, ours: &Side<'_>, directory: &mut Directory) -> Vec<Option<UserHandle>> {
        let users = ours.directory.users();
        let keys = users.map(|(user, _)| (ours.user_key(user).map(|key| key.0), user));
        let mut handles = by_key(self.identities.users().len(), keys);
        let states = self.ours.state.users.iter().zip(&self.merged.users);
        for (handle, (before, after)) in handles.iter_mut().zip(states) {
            match (*handle, before, after) {
                (Some(user), _, None) => drop(directory.users.remove(user.slot())),
                (Some(user), Some(before), Some(after)) if before != after => {
                    directory.users.update(user.slot(), |user| {
                        user.name = after.name.clone();
                        user.credential = after.password.cloned();
                        if before.startup_method != after.startup_method {
                            user.startup_method = after.startup_method.cloned();
                        }
                    });
                }
                (None, _, Some(account)) => {
                    let slot = directory.users.push(User {
                        credential: account.password.cloned(),
                        startup_method: account.startup_method.cloned(),
                        ..User::new(account.name.clone(), UserKind::User)
                    });
                    *handle = Some(UserHandle::from_slot(slot));
                }
                _ => {}
            }
        }
        handles
    }

    fn put_groups(&self, ours: &Side<'_>, directory: &mut Directory) -> Vec<Option<GroupHandle>> {
        let groups = ours.directory.groups();
        let keys = groups.map(|(group, _)| (ours.group_key(group).map(|key| key.0), group));
        let mut handles = by_key(self.identities.groups().len(), keys);
        let states = self.ours.state.groups.iter().zip(&self.merged.groups);
        for (handle, (before, after)) in handles.iter_mut().zip(states) {
            match (*handle, before, after) {
                (Some(group), _, None) => drop(directory.groups.remove(group.slot())),
                (Some(group), Some(before), Some(after)) if before.name != after.name => {
                    let name = after.name.clone();
                    directory
                        .groups
                        .update(group.slot(), |group| group.name = name);
                }
                (None, _, Some(listing)) => {
                    let slot = directory.groups.push(Group::new(listing.name.clone()));
                    *handle = Some(GroupHandle::from_slot(slot));
                }
                _ => {}
            }
        }
        handles
    }

    fn put_members(&self, handles: &Handles, directory: &mut Directory) {
        let nobody = Members::default();
        let states = self.ours.state.groups.iter().zip(&self.merged.groups);
        for (handle, (before, after)) in handles.groups.iter().zip(states) {
            let before = before.as_ref().map_or(&nobody, |listing| &listing.members);
            let after = after.as_ref().map_or(&nobody, |listing| &listing.members);
            let slot = handle.filter(|_| before != after).map(GroupHandle::slot);
            let group = slot.and_then(|slot| directory.groups.get_mut_keeping_name(slot));
            if let Some(group) = group {
                let users = after.users.iter().filter_map(|key| handles.user(*key));
                let nested = after.groups.iter().filter_map(|key| handles.group(*key));
                settle(&mut group.users, users.collect());
                settle(&mut group.groups, nested.collect());
                settle_names(&mut group.missing_users, &after.missing_users);
                settle_names(&mut group.missing_groups, &after.missing_groups);
            }
        }
    }

    fn put_grants(&self, handles: &Handles, directory: &mut Directory) {
        let (before, after) = (&self.ours.state, &self.merged);
        for key in before.areas.keys().chain(after.areas.keys()) {
            let target = after.area(*key);
            if target != before.area(*key)
                && let Some(area) = key.area(self.identities)
            {
                let grantee = handles.grantee(&target);
                directory.grants.set_area(&area, grantee);
            }
        }
        for plugin in before.plugins.keys().chain(after.plugins.keys()) {
            let target = after.plugin(plugin);
            if target != before.plugin(plugin) {
                let grantee = handles.grantee(&target);
                directory.grants.set_plugin(plugin, grantee);
            }
        }
    }

    fn put_settings(&self, handles: &Handles, directory: &mut Directory) {
        let settings = &mut directory.settings;
        let stored = [
            &mut settings.default,
            &mut settings.local_web,
            &mut settings.remote_web,
        ];
        let states = self.ours.state.settings.iter().zip(self.merged.settings);
        for (stored, (before, after)) in stored.into_iter().zip(states) {
            if *before != after {
                *stored = handles.setting(after);
            }
        }
    }
}

impl Handles {
    fn user(&self, key: UserKey) -> Option<UserHandle> {
        self.users.get(key.0).copied().flatten()
    }

    fn group(&self, key: GroupKey) -> Option<GroupHandle> {
        self.groups.get(key.0).copied().flatten()
    }

    fn grantee(&self, target: &Target<'_>) -> StoredGrantee {
        target.rewrite(|group| group.rewrite(|key| self.group(*key), |name| name.0.clone()))
    }

    fn setting(&self, person: Person<'_>) -> UserReference {
        person?.rewrite(|key| self.user(*key), |name| name.0.clone())
    }
}

/// Files the handles of ours by key.
fn by_key<H: Copy>(
    count: usize,
    handles: impl Iterator<Item = (Option<usize>, H)>,
) -> Vec<Option<H>> {
    let mut filed = vec![None; count];
    for (place, handle) in handles {
        if let Some(entry) = place.and_then(|place| filed.get_mut(place)) {
            *entry = Some(handle);
        }
    }
    filed
}

/// Takes out of a list what it should not have, and inserts what it should have too.
fn settle<H: Copy + Ord>(list: &mut Vec<H>, mut wanted: BTreeSet<H>) {
    list.retain(|member| wanted.remove(member));
    let new: Vec<H> = wanted.into_iter().collect();
    insert(list, &new);
}

/// As [`settle`], for names that nobody has; new ones come last.
fn settle_names<N: Clone + AsRef<str>>(list: &mut Vec<N>, wanted: &BTreeMap<String, &N>) {
    let mut new = wanted.clone();
    list.retain(|name| {
        let folded = folded_name(name.as_ref());
        new.remove(&folded);
        wanted.contains_key(&folded)
    });
    list.extend(new.into_values().cloned());
}
