//! What several tests share.

use std::fmt::Write as _;

use guichet_core::{
    Change, Credential, Directory, Event, Grantee, GroupName, GroupReference, Refusal, Rules,
    UserName,
};
use guichet_core::{Reference, UserReference};

/// Everything that a directory holds, in order, handles too: two equal dumps are two directories that
/// only new handles tell apart.
pub(crate) fn dump(directory: &Directory) -> String {
    let mut text = String::new();
    for (handle, user) in directory.users() {
        let password = user.credential().map(Credential::expose_stored_text);
        let id = directory.user_id(handle).unwrap();
        writeln!(text, "user {handle:?} {id} {user:?} {password:?}").unwrap();
        assert!(directory.find_user(user.name().as_str()).is_some());
    }
    for (handle, group) in directory.groups() {
        let id = directory.group_id(handle).unwrap();
        writeln!(text, "group {handle:?} {id} {group:?}").unwrap();
    }
    writeln!(text, "{:?}", directory.grants()).unwrap();
    writeln!(text, "{:?}", directory.settings()).unwrap();
    text
}

/// The sizes of the tables by handle: what a refused edit leaves as it was too.
pub(crate) fn table_sizes(directory: &Directory) -> [usize; 2] {
    [directory.user_table_size(), directory.group_table_size()]
}

/// Applies one change as the Designer.
pub(crate) fn edit(directory: &mut Directory, change: Change) -> Result<Vec<Event>, Refusal> {
    let applied = directory.apply(&[change], &Rules::default());
    applied.map(|applied| applied.events).map_err(Refusal::from)
}

/// The same, as sentences.
pub(crate) fn said(directory: &mut Directory, change: Change) -> Vec<String> {
    let events = edit(directory, change).unwrap();
    events.iter().map(ToString::to_string).collect()
}

pub(crate) fn user(name: &str) -> UserName {
    UserName::from_stored(name)
}

pub(crate) fn group(name: &str) -> GroupName {
    GroupName::from_stored(name)
}

/// The names of a group's direct users, in the order of its list.
pub(crate) fn users_of(directory: &Directory, name: &str) -> Vec<String> {
    let group = directory
        .group(directory.find_group(name).unwrap())
        .unwrap();
    let name = |handle: &_| directory.user(*handle).unwrap().name().to_string();
    group.users().iter().map(name).collect()
}

/// The names of a group's direct nested groups, in the order of its list.
pub(crate) fn groups_of(directory: &Directory, name: &str) -> Vec<String> {
    let group = directory
        .group(directory.find_group(name).unwrap())
        .unwrap();
    let name = |handle: &_| directory.group(*handle).unwrap().name().to_string();
    group.groups().iter().map(name).collect()
}

/// The text of a setting as a file would hold it.
pub(crate) fn setting_text(directory: &Directory, reference: &UserReference) -> String {
    match reference {
        None => String::new(),
        Some(Reference::Missing(name)) => name.to_string(),
        Some(Reference::Known(user)) => directory.user(*user).unwrap().name().to_string(),
    }
}

/// The text of a grant as a file would hold it.
pub(crate) fn grant_text(directory: &Directory, grantee: &Grantee<GroupReference>) -> String {
    directory.grantee_by_name(grantee).as_text().to_owned()
}
