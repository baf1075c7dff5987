//! What part of a directory should be, by another source: what is not said stays as it is.

mod changes;
mod resolved;

use std::collections::HashMap;
use std::hash::Hash;

use crate::area::AccessArea;
use crate::change::WebSide;
use crate::credential::Credential;
use crate::diagnostic::Diagnostic;
use crate::grantee::Grantee;
use crate::identity::folded_name;
use crate::name::{GroupName, MethodName, SchemaName, UserName};
use crate::plugin::PluginKey;

#[cfg(doc)]
use crate::directory::Directory;

/// What becomes of who or what the wish does not name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Absent {
    /// It stays as it is.
    #[default]
    Kept,
    /// It goes: a user is deleted, a group is emptied (4D deletes none), a member leaves.
    Removed,
}

/// Why a wish contradicts itself.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WishError {
    /// A member is a user that neither the wish nor, unless absent users go, the directory has.
    #[error("the wish puts `{user}` in group `{group}` but does not list user `{user}`")]
    UnknownUser {
        /// The group.
        group: GroupName,
        /// The member.
        user: UserName,
    },
    /// The user of a setting is one that neither the wish nor, unless absent users go, the directory
    /// has.
    #[error("the wish names `{user}` in a setting but does not list user `{user}`")]
    UnknownSettingUser {
        /// The user.
        user: UserName,
    },
    /// A member is a group that neither the wish nor the directory has.
    #[error("the wish puts `{member}` in group `{group}` but does not list group `{member}`")]
    UnknownGroup {
        /// The group.
        group: GroupName,
        /// The member.
        member: GroupName,
    },
}

impl Diagnostic for WishError {
    fn code(&self) -> &'static str {
        match self {
            Self::UnknownUser { .. } | Self::UnknownSettingUser { .. } => "unknown-user",
            Self::UnknownGroup { .. } => "unknown-group",
        }
    }

    fn help(&self) -> Option<String> {
        Some("Add it to the wish, or remove this part.".to_owned())
    }
}

/// Something that a wish may say.
#[derive(Debug, Clone, Default)]
enum Said<T> {
    #[default]
    Unsaid,
    Said(T),
}

impl<T> Said<T> {
    const fn value(&self) -> Option<&T> {
        match self {
            Self::Unsaid => None,
            Self::Said(value) => Some(value),
        }
    }
}

/// What is said by name, in the order in which it was said first.
#[derive(Debug, Clone)]
struct Listed<N, V> {
    entries: Vec<(N, V)>,
    places: HashMap<N, usize>,
}

impl<N, V> Default for Listed<N, V> {
    fn default() -> Self {
        Self {
            entries: Vec::new(),
            places: HashMap::new(),
        }
    }
}

impl<N: Clone + Eq + Hash, V> Listed<N, V> {
    fn set(&mut self, name: N, value: V) {
        let place = *self
            .places
            .entry(name.clone())
            .or_insert(self.entries.len());
        match self.entries.get_mut(place) {
            Some((_, known)) => *known = value,
            None => self.entries.push((name, value)),
        }
    }

    fn values(&self) -> impl Iterator<Item = &V> {
        self.entries.iter().map(|(_, value)| value)
    }

    fn iter(&self) -> impl Iterator<Item = (&N, &V)> {
        self.entries.iter().map(|(name, value)| (name, value))
    }
}

/// One thing that is said of a user, besides that it exists.
#[derive(Debug, Clone)]
enum OfUser {
    Exists,
    StartupMethod(Option<MethodName>),
    Password(Option<Credential>),
}

/// One thing that is said of a group, besides that it exists.
#[derive(Debug, Clone)]
enum OfGroup {
    Exists,
    User(UserName),
    Group(GroupName),
}

