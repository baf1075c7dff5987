//! What several tests share.

pub(crate) mod json;
pub(crate) mod model;
pub(crate) mod sketch;

use guichet_core::{Directory, GroupHandle, UserHandle};
use guichet_policy::Path;

/// The names of some groups, in the order given.
pub(crate) fn group_names(directory: &Directory, groups: &[GroupHandle]) -> Vec<String> {
    let name = |group: &GroupHandle| directory.group(*group).unwrap().name().to_string();
    groups.iter().map(name).collect()
}

/// The names of some users, in the order given.
pub(crate) fn user_names(directory: &Directory, users: &[UserHandle]) -> Vec<String> {
    let name = |user: &UserHandle| directory.user(*user).unwrap().name().to_string();
    users.iter().map(name).collect()
}

/// The names along a path.
pub(crate) fn path_names(directory: &Directory, path: &Path) -> Vec<String> {
    path.names(directory).map(str::to_owned).collect()
}

/// The same texts in alphabetical order, each once.
pub(crate) fn sorted(mut names: Vec<String>) -> Vec<String> {
    names.sort();
    names.dedup();
    names
}
