//! One group and its direct members.

use crate::id::{GroupHandle, UserHandle};
use crate::name::{GroupName, UserName};

/// One group: the users and the nested groups placed directly in it.
///
/// The members of a nested group are members of this one too; that closure is policy's business.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub(crate) name: GroupName,
    pub(crate) users: Vec<UserHandle>,
    pub(crate) groups: Vec<GroupHandle>,
    pub(crate) missing_users: Vec<UserName>,
    pub(crate) missing_groups: Vec<GroupName>,
}

impl Group {
    pub(crate) const fn new(name: GroupName) -> Self {
        Self {
            name,
            users: Vec::new(),
            groups: Vec::new(),
            missing_users: Vec::new(),
            missing_groups: Vec::new(),
        }
    }

    /// Returns the group's name.
    pub const fn name(&self) -> &GroupName {
        &self.name
    }

    /// Returns the users placed directly in the group, each once, in the order of the file.
    pub fn users(&self) -> &[UserHandle] {
        &self.users
    }

    /// Returns the groups placed directly in this one, each once, in the order of the file.
    pub fn groups(&self) -> &[GroupHandle] {
        &self.groups
    }

    /// Returns the user members that name nobody; they count for nothing (decision D11).
    pub fn missing_users(&self) -> &[UserName] {
        &self.missing_users
    }

    /// Returns the group members that name no group; they count for nothing (decision D11).
    pub fn missing_groups(&self) -> &[GroupName] {
        &self.missing_groups
    }

    /// Returns whether nothing is placed in the group, not even a name without a meaning.
    pub fn is_empty(&self) -> bool {
        self.users.is_empty()
            && self.groups.is_empty()
            && self.missing_users.is_empty()
            && self.missing_groups.is_empty()
    }
}