/// What part of a directory should be, by another source: what is not said stays as it is.
///
/// A dump of an LDAP server or of a table knows users, groups and memberships, and nothing of grants,
/// settings and passwords. A [`Directory`] made of it with a
/// [`DirectoryBuilder`](crate::DirectoryBuilder) is a whole one: what it does not say is open to
/// everyone, and no user has a password. A [`Wish`] says only what its source knows, and
/// [`Wish::changes`] returns the changes that make it true.
///
/// Names mean who they mean everywhere (decision D7): exactly, else without case. A user or a group
/// that exists keeps its spelling. Of two sayings about one thing the later counts. The names of the
/// Designer and the Administrator mean these.
///
/// ```
/// use guichet_core::{Absent, Wish};
/// use guichet_core::{AccessArea, DirectoryBuilder, Grantee, GroupName, Rules, UserName};
///
/// let mut builder = DirectoryBuilder::new();
/// builder.user(UserName::from_stored("Bob"));
/// builder.group(GroupName::from_stored("Devs"));
/// builder.grant_area(&AccessArea::Design, &Grantee::parse("Devs"));
/// let mut directory = builder.finish();
///
/// let mut wish = Wish::new();
/// wish.user(UserName::new("Ann")?);
/// wish.member_user(GroupName::new("Devs")?, UserName::new("Ann")?);
/// wish.absent_users(Absent::Removed);
/// let changes = wish.changes(&directory)?;
/// let applied = directory.apply(&changes, &Rules::default())?;
/// let said: Vec<String> = applied.events.iter().map(ToString::to_string).collect();
/// assert_eq!(said, [
///     "user `Bob` (number 3) was removed",
///     "user `Ann` (number 3) was added",
///     "user `Ann` is now in group `Devs`",
/// ]);
/// assert!(wish.changes(&directory)?.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// In the order in which it was said.
    users: Vec<(UserName, OfUser)>,
    /// In the order in which it was said.
    groups: Vec<(GroupName, OfGroup)>,
    /// By the area with its schema's name folded.
    areas: Listed<AccessArea, (AccessArea, Grantee)>,
    plugins: Listed<PluginKey, Grantee>,
    default_user: Said<Option<UserName>>,
    web_users: Listed<WebSide, Option<UserName>>,
    absent_users: Absent,
    absent_groups: Absent,
    absent_members: Absent,
}

impl Wish {
    /// Starts with nothing said: everything stays as it is.
    pub fn new() -> Self {
        Self::default()
    }

    /// Says that a user exists.
    pub fn user(&mut self, name: UserName) {
        self.users.push((name, OfUser::Exists));
    }

    /// Says that a user exists, and its startup method, or that it has none.
    pub fn startup_method(&mut self, user: UserName, method: Option<MethodName>) {
        let method = method.filter(|method| !method.as_str().is_empty());
        self.users.push((user, OfUser::StartupMethod(method)));
    }

    /// Says that a user exists, and its stored password, or that it has none.
    pub fn password(&mut self, user: UserName, password: Option<Credential>) {
        self.users.push((user, OfUser::Password(password)));
    }

    /// Says that a group exists. A new one starts with the members that the wish names, and without
    /// the Administrator.
    pub fn group(&mut self, name: GroupName) {
        self.groups.push((name, OfGroup::Exists));
    }

    /// Says that a group exists, and that a user is placed directly in it.
    ///
    /// The user must be said too, or exist and stay.
    pub fn member_user(&mut self, group: GroupName, user: UserName) {
        self.groups.push((group, OfGroup::User(user)));
    }

    /// Says that a group exists, and that another one is placed directly in it.
    ///
    /// The other one must be said too, or exist.
    pub fn member_group(&mut self, group: GroupName, member: GroupName) {
        self.groups.push((group, OfGroup::Group(member)));
    }

    /// Says who has an access area.
    pub fn area(&mut self, area: AccessArea, grantee: Grantee) {
        let key = match &area {
            AccessArea::Sql { schema, right } => AccessArea::Sql {
                schema: SchemaName::from_stored(folded_name(schema.as_str())),
                right: *right,
            },
            AccessArea::Design | AccessArea::Http | AccessArea::Rest(_) => area.clone(),
        };
        self.areas.set(key, (area, grantee));
    }

    /// Says who may use a plug-in.
    pub fn plugin(&mut self, plugin: PluginKey, grantee: Grantee) {
        self.plugins.set(plugin, grantee);
    }

    /// Says who the Default User is, or that nobody is.
    pub fn default_user(&mut self, user: Option<UserName>) {
        self.default_user = Said::Said(user);
    }

    /// Says who a generic web user is, or that nobody is.
    pub fn web_user(&mut self, side: WebSide, user: Option<UserName>) {
        self.web_users.set(side, user);
    }

    /// Says what becomes of users that the wish does not name; the Designer and the Administrator
    /// stay in any case. Kept, unless said otherwise.
    pub fn absent_users(&mut self, absent: Absent) {
        self.absent_users = absent;
    }

    /// Says what becomes of groups that the wish does not name. Kept, unless said otherwise.
    pub fn absent_groups(&mut self, absent: Absent) {
        self.absent_groups = absent;
    }

    /// Says what becomes of the members that the wish does not name in the groups that it names.
    /// Kept, unless said otherwise.
    pub fn absent_members(&mut self, absent: Absent) {
        self.absent_members = absent;
    }
}
