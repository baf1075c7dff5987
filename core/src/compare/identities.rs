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

macro_rules! keys {
    ($($(#[$docs:meta])* $name:ident)*) => { $(
        $(#[$docs])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) struct $name(pub(crate) usize);

        impl From<usize> for $name {
            fn from(number: usize) -> Self {
                Self(number)
            }
        }
    )* };
}

keys! {
    /// A user, whatever directories it is in.
    UserKey
    /// A group, whatever directories it is in.
    GroupKey
    /// An SQL schema, whatever directories it is in.
    SchemaKey
}

impl UserKey {
    /// The Designer, in every directory.
    pub(crate) const DESIGNER: Self = Self(0);
    const ADMINISTRATOR: Self = Self(1);
}

/// The users, the groups or the SQL schemas of one directory, with their keys.
///
/// The place of one is the index of its handle; for a schema, its place in the file.
#[derive(Debug)]
struct Column<'a, K> {
    /// Those that go by their names, in the order of the file.
    names: Vec<(&'a str, usize)>,
    /// By place.
    keys: Vec<Option<K>>,
}

impl<'a, K: Copy + Ord + From<usize>> Column<'a, K> {
    fn new(places: usize, names: impl Iterator<Item = (&'a str, usize)>) -> Self {
        Self {
            names: names.collect(),
            keys: vec![None; places],
        }
    }

    fn key(&self, place: usize) -> Option<K> {
        self.keys.get(place).copied().flatten()
    }

    fn set(&mut self, place: usize, key: K) {
        if let Some(entry) = self.keys.get_mut(place) {
            *entry = Some(key);
        }
    }

    /// Returns those that have a key from `first` on, by name.
    fn named(&self, first: K) -> Vec<(&'a str, K)> {
        let names = self.names.iter();
        let known = names.filter_map(|(name, place)| Some((*name, self.key(*place)?)));
        known.filter(|(_, key)| *key >= first).collect()
    }

    /// Returns those without a key, by name.
    fn unknown(&self) -> Vec<(&'a str, usize)> {
        let names = self.names.iter().copied();
        names
            .filter(|(_, place)| self.key(*place).is_none())
            .collect()
    }

    /// Gives those without a key the key from `first` on that their name has in an earlier directory.
    fn adopt(&mut self, earlier: &Self, first: usize) {
        for (key, place) in pair(earlier.named(K::from(first)), self.unknown()) {
            self.set(place, key);
        }
    }

    /// Gives those without a key the keys from `next` on.
    fn number_the_rest(&mut self, next: &mut usize) {
        for (_, place) in self.unknown() {
            self.set(place, K::from(*next));
            *next = next.saturating_add(1);
        }
    }
}

/// One directory, with the key of everything in it.
#[derive(Debug)]
pub(crate) struct Side<'a> {
    pub(crate) directory: &'a Directory,
    users: Column<'a, UserKey>,
    groups: Column<'a, GroupKey>,
    schemas: Column<'a, SchemaKey>,
}

impl<'a> Side<'a> {
    fn new(directory: &'a Directory) -> Self {
        let ordinary = |kind: UserKind| kind == UserKind::User;
        let users = directory.users().filter(|(_, user)| ordinary(user.kind));
        let users = users.map(|(handle, user)| (user.name.as_str(), handle.index()));
        let groups = directory.groups();
        let groups = groups.map(|(handle, group)| (group.name.as_str(), handle.index()));
        let schemas = directory.grants().schemas().iter().enumerate();
        let schemas = schemas.map(|(place, grants)| (grants.schema.as_str(), place));
        Self {
            directory,
            users: Column::new(directory.user_table_size(), users),
            groups: Column::new(directory.group_table_size(), groups),
            schemas: Column::new(schemas.len(), schemas),
        }
    }

    pub(crate) fn user_key(&self, user: UserHandle) -> Option<UserKey> {
        self.users.key(user.index())
    }

    pub(crate) fn group_key(&self, group: GroupHandle) -> Option<GroupKey> {
        self.groups.key(group.index())
    }

    pub(crate) fn schema_key(&self, place: usize) -> Option<SchemaKey> {
        self.schemas.key(place)
    }

    pub(super) fn set_group(&mut self, group: GroupHandle, key: GroupKey) {
        self.groups.set(group.index(), key);
    }

    fn named_groups(&self) -> Vec<(&'a str, GroupKey)> {
        self.groups.named(GroupKey(0))
    }

    /// Returns how many users, groups and SQL schemas there are.
    fn counts(&self) -> [usize; 3] {
        let schemas = self.directory.grants().schemas().len();
        [
            self.directory.user_count(),
            self.directory.group_count(),
            schemas,
        ]
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
    /// Returns the keys of all users.
    pub(crate) fn users(&self) -> impl ExactSizeIterator<Item = UserKey> + use<> {
        (0..self.users).map(UserKey)
    }

    /// Returns the keys of all groups.
    pub(crate) fn groups(&self) -> impl ExactSizeIterator<Item = GroupKey> + use<> {
        (0..self.groups).map(GroupKey)
    }

    pub(crate) fn schema_name(&self, schema: SchemaKey) -> Option<&'a SchemaName> {
        self.schemas.get(schema.0).copied()
    }

    fn add(&mut self, sides: &[Side<'a>], side: &mut Side<'a>) {
        let (designer, administrator) = (Directory::DESIGNER, Directory::ADMINISTRATOR);
        side.users.set(designer.index(), UserKey::DESIGNER);
        side.users
            .set(administrator.index(), UserKey::ADMINISTRATOR);
        let [mut first_user, mut first_group, mut first_schema] = [0; 3];
        for (index, earlier) in sides.iter().enumerate() {
            side.users.adopt(&earlier.users, first_user);
            side.schemas.adopt(&earlier.schemas, first_schema);
            side.groups.adopt(&earlier.groups, first_group);
            if index == 0 {
                find_renamed_groups(earlier, side);
                // From here on only what the first directory does not have.
                [first_user, first_group, first_schema] = earlier.counts();
            }
        }
        self.users = self.users.max(Directory::BUILT_INS);
        side.users.number_the_rest(&mut self.users);
        side.groups.number_the_rest(&mut self.groups);
        let mut next_schema = self.schemas.len();
        let schemas = side.directory.grants().schemas();
        let new = side.schemas.unknown().into_iter();
        let new = new.filter_map(|(_, place)| schemas.get(place));
        self.schemas.extend(new.map(|grants| &grants.schema));
        side.schemas.number_the_rest(&mut next_schema);
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
    let names = first
        .named_groups()
        .into_iter()
        .map(|(name, key)| (key, name));
    let names: HashMap<GroupKey, &str> = names.collect();
    let mut found = Vec::new();
    for (knows, one) in later.iter().enumerate() {
        let others = later.iter().enumerate();
        for (learns, other) in others.filter(|(learns, _)| *learns != knows) {
            let has: HashSet<GroupKey> = other
                .named_groups()
                .into_iter()
                .map(|(_, key)| key)
                .collect();
            let renamed = one.named_groups().into_iter().filter(|(name, key)| {
                names.get(key).is_some_and(|before| before != name) && !has.contains(key)
            });
            let new = other.groups.names.iter().copied();
            let new = new.filter(|(_, place)| other.groups.key(*place) >= Some(fresh));
            let pairs = pair(renamed.collect(), new.collect());
            found.extend(pairs.into_iter().map(|(key, place)| (learns, place, key)));
        }
    }
    for (learns, place, key) in found {
        if let Some(side) = later.get_mut(learns) {
            side.groups.set(place, key);
        }
    }
}
