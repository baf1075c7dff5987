//! A directory under edit: the few primitive mutations, each written in the journal.

use crate::area::AccessArea;
use crate::delta::{Event, GroupRef, UserRef};
use crate::directory::Directory;
use crate::grantee::StoredGrantee;
use crate::group::Group;
use crate::id::{GroupHandle, UserHandle};
use crate::name::{GroupName, UserName};
use crate::plugin::PluginKey;
use crate::settings::Settings;
use crate::user::User;

use super::apply::Rules;
use super::cycle::Containers;
use super::holders::Holders;
use super::journal::{Handles, Step};
use super::naming::Naming;
use super::refusal::Refusal;
use super::splice;

/// One run over a list of changes.
#[derive(Debug)]
pub(super) struct Editor<'a> {
    pub(super) directory: &'a mut Directory,
    pub(super) rules: &'a Rules<'a>,
    pub(super) naming: Naming,
    pub(super) containers: Containers,
    pub(super) holders: Holders,
    journal: Vec<Step>,
    events: Vec<Event>,
}

/// A place in the journal and the events of an editor.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    steps: usize,
    events: usize,
}

impl<'a> Editor<'a> {
    pub(super) const fn new(directory: &'a mut Directory, rules: &'a Rules<'a>) -> Self {
        Self {
            directory,
            rules,
            naming: Naming::new(),
            containers: Containers::new(),
            holders: Holders::new(),
            journal: Vec::new(),
            events: Vec::new(),
        }
    }

    /// Undoes everything.
    pub(super) fn roll_back(self) {
        for step in self.journal.into_iter().rev() {
            step.undo(self.directory, Handles::Unknown);
        }
    }

    /// Returns where an editor stands, to come [back](Editor::roll_back_to) to.
    pub(super) const fn mark(&self) -> Mark {
        Mark {
            steps: self.journal.len(),
            events: self.events.len(),
        }
    }

    /// Undoes everything since a mark.
    pub(super) fn roll_back_to(&mut self, mark: Mark) {
        self.events.truncate(mark.events);
        let undone = self.journal.split_off(mark.steps.min(self.journal.len()));
        if !undone.is_empty() {
            self.naming.name_freed();
        }
        for step in undone.into_iter().rev() {
            match &step {
                Step::GroupsInserted { .. } | Step::GroupsTaken { .. } => self.containers.forget(),
                Step::UsersInserted { group, places } => {
                    let list = self.directory.group(*group).map_or(&[][..], Group::users);
                    let users = places.iter().filter_map(|place| list.get(*place));
                    self.holders.taken_out(*group, users);
                }
                Step::UsersTaken { group, .. } => self.holders.forget(Some(*group)),
                Step::UserRemoved { .. } => self.holders.forget(None),
                _ => {}
            }
            step.undo(self.directory, Handles::Unknown);
        }
    }

    /// Returns what happened and how to undo it.
    pub(super) fn finish(mut self) -> (Vec<Event>, Vec<Step>) {
        while let Some(group) = self.holders.outdated() {
            self.put_right(group);
        }
        (self.events, self.journal)
    }

    pub(super) fn report(&mut self, event: Event) {
        self.events.push(event);
    }

    pub(super) fn user_named(&self, name: &UserName) -> Result<(UserHandle, User), Refusal> {
        let found = self.directory.find_user(name.as_str());
        found
            .and_then(|handle| Some((handle, self.directory.user(handle)?.clone())))
            .ok_or_else(|| Refusal::UnknownUser { name: name.clone() })
    }

    pub(super) fn group_named(&self, name: &GroupName) -> Result<GroupRef, Refusal> {
        let found = self.directory.find_group(name.as_str());
        found
            .and_then(|handle| self.group_ref(handle))
            .ok_or_else(|| Refusal::UnknownGroup { name: name.clone() })
    }

    pub(super) fn user_ref(&self, handle: UserHandle) -> Option<UserRef> {
        let name = self.directory.user(handle)?.name.clone();
        Some(UserRef { handle, name })
    }

    pub(super) fn group_ref(&self, handle: GroupHandle) -> Option<GroupRef> {
        let name = self.directory.group(handle)?.name.clone();
        Some(GroupRef { handle, name })
    }

    pub(super) fn push_user(&mut self, user: User) -> UserHandle {
        let slot = self.directory.users.push(user);
        self.journal.push(Step::UserPushed { slot });
        UserHandle::from_slot(slot)
    }

    pub(super) fn push_group(&mut self, name: GroupName) -> GroupHandle {
        let slot = self.directory.groups.push(Group::new(name));
        self.journal.push(Step::GroupPushed { slot });
        GroupHandle::from_slot(slot)
    }

    /// Removes a user, who stays in the lists of these groups until they are [put
    /// right](Editor::put_right).
    pub(super) fn remove_user(
        &mut self,
        user: UserHandle,
        groups: impl IntoIterator<Item = GroupHandle>,
    ) {
        let slot = user.slot();
        self.holders.deleted(user, groups);
        if let Some(user) = self.directory.users.remove(slot) {
            self.journal.push(Step::UserRemoved { slot, user });
        }
    }

    /// Takes users who were deleted out of a group's list, before it is read or counts in order.
    pub(super) fn put_right(&mut self, group: GroupHandle) {
        if !self.holders.put_right(group) {
            return;
        }
        let Directory { users, groups, .. } = &mut *self.directory;
        let Some(entry) = groups.get_mut_keeping_name(group.slot()) else {
            return;
        };
        let taken = splice::take(&mut entry.users, |user| users.get(user.slot()).is_none());
        self.record(!taken.is_empty(), Step::UsersTaken { group, taken });
    }

