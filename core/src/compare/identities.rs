//! Who is who in several directories.
//!
//! Each user, group and SQL schema gets a key that is the same in every directory that has it, so
//! that what follows compares keys and never names.

use std::collections::{HashMap, HashSet};

use crate::directory::Directory;
use crate::id::{GroupHandle, UserHandle};
use crate::name::SchemaName;
use crate::user::UserKind;

use super::pairing::pair;
use super::rename::find_renamed_groups;

/// A user, whatever directories it is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct UserKey(pub(super) usize);

impl UserKey {
    /// The Designer, in every directory.
    pub(crate) const DESIGNER: Self = Self(0);
    const ADMINISTRATOR: Self = Self(1);

    pub(crate) const fn at(place: usize) -> Self {
        Self(place)
    }

    pub(crate) const fn place(self) -> usize {
        self.0
    }
}

/// A group, whatever directories it is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct GroupKey(pub(super) usize);

impl GroupKey {
    pub(crate) const fn at(place: usize) -> Self {
        Self(place)
    }

    pub(crate) const fn place(self) -> usize {
        self.0
    }
}

/// An SQL schema, whatever directories it is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SchemaKey(pub(super) usize);

/// One directory, with the key of everything in it.
#[derive(Debug)]
pub(crate) struct Side<'a> {
    pub(crate) directory: &'a Directory,
    /// By the index of the handle.
    users: Vec<Option<UserKey>>,
    /// By the index of the handle.
    groups: Vec<Option<GroupKey>>,
    /// By the place in the file.
    schemas: Vec<Option<SchemaKey>>,
}

impl<'a> Side<'a> {
    fn new(directory: &'a Directory) -> Self {
        Self {
            directory,
            users: vec![None; directory.user_table_size()],
            groups: vec![None; directory.group_table_size()],
            schemas: vec![None; directory.grants().schemas().len()],
        }
    }

    pub(crate) fn user_key(&self, user: UserHandle) -> Option<UserKey> {
        self.users.get(user.index()).copied().flatten()
    }

    pub(crate) fn group_key(&self, group: GroupHandle) -> Option<GroupKey> {
        self.groups.get(group.index()).copied().flatten()
    }

    pub(crate) fn schema_key(&self, place: usize) -> Option<SchemaKey> {
        self.schemas.get(place).copied().flatten()
    }

    fn set_user(&mut self, user: UserHandle, key: UserKey) {
        if let Some(entry) = self.users.get_mut(user.index()) {
            *entry = Some(key);
        }
    }

    pub(super) fn set_group(&mut self, group: GroupHandle, key: GroupKey) {
        if let Some(entry) = self.groups.get_mut(group.index()) {
            *entry = Some(key);
        }
    }

    fn set_schema(&mut self, place: usize, key: SchemaKey) {
        if let Some(entry) = self.schemas.get_mut(place) {
            *entry = Some(key);
        }
    }

    /// The ordinary users that have a key from `first` on, by name.
    fn named_users(&self, first: UserKey) -> Vec<(&'a str, UserKey)> {
        let users = ordinary_users(self.directory);
        users
            .filter_map(|(handle, name)| Some((name, self.user_key(handle)?)))
            .filter(|(_, key)| *key >= first)
            .collect()
    }

    fn named_groups(&self, first: GroupKey) -> Vec<(&'a str, GroupKey)> {
        let groups = self.directory.groups();
        groups
            .filter_map(|(handle, group)| Some((group.name.as_str(), self.group_key(handle)?)))
            .filter(|(_, key)| *key >= first)
            .collect()
    }

    fn named_schemas(&self, first: SchemaKey) -> Vec<(&'a str, SchemaKey)> {
        let schemas = self.directory.grants().schemas().iter().enumerate();
        schemas
            .filter_map(|(place, grants)| Some((grants.schema.as_str(), self.schema_key(place)?)))
            .filter(|(_, key)| *key >= first)
            .collect()
    }

    fn unknown_users(&self) -> Vec<(&'a str, UserHandle)> {
        ordinary_users(self.directory)
            .filter(|(handle, _)| self.user_key(*handle).is_none())
            .map(|(handle, name)| (name, handle))
            .collect()
    }

    fn unknown_groups(&self) -> Vec<(&'a str, GroupHandle)> {
        let groups = self.directory.groups();
        groups
            .filter(|(handle, _)| self.group_key(*handle).is_none())
            .map(|(handle, group)| (group.name.as_str(), handle))
            .collect()
    }

    fn unknown_schemas(&self) -> Vec<(&'a str, usize)> {
        let schemas = self.directory.grants().schemas().iter().enumerate();
        schemas
            .filter(|(place, _)| self.schema_key(*place).is_none())
            .map(|(place, grants)| (grants.schema.as_str(), place))
            .collect()
    }
}

fn ordinary_users(directory: &Directory) -> impl Iterator<Item = (UserHandle, &str)> {
    directory
        .users()
        .filter(|(_, user)| user.kind == UserKind::User)
        .map(|(handle, user)| (handle, user.name.as_str()))
}

/// The first keys that are looked at.
#[derive(Debug, Clone, Copy)]
struct Keys {
    user: UserKey,
    group: GroupKey,
    schema: SchemaKey,
}

