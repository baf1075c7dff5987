//! One thing in which two states of a directory differ: what an edit did, or what a comparison finds.

mod inverse;
mod naming;
mod sentence;

use crate::area::AccessArea;
use crate::change::WebSide;
use crate::grantee::Grantee;
use crate::name::{GroupName, MethodName, UserName};
use crate::plugin::PluginKey;
use crate::reference::Reference;

pub use naming::{ByHandle, ByName, GroupRef, Naming, Pointer, UserRef};
pub(crate) use naming::{Detail, HasKind, HasName};

/// One thing that happened to a directory, with handles and numbers.
///
/// Fine enough to follow the directory: whoever keeps something computed from it can apply event
/// after event. A change that changes nothing has no event. No event holds a password or a digest.
pub type Event = Delta<ByHandle>;

/// The grantee of a grant, in a [`Delta`].
pub type MentionedGrantee<N = ByName> = Grantee<Reference<<N as Naming>::Group, GroupName>>;

/// The user of a setting, in a [`Delta`].
pub type MentionedUser<N = ByName> = Option<Reference<<N as Naming>::User, UserName>>;

/// One thing in which a newer directory differs from an older one, or, as an [`Event`], one thing
/// that an edit did.
///
/// Whoever is in the newer directory goes by the name that it has there; who is only in the older
/// one goes by its name there. Every membership is a delta of its own, also those of users and
/// groups that are new or gone.
///
/// Its `Display` is one sentence for people, which shows no stored password. With the feature
/// `serde` it writes as an object with the kind in `kind`, users and groups by name, and of passwords
/// their kind only ([`PasswordKind::as_str`](crate::PasswordKind::as_str)); it is never read back.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(tag = "kind", rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Delta<N: Naming = ByName> {
    /// A user is new. As an event also a user who is back, with a password.
    UserAdded {
        /// The user.
        user: N::User,
        /// Its number; an event only.
        #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Detail::is_absent"))]
        id: N::UserId,
        /// Its stored password.
        #[cfg_attr(feature = "serde", serde(serialize_with = "naming::kind"))]
        password: N::Password,
        /// Its startup method.
        startup_method: Option<MethodName>,
    },
    /// A user is gone.
    UserRemoved {
        /// The user.
        user: N::User,
        /// The number that it had; an event only.
        #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Detail::is_absent"))]
        id: N::UserId,
        /// The password that it had.
        #[cfg_attr(feature = "serde", serde(serialize_with = "naming::kind"))]
        password: N::Password,
        /// The startup method that it had.
        startup_method: Option<MethodName>,
        /// How many users after it moved up by one number (decision D22); an event only.
        #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Detail::is_absent"))]
        shifted: N::Shift,
    },
    /// A user has another name. In a comparison: a built-in's alias, or a name that differs in case
    /// or in Unicode form only.
    UserRenamed {
        /// The user, by its former name.
        from: N::User,
        /// Its new name.
        to: UserName,
    },
    /// A user's stored password is another one, a first one, or gone.
    PasswordChanged {
        /// The user.
        user: N::User,
        /// The former password.
        #[cfg_attr(feature = "serde", serde(serialize_with = "naming::kind"))]
        before: N::Password,
        /// The new password.
        #[cfg_attr(feature = "serde", serde(serialize_with = "naming::kind"))]
        after: N::Password,
    },
    /// A user's startup method is another one, a first one, or gone.
    StartupMethodChanged {
        /// The user.
        user: N::User,
        /// The former method.
        before: Option<MethodName>,
        /// The new method.
        after: Option<MethodName>,
    },
    /// A group is new; deltas about its members follow.
    GroupAdded {
        /// The group.
        group: N::Group,
        /// Its number; an event only.
        #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Detail::is_absent"))]
        id: N::GroupId,
    },
    /// A group is gone. As an event: its addition was taken back (decision D21).
    GroupRemoved {
        /// The group.
        group: N::Group,
        /// The number that it had; an event only.
        #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Detail::is_absent"))]
        id: N::GroupId,
    },
    /// A group has another name.
    GroupRenamed {
        /// The group, by its former name.
        from: N::Group,
        /// Its new name.
        to: GroupName,
    },
    /// A user is now directly in a group.
    MemberUserAdded {
        /// The group.
        group: N::Group,
        /// The user.
        user: N::User,
    },
    /// A user is no longer directly in a group.
    MemberUserRemoved {
        /// The group.
        group: N::Group,
        /// The user.
        user: N::User,
    },
    /// A group is now directly in a group.
    MemberGroupAdded {
        /// The container.
        group: N::Group,
        /// The nested group.
        member: N::Group,
    },
    /// A group is no longer directly in a group.
    MemberGroupRemoved {
        /// The container.
        group: N::Group,
        /// The nested group.
        member: N::Group,
    },
    /// A group now lists a user name that no user has. As an event: a removal was taken back.
    MissingUserAdded {
        /// The group.
        group: N::Group,
        /// The name that no user has.
        name: UserName,
    },
    /// A group no longer lists a user name that no user had.
    MissingUserRemoved {
        /// The group.
        group: N::Group,
        /// The name that no user had.
        name: UserName,
    },
    /// A group now lists a group name that no group has. As an event: a removal was taken back.
    MissingGroupAdded {
        /// The group.
        group: N::Group,
        /// The name that no group has.
        name: GroupName,
    },
    /// A group no longer lists a group name that no group had.
    MissingGroupRemoved {
        /// The group.
        group: N::Group,
        /// The name that no group had.
        name: GroupName,
    },
    /// A plug-in has another grantee; one that a file does not name is open to everyone.
    PluginGranted {
        /// The plug-in.
        plugin: PluginKey,
        /// Who could use it.
        before: Grantee<Reference<N::Group, GroupName>>,
        /// Who can use it now.
        after: Grantee<Reference<N::Group, GroupName>>,
    },
    /// An access area has another grantee; one that a file does not name is open to everyone.
    AreaGranted {
        /// The area.
        area: AccessArea,
        /// Who had it.
        before: Grantee<Reference<N::Group, GroupName>>,
        /// Who has it now.
        after: Grantee<Reference<N::Group, GroupName>>,
    },
    /// The Default User is another one.
    DefaultUserChanged {
        /// Who it was.
        before: Option<Reference<N::User, UserName>>,
        /// Who it is now.
        after: Option<Reference<N::User, UserName>>,
    },
    /// A generic web user is another one.
    WebUserChanged {
        /// Which of the two.
        side: WebSide,
        /// Who it was.
        before: Option<Reference<N::User, UserName>>,
        /// Who it is now.
        after: Option<Reference<N::User, UserName>>,
    },
}

