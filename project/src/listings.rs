//! What a directory lists beside its users, groups and plug-ins: the members of a group, who has each
//! access, and the settings that name a user.

use std::collections::HashSet;
use std::fmt;

use guichet_core::{Grantee, Group, GroupHandle, Reference, UserHandle, UserKind, UserReference};
use guichet_policy::Access;

use crate::names::WordError;
use crate::view::View;

/// A user or a group that is in a group.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct MemberRecord {
    /// The name.
    pub name: String,
    /// What it is.
    pub kind: MemberKind,
    /// Whether it is placed in the group itself, and not only in a nested group.
    pub direct: bool,
}

/// What a member of a group is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub enum MemberKind {
    /// The Designer.
    Designer,
    /// The Administrator.
    Administrator,
    /// Another user.
    User,
    /// A group.
    Group,
}

impl MemberKind {
    /// Returns the word that people and programs read: that of the user's kind, or `group`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Designer => UserKind::Designer.as_str(),
            Self::Administrator => UserKind::Administrator.as_str(),
            Self::User => UserKind::User.as_str(),
            Self::Group => "group",
        }
    }
}

impl From<UserKind> for MemberKind {
    fn from(kind: UserKind) -> Self {
        match kind {
            UserKind::Designer => Self::Designer,
            UserKind::Administrator => Self::Administrator,
            UserKind::User => Self::User,
        }
    }
}

/// An access and who has it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct AccessRecord {
    /// The access.
    pub access: String,
    /// Who has it: `everyone`, `nobody` or `group`.
    pub grantee: &'static str,
    /// The group.
    pub group: Option<String>,
    /// Who has it, by name.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub granted_to: Grantee,
}

/// The settings that name a user; `None` where they name none.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct SettingsRecord {
    /// The Default User.
    pub default_user: Option<SettingRecord>,
    /// The generic web user of 4D and 4D Server.
    pub local_web_user: Option<SettingRecord>,
    /// The generic web user of a remote 4D.
    pub remote_web_user: Option<SettingRecord>,
}

/// The user that a setting names.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct SettingRecord {
    /// The name.
    pub name: String,
    /// Whether there is such a user; if not, 4D takes the setting for empty.
    pub exists: bool,
}

/// The name, with a remark where nobody has it.
impl fmt::Display for SettingRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let remark = if self.exists { "" } else { " (no such user)" };
        write!(f, "{}{remark}", self.name)
    }
}

impl View {
    /// Lists who is in a group, directly or through nested groups: users, then groups; linear in what
    /// it lists and in the members of the group.
    ///
    /// ```
    /// use guichet::{MemberKind, Project};
    ///
    /// let view = Project::open("../examples/accounting")?.current();
    /// let members = view.list_members(view.group("Finance")?);
    /// let ann = members.iter().find(|member| member.name == "Ann Lee");
    /// assert_eq!(ann.map(|ann| (ann.kind, ann.direct)), Some((MemberKind::User, false)));
    /// # Ok::<(), guichet::Error>(())
    /// ```
    pub fn list_members(&self, group: GroupHandle) -> Vec<MemberRecord> {
        let closure = self.policy().closure();
        let found = self.directory().group(group);
        let users = found.map(Group::users).unwrap_or_default();
        let users: HashSet<&UserHandle> = users.iter().collect();
        let groups = found.map(Group::groups).unwrap_or_default();
        let groups: HashSet<&GroupHandle> = groups.iter().collect();
        let all_users = closure.users_of_group(group).into_iter().map(|user| {
            let person = self.person(user);
            MemberRecord {
                name: person.name,
                kind: person.kind.into(),
                direct: users.contains(&user),
            }
        });
        let nested = closure.nested_groups(group).into_iter();
        let nested = nested.map(|group| MemberRecord {
            name: self.name_of_group(group).to_owned(),
            kind: MemberKind::Group,
            direct: groups.contains(&group),
        });
        all_users.chain(nested).collect()
    }

    /// Lists the access areas with who has each: [`areas`](Self::areas), in names.
    pub fn list_areas(&self) -> Vec<AccessRecord> {
        let areas = self.areas().into_iter();
        let records = areas.map(|(access, grantee)| self.access_record(&access, grantee));
        records.collect()
    }

    /// Shows who has an access area or a plug-in.
    ///
    /// # Errors
    ///
    /// [`WordError::NotGrantable`] for membership in a group, and for administration.
    pub fn show_access(&self, access: &Access) -> Result<AccessRecord, WordError> {
        // What cannot be given is given to nobody in particular.
        self.names().grant(access, Grantee::Nobody)?;
        let (directory, grants) = (self.directory(), self.directory().grants());
        let stored = match access {
            Access::Plugin(plugin) => Some(grants.plugin(plugin)),
            _ => (access.area(self.mode())).and_then(|area| grants.area(&area)),
        };
        let grantee = stored.map_or(Grantee::Everyone, |stored| {
            directory.grantee_by_name(stored)
        });
        Ok(self.access_record(access, grantee))
    }

    /// Shows the settings that name a user.
    pub fn show_settings(&self) -> SettingsRecord {
        let settings = self.directory().settings();
        SettingsRecord {
            default_user: self.setting(settings.default_user()),
            local_web_user: self.setting(settings.local_web_user()),
            remote_web_user: self.setting(settings.remote_web_user()),
        }
    }

    fn access_record(&self, access: &Access, granted_to: Grantee) -> AccessRecord {
        AccessRecord {
            access: access.describe(self.directory()).to_string(),
            grantee: granted_to.kind(),
            group: granted_to.group().map(ToString::to_string),
            granted_to,
        }
    }

    fn setting(&self, user: &UserReference) -> Option<SettingRecord> {
        Some(match user.as_ref()? {
            Reference::Known(user) => SettingRecord {
                name: self.name_of_user(*user).to_owned(),
                exists: true,
            },
            Reference::Missing(name) => SettingRecord {
                name: name.to_string(),
                exists: false,
            },
        })
    }
}
