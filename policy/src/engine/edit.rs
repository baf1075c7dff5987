//! Edits of a snapshot: what changes is touched, everything else stays shared.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;

use guichet_core::{Event, GroupHandle, UserHandle};

use super::lists::Lists;
use super::marks::{SearchBuffers, with_spare};
use super::row;
use super::snapshot::{NO_GROUP, Order, Snapshot, nested_in, users_in};

/// A walk over more groups than this first asks whether it is needed at all.
const SURE: usize = 64;

/// One edit of who is directly in what, by handle.
///
/// Placing who is there, and taking out who is not, change nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the variant documents its fields")]
#[non_exhaustive]
pub enum Edit {
    /// A user is new; it is in no group.
    AddUser { user: UserHandle },
    /// A group is new; it is empty and in no group.
    AddGroup { group: GroupHandle },
    /// A user is placed in a group.
    PlaceUser {
        group: GroupHandle,
        user: UserHandle,
    },
    /// A user is taken out of a group.
    TakeUser {
        group: GroupHandle,
        user: UserHandle,
    },
    /// A group is placed in a container; a cycle is not refused here.
    PlaceGroup {
        container: GroupHandle,
        nested: GroupHandle,
    },
    /// A group is taken out of a container.
    TakeGroup {
        container: GroupHandle,
        nested: GroupHandle,
    },
}

impl Edit {
    /// Returns what an event means for membership; most events mean nothing.
    ///
    /// A user or group that is removed was emptied by events of its own before.
    pub fn from_event(event: &Event) -> Option<Self> {
        match event {
            Event::UserAdded { user, .. } => Some(Self::AddUser { user: user.handle }),
            Event::GroupAdded { group, .. } => Some(Self::AddGroup {
                group: group.handle,
            }),
            Event::MemberUserAdded { group, user } => Some(Self::PlaceUser {
                group: group.handle,
                user: user.handle,
            }),
            Event::MemberUserRemoved { group, user } => Some(Self::TakeUser {
                group: group.handle,
                user: user.handle,
            }),
            Event::MemberGroupAdded { group, member } => Some(Self::PlaceGroup {
                container: group.handle,
                nested: member.handle,
            }),
            Event::MemberGroupRemoved { group, member } => Some(Self::TakeGroup {
                container: group.handle,
                nested: member.handle,
            }),
            _ => None,
        }
    }
}

impl Snapshot {
    /// Returns the snapshot after some edits; this one stays as it is, and both share what did not
    /// change.
    #[must_use]
    pub fn after(&self, edits: impl IntoIterator<Item = Edit>) -> Self {
        let mut next = self.clone();
        for edit in edits {
            next.edit(edit);
        }
        next
    }

