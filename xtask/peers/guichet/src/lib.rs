//! The engine of `guichet-policy`, measured like the others: from a directory to decisions.

use std::sync::Arc;

use guichet_core::{
    Change, Directory, DirectoryBuilder, GroupHandle, GroupName, Membership as _, Rules,
    UserHandle, UserName,
};
use guichet_policy::Closure;
use peer_kit::{Asked, Links, Names, Operation, Peer};

/// The closure of a directory.
#[derive(Debug)]
pub struct Guichet {
    closure: Closure,
}

/// The directory and the handles of its users and groups in the order of the workload.
#[derive(Debug)]
pub struct Source {
    directory: Arc<Directory>,
    users: Vec<UserHandle>,
    groups: Vec<GroupHandle>,
}

impl Guichet {
    fn apply(&mut self, change: Change) {
        let mut directory = Directory::clone(self.closure.directory());
        let applied = directory.apply(&[change], &Rules::default());
        assert!(!applied.expect("the edit is allowed").events.is_empty());
        self.closure = Closure::new(directory);
    }

    fn user_name(&self, user: UserHandle) -> UserName {
        let user = self.closure.directory().user(user);
        user.expect("the user is known").name().clone()
    }

    fn group_name(&self, group: GroupHandle) -> GroupName {
        let group = self.closure.directory().group(group);
        group.expect("the group is known").name().clone()
    }

    fn put(&mut self, group: GroupHandle, users: Vec<UserName>, groups: Vec<GroupName>) {
        self.apply(Change::AddMembers {
            group: self.group_name(group),
            users,
            groups,
        });
    }

    fn take(&mut self, group: GroupHandle, users: Vec<UserName>, groups: Vec<GroupName>) {
        self.apply(Change::RemoveMembers {
            group: self.group_name(group),
            users,
            groups,
        });
    }
}

impl Peer for Guichet {
    const NAME: &'static str = "guichet";
    type Source = Source;
    type User = UserHandle;
    type Group = GroupHandle;

    fn leaves_out(_operation: Operation) -> Option<&'static str> {
        None
    }

    fn source(links: &Links, names: &Names) -> Source {
        let mut builder = DirectoryBuilder::new();
        let built_in = [
            builder.as_directory().designer(),
            builder.as_directory().administrator(),
        ];
        let others = names.users.iter().skip(built_in.len());
        let others = others.map(|name| builder.user(UserName::stored(name.as_str())));
        let users = built_in.into_iter().chain(others).collect();
        let groups = names.groups.iter();
        let groups = groups.map(|name| builder.group(GroupName::stored(name.as_str())));
        let groups: Vec<GroupHandle> = groups.collect();
        let mut lists: Vec<(Vec<u32>, Vec<u32>)> = vec![Default::default(); groups.len()];
        for &(user, group) in &links.user_links {
            lists[group as usize].0.push(user);
        }
        for &(inner, outer) in &links.group_links {
            lists[outer as usize].1.push(inner);
        }
        for (group, (users, nested)) in groups.iter().zip(lists) {
            let mut members = builder.members_of(*group);
            for user in users {
                members.user(names.user(user));
            }
            for inner in nested {
                members.group(names.group(inner));
            }
        }
        Source {
            directory: Arc::new(builder.finish()),
            users,
            groups,
        }
    }

    fn build(source: &Source) -> Self {
        Self {
            closure: Closure::new(Arc::clone(&source.directory)),
        }
    }

    fn user(source: &Source, number: u32) -> UserHandle {
        source.users[number as usize]
    }

    fn group(source: &Source, number: u32) -> GroupHandle {
        source.groups[number as usize]
    }

    fn is_member(&mut self, user: &UserHandle, group: &GroupHandle) -> bool {
        self.closure.is_member(*user, *group)
    }

    fn is_member_by_name(&mut self, user: &str, group: &str) -> bool {
        let directory = self.closure.directory();
        match (directory.find_user(user), directory.find_group(group)) {
            (Some(user), Some(group)) => self.closure.is_member(user, group),
            _ => false,
        }
    }

    fn groups_of(&mut self, user: &UserHandle) -> usize {
        self.closure.groups_of_user(*user).len()
    }

    fn users_of(&mut self, group: &GroupHandle) -> usize {
        self.closure.users_of_group(*group).len()
    }

    fn closes_cycle(&mut self, inner: &GroupHandle, outer: &GroupHandle) -> bool {
        self.closure.ring_closed_by(*outer, *inner).is_some()
    }

    fn put_user(&mut self, user: &UserHandle, group: &GroupHandle) {
        self.put(*group, vec![self.user_name(*user)], Vec::new());
    }

    fn take_user(&mut self, user: &UserHandle, group: &GroupHandle) {
        self.take(*group, vec![self.user_name(*user)], Vec::new());
    }

    fn put_group(&mut self, inner: &GroupHandle, outer: &GroupHandle) {
        self.put(*outer, Vec::new(), vec![self.group_name(*inner)]);
    }

    fn take_group(&mut self, inner: &GroupHandle, outer: &GroupHandle) {
        self.take(*outer, Vec::new(), vec![self.group_name(*inner)]);
    }

    fn ask_on_threads(
        &self,
        questions: &[Asked<UserHandle, GroupHandle>],
        threads: usize,
        times: usize,
    ) -> Option<usize> {
        let ask_all = || {
            let all = questions.iter().cycle().take(questions.len() * times);
            let wrong = all.filter(|q| self.closure.is_member(q.user, q.group) != q.yes);
            wrong.count()
        };
        Some(peer_kit::on_threads(threads, ask_all))
    }

    fn bytes_with_names(source: usize, built: usize) -> Option<usize> {
        Some(source + built)
    }
}
