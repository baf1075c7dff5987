//! Small directories with a naive membership, and shorthands.

use std::collections::{BTreeSet, VecDeque};

use guichet_core::{
    Credential, Directory, DirectoryBuilder, Grantee, GroupHandle, GroupName, Membership,
    PluginKey, UserHandle, UserName,
};
use guichet_licensing::{Admission, Entitlement, Ledger, Limit, Moment, SessionId, Take};

/// A directory written in one line: `Group: member member; …`, where a member is a group when a
/// group of that name exists. Groups come before users; the Designer has a password.
pub(crate) fn directory(groups: &str, grants: &[(&str, &str)]) -> Directory {
    let mut builder = DirectoryBuilder::new();
    let designer = builder.as_directory().designer();
    builder.credential(
        designer,
        Credential::from_stored("AAAAAAAAAAAAAAAAAAAAAA=="),
    );
    let lists: Vec<(&str, Vec<&str>)> = groups
        .split(';')
        .filter_map(|list| list.split_once(':'))
        .map(|(group, members)| (group.trim(), members.split_whitespace().collect()))
        .collect();
    let handles: Vec<GroupHandle> = lists
        .iter()
        .map(|(group, _)| builder.group(GroupName::from_stored(*group)))
        .collect();
    let is_group = |name: &str| lists.iter().any(|(group, _)| *group == name);
    let users: BTreeSet<&str> = lists
        .iter()
        .flat_map(|(_, members)| members.iter().copied())
        .filter(|name| !is_group(name) && builder.as_directory().find_user(name).is_none())
        .collect();
    for user in users {
        builder.user(UserName::from_stored(user));
    }
    for ((_, members), handle) in lists.iter().zip(&handles) {
        for member in members {
            if is_group(member) {
                builder.members_of(*handle).group(member);
            } else {
                builder.members_of(*handle).user(member);
            }
        }
    }
    for (plugin, grantee) in grants {
        builder.grant_plugin(&PluginKey::from_stored(*plugin), &Grantee::parse(grantee));
    }
    builder.finish()
}

/// Membership by an obvious search.
pub(crate) struct Naive<'a>(pub(crate) &'a Directory);

impl Membership for Naive<'_> {
    fn is_member(&self, user: UserHandle, group: GroupHandle) -> bool {
        self.membership_path(user, group).is_some()
    }

    fn membership_path(&self, user: UserHandle, group: GroupHandle) -> Option<Vec<GroupHandle>> {
        let mut queue = VecDeque::from([vec![group]]);
        let mut seen = BTreeSet::from([group]);
        while let Some(chain) = queue.pop_front() {
            let at = self.0.group(*chain.last()?)?;
            if at.users().contains(&user) {
                return Some(chain.into_iter().rev().collect());
            }
            for nested in at.groups() {
                if seen.insert(*nested) {
                    let mut longer = chain.clone();
                    longer.push(*nested);
                    queue.push_back(longer);
                }
            }
        }
        None
    }
}

pub(crate) fn user(name: &str) -> UserName {
    UserName::from_stored(name)
}

pub(crate) fn plugin(key: &str) -> PluginKey {
    PluginKey::from_stored(key)
}

pub(crate) fn session(id: &str) -> SessionId {
    SessionId::new(id).unwrap()
}

pub(crate) fn seats(count: u32) -> Entitlement {
    Entitlement::from_limit(Limit::from_count(count))
}

/// The moment some minutes after nine o'clock on a working day.
pub(crate) fn minute(minutes: u32) -> Moment {
    let nine: Moment = "2026-11-20T09:00:00Z".parse().unwrap();
    nine.plus_seconds(minutes * 60)
}

/// A ledger with its directory, which tests change between requests.
pub(crate) struct Office {
    pub(crate) ledger: Ledger,
    pub(crate) directory: Directory,
    pub(crate) now: u32,
}

impl Office {
    pub(crate) fn new(groups: &str, grants: &[(&str, &str)], owned: &[(&str, u32)]) -> Self {
        let mut ledger = Ledger::new();
        for (key, count) in owned {
            ledger.entitle(&plugin(key), &seats(*count), minute(0));
        }
        Self {
            ledger,
            directory: directory(groups, grants),
            now: 0,
        }
    }

    pub(crate) fn change(&mut self, groups: &str, grants: &[(&str, &str)]) {
        self.directory = directory(groups, grants);
    }

    pub(crate) fn open(&mut self, id: &str, name: &str) {
        self.now += 1;
        let opened = self
            .ledger
            .open(&session(id), &user(name), minute(self.now));
        opened.unwrap();
    }

    /// Asks for a seat and checks that the ledger stays sound.
    pub(crate) fn take(&mut self, id: &str, key: &str) -> Take {
        self.now += 1;
        let naive = Naive(&self.directory);
        let gate = Admission::new(&self.directory, &naive);
        let take = self
            .ledger
            .take(&session(id), &plugin(key), &gate, minute(self.now));
        assert!(self.ledger.is_sound());
        take.unwrap()
    }

    /// Asks for a seat and returns the word for what became of it.
    pub(crate) fn ask(&mut self, id: &str, key: &str) -> &'static str {
        self.take(id, key).outcome.as_str()
    }

    pub(crate) fn close(&mut self, id: &str) {
        self.now += 1;
        let reason = guichet_licensing::CloseReason::Closed;
        let closed = self.ledger.close(&session(id), reason, minute(self.now));
        closed.unwrap();
        assert!(self.ledger.is_sound());
    }

    pub(crate) fn in_use(&self, key: &str) -> u32 {
        let found = self.ledger.plugin_use(&plugin(key));
        found.map_or(0, |found| found.in_use().get())
    }
}