    /// Returns the snapshot after the events of a change, in their order; after a reversal, give the
    /// inverses of its events, last first.
    #[must_use]
    pub(crate) fn after_events<'e>(&self, events: impl IntoIterator<Item = &'e Event>) -> Self {
        self.after(events.into_iter().filter_map(Edit::from_event))
    }

    /// Edits this snapshot; clones of it stay as they are.
    ///
    /// A user's edit costs its memberships; a group's, what is nested in it. More where pages are
    /// shared with a clone: see the crate's table of costs.
    pub fn edit(&mut self, edit: Edit) {
        match edit {
            Edit::AddUser { user } => self.add_user(user),
            Edit::AddGroup { group } => self.add_group(group),
            Edit::PlaceUser { group, user } => self.place_user(group, user),
            Edit::TakeUser { group, user } => self.take_user(group, user),
            Edit::PlaceGroup { container, nested } => self.place_group(container, nested),
            Edit::TakeGroup { container, nested } => self.take_group(container, nested),
        }
    }

    fn add_user(&mut self, user: UserHandle) {
        if self.user_of.get(user.index()) == Some(&user) {
            return;
        }
        let slots = user.index().saturating_add(1);
        let user_of = Arc::make_mut(&mut self.user_of);
        if user_of.len() < slots {
            user_of.resize(slots, user);
        }
        if let Some(place) = user_of.get_mut(user.index()) {
            *place = user;
        }
        self.groups_of_user.grow(slots);
        self.user_rows.grow(slots);
    }

    fn add_group(&mut self, group: GroupHandle) {
        if self.label(group).is_some() {
            return;
        }
        let slots = group.index().saturating_add(1);
        let label = super::number(self.group_of.len());
        let label_of = Arc::make_mut(&mut self.label_of);
        if label_of.len() < slots {
            label_of.resize(slots, NO_GROUP);
        }
        if let Some(place) = label_of.get_mut(group.index()) {
            *place = label;
        }
        Arc::make_mut(&mut self.group_of).push(group);
        Arc::make_mut(&mut self.levels).push(0);
        let groups = self.group_of.len();
        self.containers.grow(groups);
        self.members_mut(|members| members.grow(groups.saturating_mul(2)));
        self.group_rows.grow(groups);
    }

    fn place_user(&mut self, group: GroupHandle, user: UserHandle) {
        self.add_user(user);
        self.add_group(group);
        let Some(label) = self.label(group) else {
            return;
        };
        if !self.groups_of_user.insert(user.index(), label) {
            return;
        }
        let slot = super::number(user.index());
        self.members_mut(|members| members.insert(users_in(label) as usize, slot));
        let row = self.user_rows.get(user.index());
        // Who was a member already is in nothing more.
        if !row.is_some_and(|row| row::contains(row, label)) {
            self.forget_user(user.index());
        }
    }

    fn take_user(&mut self, group: GroupHandle, user: UserHandle) {
        let Some(label) = self.label(group) else {
            return;
        };
        if self.groups_of_user.remove(user.index(), label) {
            let slot = super::number(user.index());
            self.members_mut(|members| members.remove(users_in(label) as usize, slot));
            self.forget_user(user.index());
        }
    }

    /// Edits what is directly in groups, if that was wanted so far, after the upward lists were edited.
    ///
    /// A clone keeps its own: from here on this snapshot shares it with no other.
    fn members_mut<T: Default>(&mut self, edit: impl FnOnce(&mut Lists) -> T) -> T {
        let members = Arc::make_mut(&mut self.members);
        members.get_mut().map(edit).unwrap_or_default()
    }

    fn forget_user(&mut self, user: usize) {
        self.user_rows.forgetting().forget(user, &self.budget);
    }

    fn place_group(&mut self, container: GroupHandle, nested: GroupHandle) {
        self.add_group(container);
        self.add_group(nested);
        let (Some(upper), Some(lower)) = (self.label(container), self.label(nested)) else {
            return;
        };
        if self.containers.list(lower as usize).contains(&upper) {
            return;
        }
        with_spare(|scratch| {
            let direct = self.containers.list(lower as usize);
            if !self.stays_the_same(lower, scratch, |snapshot, scratch| {
                snapshot.leads_up(direct, upper, scratch)
            }) {
                self.forget_below(scratch);
            }
            // Asked before the edge is there: is the container below the group that it will hold?
            if self.level(lower) <= self.level(upper) {
                let direct = self.containers.list(upper as usize);
                if lower == upper || self.leads_up(direct, lower, scratch) {
                    self.order = Order::Loose;
                }
            }
        });
        self.containers.insert(lower as usize, upper);
        self.members_mut(|members| members.insert(nested_in(upper) as usize, lower));
        self.raise(upper, lower);
    }

    fn take_group(&mut self, container: GroupHandle, nested: GroupHandle) {
        let (Some(upper), Some(lower)) = (self.label(container), self.label(nested)) else {
            return;
        };
        if !self.containers.remove(lower as usize, upper) {
            return;
        }
        self.members_mut(|members| members.remove(nested_in(upper) as usize, lower));
        with_spare(|scratch| {
            let direct = self.containers.list(lower as usize);
            match self.order {
                // In a cycle a row may lead round to what is gone, so none is asked.
                Order::Loose => self.walk_down([lower], scratch),
                Order::Strict => {
                    let still = |snapshot: &Self, scratch: &mut SearchBuffers| {
                        snapshot.leads_up(direct, upper, scratch)
                    };
                    if self.stays_the_same(lower, scratch, still) {
                        return;
                    }
                }
            }
            self.forget_below(scratch);
        });
    }

    /// Queues a group and all that is nested in it; but when they are many, first asks whether the
    /// groups above stay the same anyway: then no row needs to be forgotten.
    fn stays_the_same(
        &self,
        lower: u32,
        scratch: &mut SearchBuffers,
        ask: impl FnOnce(&Self, &mut SearchBuffers) -> bool,
    ) -> bool {
        self.walk_down_to(SURE, [lower], scratch);
        if scratch.queue.len() <= SURE {
            return false;
        }
        let SearchBuffers { marks, queue, .. } = &mut *scratch;
        marks.clear_each(queue.iter().copied());
        if ask(self, scratch) {
            return true;
        }
        self.walk_down([lower], scratch);
        false
    }

    /// Forgets the rows of the queued groups and of their users.
    ///
    /// When that is more than a quarter of everything, all rows go at once.
    fn forget_below(&mut self, scratch: &mut SearchBuffers) {
        scratch.marks.clear_each(scratch.queue.iter().copied());
        let most = self.group_of.len().saturating_add(self.user_of.len()) / 4;
        let mut touched = scratch.queue.len();
        let members = self.members.get_or_init(|| self.members_from_above());
        let mut user_rows = self.user_rows.forgetting();
        let mut group_rows = self.group_rows.forgetting();
        for group in &scratch.queue {
            let users = members.list(users_in(*group) as usize);
            touched = touched.saturating_add(users.len());
            super::count_steps(users.len());
            if touched > most && touched > SURE {
                user_rows.forget_all();
                group_rows.forget_all();
                self.budget.give_back_all();
                return;
            }
            group_rows.forget(*group as usize, &self.budget);
            for user in users {
                user_rows.forget(*user as usize, &self.budget);
            }
        }
    }

    /// Restores the order of levels after a group was placed in a container.
    ///
    /// Every group below is raised at most once: they are taken in the order of their old levels.
    fn raise(&mut self, upper: u32, lower: u32) {
        let more = match self.order {
            Order::Strict => 1,
            Order::Loose => 0,
        };
        let wanted = self.level(upper).saturating_add(more);
        if self.level(lower) >= wanted {
            return;
        }
        let mut waiting = BinaryHeap::from([Reverse((self.level(lower), lower))]);
        let members = self.members.get_or_init(|| self.members_from_above());
        let levels = Arc::make_mut(&mut self.levels);
        if let Some(level) = levels.get_mut(lower as usize) {
            *level = wanted;
        }
        while let Some(Reverse((_, group))) = waiting.pop() {
            let level = levels.get(group as usize).copied().unwrap_or(0);
            let wanted = level.saturating_add(more);
            super::count_steps(1);
            for nested in members.list(nested_in(group) as usize) {
                if let Some(level) = levels.get_mut(*nested as usize)
                    && *level < wanted
                {
                    waiting.push(Reverse((*level, *nested)));
                    *level = wanted;
                }
            }
        }
    }
}
