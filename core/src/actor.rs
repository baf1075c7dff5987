//! Who makes a change.

use std::fmt;

use crate::directory::{AccessControl, Directory};
use crate::id::UserHandle;
use crate::options::Mode;

/// Who makes a change: what one may do is decided by this alone (decision D27).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Actor {
    /// The Designer, or anybody while access control is off.
    #[default]
    Designer,
    /// The Administrator.
    Administrator,
    /// An ordinary user.
    User(UserHandle),
    /// Nobody known.
    Nobody,
}

impl Actor {
    /// Returns the actor that a user of a directory is.
    ///
    /// While the Designer has no password, access control is off and every user acts as the
    /// Designer (decision D18); in single-user 4D, where nobody is identified, everybody always does.
    /// On a server a handle that is no user's acts as nobody.
    ///
    /// ```
    /// use guichet_core::{Actor, DirectoryBuilder, Mode, UserName};
    /// let mut builder = DirectoryBuilder::new();
    /// let ann = builder.user(UserName::from_stored("Ann"));
    /// let directory = builder.finish();
    /// assert_eq!(Actor::from_user(&directory, Mode::Server, ann), Actor::Designer); // no Designer password yet
    /// ```
    pub fn from_user(directory: &Directory, mode: Mode, user: UserHandle) -> Self {
        if mode == Mode::SingleUser {
            Self::Designer
        } else if directory.user(user).is_none() {
            Self::Nobody
        } else if user == directory.designer() || directory.access_control() == AccessControl::Off {
            Self::Designer
        } else if user == directory.administrator() {
            Self::Administrator
        } else {
            Self::User(user)
        }
    }

    /// Returns whether a user is the actor's own account.
    pub fn owns(self, user: UserHandle) -> bool {
        match self {
            Self::Designer => user == Directory::DESIGNER,
            Self::Administrator => user == Directory::ADMINISTRATOR,
            Self::User(own) => user == own,
            Self::Nobody => false,
        }
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Designer => "the Designer",
            Self::Administrator => "the Administrator",
            Self::User(_) => "an ordinary user",
            Self::Nobody => "nobody known",
        })
    }
}
