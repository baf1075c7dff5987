//! One thing that two directories do not agree on.

use crate::area::AccessArea;
use crate::change::WebSide;
use crate::credential::Credential;
use crate::grantee::Grantee;
use crate::name::{GroupName, MethodName, UserName};
use crate::plugin::PluginKey;
use crate::reference::Reference;

/// Who is granted an access, in a [`Delta`].
pub type MentionedGrantee = Grantee<Reference<GroupName>>;

/// The user of a setting, in a [`Delta`].
pub type MentionedUser = Option<Reference<UserName>>;

/// One thing in which a newer directory differs from an older one.
///
/// Whoever is in the newer directory goes by the name that it has there; who is only in the older
/// one goes by its name there. Every membership is a delta of its own, also those of users and
/// groups that are new or gone.
///
/// Its `Display` is one sentence for people, which shows no stored password. With the feature
/// `serde` it writes as an object with the kind in `kind` and of passwords their kind only
/// ([`PasswordKind::as_str`](crate::PasswordKind::as_str)); it is never read back.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(tag = "kind", rename_all = "kebab-case"))]
#[non_exhaustive]
#[expect(missing_docs, reason = "the fields are said with their variant")]
pub enum Delta {
    /// Only the newer directory has the user, with this password and startup method.
    UserAdded {
        user: UserName,
        #[cfg_attr(feature = "serde", serde(serialize_with = "password_kind"))]
        password: Option<Credential>,
        startup_method: Option<MethodName>,
    },
    /// Only the older directory has the user, with this password and startup method.
    UserRemoved {
        user: UserName,
        #[cfg_attr(feature = "serde", serde(serialize_with = "password_kind"))]
        password: Option<Credential>,
        startup_method: Option<MethodName>,
    },
    /// A user has another name: a built-in's alias, or a name that differs in case or in Unicode
    /// form only.
    UserRenamed { from: UserName, to: UserName },
    /// A user's stored password is another one, a first one, or gone.
    PasswordChanged {
        user: UserName,
        #[cfg_attr(feature = "serde", serde(serialize_with = "password_kind"))]
        before: Option<Credential>,
        #[cfg_attr(feature = "serde", serde(serialize_with = "password_kind"))]
        after: Option<Credential>,
    },
    /// A user's startup method is another one, a first one, or gone.
    StartupMethodChanged {
        user: UserName,
        before: Option<MethodName>,
        after: Option<MethodName>,
    },
    /// Only the newer directory has the group.
    GroupAdded { group: GroupName },
    /// Only the older directory has the group.
    GroupRemoved { group: GroupName },
    /// A group has another name.
    GroupRenamed { from: GroupName, to: GroupName },
    /// A user is placed directly in a group, and was not.
    MemberUserAdded { group: GroupName, user: UserName },
    /// A user was placed directly in a group, and is not.
    MemberUserRemoved { group: GroupName, user: UserName },
    /// A group is placed directly in a group, and was not.
    MemberGroupAdded { group: GroupName, member: GroupName },
    /// A group was placed directly in a group, and is not.
    MemberGroupRemoved { group: GroupName, member: GroupName },
    /// A group lists a user name that nobody has, and did not.
    MissingUserAdded { group: GroupName, name: UserName },
    /// A group listed a user name that nobody had, and does not.
    MissingUserRemoved { group: GroupName, name: UserName },
    /// A group lists a group name that no group has, and did not.
    MissingGroupAdded { group: GroupName, name: GroupName },
    /// A group listed a group name that no group had, and does not.
    MissingGroupRemoved { group: GroupName, name: GroupName },
    /// A plug-in has another grantee; one that a file does not name is open to everyone.
    PluginGranted {
        plugin: PluginKey,
        before: MentionedGrantee,
        after: MentionedGrantee,
    },
    /// An access area has another grantee; what a file does not name is open to everyone.
    AreaGranted {
        area: AccessArea,
        before: MentionedGrantee,
        after: MentionedGrantee,
    },
    /// The Default User is another one.
    DefaultUserChanged {
        before: MentionedUser,
        after: MentionedUser,
    },
    /// A generic web user is another one.
    WebUserChanged {
        side: WebSide,
        before: MentionedUser,
        after: MentionedUser,
    },
}

/// Where a delta stands in a list: by kind, then by what it is about.
type Place<'a> = (u8, &'a str, &'a str, u8);

impl Delta {
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

    /// Returns what lists of deltas are sorted by; no two deltas of a comparison share it, except for
    /// those of exact twins.
    pub(crate) fn place(&self) -> Place<'_> {
        match self {
            Self::UserAdded { user, .. } => (0, user.as_str(), "", 0),
            Self::UserRemoved { user, .. } => (1, user.as_str(), "", 0),
            Self::UserRenamed { from, to } => (2, from.as_str(), to.as_str(), 0),
            Self::PasswordChanged { user, .. } => (3, user.as_str(), "", 0),
            Self::StartupMethodChanged { user, .. } => (4, user.as_str(), "", 0),
            Self::GroupAdded { group } => (5, group.as_str(), "", 0),
            Self::GroupRemoved { group } => (6, group.as_str(), "", 0),
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

/// A stored password in a written delta: its kind only.
#[cfg(feature = "serde")]
#[expect(
    clippy::ref_option,
    reason = "serde hands over a reference to the field"
)]
fn password_kind<S: serde::Serializer>(
    password: &Option<Credential>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let kind = password
        .as_ref()
        .map_or("none", |stored| stored.kind().as_str());
    serializer.serialize_str(kind)
}
