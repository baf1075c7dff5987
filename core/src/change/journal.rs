//! What was done to a directory, step by step, so that it can be undone backwards.

use crate::area::AccessArea;
use crate::directory::Directory;
use crate::grantee::StoredGrantee;
use crate::group::Group;
use crate::id::{GroupHandle, UserHandle};
use crate::name::{GroupName, UserName};
use crate::plugin::PluginKey;
use crate::settings::Settings;
use crate::user::User;

use super::splice::{put_back, remove_places};

/// One primitive mutation, with what it takes to undo it.
#[derive(Debug)]
pub(super) enum Step {
    /// A user was added at the end, in a new slot.
    UserPushed { slot: u32 },
    /// A group was added at the end, in a new slot.
    GroupPushed { slot: u32 },
    /// A user was taken out of its slot.
    UserRemoved { slot: u32, user: User },
    /// A user was replaced.
    UserReplaced { slot: u32, before: User },
    /// A group got another name.
    GroupRenamed { slot: u32, before: GroupName },
    /// Users were inserted in a group's list, at these places.
    UsersInserted {
        group: GroupHandle,
        places: Vec<usize>,
    },
    /// Users were taken out of a group's list, from these places.
    UsersTaken {
        group: GroupHandle,
        taken: Vec<(usize, UserHandle)>,
    },
    /// Groups were inserted in a group's list, at these places.
    GroupsInserted {
        group: GroupHandle,
        places: Vec<usize>,
    },
    /// Groups were taken out of a group's list, from these places.
    GroupsTaken {
        group: GroupHandle,
        taken: Vec<(usize, GroupHandle)>,
    },
    /// User names without a meaning were taken out of a group's list.
    MissingUsersTaken {
        group: GroupHandle,
        taken: Vec<(usize, UserName)>,
    },
    /// Group names without a meaning were taken out of a group's list.
    MissingGroupsTaken {
        group: GroupHandle,
        taken: Vec<(usize, GroupName)>,
    },
    /// An area got another grantee.
    AreaSet {
        area: AccessArea,
        before: StoredGrantee,
    },
    /// A plug-in got another grantee; before, it may have had no grant of its own.
    PluginSet {
        plugin: PluginKey,
        before: Option<StoredGrantee>,
    },
    /// The settings were replaced.
    SettingsSet { before: Settings },
}

/// What becomes of the handles that were given out since.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Handles {
    /// Nobody heard of them: they may be given out again.
    Unknown,
    /// Somebody may have kept one, so that nobody else gets it.
    Known,
}

impl Step {
    /// Undoes the step in the directory as it was right after it.
    pub(super) fn undo(self, directory: &mut Directory, handles: Handles) {
        match (self, handles) {
            (Self::UserPushed { .. }, Handles::Unknown) => directory.users.pop(),
            (Self::UserPushed { slot }, Handles::Known) => drop(directory.users.remove(slot)),
            (Self::GroupPushed { .. }, Handles::Unknown) => directory.groups.pop(),
            (Self::GroupPushed { slot }, Handles::Known) => drop(directory.groups.remove(slot)),
            (step, _) => step.undo_in_place(directory),
        }
    }

    /// Undoes what gave no handle out.
    fn undo_in_place(self, directory: &mut Directory) {
        match self {
            Self::UserPushed { .. } | Self::GroupPushed { .. } => {}
            Self::UserRemoved { slot, user } => directory.users.restore(slot, user),
            Self::UserReplaced { slot, before } => {
                directory.users.replace(slot, before);
            }
            Self::GroupRenamed { slot, before } => {
                directory.groups.update(slot, |group| group.name = before);
            }
            Self::UsersInserted { group, places } => {
                with(directory, group, |group| {
                    remove_places(&mut group.users, &places);
                });
            }
            Self::UsersTaken { group, taken } => {
                with(directory, group, |group| put_back(&mut group.users, taken));
            }
            Self::GroupsInserted { group, places } => {
                with(directory, group, |group| {
                    remove_places(&mut group.groups, &places);
                });
            }
            Self::GroupsTaken { group, taken } => {
                with(directory, group, |group| put_back(&mut group.groups, taken));
            }
            Self::MissingUsersTaken { group, taken } => {
                with(directory, group, |group| {
                    put_back(&mut group.missing_users, taken);
                });
            }
            Self::MissingGroupsTaken { group, taken } => {
                with(directory, group, |group| {
                    put_back(&mut group.missing_groups, taken);
                });
            }
            Self::AreaSet { area, before } => directory.grants.set_area(&area, before),
            Self::PluginSet { plugin, before } => match before {
                Some(grantee) => directory.grants.set_plugin(&plugin, grantee),
                None => directory.grants.remove_last_plugin(),
            },
            Self::SettingsSet { before } => directory.settings = before,
        }
    }
}

fn with(directory: &mut Directory, group: GroupHandle, edit: impl FnOnce(&mut Group)) {
    if let Some(group) = directory.groups.get_mut_keeping_name(group.slot()) {
        edit(group);
    }
}
