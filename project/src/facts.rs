//! What a directory says, fact by fact, in an order that does not depend on the file's.
//!
//! For a comparison line by line, as git makes one: who adds a user changes one line, wherever the
//! user is in the file.

use guichet_core::identity::folded_name;
use guichet_core::{
    AccessArea, Credential, Directory, Grantee, Group, GroupName, MethodName, PluginKey, Reference,
    User, UserKind, UserName, UserReference,
};

/// All that a directory says, sorted by name.
///
/// Of a [`View`](crate::View) that includes the plug-ins of `guichet.toml`; of a
/// [`DirectoryText`](guichet_storage::DirectoryText) only what the file says.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Facts<'d> {
    /// The Designer, the Administrator, then everybody else.
    pub users: Vec<UserFacts<'d>>,
    /// The groups.
    pub groups: Vec<GroupFacts<'d>>,
    /// Who has each access area that `directory.json` can say; the HTTP server is not one of them
    /// (decision D16).
    pub areas: Vec<(AccessArea, Grantee)>,
    /// Who has each plug-in.
    pub plugins: Vec<(PluginKey, Grantee)>,
    /// The user who is the Default User.
    pub default_user: Option<Listed<'d, UserName>>,
    /// The web user of single-user 4D.
    pub local_web_user: Option<Listed<'d, UserName>>,
    /// The web user of 4D Server.
    pub remote_web_user: Option<Listed<'d, UserName>>,
}

/// What a directory says of a user.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UserFacts<'d> {
    /// The name.
    pub name: &'d UserName,
    /// Whether it is one of the built-in users.
    pub kind: UserKind,
    /// The stored password; its `Debug` does not show it.
    pub password: Option<&'d Credential>,
    /// The startup method.
    pub startup_method: Option<&'d MethodName>,
}

/// What a directory says of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct GroupFacts<'d> {
    /// The name.
    pub name: &'d GroupName,
    /// The users placed directly in it, then the names in its list that no user has.
    pub users: Vec<Listed<'d, UserName>>,
    /// The groups placed directly in it, then the names in its list that no group has.
    pub groups: Vec<Listed<'d, GroupName>>,
}

/// A name in a list or a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed<'d, N> {
    /// The name of somebody.
    Known(&'d N),
    /// A name that nobody has (decision D11).
    Missing(&'d N),
}

impl<'d> Facts<'d> {
    /// Lists what a directory says; O(n log n) in its names and memberships.
    ///
    /// ```
    /// use guichet::{Facts, Project};
    ///
    /// let view = Project::open("../examples/accounting")?.current();
    /// let facts = Facts::of(view.directory());
    /// let groups: Vec<&str> = facts.groups.iter().map(|group| group.name.as_str()).collect();
    /// assert_eq!(groups, ["Accounting", "Devs", "Finance", "General Mgmt"]);
    /// # Ok::<(), guichet::Error>(())
    /// ```
    pub fn of(directory: &'d Directory) -> Self {
        let settings = directory.settings();
        let mut users: Vec<&User> = directory.users().map(|(_, user)| user).collect();
        users.sort_by_cached_key(|user| (rank(user.kind()), sorted(user.name().as_str())));
        let mut groups: Vec<&Group> = directory.groups().map(|(_, group)| group).collect();
        groups.sort_by_cached_key(|group| sorted(group.name().as_str()));
        Self {
            users: users.into_iter().map(UserFacts::of).collect(),
            groups: (groups.into_iter())
                .map(|group| GroupFacts::of(directory, group))
                .collect(),
            areas: areas(directory),
            plugins: plugins(directory),
            default_user: setting(directory, settings.default_user()),
            local_web_user: setting(directory, settings.local_web_user()),
            remote_web_user: setting(directory, settings.remote_web_user()),
        }
    }
}

impl<'d> UserFacts<'d> {
    fn of(user: &'d User) -> Self {
        Self {
            name: user.name(),
            kind: user.kind(),
            password: user.credential(),
            startup_method: user.startup_method(),
        }
    }
}

impl<'d> GroupFacts<'d> {
    fn of(directory: &'d Directory, group: &'d Group) -> Self {
        let users = group.users().iter();
        let users = users.filter_map(|user| Some(directory.user(*user)?.name()));
        let groups = group.groups().iter();
        let groups = groups.filter_map(|nested| Some(directory.group(*nested)?.name()));
        Self {
            name: group.name(),
            users: listed(users, group.missing_users(), UserName::as_str),
            groups: listed(groups, group.missing_groups(), GroupName::as_str),
        }
    }
}

/// Lists the names of somebody, then those of nobody, each part sorted.
fn listed<'d, N>(
    known: impl Iterator<Item = &'d N>,
    missing: &'d [N],
    text: fn(&N) -> &str,
) -> Vec<Listed<'d, N>> {
    let mut known: Vec<&N> = known.collect();
    let mut missing: Vec<&N> = missing.iter().collect();
    for names in [&mut known, &mut missing] {
        names.sort_by_cached_key(|name| sorted(text(name)));
    }
    let known = known.into_iter().map(Listed::Known);
    known
        .chain(missing.into_iter().map(Listed::Missing))
        .collect()
}

fn areas(directory: &Directory) -> Vec<(AccessArea, Grantee)> {
    let grants = directory.grants();
    let areas = grants.areas().filter(|area| *area != AccessArea::Http);
    let mut areas: Vec<AccessArea> = areas.collect();
    areas.sort_by_cached_key(|area| match area {
        AccessArea::Sql { schema, .. } => sorted(schema.as_str()),
        _ => sorted(""),
    });
    let given = areas.into_iter().filter_map(|area| {
        let grantee = directory.grantee_by_name(grants.area(&area)?);
        Some((area, grantee))
    });
    given.collect()
}

fn plugins(directory: &Directory) -> Vec<(PluginKey, Grantee)> {
    let mut plugins: Vec<_> = directory.grants().plugins().iter().collect();
    plugins.sort_by_cached_key(|grant| sorted(grant.plugin().as_str()));
    let given = plugins.into_iter().map(|grant| {
        let grantee = directory.grantee_by_name(grant.grantee());
        (grant.plugin().clone(), grantee)
    });
    given.collect()
}

fn setting<'d>(directory: &'d Directory, user: &'d UserReference) -> Option<Listed<'d, UserName>> {
    match user {
        None => None,
        Some(Reference::Known(user)) => Some(Listed::Known(directory.user(*user)?.name())),
        Some(Reference::Missing(name)) => Some(Listed::Missing(name)),
    }
}

const fn rank(kind: UserKind) -> u8 {
    match kind {
        UserKind::Designer => 0,
        UserKind::Administrator => 1,
        UserKind::User => 2,
    }
}

/// By name whatever its case; of two that differ in case only, by the letters.
fn sorted(name: &str) -> (String, String) {
    (folded_name(name), name.to_owned())
}
