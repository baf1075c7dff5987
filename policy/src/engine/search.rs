//! The searches behind the answers, and the rows that save them. Nothing recurses.

use guichet_core::GroupHandle;

use super::count_steps;
use super::marks::Scratch;
use super::pack::pack;
use super::row;
use super::snapshot::{Order, Snapshot};

/// How often a row must have been wanted before it is computed.
const PATIENCE: u8 = 1;

/// The same for a group at which searches for users begin: these end when the user has a row.
const GROUP_PATIENCE: u8 = 6;

/// After a walk over more groups than this, the groups where it began get rows, so that others need
/// not walk there again.
const LONG_WALK: usize = 1_024;

impl Snapshot {
    /// Returns the row of a user that has none yet, if it pays to make one.
    pub(super) fn user_row(&self, user: usize, scratch: &mut Scratch) -> Option<&[u8]> {
        if self.user_rows.missed(user) < PATIENCE || !self.budget.allows() {
            return None;
        }
        let direct = self.groups_of_user.list(user);
        let walked = self.mark_up(direct, scratch);
        let made = pack(&mut scratch.marks);
        if walked > LONG_WALK {
            self.ease(direct, scratch);
        }
        self.user_rows.publish(user, made, &self.budget)
    }

    /// Returns the row of a group that has none yet, if it pays to make one.
    pub(super) fn group_row(&self, group: usize, scratch: &mut Scratch) -> Option<&[u8]> {
        if self.group_rows.missed(group) < PATIENCE || !self.budget.allows() {
            return None;
        }
        self.make_group_row(group, scratch)
    }

    fn make_group_row(&self, group: usize, scratch: &mut Scratch) -> Option<&[u8]> {
        self.mark_up(self.containers.list(group), scratch);
        let made = pack(&mut scratch.marks);
        self.group_rows.publish(group, made, &self.budget)
    }

    /// Gives rows to groups from which users' searches for a goal began often.
    pub(super) fn note_starts(&self, starts: &[u32], goal: u32, scratch: &mut Scratch) {
        for start in starts {
            let group = *start as usize;
            if self.may_be_above(goal, self.level(*start))
                && self.group_rows.get(group).is_none()
                && self.group_rows.missed(group) >= GROUP_PATIENCE
                && self.budget.allows()
            {
                self.make_group_row(group, scratch);
            }
        }
    }

    /// Gives rows to groups from which a walk was long.
    fn ease(&self, groups: &[u32], scratch: &mut Scratch) {
        for group in groups {
            let group = *group as usize;
            if self.group_rows.get(group).is_none() && self.budget.allows() {
                self.make_group_row(group, scratch);
            }
        }
    }

    /// Tells whether a group is one of some, or contains one of them.
    ///
    /// A search that turns back below the level of the goal and at every group that has a row.
    pub(super) fn leads_up(&self, starts: &[u32], goal: u32, scratch: &mut Scratch) -> bool {
        if starts.contains(&goal) {
            return true;
        }
        let floor = self.level(goal);
        let above_floor = |group: u32| match self.order {
            Order::Strict => self.level(group) > floor,
            Order::Loose => self.level(group) >= floor,
        };
        let Scratch { marks, queue, .. } = scratch;
        marks.prepare(self.group_of.len());
        queue.clear();
        for start in starts {
            if above_floor(*start) && marks.insert(*start) {
                queue.push(*start);
            }
        }
        let mut next = 0;
        let mut found = false;
        'search: while let Some(group) = queue.get(next).map(|group| *group as usize) {
            next = next.saturating_add(1);
            count_steps(1);
            if let Some(row) = self.group_rows.get(group) {
                if row::contains(row, goal) {
                    found = true;
                    break;
                }
                continue;
            }
            let containers = self.containers.list(group);
            count_steps(containers.len());
            for container in containers {
                if *container == goal {
                    found = true;
                    break 'search;
                }
                if above_floor(*container) && marks.insert(*container) {
                    queue.push(*container);
                }
            }
        }
        marks.clear_each(queue);
        if next > LONG_WALK && self.budget.allows() {
            self.ease(starts, scratch);
        }
        found
    }

    /// Marks some groups and all that contain them; returns over how many groups it walked.
    pub(super) fn mark_up(&self, starts: &[u32], scratch: &mut Scratch) -> usize {
        let Scratch { marks, queue, .. } = scratch;
        marks.prepare(self.group_of.len());
        queue.clear();
        for start in starts {
            if marks.insert(*start) {
                queue.push(*start);
            }
        }
        let mut next = 0;
        while let Some(group) = queue.get(next).map(|group| *group as usize) {
            next = next.saturating_add(1);
            if let Some(row) = self.group_rows.get(group) {
                row::mark_all(row, marks);
                continue;
            }
            let containers = self.containers.list(group);
            count_steps(containers.len());
            for container in containers {
                if marks.insert(*container) {
                    queue.push(*container);
                }
            }
        }
        next
    }

    /// Lists the marked groups and empties the marks.
    pub(super) fn drain_groups(&self, scratch: &mut Scratch) {
        let Scratch { marks, groups, .. } = scratch;
        marks.drain(|label| groups.extend(self.group_of.get(label as usize)));
    }

    /// Lists the groups of a row.
    pub(super) fn push_groups(&self, row: &[u8], groups: &mut Vec<GroupHandle>) {
        let group_of = self.group_of.as_slice();
        row::each(row, |label| groups.extend(group_of.get(label as usize)));
    }

    /// Queues some groups and all that is nested in them, and leaves them marked.
    pub(super) fn walk_down(&self, starts: impl IntoIterator<Item = u32>, scratch: &mut Scratch) {
        self.walk_down_to(usize::MAX, starts, scratch);
    }

    /// The same, but stops soon after so many groups are queued.
    pub(super) fn walk_down_to(
        &self,
        most: usize,
        starts: impl IntoIterator<Item = u32>,
        scratch: &mut Scratch,
    ) {
        let Scratch { marks, queue, .. } = scratch;
        marks.prepare(self.group_of.len());
        queue.clear();
        for start in starts {
            if marks.insert(start) {
                queue.push(start);
            }
        }
        let mut next = 0;
        while let Some(group) = queue.get(next).map(|group| *group as usize) {
            next = next.saturating_add(1);
            if queue.len() > most {
                return;
            }
            let nested = self.nested.list(group);
            count_steps(nested.len().saturating_add(1));
            for nested in nested {
                if marks.insert(*nested) {
                    queue.push(*nested);
                }
            }
        }
    }

    /// Lists the users of the queued groups, each once, and empties the marks.
    pub(super) fn collect_users(&self, scratch: &mut Scratch) {
        let Scratch {
            marks,
            user_marks,
            queue,
            users,
            ..
        } = scratch;
        user_marks.prepare(self.user_of.len());
        users.clear();
        for group in queue.iter() {
            let direct = self.users.list(*group as usize);
            count_steps(direct.len());
            for user in direct {
                if user_marks.insert(*user) {
                    users.extend(self.user_of.get(*user as usize));
                }
            }
        }
        marks.clear_each(queue);
        user_marks.clear();
    }
}
