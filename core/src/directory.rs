//! The aggregate: users, groups, grants and settings, with their invariants.

use std::fmt;

use crate::change::Stamp;
use crate::grantee::{Grantee, GroupReference, StoredGrantee};
use crate::grants::Grants;
use crate::group::Group;
use crate::id::{GroupHandle, GroupId, UserHandle, UserId};
use crate::reference::Reference;
use crate::roster::{Named, Roster};
use crate::settings::Settings;
use crate::user::{User, UserKind};

impl Named for User {
    fn name_text(&self) -> &str {
        self.name.as_str()
    }
}

impl Named for Group {
    fn name_text(&self) -> &str {
        self.name.as_str()
    }
}

/// Whether 4D Server checks access: only once the Designer has a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AccessControl {
    /// The Designer has a password: login and access control apply.
    On,
    /// The Designer has none: everybody works as the Designer (decision D18).
    Off,
}

/// All users, groups, grants and settings of a 4D application.
///
/// Made by a [`DirectoryBuilder`](crate::DirectoryBuilder), altered by [`Directory::apply`] and
/// [`Directory::revert`] alone.
///
/// What always holds:
///
/// - the Designer is user 1 and the Administrator user 2, whatever they are called;
/// - members are users and groups of this directory, each once in its list;
/// - `DEFAULT_SCHEMA` has its grants;
/// - a plug-in has one grantee.
///
/// Cycles of groups cannot be made by an edit but may be in a file (decision D10), so this type
/// tolerates them.
#[derive(Clone)]
pub struct Directory {
    pub(crate) users: Roster<User>,
    pub(crate) groups: Roster<Group>,
    pub(crate) grants: Grants,
    pub(crate) settings: Settings,
    pub(crate) stamp: Stamp,
}

impl Directory {
    pub(crate) const BUILT_INS: usize = 2;
    pub(crate) const DESIGNER: UserHandle = UserHandle::from_slot(0);
    pub(crate) const ADMINISTRATOR: UserHandle = UserHandle::from_slot(1);

    /// Returns the Designer.
    pub const fn designer(&self) -> UserHandle {
        Self::DESIGNER
    }

    /// Returns the Administrator.
    pub const fn administrator(&self) -> UserHandle {
        Self::ADMINISTRATOR
    }

    /// Returns every user in the order of their numbers: Designer, Administrator, then file order.
    pub fn users(&self) -> impl Iterator<Item = (UserHandle, &User)> {
        self.users
            .iter()
            .map(|(slot, user)| (UserHandle::from_slot(slot), user))
    }

    /// Returns every group in the order of the file.
    pub fn groups(&self) -> impl Iterator<Item = (GroupHandle, &Group)> {
        self.groups
            .iter()
            .map(|(slot, group)| (GroupHandle::from_slot(slot), group))
    }

    /// Returns how many users there are, the two built-ins among them.
    pub fn user_count(&self) -> usize {
        self.users.len()
    }

    /// Returns how many groups there are.
    pub fn group_count(&self) -> usize {
        self.groups.len()
    }

    /// Returns an upper bound on [`UserHandle::index`]: the size of a dense table by user.
    pub fn user_table_size(&self) -> usize {
        self.users.slot_count()
    }

    /// Returns an upper bound on [`GroupHandle::index`]: the size of a dense table by group.
    pub fn group_table_size(&self) -> usize {
        self.groups.slot_count()
    }

    /// Returns a user; `None` for a handle of a deleted user or of another directory.
    pub fn user(&self, user: UserHandle) -> Option<&User> {
        self.users.get(user.slot())
    }

    /// Returns a group; `None` for a handle of another directory.
    pub fn group(&self, group: GroupHandle) -> Option<&Group> {
        self.groups.get(group.slot())
    }

    /// Finds a user by name (decision D7: exact first, then without case).
    pub fn find_user(&self, name: &str) -> Option<UserHandle> {
        self.users.find(name).map(UserHandle::from_slot)
    }

    /// Finds a group by name (decision D7: exact first, then without case).
    pub fn find_group(&self, name: &str) -> Option<GroupHandle> {
        self.groups.find(name).map(GroupHandle::from_slot)
    }

    /// Returns whether a user's name means this user: of users of exactly one name, which a file may
    /// have (the Designer's alias may be somebody's name), it means the first.
    ///
    /// What is said by name, such as a [`Change`](crate::Change) or a seat, cannot be said of another
    /// one.
    pub fn user_is_meant_by_name(&self, user: UserHandle) -> bool {
        self.user(user)
            .is_some_and(|known| self.find_user(known.name.as_str()) == Some(user))
    }

    /// As [`Directory::user_is_meant_by_name`], for a group.
    pub fn group_is_meant_by_name(&self, group: GroupHandle) -> bool {
        self.group(group)
            .is_some_and(|known| self.find_group(known.name.as_str()) == Some(group))
    }

    /// Returns a user's number, which is its position (decision D9).
    pub fn user_id(&self, user: UserHandle) -> Option<UserId> {
        self.users.position(user.slot()).map(UserId::from_position)
    }

    /// Returns a group's number, which is its position (decision D9).
    pub fn group_id(&self, group: GroupHandle) -> Option<GroupId> {
        self.groups
            .position(group.slot())
            .map(GroupId::from_position)
    }

    /// Returns the user that has a number.
    pub fn user_by_id(&self, id: UserId) -> Option<UserHandle> {
        self.users
            .at_position(id.position())
            .map(UserHandle::from_slot)
    }

