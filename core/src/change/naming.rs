//! Names of what is new: default names, twins, and references that were waiting for a name.

use std::collections::HashMap;

use crate::area::AccessArea;
use crate::authority::Act;
use crate::delta::{GroupRef, UserRef};
use crate::directory::Directory;
use crate::grantee::{Grantee, GroupReference};
use crate::id::{GroupHandle, UserHandle};
use crate::identity::{folded_name, same_name};
use crate::name::{GroupName, UserName};
use crate::plugin::PluginKey;
use crate::reference::Reference;
use crate::settings::UserReference;
use crate::steps;

use super::editor::Editor;
use super::refusal::Refusal;

/// What an editor remembers about names.
#[derive(Debug)]
pub(super) struct Naming {
    // INVARIANT: every default name with a lower number is taken.
    next_user: u32,
    next_group: u32,
    missing: Option<MissingNames>,
}

/// Where names stand that nobody has, by folded name.
// INVARIANT: says of at least every place; edits make no new ones.
#[derive(Debug, Default)]
struct MissingNames {
    users: HashMap<String, WaitingUser>,
    groups: HashMap<String, WaitingGroup>,
}

/// Where a user's name stands: in the lists of these groups, or in a setting.
#[derive(Debug, Default, Clone)]
struct WaitingUser {
    groups: Vec<GroupHandle>,
}

/// Where a group's name stands: in the lists of these groups, and in these grants.
#[derive(Debug, Default, Clone)]
struct WaitingGroup {
    groups: Vec<GroupHandle>,
    areas: Vec<AccessArea>,
    plugins: Vec<PluginKey>,
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
        let mut names = Self::default();
        for (handle, group) in directory.groups() {
            steps::add(1);
            for name in &group.missing_users {
                names.user(name).groups.push(handle);
            }
            for name in &group.missing_groups {
                names.group(name).groups.push(handle);
            }
        }
        for reference in directory.settings.references() {
            if let Some(Reference::Missing(name)) = reference {
                names.user(name);
            }
        }
        let grants = &directory.grants;
        for area in grants.areas() {
            if let Some(Grantee::Group(GroupReference::Missing(name))) = grants.area(&area) {
                names.group(name).areas.push(area);
            }
        }
        for grant in &grants.plugins {
            if let Grantee::Group(GroupReference::Missing(name)) = &grant.grantee {
                names.group(name).plugins.push(grant.plugin.clone());
            }
        }
        names
    }

    fn user(&mut self, name: &UserName) -> &mut WaitingUser {
        self.users.entry(folded_name(name.as_str())).or_default()
    }

    fn group(&mut self, name: &GroupName) -> &mut WaitingGroup {
        self.groups.entry(folded_name(name.as_str())).or_default()
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
                return UserName::from_stored(name);
            }
        }
    }

    fn default_group_name(&mut self) -> GroupName {
        loop {
            let name = format!("New group{}", self.naming.next_group);
            self.naming.next_group = self.naming.next_group.saturating_add(1);
            if self.directory.find_group(&name).is_none() {
                return GroupName::from_stored(name);
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
        let waiting = self.missing_names().users.get(&folded_name(text));
        let Some(WaitingUser { groups }) = waiting.cloned() else {
            return Ok(());
        };
        let waits = |name: &UserName| same_name(name.as_str(), text);
        for group in groups {
            steps::add(1);
            let Some(group) = self.group_ref(group) else {
                continue;
            };
            self.may_name(text, Act::EditMembership)?;
            if !self.take_missing_users_out(&group, waits).is_empty() {
                self.place_users(&group, vec![user.handle]);
            }
        }
        let found = |reference: &UserReference| match reference {
            Some(Reference::Missing(name)) => waits(name),
            None | Some(Reference::Known(_)) => false,
        };
        let settings = self.directory.settings.references();
        if settings.into_iter().any(found) {
            self.may_name(text, Act::EditSettings)?;
        }
        self.change_settings(|reference| {
            found(reference).then_some(Some(Reference::Known(user.handle)))
        });
        Ok(())
    }

    /// As [`Editor::adopt_user`], for a group; refused also if it would end up in itself.
    pub(super) fn adopt_group(&mut self, group: &GroupRef) -> Result<(), Refusal> {
        let text = group.name.as_str();
        let waiting = self.missing_names().groups.get(&folded_name(text));
        let Some(waiting) = waiting.cloned() else {
            return Ok(());
        };
        let waits = |name: &GroupName| same_name(name.as_str(), text);
        for container in waiting.groups {
            steps::add(1);
            let Some(container) = self.group_ref(container) else {
                continue;
            };
            self.may_name(text, Act::EditMembership)?;
            if !self.take_missing_groups_out(&container, waits).is_empty() {
                self.place_groups(&container, vec![group.handle])?;
            }
        }
        self.adopt_grants(group, &waiting.areas, &waiting.plugins)
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

#[cfg(test)]
mod tests {
    use crate::area::{AccessArea, SqlRight};
    use crate::builder::DirectoryBuilder;
    use crate::change::{AdministratorMembership, Change, Rules};
    use crate::grantee::Grantee;
    use crate::name::{GroupName, SchemaName, UserName};
    use crate::steps::assert_linear;

    fn name(number: usize) -> String {
        format!("n{number}")
    }

    #[test]
    fn many_names_that_were_waited_for_are_given_in_linear_time() {
        assert_linear(200, |size| {
            let mut builder = DirectoryBuilder::new();
            for number in 0..size {
                let group = builder.group(GroupName::from_stored(format!("group {number}")));
                let mut members = builder.members_of(group);
                members.user(&name(number));
                members.group(&name(number));
                let area = AccessArea::Sql {
                    schema: SchemaName::from_stored(name(number)),
                    right: SqlRight::Read,
                };
                builder.grant_area(&area, &Grantee::parse(&name(number)));
            }
            let mut directory = builder.finish();
            let users = (0..size).map(|number| Change::AddUser {
                name: Some(UserName::from_stored(name(number))),
                startup_method: None,
                groups: Vec::new(),
            });
            let groups = (0..size).map(|number| Change::AddGroup {
                name: Some(GroupName::from_stored(name(number))),
                administrator: AdministratorMembership::Outside,
            });
            let changes: Vec<Change> = users.chain(groups).collect();
            let applied = directory.apply(&changes, &Rules::default());
            // Added, out of the names without a meaning, in the list, and the grant.
            assert!(applied.is_ok_and(|applied| applied.events.len() == 7 * size));
        });
    }
}
