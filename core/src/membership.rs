//! The seam between who asks for membership and who computes it.

use crate::id::{GroupHandle, UserHandle};

/// Answers whether a user is an effective member of a group, through any nesting.
///
/// Licensing asks it, policy implements it, a front end joins the two; neither sees the other.
pub trait Membership {
    /// Returns whether the user is in the group, directly or through nested groups.
    fn is_member(&self, user: UserHandle, group: GroupHandle) -> bool;

    /// Returns one shortest chain of groups from one that holds the user directly up to `group`,
    /// or `None` when the user is not a member.
    fn membership_path(&self, user: UserHandle, group: GroupHandle) -> Option<Vec<GroupHandle>>;
}
