//! The access areas of 4D's Settings dialog.

use std::fmt;

use crate::name::SchemaName;

/// One of the three rights of an SQL schema (decision D17).
///
/// Reading is open to whoever has any of the three, writing to read-write or all, structure to all
/// alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub enum SqlRight {
    /// Reading data: `readOnlyAccessGroup`.
    Read,
    /// Reading and writing data: `readWriteAccessGroup`.
    Write,
    /// Data and structure: `allAccessGroup`.
    All,
}

impl SqlRight {
    /// The three rights, from the least to the most.
    pub const ALL: [Self; 3] = [Self::Read, Self::Write, Self::All];

    /// Returns the word of the command line: `read`, `write` or `all`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::All => "all",
        }
    }

    /// Returns the key of the right in `directory.json`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Read => "readOnlyAccessGroup",
            Self::Write => "readWriteAccessGroup",
            Self::All => "allAccessGroup",
        }
    }
}

/// Which 4D answers REST requests (decision D15).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub enum RestSide {
    /// Single-user 4D: `localMobileAccessGroupRW`.
    Local,
    /// 4D Server: `remoteMobileAccessGroupRW`.
    Remote,
}

/// An area of the application that the Settings dialog gives to a group.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub enum AccessArea {
    /// The Design environment and the Runtime Explorer: one setting for both.
    Design,
    /// The HTTP server; kept in `guichet.toml`, because 4D's file has no key for it (D16).
    Http,
    /// The REST server.
    Rest(RestSide),
    /// One right of one SQL schema.
    Sql {
        /// The schema.
        schema: SchemaName,
        /// The right.
        right: SqlRight,
    },
}

impl fmt::Display for AccessArea {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Design => f.write_str("the Design environment"),
            Self::Http => f.write_str("the HTTP server"),
            Self::Rest(RestSide::Local) => f.write_str("the REST server of single-user 4D"),
            Self::Rest(RestSide::Remote) => f.write_str("the REST server of 4D Server"),
            Self::Sql { schema, right } => {
                let right = match right {
                    SqlRight::Read => "reading",
                    SqlRight::Write => "writing",
                    SqlRight::All => "the structure",
                };
                write!(f, "{right} of SQL schema `{schema}`")
            }
        }
    }
}
