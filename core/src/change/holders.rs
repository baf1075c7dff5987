//! In which groups is a user placed directly, and whose lists still hold users who were deleted?

use std::collections::BTreeSet;

use crate::directory::Directory;
use crate::id::{GroupHandle, UserHandle};
use crate::steps;

/// The users of one list that are looked for in every group before an index is made.
const SEARCHED_DIRECTLY: u32 = 8;

/// The groups that hold each user, once a list of changes asks for many.
///
/// A deleted user leaves the lists of its groups only when one of them is read or the changes end:
/// together with all others who were deleted by then, so that nobody walks a long list once a user.
#[derive(Debug)]
pub(super) struct Holders {
    asked: u32,
    // INVARIANT: if made, has exactly the pairs of a group and a user who exists in its list.
    pairs: Option<BTreeSet<(UserHandle, GroupHandle)>>,
    // INVARIANT: has every group whose list holds a user who was deleted.
    outdated: BTreeSet<GroupHandle>,
}

impl Holders {
    pub(super) const fn new() -> Self {
        Self {
            asked: 0,
            pairs: None,
            outdated: BTreeSet::new(),
        }
    }

    /// Returns the groups that hold a user, in the order of the file.
    pub(super) fn groups_of(
        &mut self,
        directory: &Directory,
        user: UserHandle,
    ) -> Vec<GroupHandle> {
        self.asked = self.asked.saturating_add(1);
        if self.asked <= SEARCHED_DIRECTLY {
            let holds = |group: &GroupHandle| {
                let users = directory
                    .group(*group)
                    .map_or(&[][..], |group| &group.users);
                steps::add(users.len().saturating_add(1));
                users.contains(&user)
            };
            let groups = directory.groups().map(|(group, _)| group);
            return groups.filter(holds).collect();
        }
        let pairs = self.pairs.get_or_insert_with(|| pairs(directory));
        groups_in(pairs, user).collect()
    }

    /// Users were placed in a group.
    pub(super) fn placed(&mut self, group: GroupHandle, users: &[UserHandle]) {
        if let Some(pairs) = &mut self.pairs {
            pairs.extend(users.iter().map(|user| (*user, group)));
        }
    }

    /// Users were taken out of a group.
    pub(super) fn taken_out<'u>(
        &mut self,
        group: GroupHandle,
        users: impl IntoIterator<Item = &'u UserHandle>,
    ) {
        if let Some(pairs) = &mut self.pairs {
            for user in users {
                pairs.remove(&(*user, group));
            }
        }
    }

    /// A user was deleted, who is still in the lists of these groups.
    pub(super) fn deleted(
        &mut self,
        user: UserHandle,
        groups: impl IntoIterator<Item = GroupHandle>,
    ) {
        for group in groups {
            self.taken_out(group, [&user]);
            self.outdated.insert(group);
        }
    }

    /// Returns whether a group's list may hold users who were deleted, and counts it as put right.
    pub(super) fn put_right(&mut self, group: GroupHandle) -> bool {
        self.outdated.remove(&group)
    }

    /// Returns a group whose list may hold users who were deleted.
    pub(super) fn outdated(&self) -> Option<GroupHandle> {
        self.outdated.first().copied()
    }

    /// Deleted users are back in a group's list, or in the directory: the pairs are found anew when
    /// they are asked for.
    pub(super) fn forget(&mut self, outdated: Option<GroupHandle>) {
        self.pairs = None;
        self.outdated.extend(outdated);
    }
}

fn groups_in(
    pairs: &BTreeSet<(UserHandle, GroupHandle)>,
    user: UserHandle,
) -> impl Iterator<Item = GroupHandle> {
    let from = (user, GroupHandle::from_slot(0));
    let to = (user, GroupHandle::from_slot(u32::MAX));
    pairs.range(from..=to).map(|(_, group)| *group)
}

