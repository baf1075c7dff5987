//! Somebody who knows a directory from its events alone.

#![allow(clippy::too_many_lines, reason = "one arm for each kind of event")]

use std::collections::{BTreeMap, BTreeSet};

use guichet_core::{
    ByHandle, Directory, Event, Grantee, GroupHandle, GroupReference, MentionedGrantee,
    PasswordKind, Reference, StoredGrantee, UserHandle, UserName, UserRef, UserReference, WebSide,
};

/// All that events tell about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Follower {
    users: BTreeMap<UserHandle, (String, PasswordKind, Option<String>)>,
    groups: BTreeMap<GroupHandle, String>,
    user_members: BTreeSet<(GroupHandle, UserHandle)>,
    group_members: BTreeSet<(GroupHandle, GroupHandle)>,
    missing: BTreeMap<(GroupHandle, &'static str, String), u32>,
    grants: BTreeMap<String, StoredGrantee>,
    settings: BTreeMap<&'static str, UserReference>,
}

fn grantee(named: &MentionedGrantee<ByHandle>) -> StoredGrantee {
    match named {
        Grantee::Everyone => Grantee::Everyone,
        Grantee::Nobody => Grantee::Nobody,
        Grantee::Group(Reference::Known(group)) => {
            Grantee::Group(GroupReference::Known(group.handle))
        }
        Grantee::Group(Reference::Missing(name)) => {
            Grantee::Group(GroupReference::Missing(name.clone()))
        }
    }
}

fn reference(named: Option<&Reference<UserRef, UserName>>) -> UserReference {
    match named {
        None => None,
        Some(Reference::Known(user)) => Some(Reference::Known(user.handle)),
        Some(Reference::Missing(name)) => Some(Reference::Missing(name.clone())),
    }
}

const fn web_key(side: WebSide) -> &'static str {
    side.as_str()
}

impl Follower {
    pub(super) fn of(directory: &Directory) -> Self {
        let mut all = Self {
            users: BTreeMap::new(),
            groups: BTreeMap::new(),
            user_members: BTreeSet::new(),
            group_members: BTreeSet::new(),
            missing: BTreeMap::new(),
            grants: BTreeMap::new(),
            settings: BTreeMap::new(),
        };
        for (handle, user) in directory.users() {
            let method = user.startup_method().map(ToString::to_string);
            all.users
                .insert(handle, (user.name().to_string(), user.password(), method));
        }
        for (handle, group) in directory.groups() {
            all.groups.insert(handle, group.name().to_string());
            all.user_members
                .extend(group.users().iter().map(|user| (handle, *user)));
            all.group_members
                .extend(group.groups().iter().map(|nested| (handle, *nested)));
            for name in group.missing_users() {
                *all.missing
                    .entry((handle, "user", name.to_string()))
                    .or_default() += 1;
            }
            for name in group.missing_groups() {
                *all.missing
                    .entry((handle, "group", name.to_string()))
                    .or_default() += 1;
            }
        }
        let grants = directory.grants();
        for area in grants.areas() {
            all.grant(area.to_string(), grants.area(&area).unwrap().clone());
        }
        for grant in grants.plugins() {
            all.grant(grant.plugin().to_string(), grant.grantee().clone());
        }
        let settings = directory.settings();
        all.settings
            .insert("default", settings.default_user().clone());
        for side in WebSide::ALL {
            all.settings
                .insert(web_key(side), settings.web_user(side).clone());
        }
        all
    }

    fn grant(&mut self, key: String, to: StoredGrantee) {
        if to == Grantee::Everyone {
            self.grants.remove(&key);
        } else {
            self.grants.insert(key, to);
        }
    }

    fn miss(&mut self, group: GroupHandle, kind: &'static str, name: String) {
        *self.missing.entry((group, kind, name)).or_default() += 1;
    }

