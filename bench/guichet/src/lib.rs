//! The engine of `guichet-policy`, measured like the others: from a directory to decisions.

use std::sync::Arc;

use guichet_core::{Directory, DirectoryBuilder, GroupHandle, GroupName, UserHandle, UserName};
use guichet_policy::{Edit, SearchBuffers, Snapshot};
use peer_kit::{Asked, Links, Names, Operation, Peer};

/// A snapshot, the directory that knows the names, and what a reader brings along.
#[derive(Debug)]
pub struct Guichet {
    directory: Arc<Directory>,
    snapshot: Snapshot,
    /// What readers still look at while the next one is made.
    held: Option<Snapshot>,
    scratch: SearchBuffers,
}

/// The directory and the handles of its users and groups in the order of the workload.
#[derive(Debug)]
pub struct Source {
    directory: Arc<Directory>,
    users: Vec<UserHandle>,
    groups: Vec<GroupHandle>,
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
        let others = others.map(|name| builder.user(UserName::from_stored(name.as_str())));
        let users = built_in.into_iter().chain(others).collect();
        let groups = names.groups.iter();
        let groups = groups.map(|name| builder.group(GroupName::from_stored(name.as_str())));
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
            directory: Arc::clone(&source.directory),
            snapshot: Snapshot::new(&source.directory),
            held: None,
            scratch: SearchBuffers::new(),
        }
    }

    fn user(source: &Source, number: u32) -> UserHandle {
        source.users[number as usize]
    }

    fn group(source: &Source, number: u32) -> GroupHandle {
        source.groups[number as usize]
    }

    fn is_member(&mut self, user: &UserHandle, group: &GroupHandle) -> bool {
        self.snapshot.is_member(*user, *group)
    }

    fn is_member_by_name(&mut self, user: &str, group: &str) -> bool {
        match (
            self.directory.find_user(user),
            self.directory.find_group(group),
        ) {
            (Some(user), Some(group)) => self.snapshot.is_member(user, group),
            _ => false,
        }
    }

    fn groups_of(&mut self, user: &UserHandle) -> usize {
        self.snapshot.groups_of_user(*user, &mut self.scratch).len()
    }

    fn users_of(&mut self, group: &GroupHandle) -> usize {
        self.snapshot
            .users_of_group(*group, &mut self.scratch)
            .len()
    }

    fn closes_cycle(&mut self, inner: &GroupHandle, outer: &GroupHandle) -> bool {
        self.snapshot.closes_cycle(*outer, *inner)
    }

    fn put_user(&mut self, user: &UserHandle, group: &GroupHandle) {
        let (user, group) = (*user, *group);
        self.snapshot.edit(Edit::PlaceUser { group, user });
    }

    fn take_user(&mut self, user: &UserHandle, group: &GroupHandle) {
        let (user, group) = (*user, *group);
        self.snapshot.edit(Edit::TakeUser { group, user });
    }

    fn put_group(&mut self, inner: &GroupHandle, outer: &GroupHandle) {
        let (nested, container) = (*inner, *outer);
        self.snapshot.edit(Edit::PlaceGroup { container, nested });
    }

    fn take_group(&mut self, inner: &GroupHandle, outer: &GroupHandle) {
        let (nested, container) = (*inner, *outer);
        self.snapshot.edit(Edit::TakeGroup { container, nested });
    }

    fn share(&mut self) {
        self.held = Some(self.snapshot.clone());
    }

    fn ask_on_threads(
        &self,
        questions: &[Asked<UserHandle, GroupHandle>],
        threads: usize,
        times: usize,
    ) -> Option<usize> {
        let ask_all = || {
            let mut wrong = 0;
            for _ in 0..times {
                let answers = questions.iter();
                wrong += answers
                    .filter(|q| self.snapshot.is_member(q.user, q.group) != q.yes)
                    .count();
            }
            wrong
        };
        Some(peer_kit::on_threads(threads, ask_all))
    }

    fn bytes_with_names(source: usize, built: usize) -> Option<usize> {
        Some(source + built)
    }
}
