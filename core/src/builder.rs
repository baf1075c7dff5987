//! Building a directory from parts, as a reader of files does.
//!
//! The builder never refuses: a reference without a meaning is kept as missing, a duplicate counts
//! once, and each call says which it was, so that the caller can report it with its place in the
//! file (decision D11).

mod members;

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
use crate::reference::Reference;
use crate::roster::{Found, Roster};
use crate::settings::{Settings, UserReference};
use crate::user::{User, UserKind};

pub use members::MembersBuilder;
use members::Seen;

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

impl<H> Placement<H> {
    /// Returns what the reference names, however it does.
    pub fn handle(self) -> Option<H> {
        match self {
            Self::Exact(handle) | Self::ByCase(handle) | Self::Duplicate(handle) => Some(handle),
            Self::Missing => None,
        }
    }

    fn of(found: Option<Found>, handle: fn(u32) -> H) -> Self {
        match found {
            Some(Found { slot, exact: true }) => Self::Exact(handle(slot)),
            Some(Found { slot, exact: false }) => Self::ByCase(handle(slot)),
            None => Self::Missing,
        }
    }
}

/// Collects the parts of a whole [`Directory`], as a reader of a file does.
///
/// **What is not said is open to everyone, and nobody has a password**: that is what a file means that
/// does not say it. So a directory built from another source, such as an LDAP dump, is no plan for
/// an existing one: its [difference](crate::compare()) from it opens every access and turns access
/// control off. A [`Wish`](crate::Wish) says only what the source knows.
///
/// Users and groups first, then what refers to them: a reference is resolved when it is given.
/// Building is linear in the number of names and memberships.
///
/// The two built-in users are there from the start, under their default names.
///
/// ```
/// use guichet_core::{DirectoryBuilder, GroupName, Placement};
/// let mut builder = DirectoryBuilder::new();
/// let devs = builder.group(GroupName::from_stored("Devs"));
/// let mut members = builder.members_of(devs);
/// assert!(matches!(members.user("Administrator"), Placement::Exact(_)));
/// assert!(matches!(members.user("ADMINISTRATOR"), Placement::Duplicate(_)));
/// assert_eq!(members.user("Nobody at all"), Placement::Missing);
/// assert!(builder.finish().is_sound());
/// ```
#[derive(Debug)]
pub struct DirectoryBuilder {
    directory: Directory,
    users_seen: Seen,
    groups_seen: Seen,
}

impl Default for DirectoryBuilder {
    fn default() -> Self {
        let mut users = Roster::default();
        users.push(User::new(
            UserName::from_stored("Designer"),
            UserKind::Designer,
        ));
        users.push(User::new(
            UserName::from_stored("Administrator"),
            UserKind::Administrator,
        ));
        let settings = Settings {
            default: None,
            local_web: Some(Reference::Known(Directory::DESIGNER)),
            remote_web: Some(Reference::Known(Directory::DESIGNER)),
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
            users_seen: Seen::default(),
            groups_seen: Seen::default(),
        }
    }
}

impl DirectoryBuilder {
    /// Starts with the two built-in users, no group, and everything open to everyone.
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes room for so many more users and groups, which saves moving them while they grow.
    pub fn reserve(&mut self, users: usize, groups: usize) {
        self.directory.users.reserve(users);
        self.directory.groups.reserve(groups);
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

    /// Adds an ordinary user as [`Self::user`] does, and says who had the name already
    /// (decision D7): [`Placement::Missing`] is what a name should be.
    pub fn user_noting_twin(&mut self, name: UserName) -> (UserHandle, Placement<UserHandle>) {
        let user = User::new(name, UserKind::User);
        let (slot, twin) = self.directory.users.push_noting_twin(user);
        let twin = Placement::of(twin, UserHandle::from_slot);
        (UserHandle::from_slot(slot), twin)
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

    /// Adds a group as [`Self::group`] does, and says which one had the name already
    /// (decision D7): [`Placement::Missing`] is what a name should be.
    pub fn group_noting_twin(&mut self, name: GroupName) -> (GroupHandle, Placement<GroupHandle>) {
        let (slot, twin) = self.directory.groups.push_noting_twin(Group::new(name));
        let twin = Placement::of(twin, GroupHandle::from_slot);
        (GroupHandle::from_slot(slot), twin)
    }

    /// Opens the member lists of a group.
    ///
    /// Linear in the members that the group has.
    pub fn members_of(&mut self, group: GroupHandle) -> MembersBuilder<'_> {
        MembersBuilder::new(self, group)
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

    /// Grants an area that a file speaks of more than once, such as an SQL schema under two
    /// spellings: what is granted already stays wherever it is narrower ([`Grantee::narrower`]).
    ///
    /// What was not granted yet is open to everyone, so that the first of several grants counts
    /// whole. Says what became of the group's name.
    pub fn narrow_area(
        &mut self,
        area: &AccessArea,
        grantee: &Grantee,
    ) -> Option<Placement<GroupHandle>> {
        let (stored, placement) = self.resolve(grantee);
        self.directory.grants.narrow_area(area, stored);
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

    /// Returns the directory, which has nothing but what was said; everything else is open to everyone.
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
            return (None, None);
        }
        let placement = self.place_user(text);
        let reference = placement.handle().map_or_else(
            || Reference::Missing(UserName::from_stored(text)),
            Reference::Known,
        );
        (Some(reference), Some(placement))
    }

    fn place_user(&self, text: &str) -> Placement<UserHandle> {
        Placement::of(self.directory.users.look_up(text), UserHandle::from_slot)
    }

    fn place_group(&self, text: &str) -> Placement<GroupHandle> {
        Placement::of(self.directory.groups.look_up(text), GroupHandle::from_slot)
    }
}