    /// Returns the group that has a number.
    pub fn group_by_id(&self, id: GroupId) -> Option<GroupHandle> {
        self.groups
            .at_position(id.position())
            .map(GroupHandle::from_slot)
    }

    /// Returns who may reach what.
    pub const fn grants(&self) -> &Grants {
        &self.grants
    }

    /// Returns the settings that name a user.
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Returns whether access is controlled: whether the Designer has a password (statements 39, 40).
    pub fn access_control(&self) -> AccessControl {
        let designer = self.user(Self::DESIGNER);
        if designer.is_some_and(|designer| designer.credential.is_some()) {
            AccessControl::On
        } else {
            AccessControl::Off
        }
    }

    /// Turns a stored grantee into one that speaks of names.
    pub fn grantee_by_name(&self, grantee: &StoredGrantee) -> Grantee {
        grantee.rewrite(|group| match group {
            Reference::Missing(name) => Some(name.clone()),
            Reference::Known(group) => self.group(*group).map(|group| group.name.clone()),
        })
    }

    /// Turns a grantee that speaks of names into a stored one (decision D7 finds the group).
    pub fn resolve_grantee(&self, grantee: &Grantee) -> StoredGrantee {
        grantee.rewrite(|name| {
            let found = self.find_group(name.as_str());
            Some(found.map_or_else(|| Reference::Missing(name.clone()), Reference::Known))
        })
    }

    /// Returns whether the invariants of the type hold; they always do.
    ///
    /// An oracle for tests and fuzzing; no program needs to ask.
    pub fn is_sound(&self) -> bool {
        let built_in = |user, kind| self.user(user).is_some_and(|user| user.kind == kind);
        let kinds = self
            .users()
            .skip(2)
            .all(|(_, user)| user.kind == UserKind::User);
        self.users.is_sound()
            && self.groups.is_sound()
            && built_in(Self::DESIGNER, UserKind::Designer)
            && built_in(Self::ADMINISTRATOR, UserKind::Administrator)
            && self.user_id(Self::DESIGNER) == Some(UserId::DESIGNER)
            && self.user_id(Self::ADMINISTRATOR) == Some(UserId::ADMINISTRATOR)
            && kinds
            && self
                .groups()
                .all(|(_, group)| self.members_are_sound(group))
            && self.references_are_sound()
    }

    fn members_are_sound(&self, group: &Group) -> bool {
        let mut users = group.users.clone();
        let mut groups = group.groups.clone();
        users.sort_unstable();
        users.dedup();
        groups.sort_unstable();
        groups.dedup();
        users.len() == group.users.len()
            && groups.len() == group.groups.len()
            && users.iter().all(|user| self.user(*user).is_some())
            && groups.iter().all(|nested| self.group(*nested).is_some())
    }

    fn references_are_sound(&self) -> bool {
        let grantees_known = self.grants.grantees().all(|grantee| match grantee {
            Grantee::Group(GroupReference::Known(group)) => self.group(*group).is_some(),
            _ => true,
        });
        let users_known = self
            .settings
            .references()
            .into_iter()
            .flatten()
            .filter_map(Reference::known)
            .all(|user| self.user(*user).is_some());
        grantees_known && users_known
    }
}

impl fmt::Debug for Directory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Directory")
            .field("users", &self.user_count())
            .field("groups", &self.group_count())
            .field("access_control", &self.access_control())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::{Directory, Grantee, GroupReference, Reference, UserKind};
    use crate::builder::DirectoryBuilder;
    use crate::id::{GroupHandle, UserHandle};
    use crate::name::{GroupName, UserName};

    #[test]
    fn each_broken_invariant_is_noticed() {
        let breaks: [fn(&mut Directory); 9] = [
            |directory| {
                let ann = directory.users.get_mut_keeping_name(2).unwrap();
                ann.name = UserName::from_stored("Bob");
            },
            |directory| {
                let devs = directory.groups.get_mut_keeping_name(0).unwrap();
                devs.name = GroupName::from_stored("Ops");
            },
            |directory| {
                let designer = directory.users.get_mut_keeping_name(0).unwrap();
                designer.kind = UserKind::User;
            },
            |directory| {
                let ann = directory.users.get_mut_keeping_name(2).unwrap();
                ann.kind = UserKind::Administrator;
            },
            |directory| {
                let devs = directory.groups.get_mut_keeping_name(0).unwrap();
                devs.users.push(devs.users[0]);
            },
            |directory| {
                let devs = directory.groups.get_mut_keeping_name(0).unwrap();
                devs.users.push(UserHandle::from_slot(9));
            },
            |directory| {
                let devs = directory.groups.get_mut_keeping_name(0).unwrap();
                devs.groups.push(GroupHandle::from_slot(9));
            },
            |directory| {
                let nobody_knows = GroupReference::Known(GroupHandle::from_slot(9));
                directory.grants.http = Grantee::Group(nobody_knows);
            },
            |directory| {
                directory.settings.default = Some(Reference::Known(UserHandle::from_slot(9)));
            },
        ];
        let mut builder = DirectoryBuilder::new();
        builder.user(UserName::from_stored("Ann"));
        let devs = builder.group(GroupName::from_stored("Devs"));
        builder.members_of(devs).user("Ann");
        let directory = builder.finish();
        assert!(directory.is_sound());
        for (index, break_it) in breaks.into_iter().enumerate() {
            let mut directory = directory.clone();
            break_it(&mut directory);
            assert!(!directory.is_sound(), "break {index}");
        }
    }
}
