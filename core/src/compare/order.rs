//! Directories that hold the same, in another order or in the same one.

use crate::directory::Directory;
use crate::grantee::{Grantee, StoredGrantee};
use crate::id::{GroupHandle, GroupId, UserHandle, UserId};
use crate::name::{GroupName, UserName};
use crate::plugin::PluginKey;
use crate::reference::Reference;
use crate::user::User;

/// Returns whether a directory is another one in another order, and nothing else.
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
///     names.map(|name| builder.user(UserName::from_stored(name)));
///     builder.finish()
/// };
/// let (old, new) = (users(["Ann", "Bob"]), users(["Bob", "Ann"]));
/// assert!(order_only(&old, &new));
/// assert!(!order_only(&old, &old));
/// assert!(compare(&old, &new).is_empty());
/// ```
pub fn order_only(old: &Directory, new: &Directory) -> bool {
    let (old, new) = (Inventory::by_name(old), Inventory::by_name(new));
    old != new && old.sorted() == new.sorted()
}

/// Returns whether two directories mean the same and have it in the same order: what a file that was
/// written has in common with the directory that it was written for.
///
/// Users, groups, members and SQL schemas count in their order. Handles count for nothing, and
/// neither do the order of plug-ins and grants that say no more than their absence would. Linear,
/// except for the sorting of plug-ins.
///
/// ```
/// use guichet_core::{DirectoryBuilder, UserName, same_in_order};
/// let users = |names: [&str; 2]| {
///     let mut builder = DirectoryBuilder::new();
///     names.map(|name| builder.user(UserName::from_stored(name)));
///     builder.finish()
/// };
/// assert!(same_in_order(&users(["Ann", "Bob"]), &users(["Ann", "Bob"])));
/// assert!(!same_in_order(&users(["Ann", "Bob"]), &users(["Bob", "Ann"])));
/// ```
pub fn same_in_order(left: &Directory, right: &Directory) -> bool {
    let inventory = |directory| {
        let mut inventory = Inventory::by_number(directory);
        let plugins = &mut inventory.plugins;
        plugins.retain(|(_, grantee)| *grantee != Grantee::Everyone);
        plugins.sort_unstable();
        inventory
    };
    inventory(left) == inventory(right)
}

/// Returns whether two directories hold the same in the same order, letter by letter, except for stored
/// passwords.
pub(crate) fn same_form(left: &Directory, right: &Directory) -> bool {
    fn accounts(directory: &Directory) -> impl Iterator<Item = impl PartialEq> {
        let users = directory.users().map(|(_, user)| user);
        users.map(|user| (user.kind, &user.name, &user.startup_method))
    }
    let rest = |directory| Inventory {
        users: Vec::new(),
        ..Inventory::by_number(directory)
    };
    accounts(left).eq(accounts(right)) && rest(left) == rest(right)
}

/// All that a directory holds, letter by letter, in order; `U` and `G` stand for its users and
/// groups where something refers to them.
#[derive(PartialEq, Eq)]
struct Inventory<'a, U, G> {
    users: Vec<&'a User>,
    groups: Vec<Listed<'a, U, G>>,
    areas: [Granted<'a, G>; 4],
    schemas: Vec<(&'a str, [Granted<'a, G>; 3])>,
    plugins: Vec<(&'a PluginKey, Granted<'a, G>)>,
    settings: [Option<Reference<U, &'a str>>; 3],
}

/// The name, the users, the groups, the names that no user has, and those that no group has.
type Listed<'a, U, G> = (&'a str, Vec<U>, Vec<G>, Vec<&'a str>, Vec<&'a str>);

/// Who has an access.
type Granted<'a, G> = Grantee<Reference<G, &'a str>>;

impl<'a> Inventory<'a, &'a str, &'a str> {
    fn by_name(directory: &'a Directory) -> Self {
        Self::new(
            directory,
            |user| Some(directory.user(user)?.name.as_str()),
            |group| Some(directory.group(group)?.name.as_str()),
        )
    }
}

impl<'a> Inventory<'a, UserId, GroupId> {
    fn by_number(directory: &'a Directory) -> Self {
        let user = |user| directory.user_id(user);
        Self::new(directory, user, |group| directory.group_id(group))
    }
}

impl<'a, U: Ord, G: Ord> Inventory<'a, U, G> {
    fn new(
        directory: &'a Directory,
        user: impl Fn(UserHandle) -> Option<U>,
        group: impl Fn(GroupHandle) -> Option<G>,
    ) -> Self {
        let grants = &directory.grants;
        let granted = |grantee: &'a StoredGrantee| {
            grantee.rewrite(|known| known.rewrite(|one| group(*one), GroupName::as_str))
        };
        let areas = [
            &grants.design,
            &grants.http,
            &grants.local_rest,
            &grants.remote_rest,
        ];
        let groups = directory.groups().map(|(_, listed)| {
            (
                listed.name.as_str(),
                listed.users.iter().filter_map(|one| user(*one)).collect(),
                listed.groups.iter().filter_map(|one| group(*one)).collect(),
                listed.missing_users.iter().map(AsRef::as_ref).collect(),
                listed.missing_groups.iter().map(AsRef::as_ref).collect(),
            )
        });
        let schemas = grants.schemas.iter();
        let plugins = grants.plugins.iter();
        let settings = directory.settings.references();
        Self {
            users: directory.users().map(|(_, user)| user).collect(),
            groups: groups.collect(),
            areas: areas.map(granted),
            schemas: schemas
                .map(|one| (one.schema.as_str(), one.rights.each_ref().map(granted)))
                .collect(),
            plugins: plugins
                .map(|grant| (&grant.plugin, granted(&grant.grantee)))
                .collect(),
            settings: settings.map(|reference| {
                let reference = reference.as_ref()?;
                reference.rewrite(|known| user(*known), UserName::as_str)
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
        for (_, users, groups, missing_users, missing_groups) in &mut self.groups {
            users.sort_unstable();
            groups.sort_unstable();
            missing_users.sort_unstable();
            missing_groups.sort_unstable();
        }
        self.groups.sort_unstable();
        self.schemas.sort_unstable();
        self.plugins.sort_unstable();
        self
    }
}
