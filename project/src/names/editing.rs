//! The names that an edit needs, and the change that gives an access.
//!
//! An edit goes by name, because handles and numbers mean nothing in a file. So a handle becomes a
//! name only where that name means the same user or group again.

use std::borrow::Cow;

use guichet_core::{Change, Grantee, Group, GroupHandle, GroupName, UserHandle, UserName};
use guichet_policy::Access;

use super::{NameKind, Names, NotGrantable, WordError};

/// A member of a group, by name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Member {
    /// A user.
    User(UserName),
    /// A nested group.
    Group(GroupName),
}

impl Names<'_> {
    /// Returns the name by which an edit means a user.
    ///
    /// # Errors
    ///
    /// [`WordError::SameName`] where the name means another user, who comes first in the file.
    pub fn user_for_edit(&self, user: UserHandle) -> Result<UserName, WordError> {
        let name = self.directory.user(user).map(|user| user.name().clone());
        let name = name.unwrap_or_else(|| UserName::from_stored(""));
        if self.directory.find_user(name.as_str()) == Some(user) {
            Ok(name)
        } else {
            Err(same_name(name.as_str()))
        }
    }

    /// Returns the name by which an edit means a group.
    ///
    /// # Errors
    ///
    /// [`WordError::SameName`] where the name means another group, which comes first in the file.
    pub fn group_for_edit(&self, group: GroupHandle) -> Result<GroupName, WordError> {
        let name = (self.directory.group(group)).map(|group| group.name().clone());
        let name = name.unwrap_or_else(|| GroupName::from_stored(""));
        if self.directory.find_group(name.as_str()) == Some(group) {
            Ok(name)
        } else {
            Err(same_name(name.as_str()))
        }
    }

    /// Finds a user and returns the name by which an edit means that user.
    ///
    /// # Errors
    ///
    /// As [`user`](Self::user) and [`user_for_edit`](Self::user_for_edit).
    pub fn user_name(&self, word: &str) -> Result<UserName, WordError> {
        self.user_for_edit(self.user(word)?)
    }

    /// Finds a group and returns the name by which an edit means that group.
    ///
    /// # Errors
    ///
    /// As [`group`](Self::group) and [`group_for_edit`](Self::group_for_edit).
    pub fn group_name(&self, word: &str) -> Result<GroupName, WordError> {
        self.group_for_edit(self.group(word)?)
    }

    /// Finds the group whose members a command is to change; the group comes first, then the members.
    ///
    /// # Errors
    ///
    /// As [`group_name`](Self::group_name); where a user is in the place of the group, the command
    /// in the right order is suggested.
    pub fn group_of_members(
        &self,
        word: &str,
        members: &[String],
        command: &str,
    ) -> Result<GroupName, WordError> {
        self.group_name(word).map_err(|mut error| {
            if let WordError::Unknown { instead, near, .. } = &mut error
                && *instead == Some(NameKind::User)
            {
                let mut groups = members
                    .iter()
                    .filter(|word| self.find_group(word).is_some());
                let group = groups.next().map_or("GROUP".into(), |word| quoted(word));
                *near = vec![format!("{command} {group} {}", quoted(word))];
            }
            error
        })
    }

    /// Finds a user or a group to place in a group.
    ///
    /// # Errors
    ///
    /// [`WordError::Unknown`]; [`WordError::Ambiguous`] where a user and a group have the name.
    pub fn member(&self, word: &str) -> Result<Member, WordError> {
        self.member_if_any(word)?
            .ok_or_else(|| self.unknown(NameKind::Member, word))
    }

    /// Finds a member that is to leave a group; also a name in the group's lists that nobody has.
    ///
    /// # Errors
    ///
    /// As [`member`](Self::member).
    pub fn leaver(&self, group: &GroupName, word: &str) -> Result<Member, WordError> {
        if let Some(member) = self.member_if_any(word)? {
            return Ok(member);
        }
        match (
            self.missing_user(group, word),
            self.missing_group(group, word),
        ) {
            (Some(_), Some(_)) => Err(user_or_group(word)),
            (Some(user), None) => Ok(Member::User(user)),
            (None, Some(group)) => Ok(Member::Group(group)),
            (None, None) => Err(self.unknown(NameKind::Member, word)),
        }
    }

    /// Finds a name in a group's list of users that no user has (decision D11).
    pub fn missing_user(&self, group: &GroupName, word: &str) -> Option<UserName> {
        let mut missing = self.group_called(group)?.missing_users().iter();
        missing.find(|name| name.as_str() == word).cloned()
    }

    /// Finds a name in a group's list of groups that no group has (decision D11).
    pub fn missing_group(&self, group: &GroupName, word: &str) -> Option<GroupName> {
        let mut missing = self.group_called(group)?.missing_groups().iter();
        missing.find(|name| name.as_str() == word).cloned()
    }

    /// Returns the change that gives an access to somebody.
    ///
    /// ```no_run
    /// use guichet::Project;
    /// use guichet::core::Grantee;
    ///
    /// let view = Project::open("/srv/shop")?.current();
    /// let names = view.names();
    /// let devs = Grantee::Group(names.group_name("Devs")?);
    /// let change = names.grant(&names.access("design")?, devs)?;
    /// # Ok::<(), guichet::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`WordError::NotGrantable`] for membership in a group, and for administration.
    pub fn grant(&self, access: &Access, grantee: Grantee) -> Result<Change, WordError> {
        if let Access::Plugin(plugin) = access {
            let plugin = plugin.clone();
            return Ok(Change::GrantPlugin { plugin, grantee });
        }
        if let Some(area) = access.area(self.mode) {
            return Ok(Change::GrantArea { area, grantee });
        }
        Err(WordError::NotGrantable {
            access: access.describe(self.directory).to_string(),
            reason: match access {
                Access::Group(_) => NotGrantable::Membership,
                _ => NotGrantable::Power,
            },
        })
    }

    fn member_if_any(&self, word: &str) -> Result<Option<Member>, WordError> {
        match (self.find_user(word), self.find_group(word)) {
            (Some(_), Some(_)) => Err(user_or_group(word)),
            (Some(user), None) => Ok(Some(Member::User(self.user_for_edit(user)?))),
            (None, Some(group)) => Ok(Some(Member::Group(self.group_for_edit(group)?))),
            (None, None) => Ok(None),
        }
    }

    fn group_called(&self, name: &GroupName) -> Option<&Group> {
        self.directory
            .group(self.directory.find_group(name.as_str())?)
    }
}

/// Writes a name as a shell reads it.
fn quoted(name: &str) -> Cow<'_, str> {
    if name.contains(|letter: char| !letter.is_alphanumeric()) {
        Cow::Owned(format!("\"{name}\""))
    } else {
        Cow::Borrowed(name)
    }
}

fn user_or_group(word: &str) -> WordError {
    WordError::Ambiguous {
        word: word.to_owned(),
        kinds: vec![NameKind::User, NameKind::Group],
    }
}

fn same_name(name: &str) -> WordError {
    WordError::SameName {
        name: name.to_owned(),
    }
}
