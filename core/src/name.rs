//! Names of users, groups, SQL schemas and startup methods, as types that do not mix.
//!
//! A name *read* from a file is whatever the file holds ([`UserName::from_stored`]): real files have
//! leading spaces, accents and names over the limit. A *new* name follows rules
//! ([`UserName::new`], decisions D3 to D5).
//!
//! A user's name is not a group's name, although both are text:
//!
//! ```compile_fail
//! use guichet_core::{GroupName, UserName};
//! let group: GroupName = UserName::from_stored("Ann");
//! ```
//!
//! ```compile_fail
//! use guichet_core::{GroupName, UserName};
//! let _ = UserName::from_stored("Ann") == GroupName::from_stored("Ann");
//! ```

use std::borrow::Borrow;
use std::fmt;
use std::str::FromStr;

use smol_str::SmolStr;

use crate::codes::advice;
use crate::diagnostic::Diagnostic;
use crate::limits;

/// Why a text cannot be the name of a new user or group (decisions D3 to D5).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NameError {
    /// The text is empty.
    #[error("a name cannot be empty")]
    Empty,
    /// The text is only white space.
    #[error("a name cannot be white space only")]
    Blank,
    /// The text has a control character.
    #[error("`{}` has a control character, which a name cannot have", .name.escape_debug())]
    ControlCharacter {
        /// The refused text.
        name: String,
    },
    /// The text is `*`, which stands for everyone in a grant.
    #[error("`*` means everyone, so it cannot be a name")]
    Everyone,
    /// The text has more characters than allowed.
    #[error("`{name}` has {length} characters; the limit is {limit}")]
    TooLong {
        /// The refused text.
        name: String,
        /// Its length in Unicode scalar values.
        length: usize,
        /// The limit, in the same unit.
        limit: usize,
    },
}

impl Diagnostic for NameError {
    fn code(&self) -> &'static str {
        match self {
            Self::TooLong { .. } => "name-too-long",
            Self::Empty | Self::Blank | Self::ControlCharacter { .. } | Self::Everyone => {
                "illegal-name"
            }
        }
    }

    fn help(&self) -> Option<String> {
        advice(self.code())
    }
}

fn check(name: &str, limit: usize) -> Result<(), NameError> {
    if name.is_empty() {
        return Err(NameError::Empty);
    }
    if name.chars().any(char::is_control) {
        return Err(NameError::ControlCharacter {
            name: name.to_owned(),
        });
    }
    if name.chars().all(char::is_whitespace) {
        return Err(NameError::Blank);
    }
    if name == "*" {
        return Err(NameError::Everyone);
    }
    let length = name.chars().count();
    if length > limit {
        return Err(NameError::TooLong {
            name: name.to_owned(),
            length,
            limit,
        });
    }
    Ok(())
}

macro_rules! name_type {
    ($(#[$docs:meta])* $name:ident) => {
        $(#[$docs])*
        ///
        /// Cheap to clone; up to 23 bytes of text lie in the value itself. Equality and order are
        /// those of the exact text; whether two names are *the same* is asked of
        /// [`identity::same_name`](crate::identity::same_name).
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(SmolStr);

        impl $name {
            /// Takes a text as it is in a file, whatever it is.
            pub fn from_stored(text: impl AsRef<str>) -> Self {
                Self(SmolStr::new(text))
            }

            /// Returns the text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", self.as_str())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                self.as_str()
            }
        }

        #[cfg(feature = "serde")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer).map(Self::from_stored)
            }
        }
    };
}

macro_rules! new_name_rules {
    ($name:ident, $limit:expr) => {
        impl $name {
            /// Takes a text as the name of something new.
            ///
            /// # Errors
            ///
            /// - [`NameError::Empty`], [`NameError::Blank`], [`NameError::ControlCharacter`],
            ///   [`NameError::Everyone`]: not a legal name (decision D5);
            /// - [`NameError::TooLong`]: over the limit (decisions D3 and D4).
            ///
            /// Spaces, also leading ones, apostrophes, full stops and accents are legal and are
            /// never trimmed.
            #[doc = concat!("```\nuse guichet_core::", stringify!($name), ";\n")]
            #[doc = concat!("assert!(", stringify!($name), "::new(\" d'été.\").is_ok());\n")]
            #[doc = concat!("assert!(", stringify!($name), "::new(\"*\").is_err());\n```")]
            pub fn new(text: &str) -> Result<Self, NameError> {
                check(text, $limit).map(|()| Self::from_stored(text))
            }

            /// Checks that this name could be given to something new.
            ///
            /// # Errors
            ///
            /// As `new`.
            pub fn check_new(&self) -> Result<(), NameError> {
                check(self.as_str(), $limit)
            }
        }

        impl FromStr for $name {
            type Err = NameError;

            fn from_str(text: &str) -> Result<Self, NameError> {
                Self::new(text)
            }
        }
    };
}

name_type! {
    /// The name of a user account; for the built-ins, their alias.
    UserName
}
new_name_rules!(UserName, limits::USER_NAME_CHARACTERS);

name_type! {
    /// The name of a group.
    GroupName
}
new_name_rules!(GroupName, limits::GROUP_NAME_CHARACTERS);

name_type! {
    /// The name of an SQL schema, such as `DEFAULT_SCHEMA`.
    SchemaName
}

impl SchemaName {
    /// Returns the schema that every database has, `DEFAULT_SCHEMA`.
    pub fn default_schema() -> Self {
        Self::from_stored("DEFAULT_SCHEMA")
    }
}

name_type! {
    /// The name of the method that 4D runs when a user opens the application.
    MethodName
}
