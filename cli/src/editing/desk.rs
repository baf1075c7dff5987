//! The words of an edit, looked up in the directory that is edited.

use guichet::core::{
    Change, Directory, Grantee, Group, GroupHandle, GroupName, Mode, PluginKey, UserHandle,
    UserName,
};
use guichet::licensing::PluginCatalogue;
use guichet::policy::Access;

use crate::error::{CliError, Result};
use crate::suggest::nearest;
use crate::words;

/// What words are looked up in.
#[derive(Debug)]
pub(crate) struct Desk<'a> {
    directory: &'a Directory,
    catalogue: &'a PluginCatalogue,
    mode: Mode,
}

/// A member of a group as the command line names it.
#[derive(Debug, Clone)]
pub(crate) enum Member {
    /// A user.
    User(UserName),
    /// A group.
    Group(GroupName),
}

/// Who gets an access: exactly one of these.
#[derive(Debug, Clone, clap::Args)]
#[group(required = true, multiple = false)]
pub(crate) struct GranteeArgs {
    /// The group that gets it, by name or as `#15001`
    group: Option<String>,
    /// Everyone gets it
    #[arg(long)]
    everyone: bool,
    /// Nobody gets it
    #[arg(long)]
    nobody: bool,
}

impl GranteeArgs {
    /// Returns who gets it.
    ///
    /// # Errors
    ///
    /// As [`Desk::group`].
    pub(crate) fn of(&self, desk: &Desk<'_>) -> Result<Grantee> {
        Ok(match &self.group {
            Some(group) => Grantee::Group(desk.group(group)?),
            None if self.everyone => Grantee::Everyone,
            None => Grantee::Nobody,
        })
    }
}

impl<'a> Desk<'a> {
    /// Takes the directory and what can be given in it.
    pub(crate) const fn new(
        directory: &'a Directory,
        catalogue: &'a PluginCatalogue,
        mode: Mode,
    ) -> Self {
        Self {
            directory,
            catalogue,
            mode,
        }
    }

    /// Finds a user by name or number.
    ///
    /// # Errors
    ///
    /// `unknown-user`; `ambiguous-name` where the number is that of a user whom an edit would not
    /// find, because another one has exactly the same name.
    pub(crate) fn user(&self, word: &str) -> Result<UserName> {
        let user = words::user(self.directory, word)?;
        self.name_of_user(user)
    }

    /// Finds a group by name or number.
    ///
    /// # Errors
    ///
    /// `unknown-group`, `ambiguous-name`.
    pub(crate) fn group(&self, word: &str) -> Result<GroupName> {
        let group = words::group(self.directory, word)?;
        self.name_of_group(group)
    }

    /// Finds several groups.
    ///
    /// # Errors
    ///
    /// As [`group`](Self::group).
    pub(crate) fn groups(&self, words: &[String]) -> Result<Vec<GroupName>> {
        words.iter().map(|word| self.group(word)).collect()
    }

    /// Finds a user or a group to be placed in a group.
    ///
    /// # Errors
    ///
    /// `unknown-member`; `ambiguous-member` where a user and a group have the name.
    pub(crate) fn member(&self, word: &str) -> Result<Member> {
        self.member_if_any(word)?
            .ok_or_else(|| self.unknown_member(word))
    }

    /// Finds a user or a group that is to leave a group, or a name without a meaning in its list.
    ///
    /// # Errors
    ///
    /// As [`member`](Self::member).
    pub(crate) fn leaver(&self, group: &GroupName, word: &str) -> Result<Member> {
        if let Some(member) = self.member_if_any(word)? {
            return Ok(member);
        }
        match (
            self.missing_user(group, word),
            self.missing_group(group, word),
        ) {
            (Some(_), Some(_)) => Err(ambiguous(word)),
            (Some(user), None) => Ok(Member::User(user)),
            (None, Some(group)) => Ok(Member::Group(group)),
            (None, None) => Err(self.unknown_member(word)),
        }
    }

