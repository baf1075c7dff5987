//! casbin: its role manager, where users and groups are roles by name.
//!
//! The depth limit, 10 by default, is lifted: with it, deep members are denied without a word.

use std::collections::HashSet;

use casbin::{DefaultRoleManager, RoleManager};
use peer_kit::{Links, Names, Operation, Peer};

/// The limit of nesting, far above every workload.
const DEPTH: usize = 1_000_000;

/// The role manager.
pub struct Casbin {
    roles: DefaultRoleManager,
}

/// Every link as a pair of names, and the names.
#[derive(Debug)]
pub struct Source {
    names: Names,
    links: Links,
}

/// Whether a name is one of a group.
fn is_group(name: &str) -> bool {
    name.starts_with("Group ")
}

/// Follows names to names until nothing new comes, through groups only; the first is not counted.
fn reach(start: &str, next: impl Fn(&str) -> Vec<String>) -> HashSet<String> {
    let mut found = HashSet::new();
    let mut open = next(start);
    while let Some(name) = open.pop() {
        if !found.contains(&name) {
            if is_group(&name) {
                open.extend(next(&name));
            }
            found.insert(name);
        }
    }
    found
}

impl Peer for Casbin {
    const NAME: &'static str = "casbin";
    type Source = Source;
    type User = String;
    type Group = String;

    fn leaves_out(operation: Operation) -> Option<&'static str> {
        match operation {
            Operation::IsMemberTwoThreads => Some("not measured for this one"),
            Operation::EditUserShared | Operation::EditGroupShared => Some(peer_kit::NOT_SHARED),
            _ => None,
        }
    }

    fn source(links: &Links, names: &Names) -> Source {
        Source {
            names: names.clone(),
            links: links.clone(),
        }
    }

    fn build(source: &Source) -> Self {
        let mut roles = DefaultRoleManager::new(DEPTH);
        let (names, links) = (&source.names, &source.links);
        for &(user, group) in &links.user_links {
            roles.add_link(names.user(user), names.group(group), None);
        }
        for &(inner, outer) in &links.group_links {
            roles.add_link(names.group(inner), names.group(outer), None);
        }
        Self { roles }
    }

    fn user(source: &Source, number: u32) -> String {
        source.names.user(number).to_owned()
    }

    fn group(source: &Source, number: u32) -> String {
        source.names.group(number).to_owned()
    }

    fn is_member(&mut self, user: &String, group: &String) -> bool {
        self.roles.has_link(user, group, None)
    }

    fn is_member_by_name(&mut self, user: &str, group: &str) -> bool {
        self.roles.has_link(user, group, None)
    }

    fn groups_of(&mut self, user: &String) -> usize {
        reach(user, |name| self.roles.get_roles(name, None)).len()
    }

    fn users_of(&mut self, group: &String) -> usize {
        let members = reach(group, |name| self.roles.get_users(name, None));
        let users = members.into_iter().filter(|name| !is_group(name));
        users.collect::<Vec<_>>().len()
    }

    fn closes_cycle(&mut self, inner: &String, outer: &String) -> bool {
        self.roles.has_link(outer, inner, None)
    }

    fn put_user(&mut self, user: &String, group: &String) {
        self.roles.add_link(user, group, None);
    }

    fn take_user(&mut self, user: &String, group: &String) {
        let deleted = self.roles.delete_link(user, group, None);
        deleted.expect("both are known");
    }

    fn put_group(&mut self, inner: &String, outer: &String) {
        self.roles.add_link(inner, outer, None);
    }

    fn take_group(&mut self, inner: &String, outer: &String) {
        let deleted = self.roles.delete_link(inner, outer, None);
        deleted.expect("both are known");
    }

    fn bytes_with_names(_source: usize, built: usize) -> Option<usize> {
        Some(built)
    }
}
