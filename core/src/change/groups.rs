//! Changes of groups as such.

use crate::delta::{Event, GroupRef};
use crate::directory::Directory;
use crate::id::{GroupHandle, GroupId};
use crate::limits;
use crate::name::GroupName;

use super::editor::Editor;
use super::kind::AdministratorMembership;
use super::refusal::Refusal;

impl Editor<'_> {
    pub(super) fn add_group(
        &mut self,
        name: Option<&GroupName>,
        administrator: AdministratorMembership,
    ) -> Result<(), Refusal> {
        let group = self.create_group(name)?;
        if administrator == AdministratorMembership::Member {
            self.place_users(&group, vec![Directory::ADMINISTRATOR]);
        }
        self.adopt_group(&group)
    }

    pub(super) fn duplicate_group(
        &mut self,
        original: &GroupName,
        name: Option<&GroupName>,
    ) -> Result<(), Refusal> {
        let original = self.group_named(original)?;
        let copy = self.create_group(name)?;
        self.put_right(original.handle);
        let members = self.directory.group(original.handle).cloned();
        if let Some(members) = members {
            self.place_users(&copy, members.users);
            self.place_groups(&copy, members.groups)?;
        }
        self.adopt_group(&copy)
    }

    pub(super) fn change_group_name(
        &mut self,
        group: &GroupName,
        name: &GroupName,
    ) -> Result<(), Refusal> {
        let before = self.group_named(group)?;
        if before.name == *name {
            return Ok(());
        }
        name.check_new()?;
        self.group_name_is_free(name, Some(before.handle))?;
        let handle = before.handle;
        self.rename_group(handle, name.clone());
        self.naming.name_freed();
        self.report(Event::GroupRenamed {
            from: before,
            to: name.clone(),
        });
        self.adopt_group(&GroupRef {
            handle,
            name: name.clone(),
        })
    }

    fn create_group(&mut self, name: Option<&GroupName>) -> Result<GroupRef, Refusal> {
        if self.directory.group_count() >= limits::GROUPS {
            return Err(Refusal::TooManyGroups);
        }
        let name = self.new_group_name(name)?;
        let handle = self.push_group(name.clone());
        let group = GroupRef { handle, name };
        let id = self.group_id_of(handle);
        self.report(Event::GroupAdded {
            group: group.clone(),
            id,
        });
        Ok(group)
    }

    fn group_id_of(&self, group: GroupHandle) -> GroupId {
        let last = u32::try_from(self.directory.group_count()).unwrap_or(u32::MAX);
        let fallback = GroupId::from_position(last.saturating_sub(1));
        self.directory.group_id(group).unwrap_or(fallback)
    }
}
