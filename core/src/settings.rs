//! The user-valued settings of a directory: default user and generic web users.

use crate::change::WebSide;
use crate::id::UserHandle;
use crate::name::UserName;
use crate::reference::Reference;

/// A user as a stored setting points at it; none is `""` in the file, and a name that no user has means
/// none.
pub type UserReference = Option<Reference<UserHandle, UserName>>;

/// The settings that name a user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    pub(crate) default: UserReference,
    pub(crate) local_web: UserReference,
    pub(crate) remote_web: UserReference,
}

impl Settings {
    /// Returns the Default User: whoever connects has its rights without giving a name
    /// (`remoteDefaultUser`; absent = none, decision D12).
    pub const fn default_user(&self) -> &UserReference {
        &self.default
    }

    /// Returns the generic web user of one side.
    pub const fn web_user(&self, side: WebSide) -> &UserReference {
        match side {
            WebSide::Local => &self.local_web,
            WebSide::Remote => &self.remote_web,
        }
    }

    /// Returns the Default User and the two generic web users.
    pub const fn references(&self) -> [&UserReference; 3] {
        [&self.default, &self.local_web, &self.remote_web]
    }

    /// Returns the generic web user of 4D and 4D Server (`localGenericWebUser`; absent = the
    /// Designer, decision D12).
    pub const fn local_web_user(&self) -> &UserReference {
        &self.local_web
    }

    /// Returns the generic web user of a remote 4D (`remoteGenericWebUser`; absent = the Designer).
    pub const fn remote_web_user(&self) -> &UserReference {
        &self.remote_web
    }
}