    /// Finds a name in a group's list of users that no user has.
    pub(crate) fn missing_user(&self, group: &GroupName, word: &str) -> Option<UserName> {
        let mut missing = self.members_of(group)?.missing_users().iter();
        missing.find(|name| name.as_str() == word).cloned()
    }

    /// Finds a name in a group's list of groups that no group has.
    pub(crate) fn missing_group(&self, group: &GroupName, word: &str) -> Option<GroupName> {
        let mut missing = self.members_of(group)?.missing_groups().iter();
        missing.find(|name| name.as_str() == word).cloned()
    }

    fn members_of(&self, group: &GroupName) -> Option<&Group> {
        self.directory
            .group(self.directory.find_group(group.as_str())?)
    }

    fn member_if_any(&self, word: &str) -> Result<Option<Member>> {
        let user = words::user(self.directory, word).ok();
        let group = words::group(self.directory, word).ok();
        match (user, group) {
            (Some(_), Some(_)) => Err(ambiguous(word)),
            (Some(user), None) => Ok(Some(Member::User(self.name_of_user(user)?))),
            (None, Some(group)) => Ok(Some(Member::Group(self.name_of_group(group)?))),
            (None, None) => Ok(None),
        }
    }

    fn unknown_member(&self, word: &str) -> CliError {
        let users = self.directory.users();
        let groups = self.directory.groups();
        let names = users
            .map(|(_, user)| user.name().as_str())
            .chain(groups.map(|(_, group)| group.name().as_str()));
        let message = format!("there is neither a user nor a group `{word}`");
        CliError::new("unknown-member", message).help(nearest(word, names).unwrap_or_else(|| {
            "`guichet users list` and `guichet groups list` show whom there is.".to_owned()
        }))
    }

    /// Finds a plug-in by key, number, constant or name.
    ///
    /// # Errors
    ///
    /// `unknown-plugin`.
    pub(crate) fn plugin(&self, word: &str) -> Result<PluginKey> {
        words::plugin(self.catalogue, word)
    }

    /// Returns the change that gives an ACCESS away.
    ///
    /// # Errors
    ///
    /// As [`words::access`]; `not-grantable` for what nobody can give.
    pub(crate) fn grant(&self, word: &str, grantee: Grantee) -> Result<Change> {
        let access = words::access(self.directory, self.catalogue, word)?;
        if let Access::Plugin(plugin) = access {
            return Ok(Change::GrantPlugin { plugin, grantee });
        }
        if let Some(area) = access.area(self.mode) {
            return Ok(Change::GrantArea { area, grantee });
        }
        let (message, help) = match access {
            Access::Group(_) => (
                "is given by placing members in the group",
                "`guichet members add GROUP MEMBER` does that.",
            ),
            _ => (
                "cannot be given to anybody",
                "It is a power of the Designer and the Administrator.",
            ),
        };
        Err(CliError::new("not-grantable", format!("`{word}` {message}")).help(help))
    }

    fn name_of_user(&self, user: UserHandle) -> Result<UserName> {
        let name = self.directory.user(user).map(|user| user.name().clone());
        name.filter(|name| self.directory.find_user(name.as_str()) == Some(user))
            .ok_or_else(same_name)
    }

    fn name_of_group(&self, group: GroupHandle) -> Result<GroupName> {
        let name = self
            .directory
            .group(group)
            .map(|group| group.name().clone());
        name.filter(|name| self.directory.find_group(name.as_str()) == Some(group))
            .ok_or_else(same_name)
    }
}

fn same_name() -> CliError {
    CliError::new("ambiguous-name", "several have exactly this name")
        .help("An edit goes by name and means the first one: rename that one, then try again.")
}

fn ambiguous(word: &str) -> CliError {
    let message = format!("`{word}` is a user and a group");
    CliError::new("ambiguous-member", message).help(format!(
        "Say which one: `--user \"{word}\"` or `--group \"{word}\"`."
    ))
}
