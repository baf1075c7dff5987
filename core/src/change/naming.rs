//! Names of what is new: default names, twins, and references that were waiting for a name.

use std::collections::HashSet;

use crate::authority::Act;
use crate::directory::Directory;
use crate::grantee::{Grantee, GroupReference};
use crate::id::{GroupHandle, UserHandle};
use crate::identity::{folded_name, same_name};
use crate::name::{GroupName, UserName};
use crate::settings::UserReference;

use super::editor::Editor;
use super::event::{GroupRef, UserRef};
use super::refusal::Refusal;

/// What an editor remembers about names.
#[derive(Debug)]
pub(super) struct Naming {
    // INVARIANT: every default name with a lower number is taken.
    next_user: u32,
    next_group: u32,
    // INVARIANT: holds at least every name without a meaning, folded; edits make no new ones.
    missing: Option<MissingNames>,
}

#[derive(Debug)]
struct MissingNames {
    users: HashSet<String>,
    groups: HashSet<String>,
}

impl Naming {
    pub(super) const fn new() -> Self {
        Self {
            next_user: 1,
            next_group: 1,
            missing: None,
        }
    }

    /// Some name is free again.
    pub(super) const fn name_freed(&mut self) {
        self.next_user = 1;
        self.next_group = 1;
    }
}

impl MissingNames {
    fn of(directory: &Directory) -> Self {
        let mut users = HashSet::new();
        let mut groups = HashSet::new();
        for (_, group) in directory.groups() {
            users.extend(
                group
                    .missing_users
                    .iter()
                    .map(|name| folded_name(name.as_str())),
            );
            groups.extend(
                group
                    .missing_groups
                    .iter()
                    .map(|name| folded_name(name.as_str())),
            );
        }
        for reference in directory.settings.references() {
            if let UserReference::Missing(name) = reference {
                users.insert(folded_name(name.as_str()));
            }
        }
        for grantee in directory.grants.grantees() {
            if let Grantee::Group(GroupReference::Missing(name)) = grantee {
                groups.insert(folded_name(name.as_str()));
            }
        }
        Self { users, groups }
    }
}

impl Editor<'_> {
    /// Returns the name for a new user: the wanted one if it may be, else the next default one.
    pub(super) fn new_user_name(&mut self, wanted: Option<&UserName>) -> Result<UserName, Refusal> {
        let Some(name) = wanted else {
            return Ok(self.default_user_name());
        };
        name.check_new()?;
        self.user_name_is_free(name, None)?;
        Ok(name.clone())
    }

    /// As [`Editor::new_user_name`], for a group.
    pub(super) fn new_group_name(
        &mut self,
        wanted: Option<&GroupName>,
    ) -> Result<GroupName, Refusal> {
        let Some(name) = wanted else {
            return Ok(self.default_group_name());
        };
        name.check_new()?;
        self.group_name_is_free(name, None)?;
        Ok(name.clone())
    }

    pub(super) fn user_name_is_free(
        &self,
        name: &UserName,
        except: Option<UserHandle>,
    ) -> Result<(), Refusal> {
        let users = &self.directory.users;
        let twin = users.find_other(name.as_str(), except.map(UserHandle::slot));
        match twin.and_then(|slot| users.get(slot)) {
            None => Ok(()),
            Some(twin) => Err(Refusal::UserNameTaken {
                existing: twin.name.clone(),
            }),
        }
    }

    pub(super) fn group_name_is_free(
        &self,
        name: &GroupName,
        except: Option<GroupHandle>,
    ) -> Result<(), Refusal> {
        let groups = &self.directory.groups;
        let twin = groups.find_other(name.as_str(), except.map(GroupHandle::slot));
        match twin.and_then(|slot| groups.get(slot)) {
            None => Ok(()),
            Some(twin) => Err(Refusal::GroupNameTaken {
                existing: twin.name.clone(),
            }),
        }
    }

    fn default_user_name(&mut self) -> UserName {
        loop {
            let name = format!("New user{}", self.naming.next_user);
            self.naming.next_user = self.naming.next_user.saturating_add(1);
            if self.directory.find_user(&name).is_none() {
                return UserName::stored(name);
            }
        }
    }

    fn default_group_name(&mut self) -> GroupName {
        loop {
            let name = format!("New group{}", self.naming.next_group);
            self.naming.next_group = self.naming.next_group.saturating_add(1);
            if self.directory.find_group(&name).is_none() {
                return GroupName::stored(name);
            }
        }
    }

    fn missing_names(&mut self) -> &MissingNames {
        let directory = &*self.directory;
        self.naming
            .missing
            .get_or_insert_with(|| MissingNames::of(directory))
    }

    /// Lets references that named nobody so far find the user who has the name now.
    ///
    /// Refused if the actor may not give the user what it then has: the name alone gives it.
    pub(super) fn adopt_user(&mut self, user: &UserRef) -> Result<(), Refusal> {
        let text = user.name.as_str();
        if !self.missing_names().users.contains(&folded_name(text)) {
            return Ok(());
        }
        let waits = |name: &UserName| same_name(name.as_str(), text);
        for group in self.groups_where(|group| group.missing_users.iter().any(waits)) {
            self.may_name(text, Act::EditMembership)?;
            self.take_missing_users_out(&group, waits);
            self.place_users(&group, vec![user.handle]);
        }
        let found = |reference: &UserReference| match reference {
            UserReference::Missing(name) => waits(name),
            UserReference::None | UserReference::Known(_) => false,
        };
        let settings = self.directory.settings.references();
        if settings.into_iter().any(found) {
            self.may_name(text, Act::EditSettings)?;
        }
        self.change_settings(|reference| {
            found(reference).then_some(UserReference::Known(user.handle))
        });
        Ok(())
    }

    /// As [`Editor::adopt_user`], for a group; refused also if it would end up in itself.
    pub(super) fn adopt_group(&mut self, group: &GroupRef) -> Result<(), Refusal> {
        let text = group.name.as_str();
        if !self.missing_names().groups.contains(&folded_name(text)) {
            return Ok(());
        }
        let waits = |name: &GroupName| same_name(name.as_str(), text);
        for container in self.groups_where(|group| group.missing_groups.iter().any(waits)) {
            self.may_name(text, Act::EditMembership)?;
            self.take_missing_groups_out(&container, waits);
            self.place_groups(&container, vec![group.handle])?;
        }
        self.adopt_grants(group, waits)
    }

    /// Refuses a name that gives its bearer at once what the actor may not give.
    pub(super) fn may_name(&self, name: &str, act: Act) -> Result<(), Refusal> {
        let actor = self.rules.actor;
        if act.allowed_to(actor, &self.rules.options) {
            return Ok(());
        }
        let name = name.to_owned();
        Err(Refusal::NameHasRights { name, actor, act })
    }
}
