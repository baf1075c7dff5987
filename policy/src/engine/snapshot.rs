//! The closure of one directory at one moment, shared by threads.

use std::sync::{Arc, OnceLock};

use guichet_core::{GroupHandle, UserHandle};

use super::lists::Lists;
use super::marks::{SearchBuffers, with_spare};
use super::row;
use super::rows::{Budget, Rows};

/// The entry of the table of labels where no group is.
pub(super) const NO_GROUP: u32 = u32::MAX;

/// The owner of the list of the groups directly in a group, by label: their labels.
#[inline]
pub(super) const fn nested_in(group: u32) -> u32 {
    group.wrapping_mul(2)
}

/// The owner of the list of the users directly in a group, by label: their slots. The two lists of a
/// group lie side by side.
#[inline]
pub(super) const fn users_in(group: u32) -> u32 {
    nested_in(group).wrapping_add(1)
}

/// What the levels of groups say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// A group's level is larger than those of its containers.
    Strict,
    /// It may be the same: there is, or was, a cycle.
    Loose,
}

/// Who is effectively in which group, through any nesting, cycles included.
///
/// Immutable while it is shared: threads read it without a lock, and what they compute on demand
/// serves all of them. [`Snapshot::after`] makes a successor that shares what did not change;
/// [`Snapshot::edit`] edits the one that its caller owns. A handle that the directory does not have is
/// in nothing and holds nothing; a group is not in itself (decision D33).
///
/// Users and groups are found by name once, in the directory, and asked about by handle.
///
/// ```
/// use guichet_core::{DirectoryBuilder, GroupName, UserName};
/// use guichet_policy::{Edit, Snapshot};
///
/// let mut builder = DirectoryBuilder::new();
/// let ann = builder.user(UserName::from_stored("Ann"));
/// let finance = builder.group(GroupName::from_stored("Finance"));
/// let management = builder.group(GroupName::from_stored("General Mgmt"));
/// builder.members_of(finance).group("General Mgmt");
///
/// let before = Snapshot::new(builder.as_directory());
/// assert!(!before.is_member(ann, finance));
///
/// let after = before.after([Edit::PlaceUser { group: management, user: ann }]);
/// assert!(after.is_member(ann, finance));
/// assert!(!before.is_member(ann, finance));
/// assert!(after.closes_cycle(management, finance));
/// ```
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// The label of each group slot, and back.
    pub(super) label_of: Arc<Vec<u32>>,
    pub(super) group_of: Arc<Vec<GroupHandle>>,
    pub(super) user_of: Arc<Vec<UserHandle>>,
    // INVARIANT: no level is smaller than that of a container; none is the same if `order` is strict.
    pub(super) levels: Arc<Vec<u32>>,
    pub(super) order: Order,
    /// Upward, by user slot and by label: labels.
    pub(super) groups_of_user: Lists,
    pub(super) containers: Lists,
    /// Downward, made when it is first wanted: see [`nested_in`] and [`users_in`].
    pub(super) members: Arc<OnceLock<Lists>>,
    // INVARIANT: a row holds every group above its owner; that of a user the direct ones too.
    pub(super) user_rows: Rows,
    pub(super) group_rows: Rows,
    pub(super) budget: Budget,
}

impl Snapshot {
    /// Returns whether the user is in the group, directly or through nested groups.
    ///
    /// Constant time for a user that was asked about before; at first a search upward.
    #[inline]
    pub fn is_member(&self, user: UserHandle, group: GroupHandle) -> bool {
        // The label of no group is in no row and in no list.
        let Some(label) = self.label_of.get(group.index()).copied() else {
            return false;
        };
        match self.user_rows.get(user.index()) {
            Some(row) => row::contains(row, label),
            None => self.is_member_by_search(user.index(), label),
        }
    }

    #[cold]
    fn is_member_by_search(&self, user: usize, label: u32) -> bool {
        let direct = self.groups_of_user.list(user);
        if direct.is_empty() {
            return false;
        }
        with_spare(|scratch| {
            if let Some(row) = self.user_row(user, scratch) {
                return row::contains(row, label);
            }
            self.note_starts(direct, label, scratch);
            self.leads_up(direct, label, scratch)
        })
    }

    /// Returns whether `nested` is in `container`, directly or through other groups; no group is in
    /// itself.
    ///
    /// Constant time for a nested group that was asked about before.
    pub fn is_nested(&self, nested: GroupHandle, container: GroupHandle) -> bool {
        nested != container && self.is_above(container, nested)
    }

    /// Returns whether placing `nested` in `container` would close a cycle, a group in itself too.
    ///
    /// Mostly a comparison of levels; else constant time for a container that was asked about
    /// before.
    #[inline]
    pub fn closes_cycle(&self, container: GroupHandle, nested: GroupHandle) -> bool {
        if container == nested {
            return self.label(container).is_some();
        }
        self.is_above(nested, container)
    }

