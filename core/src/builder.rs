//! Building a directory from parts, as a reader of files does.
//!
//! The builder never refuses: a reference without a meaning is kept as missing, a duplicate counts
//! once, and each call says which it was, so that the caller can report it with its place in the
//! file (decision D11).

use crate::area::AccessArea;
use crate::change::Stamp;
use crate::credential::Credential;
use crate::directory::Directory;
use crate::grantee::{Grantee, GroupReference};
use crate::grants::Grants;
use crate::group::Group;
use crate::id::{GroupHandle, UserHandle};
use crate::name::{GroupName, MethodName, UserName};
use crate::plugin::PluginKey;
use crate::roster::Roster;
use crate::settings::{Settings, UserReference};
use crate::user::{User, UserKind};

/// What became of a reference by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Placement<H> {
    /// It names this one, exactly.
    Exact(H),
    /// It names this one, but differs in case or in Unicode form (decision D7).
    ByCase(H),
    /// It names this one, which is in the list already.
    Duplicate(H),
    /// It names nothing.
    Missing,
}

/// Collects the parts of a [`Directory`].
///
/// Users and groups first, then what refers to them: a reference is resolved when it is given.
/// Building is linear in the number of names and memberships.
///
/// The two built-in users are there from the start, under their default names.
///
/// ```
/// use guichet_core::{DirectoryBuilder, GroupName, Placement};
/// let mut builder = DirectoryBuilder::new();
/// let devs = builder.group(GroupName::stored("Devs"));
/// let mut members = builder.members_of(devs);
/// assert!(matches!(members.user("Administrator"), Placement::Exact(_)));
/// assert!(matches!(members.user("ADMINISTRATOR"), Placement::Duplicate(_)));
/// assert_eq!(members.user("Nobody at all"), Placement::Missing);
/// assert!(builder.finish().is_sound());
/// ```
#[derive(Debug)]
pub struct DirectoryBuilder {
    directory: Directory,
    epoch: u32,
    user_epochs: Vec<u32>,
    group_epochs: Vec<u32>,
}

impl Default for DirectoryBuilder {
    fn default() -> Self {
        let mut users = Roster::default();
        users.push(User::new(UserName::stored("Designer"), UserKind::Designer));
        users.push(User::new(
            UserName::stored("Administrator"),
            UserKind::Administrator,
        ));
        let settings = Settings {
            default: UserReference::None,
            local_web: UserReference::Known(Directory::DESIGNER),
            remote_web: UserReference::Known(Directory::DESIGNER),
        };
        let directory = Directory {
            users,
            groups: Roster::default(),
            grants: Grants::default(),
            settings,
            stamp: Stamp::fresh(),
        };
        Self {
            directory,
            epoch: 0,
            user_epochs: Vec::new(),
            group_epochs: Vec::new(),
        }
    }
}

impl DirectoryBuilder {
    /// Starts with the two built-in users, no group, and everything open to everyone.
    pub fn new() -> Self {
        Self::default()
    }

    /// Names the Designer and returns its handle.
    pub fn designer(&mut self, name: UserName) -> UserHandle {
        self.rename_built_in(Directory::DESIGNER, name, UserKind::Designer)
    }

    /// Names the Administrator and returns its handle.
    pub fn administrator(&mut self, name: UserName) -> UserHandle {
        self.rename_built_in(Directory::ADMINISTRATOR, name, UserKind::Administrator)
    }

    fn rename_built_in(&mut self, user: UserHandle, name: UserName, kind: UserKind) -> UserHandle {
        let old = self.directory.users.get(user.slot()).cloned();
        let base = old.unwrap_or_else(|| User::new(name.clone(), kind));
        self.directory
            .users
            .replace(user.slot(), User { name, ..base });
        user
    }

    /// Adds an ordinary user at the end.
    pub fn user(&mut self, name: UserName) -> UserHandle {
        UserHandle::from_slot(self.directory.users.push(User::new(name, UserKind::User)))
    }

    /// Sets a user's stored password.
    pub fn credential(&mut self, user: UserHandle, credential: Credential) {
        if let Some(user) = self.directory.users.get_mut_keeping_name(user.slot()) {
            user.credential = Some(credential);
        }
    }

    /// Sets a user's startup method.
    pub fn startup_method(&mut self, user: UserHandle, method: MethodName) {
        if let Some(user) = self.directory.users.get_mut_keeping_name(user.slot()) {
            user.startup_method = Some(method);
        }
    }

    /// Adds a group at the end, empty.
    pub fn group(&mut self, name: GroupName) -> GroupHandle {
        GroupHandle::from_slot(self.directory.groups.push(Group::new(name)))
    }

