//! What happened: the events of an applied change.

use crate::area::AccessArea;
use crate::change::WebSide;
use crate::credential::PasswordKind;
use crate::grantee::Grantee;
use crate::id::{GroupHandle, GroupId, UserHandle, UserId};
use crate::name::{GroupName, MethodName, UserName};
use crate::plugin::PluginKey;
use crate::reference::Reference;

/// A user in an event: its handle, and its name at that moment.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct UserRef {
    /// Points at the user in the directory.
    pub handle: UserHandle,
    /// What the user was called when the event happened.
    pub name: UserName,
}

/// A group in an event: its handle, and its name at that moment.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct GroupRef {
    /// Points at the group in the directory.
    pub handle: GroupHandle,
    /// What the group was called when the event happened.
    pub name: GroupName,
}

/// The grantee of a grant in an event.
pub type NamedGrantee = Grantee<Reference<GroupRef, GroupName>>;

/// The user of a setting in an event.
pub type NamedUser = Option<Reference<UserRef, UserName>>;

/// One thing that happened to a directory.
///
/// Fine enough to follow the directory: whoever keeps something computed from it can apply event
/// after event. A change that changes nothing has no event. No event holds a password or a digest.
///
/// Its `Display` is one sentence for people. With the feature `serde` it writes as an object with
/// the kind in `event` and users and groups by name; it is never read back.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(tag = "event", rename_all = "kebab-case"))]
#[non_exhaustive]
#[expect(missing_docs, reason = "the fields are said with their variant")]
pub enum Event {
    /// A user is new, with this number; a reversal also brings back one that had a password.
    UserAdded {
        user: UserRef,
        id: UserId,
        password: PasswordKind,
        startup_method: Option<MethodName>,
    },
    /// A user is gone; it had this number, and this many users after it moved up by
    /// one number (decision D22).
    UserRemoved {
        user: UserRef,
        id: UserId,
        password: PasswordKind,
        startup_method: Option<MethodName>,
        shifted: u32,
    },
    /// A user has another name.
    UserRenamed {
        #[cfg_attr(feature = "serde", serde(skip))]
        user: UserHandle,
        from: UserName,
        to: UserName,
    },
    /// A user's stored password is another one, a first one, or gone: only the kinds are said.
    PasswordChanged {
        user: UserRef,
        before: PasswordKind,
        after: PasswordKind,
    },
    /// A user's startup method is another one, a first one, or gone.
    StartupMethodChanged {
        user: UserRef,
        before: Option<MethodName>,
        after: Option<MethodName>,
    },
    /// A group is new, with this number and empty; events about its members follow.
    GroupAdded { group: GroupRef, id: GroupId },
    /// A group is gone: only by taking back its addition (decision D21).
    GroupRemoved { group: GroupRef, id: GroupId },
    /// A group has another name.
    GroupRenamed {
        #[cfg_attr(feature = "serde", serde(skip))]
        group: GroupHandle,
        from: GroupName,
        to: GroupName,
    },
    /// A user was placed in a group.
    MemberUserAdded { group: GroupRef, user: UserRef },
    /// A user was removed from a group.
    MemberUserRemoved { group: GroupRef, user: UserRef },
    /// A group was placed in a group.
    MemberGroupAdded { group: GroupRef, member: GroupRef },
    /// A group was removed from a group.
    MemberGroupRemoved { group: GroupRef, member: GroupRef },
    /// A user name without a meaning is in a group's list again: only by taking back its removal.
    MissingUserAdded { group: GroupRef, name: UserName },
    /// A user name without a meaning left a group's list.
    MissingUserRemoved { group: GroupRef, name: UserName },
    /// A group name without a meaning is in a group's list again: only by taking back its removal.
    MissingGroupAdded { group: GroupRef, name: GroupName },
    /// A group name without a meaning left a group's list.
    MissingGroupRemoved { group: GroupRef, name: GroupName },
    /// A plug-in has another grantee.
    PluginGranted {
        plugin: PluginKey,
        before: NamedGrantee,
        after: NamedGrantee,
    },
    /// An access area has another grantee.
    AreaGranted {
        area: AccessArea,
        before: NamedGrantee,
        after: NamedGrantee,
    },
    /// The Default User is another one.
    DefaultUserChanged { before: NamedUser, after: NamedUser },
    /// A generic web user is another one.
    WebUserChanged {
        side: WebSide,
        before: NamedUser,
        after: NamedUser,
    },
}