    fn miss_no_more(&mut self, group: GroupHandle, kind: &'static str, name: String) {
        let key = (group, kind, name);
        let count = self.missing.get_mut(&key).expect("it was missing");
        *count -= 1;
        if *count == 0 {
            self.missing.remove(&key);
        }
    }

    /// Takes note of an event; each must fit what is known.
    pub(super) fn follow(&mut self, event: &Event) {
        match event {
            Event::UserAdded {
                user,
                password,
                startup_method,
                ..
            } => {
                let method = startup_method.as_ref().map(ToString::to_string);
                let new = (user.name.to_string(), *password, method);
                assert_eq!(self.users.insert(user.handle, new), None);
            }
            Event::UserRemoved {
                user,
                password,
                startup_method,
                ..
            } => {
                let method = startup_method.as_ref().map(ToString::to_string);
                let known = (user.name.to_string(), *password, method);
                assert_eq!(self.users.remove(&user.handle), Some(known));
                assert!(
                    self.user_members
                        .iter()
                        .all(|(_, member)| *member != user.handle)
                );
            }
            Event::UserRenamed { from, to } => {
                let name = &mut self.users.get_mut(&from.handle).unwrap().0;
                assert_eq!(std::mem::replace(name, to.to_string()), from.name.as_str());
            }
            Event::PasswordChanged {
                user,
                before,
                after,
            } => {
                let kind = &mut self.users.get_mut(&user.handle).unwrap().1;
                assert_eq!(std::mem::replace(kind, *after), *before);
            }
            Event::StartupMethodChanged {
                user,
                before,
                after,
            } => {
                let method = &mut self.users.get_mut(&user.handle).unwrap().2;
                let after = after.as_ref().map(ToString::to_string);
                let before = before.as_ref().map(ToString::to_string);
                assert_eq!(std::mem::replace(method, after), before);
            }
            Event::GroupAdded { group, .. } => {
                assert_eq!(
                    self.groups.insert(group.handle, group.name.to_string()),
                    None
                );
            }
            Event::GroupRemoved { group, .. } => {
                assert!(self.groups.remove(&group.handle).is_some());
            }
            Event::GroupRenamed { from, to } => {
                assert_eq!(
                    self.groups.insert(from.handle, to.to_string()).as_deref(),
                    Some(from.name.as_str())
                );
            }
            Event::MemberUserAdded { group, user } => {
                assert!(self.user_members.insert((group.handle, user.handle)));
            }
            Event::MemberUserRemoved { group, user } => {
                assert!(self.user_members.remove(&(group.handle, user.handle)));
            }
            Event::MemberGroupAdded { group, member } => {
                assert!(self.group_members.insert((group.handle, member.handle)));
            }
            Event::MemberGroupRemoved { group, member } => {
                assert!(self.group_members.remove(&(group.handle, member.handle)));
            }
            Event::MissingUserAdded { group, name } => {
                self.miss(group.handle, "user", name.to_string());
            }
            Event::MissingUserRemoved { group, name } => {
                self.miss_no_more(group.handle, "user", name.to_string());
            }
            Event::MissingGroupAdded { group, name } => {
                self.miss(group.handle, "group", name.to_string());
            }
            Event::MissingGroupRemoved { group, name } => {
                self.miss_no_more(group.handle, "group", name.to_string());
            }
            Event::PluginGranted { plugin, after, .. } => {
                self.grant(plugin.to_string(), grantee(after));
            }
            Event::AreaGranted { area, after, .. } => self.grant(area.to_string(), grantee(after)),
            Event::DefaultUserChanged { before, after } => {
                let known = self.settings.insert("default", reference(after.as_ref()));
                assert_eq!(known, Some(reference(before.as_ref())));
            }
            Event::WebUserChanged {
                side,
                before,
                after,
            } => {
                let known = self
                    .settings
                    .insert(web_key(*side), reference(after.as_ref()));
                assert_eq!(known, Some(reference(before.as_ref())));
            }
            other => panic!("unknown event: {other}"),
        }
    }
}