    /// Opens the member lists of a group.
    pub fn members_of(&mut self, group: GroupHandle) -> MembersBuilder<'_> {
        self.epoch = self.epoch.saturating_add(1);
        self.user_epochs
            .resize(self.directory.users.slot_count(), 0);
        self.group_epochs
            .resize(self.directory.groups.slot_count(), 0);
        if let Some(existing) = self.directory.groups.get(group.slot()) {
            for user in &existing.users {
                mark(&mut self.user_epochs, user.index(), self.epoch);
            }
            for nested in &existing.groups {
                mark(&mut self.group_epochs, nested.index(), self.epoch);
            }
        }
        MembersBuilder {
            builder: self,
            group,
        }
    }

    /// Grants an area, and says what became of the group's name.
    pub fn grant_area(
        &mut self,
        area: &AccessArea,
        grantee: &Grantee,
    ) -> Option<Placement<GroupHandle>> {
        let (stored, placement) = self.resolve(grantee);
        self.directory.grants.set_area(area, stored);
        placement
    }

    /// Grants a plug-in, and says what became of the group's name.
    pub fn grant_plugin(
        &mut self,
        plugin: &PluginKey,
        grantee: &Grantee,
    ) -> Option<Placement<GroupHandle>> {
        let (stored, placement) = self.resolve(grantee);
        self.directory.grants.set_plugin(plugin, stored);
        placement
    }

    /// Sets the Default User from its stored text (`""` = none).
    pub fn default_user(&mut self, text: &str) -> Option<Placement<UserHandle>> {
        let (reference, placement) = self.user_reference(text);
        self.directory.settings.default = reference;
        placement
    }

    /// Sets the generic web user of 4D and 4D Server from its stored text (`""` = none).
    pub fn local_web_user(&mut self, text: &str) -> Option<Placement<UserHandle>> {
        let (reference, placement) = self.user_reference(text);
        self.directory.settings.local_web = reference;
        placement
    }

    /// Sets the generic web user of a remote 4D from its stored text (`""` = none).
    pub fn remote_web_user(&mut self, text: &str) -> Option<Placement<UserHandle>> {
        let (reference, placement) = self.user_reference(text);
        self.directory.settings.remote_web = reference;
        placement
    }

    /// Returns the directory as built so far, for look-ups while building.
    pub const fn as_directory(&self) -> &Directory {
        &self.directory
    }

    /// Returns the directory.
    pub fn finish(self) -> Directory {
        self.directory
    }

    fn resolve(
        &self,
        grantee: &Grantee,
    ) -> (Grantee<GroupReference>, Option<Placement<GroupHandle>>) {
        let placement = grantee.group().map(|name| self.place_group(name.as_str()));
        (self.directory.resolve_grantee(grantee), placement)
    }

    fn user_reference(&self, text: &str) -> (UserReference, Option<Placement<UserHandle>>) {
        if text.is_empty() {
            return (UserReference::None, None);
        }
        let placement = self.place_user(text);
        let reference = match placement {
            Placement::Exact(user) | Placement::ByCase(user) | Placement::Duplicate(user) => {
                UserReference::Known(user)
            }
            Placement::Missing => UserReference::Missing(UserName::stored(text)),
        };
        (reference, Some(placement))
    }

    fn place_user(&self, text: &str) -> Placement<UserHandle> {
        let Some(user) = self.directory.find_user(text) else {
            return Placement::Missing;
        };
        let exact = self
            .directory
            .user(user)
            .is_some_and(|user| user.name.as_str() == text);
        if exact {
            Placement::Exact(user)
        } else {
            Placement::ByCase(user)
        }
    }

    fn place_group(&self, text: &str) -> Placement<GroupHandle> {
        let Some(group) = self.directory.find_group(text) else {
            return Placement::Missing;
        };
        let exact = self
            .directory
            .group(group)
            .is_some_and(|group| group.name.as_str() == text);
        if exact {
            Placement::Exact(group)
        } else {
            Placement::ByCase(group)
        }
    }
}

/// Adds members to one group.
#[derive(Debug)]
pub struct MembersBuilder<'a> {
    builder: &'a mut DirectoryBuilder,
    group: GroupHandle,
}

impl MembersBuilder<'_> {
    /// Places a user in the group by name.
    pub fn user(&mut self, name: &str) -> Placement<UserHandle> {
        let mut placement = self.builder.place_user(name);
        if let Placement::Exact(user) | Placement::ByCase(user) = placement
            && mark(
                &mut self.builder.user_epochs,
                user.index(),
                self.builder.epoch,
            )
        {
            placement = Placement::Duplicate(user);
        }
        let groups = &mut self.builder.directory.groups;
        let Some(group) = groups.get_mut_keeping_name(self.group.slot()) else {
            return placement;
        };
        match placement {
            Placement::Exact(user) | Placement::ByCase(user) => group.users.push(user),
            Placement::Duplicate(_) => {}
            Placement::Missing => group.missing_users.push(UserName::stored(name)),
        }
        placement
    }

    /// Places a group in the group by name.
    pub fn group(&mut self, name: &str) -> Placement<GroupHandle> {
        let mut placement = self.builder.place_group(name);
        if let Placement::Exact(nested) | Placement::ByCase(nested) = placement
            && mark(
                &mut self.builder.group_epochs,
                nested.index(),
                self.builder.epoch,
            )
        {
            placement = Placement::Duplicate(nested);
        }
        let groups = &mut self.builder.directory.groups;
        let Some(group) = groups.get_mut_keeping_name(self.group.slot()) else {
            return placement;
        };
        match placement {
            Placement::Exact(nested) | Placement::ByCase(nested) => group.groups.push(nested),
            Placement::Duplicate(_) => {}
            Placement::Missing => group.missing_groups.push(GroupName::stored(name)),
        }
        placement
    }
}

/// Stamps an entry with the epoch; tells whether it had that stamp already.
fn mark(epochs: &mut [u32], index: usize, epoch: u32) -> bool {
    epochs
        .get_mut(index)
        .is_some_and(|stamp| std::mem::replace(stamp, epoch) == epoch)
}