fn pairs(directory: &Directory) -> BTreeSet<(UserHandle, GroupHandle)> {
    let mut pairs = Vec::new();
    for (handle, group) in directory.groups() {
        steps::add(group.users.len().saturating_add(1));
        let users = group
            .users
            .iter()
            .filter(|user| directory.user(**user).is_some());
        pairs.extend(users.map(|user| (*user, handle)));
    }
    pairs.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::actor::Actor;
    use crate::builder::DirectoryBuilder;
    use crate::change::{Change, Rules};
    use crate::directory::Directory;
    use crate::id::UserHandle;
    use crate::name::{GroupName, UserName};
    use crate::options::Options;
    use crate::steps::assert_linear;

    fn name(number: usize) -> UserName {
        UserName::from_stored(format!("user {number}"))
    }

    /// Every user in a group of its own.
    fn directory(size: usize) -> Directory {
        let mut builder = DirectoryBuilder::new();
        for number in 0..size {
            builder.user(name(number));
        }
        for number in 0..size {
            let group = builder.group(GroupName::from_stored(format!("group {number}")));
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

    /// One group with every user.
    fn one_big_group(size: usize) -> Directory {
        let mut builder = DirectoryBuilder::new();
        let group = builder.group(GroupName::from_stored("everybody"));
        for number in 0..size {
            builder.user(name(number));
            builder.members_of(group).user(name(number).as_str());
        }
        builder.finish()
    }

    #[test]
    fn many_members_of_one_big_group_are_deleted_in_linear_time() {
        assert_linear(200, |size| {
            let mut directory = one_big_group(size);
            let delete = |number| Change::DeleteUser { user: name(number) };
            let changes: Vec<Change> = (0..size).map(delete).collect();
            let applied = directory.apply(&changes, &Rules::default());
            assert!(applied.is_ok_and(|applied| applied.events.len() == 2 * size));
            assert!(
                directory
                    .groups()
                    .all(|(_, group)| group.users().is_empty())
            );
            assert!(directory.is_sound());
        });
    }

    #[test]
    fn many_members_of_one_big_group_are_duplicated_in_linear_time() {
        assert_linear(200, |size| {
            let mut directory = one_big_group(size);
            let copy = |number| Change::DuplicateUser {
                user: name(number),
                name: None,
            };
            let changes: Vec<Change> = (0..size).map(copy).collect();
            let applied = directory.apply(&changes, &Rules::default());
            assert!(applied.is_ok_and(|applied| applied.events.len() == 2 * size));
        });
    }

    fn change() -> impl Strategy<Value = Change> {
        let group =
            || (0..3_usize).prop_map(|number| GroupName::from_stored(format!("group {number}")));
        let user = || (0..12_usize).prop_map(name);
        prop_oneof![
            user().prop_map(|user| Change::DeleteUser { user }),
            user().prop_map(|user| Change::DuplicateUser { user, name: None }),
            (group(), user()).prop_map(|(group, user)| Change::AddMembers {
                group,
                users: vec![user],
                groups: Vec::new(),
            }),
            group().prop_map(|group| Change::EmptyGroup { group }),
            // Placed, and then refused: the name is that of the Default User.
            group().prop_map(|group| Change::AddUser {
                name: Some(UserName::from_stored("Guest")),
                startup_method: None,
                groups: vec![group],
            }),
            (group(), group()).prop_map(|(group, name)| Change::DuplicateGroup {
                group,
                name: Some(GroupName::from_stored(format!("copy of {name}"))),
            }),
        ]
    }

    proptest! {
        #[test]
        fn many_changes_leave_the_lists_that_they_leave_one_by_one(
            changes in prop::collection::vec(change(), 20..60),
        ) {
            let mut builder = DirectoryBuilder::new();
            for number in 0..12 {
                builder.user(name(number));
            }
            builder.default_user("Guest");
            for number in 0..3 {
                let group = builder.group(GroupName::from_stored(format!("group {number}")));
                for number in (0..12).rev().filter(|user| user % 3 != number) {
                    builder.members_of(group).user(name(number).as_str());
                }
            }
            let (mut together, rules) = (builder.finish(), Rules::new(
                Actor::Administrator,
                Options::default(),
            ));
            let mut one_by_one = together.clone();
            let _ = together.apply_each(&changes, &rules);
            for change in &changes {
                let _ = one_by_one.apply(std::slice::from_ref(change), &rules);
            }
            prop_assert!(together.is_sound());
            let lists = |directory: &Directory| -> Vec<_> {
                directory.groups().map(|(_, group)| named(directory, group.users())).collect()
            };
            prop_assert_eq!(lists(&together), lists(&one_by_one));
        }
    }

    fn named(directory: &Directory, users: &[UserHandle]) -> Vec<UserName> {
        let users = users.iter().filter_map(|user| directory.user(*user));
        users.map(|user| user.name().clone()).collect()
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
