//! In which groups is a user placed directly?

use std::collections::HashMap;

use crate::directory::Directory;
use crate::id::{GroupHandle, UserHandle};
use crate::steps;

/// The users of one list that are looked for in every group before an index is made.
const SEARCHED_DIRECTLY: u32 = 8;

/// The groups that hold each user, once a list asks for many.
#[derive(Debug)]
pub(super) struct Holders {
    asked: u32,
    // INVARIANT: if made, names at least every group that holds a user.
    groups: Option<HashMap<UserHandle, Vec<GroupHandle>>>,
}

impl Holders {
    pub(super) const fn new() -> Self {
        Self {
            asked: 0,
            groups: None,
        }
    }

    /// Returns the groups that hold a user, in the order of the file.
    pub(super) fn groups_of(
        &mut self,
        directory: &Directory,
        user: UserHandle,
    ) -> Vec<GroupHandle> {
        let holds = |group: &GroupHandle| {
            steps::add(1);
            let group = directory.group(*group);
            group.is_some_and(|group| group.users.contains(&user))
        };
        self.asked = self.asked.saturating_add(1);
        if self.asked <= SEARCHED_DIRECTLY {
            let groups = directory.groups().map(|(group, _)| group);
            return groups.filter(holds).collect();
        }
        let groups = self
            .groups
            .get_or_insert_with(|| index(directory))
            .get(&user);
        let mut groups = groups.cloned().unwrap_or_default();
        groups.sort_unstable();
        groups.dedup();
        groups.retain(holds);
        groups
    }

    /// Users were placed in a group.
    pub(super) fn placed(&mut self, group: GroupHandle, users: &[UserHandle]) {
        if let Some(groups) = &mut self.groups {
            for user in users {
                groups.entry(*user).or_default().push(group);
            }
        }
    }
}

fn index(directory: &Directory) -> HashMap<UserHandle, Vec<GroupHandle>> {
    let mut groups: HashMap<UserHandle, Vec<GroupHandle>> = HashMap::new();
    for (handle, group) in directory.groups() {
        steps::add(group.users.len());
        for user in &group.users {
            groups.entry(*user).or_default().push(handle);
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use crate::builder::DirectoryBuilder;
    use crate::change::{Change, Rules};
    use crate::directory::Directory;
    use crate::name::{GroupName, UserName};
    use crate::steps::assert_linear;

    fn name(number: usize) -> UserName {
        UserName::stored(format!("user {number}"))
    }

    /// Every user in a group of its own.
    fn directory(size: usize) -> Directory {
        let mut builder = DirectoryBuilder::new();
        for number in 0..size {
            builder.user(name(number));
        }
        for number in 0..size {
            let group = builder.group(GroupName::stored(format!("group {number}")));
            builder.members_of(group).user(name(number).as_str());
        }
        builder.finish()
    }

    #[test]
    fn many_users_are_deleted_in_linear_time() {
        assert_linear(200, |size| {
            let mut directory = directory(size);
            let delete = |number| Change::DeleteUser { user: name(number) };
            let changes: Vec<Change> = (0..size).map(delete).collect();
            let applied = directory.apply(&changes, &Rules::default());
            assert!(applied.is_ok_and(|applied| applied.events.len() == 2 * size));
        });
    }

    #[test]
    fn many_users_are_duplicated_in_linear_time() {
        assert_linear(200, |size| {
            let mut directory = directory(size);
            let copy = |number| Change::DuplicateUser {
                user: name(number),
                name: None,
            };
            let changes: Vec<Change> = (0..size).map(copy).collect();
            let applied = directory.apply(&changes, &Rules::default());
            assert!(applied.is_ok_and(|applied| applied.events.len() == 2 * size));
        });
    }
}
