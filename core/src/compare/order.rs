//! Directories that differ in their order alone.

use crate::directory::Directory;
use crate::grantee::{Grantee, StoredGrantee};
use crate::grants::SchemaGrants;
use crate::group::Group;
use crate::plugin::PluginKey;
use crate::reference::Reference;
use crate::user::User;

/// Tells whether a directory is another one in another order, and nothing else.
///
/// True exactly when users, groups, the members of some group, SQL schemas or plug-in grants stand
/// in another order, and all that the directories hold is the same, letter by letter: also names
/// that nobody has and grants that say no more than their absence would. A directory is not a
/// reordering of itself.
///
/// What a [`Directory`] does not know, such as the order of other keys in a file, is not looked at.
///
/// ```
/// use guichet_core::{Directory, DirectoryBuilder, UserName, compare, order_only};
/// let users = |names: [&str; 2]| -> Directory {
///     let mut builder = DirectoryBuilder::new();
///     names.map(|name| builder.user(UserName::stored(name)));
///     builder.finish()
/// };
/// let (old, new) = (users(["Ann", "Bob"]), users(["Bob", "Ann"]));
/// assert!(order_only(&old, &new));
/// assert!(!order_only(&old, &old));
/// assert!(compare(&old, &new).is_empty());
/// ```
pub fn order_only(old: &Directory, new: &Directory) -> bool {
    let (old, new) = (Inventory::of(old), Inventory::of(new));
    old != new && old.sorted() == new.sorted()
}

/// Tells whether two directories hold the same in the same order, letter by letter, except for stored
/// passwords.
pub(crate) fn same_form(left: &Directory, right: &Directory) -> bool {
    fn accounts(directory: &Directory) -> impl Iterator<Item = impl PartialEq> {
        let users = directory.users().map(|(_, user)| user);
        users.map(|user| (user.kind, &user.name, &user.startup_method))
    }
    let rest = |directory| Inventory {
        users: Vec::new(),
        ..Inventory::of(directory)
    };
    accounts(left).eq(accounts(right)) && rest(left) == rest(right)
}

/// All that a directory holds, letter by letter, in order.
#[derive(PartialEq, Eq)]
struct Inventory<'a> {
    users: Vec<&'a User>,
    groups: Vec<Listed<'a>>,
    areas: [Granted<'a>; 4],
    schemas: Vec<(&'a str, [Granted<'a>; 3])>,
    plugins: Vec<(&'a PluginKey, Granted<'a>)>,
    settings: [Option<Reference<&'a str>>; 3],
}

/// The name, the users, the groups, the names that no user has, and those that no group has.
type Listed<'a> = (&'a str, [Vec<&'a str>; 4]);

/// Who has an access, by name.
type Granted<'a> = Grantee<Reference<&'a str>>;

impl<'a> Inventory<'a> {
    fn of(directory: &'a Directory) -> Self {
        let grants = &directory.grants;
        let granted = |grantee| granted(directory, grantee);
        let rights = |schema: &'a SchemaGrants| {
            let [read, write, all] = &schema.rights;
            (schema.schema.as_str(), [read, write, all].map(granted))
        };
        let areas = [
            &grants.design,
            &grants.http,
            &grants.local_rest,
            &grants.remote_rest,
        ];
        Self {
            users: directory.users().map(|(_, user)| user).collect(),
            groups: directory
                .groups()
                .map(|(_, group)| listed(directory, group))
                .collect(),
            areas: areas.map(granted),
            schemas: grants.schemas.iter().map(rights).collect(),
            plugins: grants
                .plugins
                .iter()
                .map(|grant| (&grant.plugin, granted(&grant.grantee)))
                .collect(),
            settings: directory
                .settings
                .references()
                .map(|reference| match reference {
                    None => None,
                    Some(Reference::Missing(name)) => Some(Reference::Missing(name.as_str())),
                    Some(Reference::Known(user)) => {
                        let user = directory.user(*user);
                        user.map(|user| Reference::Known(user.name.as_str()))
                    }
                }),
        }
    }

    /// The same in an order that depends on what is held alone.
    fn sorted(mut self) -> Self {
        self.users.sort_by_key(|user| {
            let password = user.credential.as_ref();
            let password = password.map(crate::credential::Credential::expose_stored_text);
            (user.kind, &user.name, password, &user.startup_method)
        });
        for (_, lists) in &mut self.groups {
            for list in lists {
                list.sort_unstable();
            }
        }
        self.groups.sort_unstable();
        self.schemas.sort_unstable();
        self.plugins.sort_unstable();
        self
    }
}

fn listed<'a>(directory: &'a Directory, group: &'a Group) -> Listed<'a> {
    let users = group.users.iter().filter_map(|user| directory.user(*user));
    let groups = group
        .groups
        .iter()
        .filter_map(|nested| directory.group(*nested));
    let lists = [
        users.map(|user| user.name.as_str()).collect(),
        groups.map(|nested| nested.name.as_str()).collect(),
        group.missing_users.iter().map(AsRef::as_ref).collect(),
        group.missing_groups.iter().map(AsRef::as_ref).collect(),
    ];
    (group.name.as_str(), lists)
}

fn granted<'a>(directory: &'a Directory, grantee: &'a StoredGrantee) -> Granted<'a> {
    match grantee {
        Grantee::Everyone => Grantee::Everyone,
        Grantee::Nobody => Grantee::Nobody,
        Grantee::Group(Reference::Missing(name)) => {
            Grantee::Group(Reference::Missing(name.as_str()))
        }
        Grantee::Group(Reference::Known(group)) => {
            directory.group(*group).map_or(Grantee::Nobody, |group| {
                Grantee::Group(Reference::Known(group.name.as_str()))
            })
        }
    }
}
