//! Who is placed directly in what, in both directions.

use std::sync::Arc;

use guichet_core::{Directory, GroupHandle, UserHandle};

/// The direct memberships of a directory.
///
/// Downward (what a group holds) they are in the directory; upward (what holds a user or a group)
/// they are listed here once, in the order of the file.
#[derive(Debug, Clone)]
pub(crate) struct Graph {
    directory: Arc<Directory>,
    groups_of_user: Vec<Vec<GroupHandle>>,
    containers: Vec<Vec<GroupHandle>>,
}

impl Graph {
    pub(crate) fn new(directory: Arc<Directory>) -> Self {
        let mut groups_of_user = vec![Vec::new(); directory.user_table_size()];
        let mut containers = vec![Vec::new(); directory.group_table_size()];
        for (container, group) in directory.groups() {
            for user in group.users() {
                if let Some(list) = groups_of_user.get_mut(user.index()) {
                    list.push(container);
                }
            }
            for nested in group.groups() {
                if let Some(list) = containers.get_mut(nested.index()) {
                    list.push(container);
                }
            }
        }
        Self {
            directory,
            groups_of_user,
            containers,
        }
    }

    pub(crate) const fn directory(&self) -> &Arc<Directory> {
        &self.directory
    }

    /// The groups placed directly in one.
    pub(crate) fn nested(&self, group: GroupHandle) -> &[GroupHandle] {
        self.directory
            .group(group)
            .map_or(&[], |group| group.groups())
    }

    /// The users placed directly in a group.
    pub(crate) fn users(&self, group: GroupHandle) -> &[UserHandle] {
        self.directory
            .group(group)
            .map_or(&[], |group| group.users())
    }

    /// The groups that one is placed in directly.
    pub(crate) fn containers(&self, group: GroupHandle) -> &[GroupHandle] {
        self.containers
            .get(group.index())
            .map_or(&[], Vec::as_slice)
    }

    /// The groups that a user is placed in directly.
    pub(crate) fn groups_of(&self, user: UserHandle) -> &[GroupHandle] {
        self.groups_of_user
            .get(user.index())
            .map_or(&[], Vec::as_slice)
    }

    /// Puts groups in the order of the file.
    pub(crate) fn sort_groups(&self, groups: &mut [GroupHandle]) {
        groups.sort_unstable_by_key(|group| self.directory.group_id(*group));
    }

    /// Puts users in the order of their numbers.
    pub(crate) fn sort_users(&self, users: &mut [UserHandle]) {
        users.sort_unstable_by_key(|user| self.directory.user_id(*user));
    }
}
