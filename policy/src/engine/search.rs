//! The searches that give the answers, and the rows that save them. Nothing recurses.

use super::marks::SearchBuffers;
use super::pack::pack;
use super::row;
use super::snapshot::{Order, Snapshot, nested_in};
use super::{count_steps, number};

/// How often a row must have been wanted before it is computed.
const PATIENCE: u8 = 1;

/// The same for a group at which searches for users begin: these end when the user has a row.
const GROUP_PATIENCE: u8 = 6;

/// After a walk over more groups than this, the groups where it began get rows, so that others need
/// not walk there again.
const LONG_WALK: usize = 1_024;

impl Snapshot {
    /// Returns the row of a user that has none yet, if it pays to make one.
    pub(super) fn user_row(&self, user: usize, scratch: &mut SearchBuffers) -> Option<&[u8]> {
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
    pub(super) fn group_row(&self, group: usize, scratch: &mut SearchBuffers) -> Option<&[u8]> {
        if self.group_rows.missed(group) < PATIENCE || !self.budget.allows() {
            return None;
        }
        self.make_group_row(group, scratch)
    }

    fn make_group_row(&self, group: usize, scratch: &mut SearchBuffers) -> Option<&[u8]> {
        self.mark_up(self.containers.list(group), scratch);
        let made = pack(&mut scratch.marks);
        self.group_rows.publish(group, made, &self.budget)
    }

    /// Gives rows to groups from which users' searches for a goal began often.
    pub(super) fn note_starts(&self, starts: &[u32], goal: u32, scratch: &mut SearchBuffers) {
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
    fn ease(&self, groups: &[u32], scratch: &mut SearchBuffers) {
        for group in groups {
            let group = *group as usize;
            if self.group_rows.get(group).is_none() && self.budget.allows() {
                self.make_group_row(group, scratch);
            }
        }
    }

    /// Returns whether a group is one of some, or contains one of them.
    ///
    /// A search that turns back below the level of the goal and at every group that has a row.
    pub(super) fn leads_up(&self, starts: &[u32], goal: u32, scratch: &mut SearchBuffers) -> bool {
        if starts.contains(&goal) {
            return true;
        }
        // Below this level nothing is nested in the goal.
        let least = match self.order {
            Order::Strict => self.level(goal).saturating_add(1),
            Order::Loose => self.level(goal),
        };
        let levels = self.levels.as_slice();
        let is_below = |group: u32| levels.get(group as usize).is_some_and(|own| *own >= least);
        let SearchBuffers { marks, queue, .. } = scratch;
        marks.prepare(self.group_of.len());
        queue.clear();
        for start in starts {
            if is_below(*start) && marks.insert(*start) {
                queue.push(*start);
            }
        }
        let mut next = 0;
        let mut found = false;
        while let Some(group) = queue.get(next).map(|group| *group as usize) {
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
            if containers.contains(&goal) {
                found = true;
                break;
            }
            for container in containers {
                if is_below(*container) && marks.insert(*container) {
                    queue.push(*container);
                }
            }
        }
        marks.clear_each(queue.iter().copied());
        if next > LONG_WALK && self.budget.allows() {
            self.ease(starts, scratch);
        }
        found
    }

    /// Marks some groups and all that contain them; returns over how many groups it walked.
    pub(super) fn mark_up(&self, starts: &[u32], scratch: &mut SearchBuffers) -> usize {
        let SearchBuffers {
            marks,
            queue,
            labels,
            ..
        } = scratch;
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
                row::mark_all(row, marks, labels);
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
    pub(super) fn drain_groups(&self, scratch: &mut SearchBuffers) {
        let SearchBuffers { marks, groups, .. } = scratch;
        marks.drain(|label| groups.extend(self.group_of.get(label as usize)));
    }

    /// Lists the groups of a row.
    pub(super) fn list_row(&self, row: &[u8], scratch: &mut SearchBuffers) {
        let SearchBuffers { labels, groups, .. } = scratch;
        labels.clear();
        row::list(row, labels);
        let group_of = self.group_of.as_slice();
        // There is a group if there is a label; an iterator that drops none is much faster.
        let Some(first) = group_of.first() else {
            return;
        };
        let handle = |label: &u32| group_of.get(*label as usize).copied().unwrap_or(*first);
        groups.extend(labels.iter().map(handle));
    }

    /// Queues some groups and all that is nested in them, and leaves them marked.
    pub(super) fn walk_down(
        &self,
        starts: impl IntoIterator<Item = u32>,
        scratch: &mut SearchBuffers,
    ) {
        self.walk_down_to(usize::MAX, starts, scratch);
    }

    /// The same, but stops soon after `most` groups are queued.
    pub(super) fn walk_down_to(
        &self,
        most: usize,
        starts: impl IntoIterator<Item = u32>,
        scratch: &mut SearchBuffers,
    ) {
        let members = self.members();
        self.start_walk(starts, scratch);
        let SearchBuffers { marks, queue, .. } = scratch;
        let mut next = 0;
        while let Some(group) = queue.get(next).copied() {
            next = next.saturating_add(1);
            if queue.len() > most {
                return;
            }
            let nested = members.list(nested_in(group) as usize);
            count_steps(nested.len().saturating_add(1));
            for nested in nested {
                if marks.insert(*nested) {
                    queue.push(*nested);
                }
            }
        }
    }

    /// Lists the users of some groups and of all that is nested in them, each once.
    pub(super) fn collect_users(
        &self,
        starts: impl IntoIterator<Item = u32>,
        scratch: &mut SearchBuffers,
    ) {
        let members = self.members();
        self.start_walk(starts, scratch);
        let SearchBuffers {
            marks,
            user_marks,
            queue,
            users,
            ..
        } = scratch;
        let user_of = self.user_of.as_slice();
        user_marks.prepare(user_of.len());
        users.clear();
        let mut next = 0;
        while let Some(group) = queue.get(next).copied() {
            next = next.saturating_add(1);
            let (nested, direct) = members.pair(nested_in(group) as usize);
            count_steps(nested.len().saturating_add(direct.len()));
            for nested in nested {
                if marks.insert(*nested) {
                    queue.push(*nested);
                }
            }
            for user in direct {
                if user_marks.insert(*user)
                    && let Some(handle) = user_of.get(*user as usize)
                {
                    users.push(*handle);
                }
            }
        }
        marks.clear_each(queue.iter().copied());
        user_marks.clear_each(users.iter().map(|user| number(user.index())));
    }

    fn start_walk(&self, starts: impl IntoIterator<Item = u32>, scratch: &mut SearchBuffers) {
        let SearchBuffers { marks, queue, .. } = scratch;
        marks.prepare(self.group_of.len());
        queue.clear();
        for start in starts {
            if marks.insert(start) {
                queue.push(start);
            }
        }
    }
}