    pub(super) fn replace_user(&mut self, user: UserHandle, after: User) {
        let slot = user.slot();
        if let Some(before) = self.directory.users.replace(slot, after) {
            self.journal.push(Step::UserReplaced { slot, before });
        }
    }

    pub(super) fn rename_group(&mut self, group: GroupHandle, name: GroupName) {
        let slot = group.slot();
        let renamed = self
            .directory
            .groups
            .update(slot, |group| std::mem::replace(&mut group.name, name));
        if let Some(before) = renamed {
            self.journal.push(Step::GroupRenamed { slot, before });
        }
    }

    /// Inserts users that are not in the group yet, given in the order of the file.
    pub(super) fn insert_users(&mut self, group: GroupHandle, users: &[UserHandle]) {
        let last = match users {
            [] => return,
            [one] => self.directory.users.is_last(one.slot()).then_some(*one),
            _ => None,
        };
        if last.is_none() {
            self.put_right(group);
        }
        let groups = &mut self.directory.groups;
        let Some(entry) = groups.get_mut_keeping_name(group.slot()) else {
            return;
        };
        let places = match last {
            Some(last) => {
                entry.users.push(last);
                vec![entry.users.len().saturating_sub(1)]
            }
            None => splice::insert(&mut entry.users, users),
        };
        self.holders.placed(group, users);
        self.journal.push(Step::UsersInserted { group, places });
    }

    /// Inserts groups that are not in the group yet, given in the order of the file.
    pub(super) fn insert_groups(&mut self, group: GroupHandle, nested: &[GroupHandle]) {
        // The list leaves its group for a moment, since the places are asked of the same roster.
        let Some(entry) = self.directory.groups.get_mut_keeping_name(group.slot()) else {
            return;
        };
        let mut members = std::mem::take(&mut entry.groups);
        let roster = &self.directory.groups;
        let places = match nested {
            [] => Vec::new(),
            [last] if roster.is_last(last.slot()) => {
                members.push(*last);
                vec![members.len().saturating_sub(1)]
            }
            _ => splice::insert(&mut members, nested),
        };
        if let Some(entry) = self.directory.groups.get_mut_keeping_name(group.slot()) {
            entry.groups = members;
        }
        self.containers.placed(nested);
        if !places.is_empty() {
            self.journal.push(Step::GroupsInserted { group, places });
        }
    }

    /// Takes users out of a group and returns them.
    pub(super) fn take_users(
        &mut self,
        group: GroupHandle,
        leaves: impl FnMut(&UserHandle) -> bool,
    ) -> Vec<UserHandle> {
        self.put_right(group);
        let taken = self.take(group, |group| &mut group.users, leaves);
        let users = handles(&taken);
        self.holders.taken_out(group, &users);
        self.record(!taken.is_empty(), Step::UsersTaken { group, taken });
        users
    }

    /// Takes groups out of a group and returns them.
    pub(super) fn take_groups(
        &mut self,
        group: GroupHandle,
        leaves: impl FnMut(&GroupHandle) -> bool,
    ) -> Vec<GroupHandle> {
        let taken = self.take(group, |group| &mut group.groups, leaves);
        let nested = handles(&taken);
        self.containers.taken_out(&nested);
        self.record(!taken.is_empty(), Step::GroupsTaken { group, taken });
        nested
    }

    /// Takes user names without a meaning out of a group and returns them.
    pub(super) fn take_missing_users(
        &mut self,
        group: GroupHandle,
        leaves: impl FnMut(&UserName) -> bool,
    ) -> Vec<UserName> {
        let taken = self.take(group, |group| &mut group.missing_users, leaves);
        let names = handles(&taken);
        self.record(!taken.is_empty(), Step::MissingUsersTaken { group, taken });
        names
    }

    /// Takes group names without a meaning out of a group and returns them.
    pub(super) fn take_missing_groups(
        &mut self,
        group: GroupHandle,
        leaves: impl FnMut(&GroupName) -> bool,
    ) -> Vec<GroupName> {
        let taken = self.take(group, |group| &mut group.missing_groups, leaves);
        let names = handles(&taken);
        self.record(!taken.is_empty(), Step::MissingGroupsTaken { group, taken });
        names
    }

    pub(super) fn set_area(&mut self, area: &AccessArea, grantee: StoredGrantee) {
        let Some(before) = self.directory.grants.area(area).cloned() else {
            return;
        };
        self.directory.grants.set_area(area, grantee);
        let area = area.clone();
        self.journal.push(Step::AreaSet { area, before });
    }

    pub(super) fn set_plugin(&mut self, plugin: &PluginKey, grantee: StoredGrantee) {
        let before = self.directory.grants.stored_plugin(plugin).cloned();
        self.directory.grants.set_plugin(plugin, grantee);
        let plugin = plugin.clone();
        self.journal.push(Step::PluginSet { plugin, before });
    }

    pub(super) fn set_settings(&mut self, settings: Settings) {
        let before = std::mem::replace(&mut self.directory.settings, settings);
        self.journal.push(Step::SettingsSet { before });
    }

    fn take<H: Clone>(
        &mut self,
        group: GroupHandle,
        list: impl FnOnce(&mut Group) -> &mut Vec<H>,
        leaves: impl FnMut(&H) -> bool,
    ) -> Vec<(usize, H)> {
        let entry = self.directory.groups.get_mut_keeping_name(group.slot());
        entry.map_or_else(Vec::new, |group| splice::take(list(group), leaves))
    }

    fn record(&mut self, happened: bool, step: Step) {
        if happened {
            self.journal.push(step);
        }
    }
}

fn handles<H: Clone>(taken: &[(usize, H)]) -> Vec<H> {
    taken.iter().map(|(_, handle)| handle.clone()).collect()
}