    /// Returns whether one group contains another one, not the same.
    #[inline]
    fn is_above(&self, upper: GroupHandle, lower: GroupHandle) -> bool {
        let (Some(upper), Some(lower)) = (self.label(upper), self.label(lower)) else {
            return false;
        };
        self.may_be_above(upper, self.level(lower))
            && match self.group_rows.get(lower as usize) {
                Some(row) => row::contains(row, upper),
                None => self.is_above_by_search(upper, lower),
            }
    }

    #[cold]
    fn is_above_by_search(&self, upper: u32, lower: u32) -> bool {
        let direct = self.containers.list(lower as usize);
        with_spare(|scratch| match self.group_row(lower as usize, scratch) {
            Some(row) => row::contains(row, upper),
            None => self.leads_up(direct, upper, scratch),
        })
    }

    /// Lists the groups that the user is in, directly or through nested groups, in no particular
    /// order.
    ///
    /// Linear in the answer for a user that was asked about before.
    pub fn groups_of_user<'s>(
        &self,
        user: UserHandle,
        scratch: &'s mut SearchBuffers,
    ) -> &'s [GroupHandle] {
        if self.user_rows.get(user.index()).is_none() {
            self.user_row(user.index(), scratch);
        }
        scratch.groups.clear();
        if let Some(row) = self.user_rows.get(user.index()) {
            self.list_row(row, scratch);
        } else {
            self.mark_up(self.groups_of_user.list(user.index()), scratch);
            self.drain_groups(scratch);
        }
        &scratch.groups
    }

    /// Lists the groups that contain the group, through any number of groups, in no particular
    /// order; the group itself is left out, also in a cycle (decision D33).
    pub fn containers<'s>(
        &self,
        group: GroupHandle,
        scratch: &'s mut SearchBuffers,
    ) -> &'s [GroupHandle] {
        scratch.groups.clear();
        if let Some(label) = self.label(group) {
            self.mark_up(self.containers.list(label as usize), scratch);
            self.drain_groups(scratch);
            scratch.groups.retain(|container| *container != group);
        }
        &scratch.groups
    }

    /// Lists the groups nested in the group, through any number of groups, in no particular order;
    /// the group itself is left out, also in a cycle (decision D33).
    ///
    /// Linear in what is nested.
    pub fn nested_groups<'s>(
        &self,
        group: GroupHandle,
        scratch: &'s mut SearchBuffers,
    ) -> &'s [GroupHandle] {
        scratch.groups.clear();
        if let Some(label) = self.label(group) {
            self.walk_down([label], scratch);
            let nested = scratch.queue.iter().skip(1);
            let handles = nested.filter_map(|label| self.group_of.get(*label as usize));
            scratch.groups.extend(handles);
            scratch.marks.clear_each(scratch.queue.iter().copied());
        }
        &scratch.groups
    }

    /// Lists the users that are in the group, directly or through nested groups, in no particular
    /// order.
    ///
    /// Linear in what is nested and in the answer.
    pub fn users_of_group<'s>(
        &self,
        group: GroupHandle,
        scratch: &'s mut SearchBuffers,
    ) -> &'s [UserHandle] {
        self.users_of_any(&[group], scratch)
    }

    /// Lists the users that are in any of the groups, each once, in no particular order.
    ///
    /// Linear in what is nested and in the answer.
    pub fn users_of_any<'s>(
        &self,
        groups: &[GroupHandle],
        scratch: &'s mut SearchBuffers,
    ) -> &'s [UserHandle] {
        let labels = groups.iter().filter_map(|group| self.label(*group));
        self.collect_users(labels, scratch);
        &scratch.users
    }

    /// Returns how many bytes of heap the snapshot takes, what it shares with others counted too:
    /// the memberships, and the rows computed so far.
    pub fn bytes(&self) -> usize {
        let tables = self.label_of.len().saturating_add(self.user_of.len());
        let tables = tables.saturating_add(self.group_of.len().saturating_mul(2));
        self.membership_bytes()
            .saturating_add(tables.saturating_mul(4))
            .saturating_add(self.budget.used())
    }

    pub(super) fn membership_bytes(&self) -> usize {
        let upward = [&self.groups_of_user, &self.containers].into_iter();
        let lists = upward.chain(self.members.get());
        lists.map(Lists::bytes).sum()
    }

    /// What is directly in each group.
    #[inline]
    pub(super) fn members(&self) -> &Lists {
        self.members.get_or_init(|| self.members_from_above())
    }

    #[inline]
    pub(super) fn label(&self, group: GroupHandle) -> Option<u32> {
        let label = self.label_of.get(group.index()).copied();
        label.filter(|label| *label != NO_GROUP)
    }

    #[inline]
    pub(super) fn level(&self, label: u32) -> u32 {
        self.levels.get(label as usize).copied().unwrap_or(0)
    }

    /// Returns whether a group may contain one of a level, by the order alone.
    #[inline]
    pub(super) fn may_be_above(&self, upper: u32, level: u32) -> bool {
        match self.order {
            Order::Strict => self.level(upper) < level,
            Order::Loose => self.level(upper) <= level,
        }
    }
}