impl Default for Keys {
    fn default() -> Self {
        Self {
            user: UserKey(0),
            group: GroupKey(0),
            schema: SchemaKey(0),
        }
    }
}

impl Keys {
    /// The keys that the first of several directories does not have.
    fn behind(first: &Directory) -> Self {
        Self {
            user: UserKey(first.user_count()),
            group: GroupKey(first.group_count()),
            schema: SchemaKey(first.grants().schemas().len()),
        }
    }
}

/// How many there are in all versions of a directory together.
#[derive(Debug, Default)]
pub(crate) struct Identities<'a> {
    users: usize,
    groups: usize,
    /// By key: the name under which the schema was first met.
    schemas: Vec<&'a SchemaName>,
}

/// Finds out who is who in versions of a directory: built-in users by what they are, the others by
/// name (decision D7), groups by name and then by what was [renamed](find_renamed_groups) since the
/// first directory.
///
/// What the first directory does not have is looked for among what a later one has and the first
/// has not. Where one later directory shows that a group of the first was renamed, and another has
/// no such group but one of the new name, that is it.
pub(crate) fn identify<const N: usize>(
    directories: [&Directory; N],
) -> (Identities<'_>, [Side<'_>; N]) {
    let mut identities = Identities::default();
    let mut sides = directories.map(Side::new);
    for index in 0..N {
        let (earlier, rest) = sides.split_at_mut(index);
        if let Some(side) = rest.first_mut() {
            identities.add(earlier, side);
        }
    }
    share_renames(&mut sides);
    (identities, sides)
}

impl<'a> Identities<'a> {
    /// How many keys of users there are.
    pub(crate) const fn user_count(&self) -> usize {
        self.users
    }

    /// How many keys of groups there are.
    pub(crate) const fn group_count(&self) -> usize {
        self.groups
    }

    pub(crate) fn schema_name(&self, schema: SchemaKey) -> Option<&'a SchemaName> {
        self.schemas.get(schema.0).copied()
    }

    fn add(&mut self, sides: &[Side<'a>], side: &mut Side<'a>) {
        side.set_user(Directory::DESIGNER, UserKey::DESIGNER);
        side.set_user(Directory::ADMINISTRATOR, UserKey::ADMINISTRATOR);
        let mut from = Keys::default();
        for (index, earlier) in sides.iter().enumerate() {
            for (key, handle) in pair(earlier.named_users(from.user), side.unknown_users()) {
                side.set_user(handle, key);
            }
            for (key, place) in pair(earlier.named_schemas(from.schema), side.unknown_schemas()) {
                side.set_schema(place, key);
            }
            for (key, handle) in pair(earlier.named_groups(from.group), side.unknown_groups()) {
                side.set_group(handle, key);
            }
            if index == 0 {
                find_renamed_groups(earlier, side);
                from = Keys::behind(earlier.directory);
            }
        }
        self.number_the_rest(side);
    }

    fn number_the_rest(&mut self, side: &mut Side<'a>) {
        self.users = self.users.max(2);
        for (_, handle) in side.unknown_users() {
            side.set_user(handle, UserKey(self.users));
            self.users = self.users.saturating_add(1);
        }
        for (_, handle) in side.unknown_groups() {
            side.set_group(handle, GroupKey(self.groups));
            self.groups = self.groups.saturating_add(1);
        }
        let schemas = side.directory.grants().schemas();
        for (_, place) in side.unknown_schemas() {
            if let Some(grants) = schemas.get(place) {
                side.set_schema(place, SchemaKey(self.schemas.len()));
                self.schemas.push(&grants.schema);
            }
        }
    }
}

/// Lets every later directory know of the groups that another one shows to be renamed.
fn share_renames(sides: &mut [Side<'_>]) {
    let [first, later @ ..] = sides else {
        return;
    };
    if later.len() < 2 {
        return;
    }
    let fresh = GroupKey(first.directory.group_count());
    let names: HashMap<GroupKey, &str> = first
        .named_groups(GroupKey(0))
        .into_iter()
        .map(|(name, key)| (key, name))
        .collect();
    let mut found = Vec::new();
    for (knows, one) in later.iter().enumerate() {
        for (learns, other) in later
            .iter()
            .enumerate()
            .filter(|(learns, _)| *learns != knows)
        {
            let has: HashSet<GroupKey> = other
                .named_groups(GroupKey(0))
                .into_iter()
                .map(|(_, key)| key)
                .collect();
            let renamed = one
                .named_groups(GroupKey(0))
                .into_iter()
                .filter(|(name, key)| {
                    names.get(key).is_some_and(|before| before != name) && !has.contains(key)
                });
            let new = other.directory.groups().filter_map(|(handle, group)| {
                let key = other.group_key(handle)?;
                (key >= fresh).then_some((group.name.as_str(), handle))
            });
            let pairs = pair(renamed.collect(), new.collect());
            found.extend(pairs.into_iter().map(|(key, handle)| (learns, handle, key)));
        }
    }
    for (learns, handle, key) in found {
        if let Some(side) = later.get_mut(learns) {
            side.set_group(handle, key);
        }
    }
}
