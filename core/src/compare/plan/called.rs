//! What users and groups are called in a directory that is being changed.

use std::collections::{HashMap, HashSet};

use crate::change::Refusal;
use crate::name::{GroupName, UserName};

use crate::compare::entries::Entry;
use crate::compare::identities::{GroupKey, Side, UserKey};

/// By key: the name by which a change reaches a user or a group, or why none does.
#[derive(Debug, Clone, Default)]
pub(crate) struct Called {
    users: HashMap<UserKey, Result<UserName, Refusal>>,
    groups: HashMap<GroupKey, Result<GroupName, Refusal>>,
}

impl Called {
    /// Looks up those that entries are about in the directory that is to be changed.
    ///
    /// Of exact twins only the first is reached by its name: a change that means the second would
    /// alter the first.
    pub(crate) fn of(side: &Side<'_>, entries: &[Entry]) -> Self {
        let mut called = Self::default();
        if entries.is_empty() {
            return called;
        }
        let users: HashSet<UserKey> = entries.iter().filter_map(|entry| entry.user).collect();
        let groups = entries.iter().flat_map(|entry| [entry.group, entry.nested]);
        let groups: HashSet<GroupKey> = groups.flatten().collect();
        let directory = side.directory;
        for (handle, user) in directory.users() {
            if let Some(key) = side.user_key(handle).filter(|key| users.contains(key)) {
                let existing = user.name.clone();
                let name = if directory.user_is_meant_by_name(handle) {
                    Ok(existing)
                } else {
                    Err(Refusal::UserNameTaken { existing })
                };
                called.users.insert(key, name);
            }
        }
        for (handle, group) in directory.groups() {
            if let Some(key) = side.group_key(handle).filter(|key| groups.contains(key)) {
                let existing = group.name.clone();
                let name = if directory.group_is_meant_by_name(handle) {
                    Ok(existing)
                } else {
                    Err(Refusal::GroupNameTaken { existing })
                };
                called.groups.insert(key, name);
            }
        }
        called
    }

    /// Returns what a user is called now; `name` is what it is called in the end.
    pub(super) fn user(&self, key: Option<UserKey>, name: &UserName) -> Result<UserName, Refusal> {
        let called = key.and_then(|key| self.users.get(&key).cloned());
        called.unwrap_or_else(|| Err(Refusal::UnknownUser { name: name.clone() }))
    }

    /// Returns what a group is called now; `name` is what it is called in the end.
    pub(super) fn group(
        &self,
        key: Option<GroupKey>,
        name: &GroupName,
    ) -> Result<GroupName, Refusal> {
        let called = key.and_then(|key| self.groups.get(&key).cloned());
        called.unwrap_or_else(|| Err(Refusal::UnknownGroup { name: name.clone() }))
    }

    /// Notes that a user has this name from now on, or why it is not there.
    pub(super) fn set_user(&mut self, key: Option<UserKey>, name: Result<UserName, Refusal>) {
        self.users.extend(key.map(|key| (key, name)));
    }

    /// Notes that a group has this name from now on, or why it is not there.
    pub(super) fn set_group(&mut self, key: Option<GroupKey>, name: Result<GroupName, Refusal>) {
        self.groups.extend(key.map(|key| (key, name)));
    }
}
