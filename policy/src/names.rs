//! The names of handles; `?` for a handle of another directory.

use guichet_core::{Directory, GroupHandle, UserHandle};

pub(crate) fn user_name(directory: &Directory, user: UserHandle) -> &str {
    let user = directory.user(user);
    user.map_or("?", |user| user.name().as_str())
}

pub(crate) fn group_name(directory: &Directory, group: GroupHandle) -> &str {
    let group = directory.group(group);
    group.map_or("?", |group| group.name().as_str())
}
