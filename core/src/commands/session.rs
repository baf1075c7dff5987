//! The commands about the session: whose it is, under what name, in which groups.

use std::collections::HashSet;

use crate::actor::Actor;
use crate::change::{Applied, Change, Rules};
use crate::credential::Credential;
use crate::directory::Directory;
use crate::id::{GroupHandle, UserHandle};
use crate::membership::Membership;
use crate::name::GroupName;
use crate::options::{Mode, Options};
#[cfg(feature = "bcrypt")]
use crate::password::{PasswordAttempt, Verdict, VerificationThrottle};

use super::FourDError;
use super::users::name_of_user;
#[cfg(feature = "bcrypt")]
use super::users::user_by_number;

/// Which name `Current user` returns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum NameShown {
    /// 0: the alias if there is one, else the account.
    #[default]
    AliasOrAccount,
    /// 1: the account.
    Account,
    /// 2: the alias, empty if there is none.
    Alias,
}

/// What 4D keeps of access for a session, in memory alone: nothing here changes the directory but
/// [`SessionAccess::change_password`].
///
/// Seats that the session holds stay held whatever happens here (statement 53): they are
/// licensing's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionAccess {
    user: UserHandle,
    alias: String,
    memberships: Option<Vec<GroupHandle>>,
}

impl SessionAccess {
    /// Starts a session of a user.
    pub const fn new(user: UserHandle) -> Self {
        Self {
            user,
            alias: String::new(),
            memberships: None,
        }
    }

    /// Returns whose session it is.
    pub const fn user(&self) -> UserHandle {
        self.user
    }

    /// Returns the name of the session's user: `Current user`. Empty for a deleted user.
    pub fn current_user(&self, directory: &Directory, shown: NameShown) -> String {
        let account = || {
            let user = directory.user(self.user);
            user.map_or_else(String::new, |user| user.name().to_string())
        };
        match shown {
            NameShown::Alias => self.alias.clone(),
            NameShown::AliasOrAccount if !self.alias.is_empty() => self.alias.clone(),
            NameShown::AliasOrAccount | NameShown::Account => account(),
        }
    }

    /// Gives the session another name to show; an empty one takes it back: `SET USER ALIAS`.
    pub fn set_user_alias(&mut self, alias: &str) {
        alias.clone_into(&mut self.alias);
    }

    /// Replaces the groups of the session: `SET GROUP ACCESS`.
    ///
    /// Names that no group has are ignored, an empty list means no group, and none at all goes
    /// back to those of the directory.
    pub fn set_group_access(&mut self, directory: &Directory, groups: Option<&[&str]>) {
        self.memberships = groups.map(|names| {
            let mut seen = HashSet::new();
            let found = names.iter().filter_map(|name| directory.find_group(name));
            found.filter(|group| seen.insert(*group)).collect()
        });
    }

    /// Returns the groups of the session: `Get group access`.
    ///
    /// Those that [`SessionAccess::set_group_access`] gave, as given, else the effective groups of
    /// the user in the directory, in the order of the file (decision D19).
    pub fn get_group_access(
        &self,
        directory: &Directory,
        membership: &impl Membership,
    ) -> Vec<GroupName> {
        let name = |group: GroupHandle| Some(directory.group(group)?.name().clone());
        match &self.memberships {
            Some(groups) => groups.iter().filter_map(|group| name(*group)).collect(),
            None => directory
                .groups()
                .filter(|(group, _)| membership.is_member(self.user, *group))
                .map(|(_, group)| group.name().clone())
                .collect(),
        }
    }

    /// Changes the password of the session's user: `CHANGE PASSWORD`; none removes it.
    ///
    /// In single-user 4D, where everybody acts as the Designer, nothing forbids it.
    ///
    /// # Errors
    ///
    /// [`FourDError::NotEnoughPrivilege`] when the policies do not let users change their own
    /// password, [`FourDError::BadUserName`] when the user was deleted, or its name means another
    /// one.
    pub fn change_password(
        &self,
        directory: &mut Directory,
        mode: Mode,
        options: Options,
        credential: Option<Credential>,
    ) -> Result<Applied, FourDError> {
        let user = name_of_user(directory, self.user)?;
        let rules = Rules::new(Actor::from_user(directory, mode, self.user), options);
        Ok(directory.apply(&[Change::SetPassword { user, credential }], &rules)?)
    }

    /// Makes the session another user's: `CHANGE CURRENT USER`.
    ///
    /// Alias and groups of the session are reset. In single-user 4D nothing happens. The throttle
    /// counts the check; the caller waits for [`VerificationThrottle::delay`] before.
    ///
    /// # Errors
    ///
    /// - [`FourDError::BadUserName`]: no such user; nothing is done;
    /// - [`FourDError::BadPassword`]: the password is wrong; nothing is done;
    /// - [`FourDError::Verify`]: the stored password cannot be verified; nothing is done.
    #[cfg(feature = "bcrypt")]
    pub fn change_current_user(
        &mut self,
        directory: &Directory,
        mode: Mode,
        account: Account<'_>,
        attempt: &PasswordAttempt,
        throttle: &mut VerificationThrottle,
    ) -> Result<(), FourDError> {
        if mode == Mode::SingleUser {
            return Ok(());
        }
        match validate_password(directory, account, attempt, throttle)? {
            Verdict::Right => {
                let user = account.find(directory).ok_or(FourDError::BadUserName)?;
                *self = Self::new(user);
                Ok(())
            }
            Verdict::Wrong => Err(FourDError::BadPassword),
        }
    }
}

/// A user as 4D's commands name one that is to be checked.
#[cfg(feature = "bcrypt")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Account<'a> {
    /// By name, of the account and not of its alias.
    Name(&'a str),
    /// By number.
    Number(i32),
}

#[cfg(feature = "bcrypt")]
impl Account<'_> {
    fn find(self, directory: &Directory) -> Option<UserHandle> {
        match self {
            Self::Name(name) => directory.find_user(name),
            Self::Number(number) => user_by_number(directory, number),
        }
    }
}

/// Returns whether a password is a user's: `Validate password`.
///
/// The throttle counts the check, one for an unknown user too, which takes as long; the caller waits
/// for [`VerificationThrottle::delay`] before. Digests in place of passwords, 4D's third parameter, are
/// not taken: how 4D makes them is not documented.
///
/// # Errors
///
/// - [`FourDError::BadUserName`]: no such user;
/// - [`FourDError::Verify`]: the stored password cannot be verified.
#[cfg(feature = "bcrypt")]
pub fn validate_password(
    directory: &Directory,
    account: Account<'_>,
    attempt: &PasswordAttempt,
    throttle: &mut VerificationThrottle,
) -> Result<Verdict, FourDError> {
    let user = account
        .find(directory)
        .and_then(|user| directory.user(user));
    let Some(user) = user else {
        throttle.record(attempt.verify_for_nobody());
        return Err(FourDError::BadUserName);
    };
    let verdict = user.verify(attempt)?;
    throttle.record(verdict);
    Ok(verdict)
}

/// Returns the users as a blob, in a project always an empty one: `USERS TO BLOB`.
///
/// # Errors
///
/// [`FourDError::BlobPrivilege`] for others than the Designer and the Administrator.
pub const fn users_to_blob(actor: Actor) -> Result<Vec<u8>, FourDError> {
    match actor {
        Actor::Designer | Actor::Administrator => Ok(Vec::new()),
        Actor::User(_) | Actor::Nobody => Err(FourDError::BlobPrivilege),
    }
}
