//! One user account.

use std::fmt;

use crate::credential::{Credential, PasswordKind};
use crate::name::{MethodName, UserName};

/// What a user is: 4D's *User Kind* field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub enum UserKind {
    /// The Designer, number 1: no part of the application is closed to it.
    Designer,
    /// The Administrator, number 2: manages users and groups, not the Designer.
    Administrator,
    /// Everybody else.
    User,
}

impl UserKind {
    /// Returns the word that people and programs read: `designer`, `administrator` or `user`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Designer => "designer",
            Self::Administrator => "administrator",
            Self::User => "user",
        }
    }
}

impl fmt::Display for UserKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One user account: its name, kind, stored password and startup method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    pub(crate) name: UserName,
    pub(crate) kind: UserKind,
    pub(crate) credential: Option<Credential>,
    pub(crate) startup_method: Option<MethodName>,
}

impl User {
    pub(crate) const fn new(name: UserName, kind: UserKind) -> Self {
        Self {
            name,
            kind,
            credential: None,
            startup_method: None,
        }
    }

    /// Returns the name that members and settings refer to: for a built-in, its alias.
    pub const fn name(&self) -> &UserName {
        &self.name
    }

    /// Returns what the user is.
    pub const fn kind(&self) -> UserKind {
        self.kind
    }

    /// Returns the stored password, if there is one.
    pub const fn credential(&self) -> Option<&Credential> {
        self.credential.as_ref()
    }

    /// Returns the shape of the stored password.
    pub fn password(&self) -> PasswordKind {
        self.credential
            .as_ref()
            .map_or(PasswordKind::None, Credential::kind)
    }

    /// Returns the method that 4D runs when this user opens the application (statement 38).
    pub const fn startup_method(&self) -> Option<&MethodName> {
        self.startup_method.as_ref()
    }
}
