//! Numbers of users and groups, and the handles that a program keeps.
//!
//! In a project a number is a *position* (decision D9): users count from 1 (Designer 1,
//! Administrator 2), groups from 15001. Deleting a user shifts the numbers after it, and 4D itself
//! rewrites the file in another order, so a number is never stored. A *handle* points at the same
//! user through every edit of a [`Directory`](crate::Directory).
//!
//! None of the four converts into another:
//!
//! ```compile_fail
//! use guichet_core::{GroupId, UserId};
//! let group: GroupId = UserId::DESIGNER;
//! ```
//!
//! ```compile_fail
//! fn wants_group(_: guichet_core::GroupHandle) {}
//! let directory = guichet_core::DirectoryBuilder::new().finish();
//! wants_group(directory.designer());
//! ```

use std::fmt;

use crate::limits::FIRST_GROUP_ID;

/// Why a number cannot be that of a user or of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IdError {
    /// User numbers start at 1.
    #[error("`{0}` is not a user number: they start at 1")]
    User(u32),
    /// Group numbers start at 15001.
    #[error("`{0}` is not a group number: they start at 15001")]
    Group(u32),
}

/// The number of a user: 1 for the Designer, 2 for the Administrator, then file order from 3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct UserId(u32);

impl UserId {
    /// The Designer's number, whatever its name.
    pub const DESIGNER: Self = Self(1);
    /// The Administrator's number, whatever its name.
    pub const ADMINISTRATOR: Self = Self(2);

    /// Takes a number of 1 or more.
    ///
    /// # Errors
    ///
    /// [`IdError::User`] for 0.
    pub const fn new(number: u32) -> Result<Self, IdError> {
        if number == 0 {
            Err(IdError::User(number))
        } else {
            Ok(Self(number))
        }
    }

    /// Returns the number.
    pub const fn get(self) -> u32 {
        self.0
    }

    pub(crate) const fn from_position(position: u32) -> Self {
        Self(position.saturating_add(1))
    }

    pub(crate) const fn position(self) -> u32 {
        self.0.saturating_sub(1)
    }
}

/// The number of a group: 15001 for the first of the file, and so on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct GroupId(u32);

impl GroupId {
    /// Takes a number of 15001 or more.
    ///
    /// # Errors
    ///
    /// [`IdError::Group`] for a smaller number.
    pub const fn new(number: u32) -> Result<Self, IdError> {
        if number < FIRST_GROUP_ID {
            Err(IdError::Group(number))
        } else {
            Ok(Self(number))
        }
    }

    /// Returns the number.
    pub const fn get(self) -> u32 {
        self.0
    }

    pub(crate) const fn from_position(position: u32) -> Self {
        Self(position.saturating_add(FIRST_GROUP_ID))
    }

    pub(crate) const fn position(self) -> u32 {
        self.0.saturating_sub(FIRST_GROUP_ID)
    }
}

macro_rules! handle {
    ($(#[$docs:meta])* $name:ident) => {
        $(#[$docs])*
        ///
        /// Valid in the directory that gave it and in what edits make of that directory; in another
        /// directory it means nothing. Never given to another one, also after what gave it out was taken
        /// back, so that a dense table may be indexed by it. Of two copies of a directory each gives
        /// out its own. In the order of the file.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// Returns the dense index of the handle, from 0.
            pub const fn index(self) -> usize {
                self.0 as usize
            }

            pub(crate) const fn slot(self) -> u32 {
                self.0
            }

            pub(crate) const fn from_slot(slot: u32) -> Self {
                Self(slot)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }
    };
}

handle! {
    /// A stable pointer to one user of a directory.
    UserHandle
}
handle! {
    /// A stable pointer to one group of a directory.
    GroupHandle
}

macro_rules! display_number {
    ($($name:ident)*) => { $(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}", self.0)
            }
        }
    )* };
}
display_number!(UserId GroupId);
