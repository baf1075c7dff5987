//! Whether two directories mean the same: the question that is asked before anything is written.

use guichet_core::{
    Directory, Grantee, Group, GroupHandle, GroupReference, PluginKey, Reference, SqlRight,
    StoredGrantee, User, UserHandle, UserReference,
};

/// Returns what differs between two directories, in words; none where they mean the same.
///
/// Users, groups and members are compared in their order, grants by area and plug-in. Handles do not count.
/// Linear.
pub fn difference(left: &Directory, right: &Directory) -> Option<&'static str> {
    let user = |(_, user): (UserHandle, &User)| user.clone();
    if !left.users().map(user).eq(right.users().map(user)) {
        return Some("the users differ");
    }
    let names = |directory: &Directory| -> Vec<_> {
        let groups = directory.groups();
        groups.map(|(_, group)| group.name().clone()).collect()
    };
    if names(left) != names(right) {
        return Some("the groups differ");
    }
    let mut groups = left.groups().zip(right.groups());
    if groups.any(|((_, one), (_, other))| members(left, one) != members(right, other)) {
        return Some("the members of a group differ");
    }
    let (ours, theirs) = (left.grants(), right.grants());
    let areas: Vec<_> = ours.areas().collect();
    let same_area = |area| {
        let (one, other) = (ours.area(area), theirs.area(area));
        one.map(|one| reference(left, one)) == other.map(|other| reference(right, other))
    };
    if !areas.iter().eq(theirs.areas().collect::<Vec<_>>().iter()) || !areas.iter().all(same_area) {
        return Some("the access areas differ");
    }
    debug_assert_eq!(areas.len(), 4 + ours.schemas().len() * SqlRight::ALL.len());
    let plugins = |directory: &Directory| -> Vec<PluginKey> {
        let mut keys: Vec<_> = directory
            .grants()
            .plugins()
            .iter()
            .filter(|grant| *grant.grantee() != Grantee::Everyone) // what no grant means too
            .map(|grant| grant.plugin().clone())
            .collect();
        keys.sort_unstable();
        keys
    };
    let keys = plugins(left);
    let same_plugin =
        |key| reference(left, ours.plugin(key)) == reference(right, theirs.plugin(key));
    if keys != plugins(right) || !keys.iter().all(same_plugin) {
        return Some("the plug-ins differ");
    }
    let settings = |directory: &Directory| {
        let references = directory.settings().references();
        references.map(|reference| user_reference(directory, reference))
    };
    (settings(left) != settings(right)).then_some("the settings differ")
}

/// The members of a group by their numbers, and the names that nothing has.
type Members = (Vec<u32>, Vec<u32>, Vec<String>, Vec<String>);

fn members(directory: &Directory, group: &Group) -> Members {
    let user = |user: &UserHandle| {
        directory
            .user_id(*user)
            .map_or(0, guichet_core::UserId::get)
    };
    let nested = |group: &GroupHandle| {
        directory
            .group_id(*group)
            .map_or(0, guichet_core::GroupId::get)
    };
    (
        group.users().iter().map(user).collect(),
        group.groups().iter().map(nested).collect(),
        group
            .missing_users()
            .iter()
            .map(ToString::to_string)
            .collect(),
        group
            .missing_groups()
            .iter()
            .map(ToString::to_string)
            .collect(),
    )
}

/// A reference without its handle: the number, or the name that nothing has.
#[derive(PartialEq, Eq)]
enum Meaning {
    Everyone,
    Nobody,
    Known(Option<u32>),
    Missing(String),
}

fn reference(directory: &Directory, grantee: &StoredGrantee) -> Meaning {
    match grantee {
        Grantee::Everyone => Meaning::Everyone,
        Grantee::Nobody => Meaning::Nobody,
        Grantee::Group(GroupReference::Missing(name)) => Meaning::Missing(name.to_string()),
        Grantee::Group(GroupReference::Known(group)) => {
            Meaning::Known(directory.group_id(*group).map(guichet_core::GroupId::get))
        }
    }
}

fn user_reference(directory: &Directory, reference: &UserReference) -> Meaning {
    match reference {
        None => Meaning::Nobody,
        Some(Reference::Missing(name)) => Meaning::Missing(name.to_string()),
        Some(Reference::Known(user)) => {
            Meaning::Known(directory.user_id(*user).map(guichet_core::UserId::get))
        }
    }
}
