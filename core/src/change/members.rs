//! Changes of member lists.

use std::collections::HashSet;

use crate::delta::{Event, GroupRef, UserRef};
use crate::id::{GroupHandle, UserHandle};
use crate::identity::folded_name;
use crate::name::{GroupName, UserName};

use super::editor::Editor;
use super::refusal::Refusal;

impl Editor<'_> {
    pub(super) fn add_members(
        &mut self,
        group: &GroupName,
        users: &[UserName],
        groups: &[GroupName],
    ) -> Result<(), Refusal> {
        let group = self.group_named(group)?;
        let users = users
            .iter()
            .map(|name| self.user_named(name).map(|(handle, _)| handle))
            .collect::<Result<_, _>>()?;
        let groups = groups
            .iter()
            .map(|name| self.group_named(name).map(|group| group.handle))
            .collect::<Result<_, _>>()?;
        let groups = self.placeable_groups(&group, groups)?;
        self.place_users(&group, users);
        self.insert_placeable_groups(&group, groups);
        Ok(())
    }

    pub(super) fn remove_members(
        &mut self,
        group: &GroupName,
        users: &[UserName],
        groups: &[GroupName],
    ) -> Result<(), Refusal> {
        let group = self.group_named(group)?;
        let (mut leaving_users, mut missing_users) = (HashSet::new(), Vec::new());
        for name in users {
            match self.directory.find_user(name.as_str()) {
                Some(user) => drop(leaving_users.insert(user)),
                None => missing_users.push(name),
            }
        }
        let (mut leaving_groups, mut missing_groups) = (HashSet::new(), Vec::new());
        for name in groups {
            match self.directory.find_group(name.as_str()) {
                Some(nested) => drop(leaving_groups.insert(nested)),
                None => missing_groups.push(name),
            }
        }
        if !missing_users.is_empty() {
            let leaving = folded(&missing_users);
            let taken = self.take_missing_users_out(&group, |name| is_in(&leaving, name));
            if let Some(name) = not_among(&missing_users, &taken) {
                return Err(Refusal::UnknownUser { name: name.clone() });
            }
        }
        if !missing_groups.is_empty() {
            let leaving = folded(&missing_groups);
            let taken = self.take_missing_groups_out(&group, |name| is_in(&leaving, name));
            if let Some(name) = not_among(&missing_groups, &taken) {
                return Err(Refusal::UnknownGroup { name: name.clone() });
            }
        }
        self.take_users_out(&group, |user| leaving_users.contains(user));
        self.take_groups_out(&group, |nested| leaving_groups.contains(nested));
        Ok(())
    }

    pub(super) fn empty_group(&mut self, group: &GroupName) -> Result<(), Refusal> {
        let group = self.group_named(group)?;
        self.take_users_out(&group, |_| true);
        self.take_groups_out(&group, |_| true);
        self.take_missing_users_out(&group, |_| true);
        self.take_missing_groups_out(&group, |_| true);
        Ok(())
    }

    /// Places users in a group; those that are in it already stay where they are.
    pub(super) fn place_users(&mut self, group: &GroupRef, users: Vec<UserHandle>) {
        let existing = self
            .directory
            .group(group.handle)
            .map_or(&[][..], |group| &group.users);
        let mut new = absent(existing, users);
        new.sort_unstable();
        self.insert_users(group.handle, &new);
        for user in new {
            if let Some(user) = self.user_ref(user) {
                let group = group.clone();
                self.report(Event::MemberUserAdded { group, user });
            }
        }
    }

    /// Places groups in a group; those that are in it already stay where they are.
    pub(super) fn place_groups(
        &mut self,
        group: &GroupRef,
        nested: Vec<GroupHandle>,
    ) -> Result<(), Refusal> {
        let new = self.placeable_groups(group, nested)?;
        self.insert_placeable_groups(group, new);
        Ok(())
    }

    /// Returns those of some groups that are not in a group yet, unless one contains it.
    fn placeable_groups(
        &mut self,
        group: &GroupRef,
        nested: Vec<GroupHandle>,
    ) -> Result<Vec<GroupHandle>, Refusal> {
        let existing = self
            .directory
            .group(group.handle)
            .map_or(&[][..], |group| &group.groups);
        let mut new = absent(existing, nested);
        for nested in &new {
            self.refuse_cycle(group.handle, *nested)?;
        }
        new.sort_unstable();
        Ok(new)
    }

    fn insert_placeable_groups(&mut self, group: &GroupRef, new: Vec<GroupHandle>) {
        self.insert_groups(group.handle, &new);
        for nested in new {
            if let Some(member) = self.group_ref(nested) {
                let group = group.clone();
                self.report(Event::MemberGroupAdded { group, member });
            }
        }
    }

    pub(super) fn take_users_out(
        &mut self,
        group: &GroupRef,
        leaves: impl FnMut(&UserHandle) -> bool,
    ) {
        for user in self.take_users(group.handle, leaves) {
            if let Some(user) = self.user_ref(user) {
                let group = group.clone();
                self.report(Event::MemberUserRemoved { group, user });
            }
        }
    }

    fn take_groups_out(&mut self, group: &GroupRef, leaves: impl FnMut(&GroupHandle) -> bool) {
        for nested in self.take_groups(group.handle, leaves) {
            if let Some(member) = self.group_ref(nested) {
                let group = group.clone();
                self.report(Event::MemberGroupRemoved { group, member });
            }
        }
    }

    /// Places a user that was just added in a group, where nobody has placed it yet.
    pub(super) fn place_new_user(&mut self, group: &GroupRef, user: &UserRef) {
        self.insert_users(group.handle, &[user.handle]);
        let (group, user) = (group.clone(), user.clone());
        self.report(Event::MemberUserAdded { group, user });
    }

    /// Returns the groups that a user is placed directly in, in the order of the file.
    pub(super) fn groups_of(&mut self, user: UserHandle) -> Vec<GroupRef> {
        let groups = self.holders.groups_of(self.directory, user);
        groups
            .into_iter()
            .filter_map(|group| self.group_ref(group))
            .collect()
    }

    /// Takes user names without a meaning out of a group and returns them.
    pub(super) fn take_missing_users_out(
        &mut self,
        group: &GroupRef,
        leaves: impl FnMut(&UserName) -> bool,
    ) -> Vec<UserName> {
        let taken = self.take_missing_users(group.handle, leaves);
        for name in taken.iter().cloned() {
            let group = group.clone();
            self.report(Event::MissingUserRemoved { group, name });
        }
        taken
    }

    /// Takes group names without a meaning out of a group and returns them.
    pub(super) fn take_missing_groups_out(
        &mut self,
        group: &GroupRef,
        leaves: impl FnMut(&GroupName) -> bool,
    ) -> Vec<GroupName> {
        let taken = self.take_missing_groups(group.handle, leaves);
        for name in taken.iter().cloned() {
            let group = group.clone();
            self.report(Event::MissingGroupRemoved { group, name });
        }
        taken
    }
}

fn folded<N: AsRef<str>>(names: &[N]) -> HashSet<String> {
    names
        .iter()
        .map(|name| folded_name(name.as_ref()))
        .collect()
}

fn is_in<N: AsRef<str>>(folded: &HashSet<String>, name: &N) -> bool {
    folded.contains(&folded_name(name.as_ref()))
}

/// Returns the first name that is not the same as one of some others.
fn not_among<'n, N: AsRef<str>>(names: &[&'n N], others: &[N]) -> Option<&'n N> {
    let others = folded(others);
    names.iter().copied().find(|name| !is_in(&others, *name))
}

/// Returns each of the wanted handles once that is not in a list.
fn absent<H: Copy + Eq + std::hash::Hash>(existing: &[H], wanted: Vec<H>) -> Vec<H> {
    match wanted.as_slice() {
        [] => Vec::new(),
        [one] if existing.contains(one) => Vec::new(),
        [_] => wanted,
        _ => {
            let mut seen: HashSet<H> = existing.iter().copied().collect();
            wanted
                .into_iter()
                .filter(|handle| seen.insert(*handle))
                .collect()
        }
    }
}