impl<N: Naming> Delta<N> {
    /// Returns the word for the kind, in kebab case, as in the written form.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::UserAdded { .. } => "user-added",
            Self::UserRemoved { .. } => "user-removed",
            Self::UserRenamed { .. } => "user-renamed",
            Self::PasswordChanged { .. } => "password-changed",
            Self::StartupMethodChanged { .. } => "startup-method-changed",
            Self::GroupAdded { .. } => "group-added",
            Self::GroupRemoved { .. } => "group-removed",
            Self::GroupRenamed { .. } => "group-renamed",
            Self::MemberUserAdded { .. } => "member-user-added",
            Self::MemberUserRemoved { .. } => "member-user-removed",
            Self::MemberGroupAdded { .. } => "member-group-added",
            Self::MemberGroupRemoved { .. } => "member-group-removed",
            Self::MissingUserAdded { .. } => "missing-user-added",
            Self::MissingUserRemoved { .. } => "missing-user-removed",
            Self::MissingGroupAdded { .. } => "missing-group-added",
            Self::MissingGroupRemoved { .. } => "missing-group-removed",
            Self::PluginGranted { .. } => "plugin-granted",
            Self::AreaGranted { .. } => "area-granted",
            Self::DefaultUserChanged { .. } => "default-user-changed",
            Self::WebUserChanged { .. } => "web-user-changed",
        }
    }
}

/// Where a delta is in a list: by kind, then by what it is about.
type Place<'a> = (u8, &'a str, &'a str, u8);

impl Delta {
    /// Returns what lists of deltas are sorted by; no two deltas of a comparison share it, except for
    /// those of exact twins.
    pub(crate) fn place(&self) -> Place<'_> {
        match self {
            Self::UserAdded { user, .. } => (0, user.as_str(), "", 0),
            Self::UserRemoved { user, .. } => (1, user.as_str(), "", 0),
            Self::UserRenamed { from, to } => (2, from.as_str(), to.as_str(), 0),
            Self::PasswordChanged { user, .. } => (3, user.as_str(), "", 0),
            Self::StartupMethodChanged { user, .. } => (4, user.as_str(), "", 0),
            Self::GroupAdded { group, .. } => (5, group.as_str(), "", 0),
            Self::GroupRemoved { group, .. } => (6, group.as_str(), "", 0),
            Self::GroupRenamed { from, to } => (7, from.as_str(), to.as_str(), 0),
            Self::MemberUserAdded { group, user } => (8, group.as_str(), user.as_str(), 0),
            Self::MemberGroupAdded { group, member } => (8, group.as_str(), member.as_str(), 1),
            Self::MemberUserRemoved { group, user } => (9, group.as_str(), user.as_str(), 0),
            Self::MemberGroupRemoved { group, member } => (9, group.as_str(), member.as_str(), 1),
            Self::MissingUserAdded { group, name } => (10, group.as_str(), name.as_str(), 0),
            Self::MissingGroupAdded { group, name } => (10, group.as_str(), name.as_str(), 1),
            Self::MissingUserRemoved { group, name } => (11, group.as_str(), name.as_str(), 0),
            Self::MissingGroupRemoved { group, name } => (11, group.as_str(), name.as_str(), 1),
            Self::AreaGranted { area, .. } => match area {
                AccessArea::Design => (12, "", "", 0),
                AccessArea::Http => (12, "", "", 1),
                AccessArea::Rest(side) => (13, "", "", *side as u8),
                AccessArea::Sql { schema, right } => (14, schema.as_str(), "", *right as u8),
            },
            Self::PluginGranted { plugin, .. } => (15, plugin.as_str(), "", 0),
            Self::DefaultUserChanged { .. } => (16, "", "", 0),
            Self::WebUserChanged { side, .. } => (17, "", "", *side as u8),
        }
    }
}
