//! What takes an event back, as an event.

use std::mem::swap;

use super::Event;

impl Event {
    /// Returns the event that takes this one back.
    ///
    /// Who follows a directory event by event goes through a [`Directory::revert`] by applying the
    /// inverses of the events of the reverted changes, last first. The inverse of an inverse is the
    /// event again, except for the shift that is said when a user is deleted.
    ///
    /// [`Directory::revert`]: crate::Directory::revert
    #[must_use]
    pub fn inverse(&self) -> Self {
        match self.clone() {
            Self::UserAdded {
                user,
                id,
                password,
                startup_method,
            } => Self::UserRemoved {
                user,
                id,
                password,
                startup_method,
                shifted: 0,
            },
            Self::UserRemoved {
                user,
                id,
                password,
                startup_method,
                ..
            } => Self::UserAdded {
                user,
                id,
                password,
                startup_method,
            },
            Self::GroupAdded { group, id } => Self::GroupRemoved { group, id },
            Self::GroupRemoved { group, id } => Self::GroupAdded { group, id },
            Self::MemberUserAdded { group, user } => Self::MemberUserRemoved { group, user },
            Self::MemberUserRemoved { group, user } => Self::MemberUserAdded { group, user },
            Self::MemberGroupAdded { group, member } => Self::MemberGroupRemoved { group, member },
            Self::MemberGroupRemoved { group, member } => Self::MemberGroupAdded { group, member },
            Self::MissingUserAdded { group, name } => Self::MissingUserRemoved { group, name },
            Self::MissingUserRemoved { group, name } => Self::MissingUserAdded { group, name },
            Self::MissingGroupAdded { group, name } => Self::MissingGroupRemoved { group, name },
            Self::MissingGroupRemoved { group, name } => Self::MissingGroupAdded { group, name },
            Self::UserRenamed { mut from, mut to } => {
                swap(&mut from.name, &mut to);
                Self::UserRenamed { from, to }
            }
            Self::GroupRenamed { mut from, mut to } => {
                swap(&mut from.name, &mut to);
                Self::GroupRenamed { from, to }
            }
            Self::PasswordChanged {
                user,
                before: after,
                after: before,
            } => Self::PasswordChanged {
                user,
                before,
                after,
            },
            Self::StartupMethodChanged {
                user,
                before: after,
                after: before,
            } => Self::StartupMethodChanged {
                user,
                before,
                after,
            },
            Self::PluginGranted {
                plugin,
                before: after,
                after: before,
            } => Self::PluginGranted {
                plugin,
                before,
                after,
            },
            Self::AreaGranted {
                area,
                before: after,
                after: before,
            } => Self::AreaGranted {
                area,
                before,
                after,
            },
            Self::DefaultUserChanged {
                before: after,
                after: before,
            } => Self::DefaultUserChanged { before, after },
            Self::WebUserChanged {
                side,
                before: after,
                after: before,
            } => Self::WebUserChanged {
                side,
                before,
                after,
            },
        }
    }
}
