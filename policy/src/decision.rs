//! Yes or no, with the one reason for it.

use std::fmt;

use crate::path::Path;

/// The answer to "may this user reach that?".
///
/// The types keep reasons to allow and reasons to refuse apart, and only membership has a path.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Decision {
    /// The user may.
    Allowed(Allowance),
    /// The user may not.
    Denied(Denial),
}

/// Why a user may reach something.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Allowance {
    /// Single-user 4D: everyone works as the Designer, password or not.
    SingleUser,
    /// 4D Server whose Designer has no password: everyone works as the Designer (decision D18).
    AccessControlOff,
    /// The user is the Designer, who has every access.
    Designer,
    /// The user is the Administrator, who has this access without a group.
    Administrator,
    /// It is open to everyone.
    Everyone,
    /// The user is an effective member of the group that has it, by this chain.
    Member(Path),
}

/// Why a user may not reach something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Denial {
    /// It is given to nobody.
    Nobody,
    /// The user is in no group that has it.
    NotMember,
    /// It is given to a group that the directory does not have (decision D12).
    MissingGroup,
    /// Only the Designer and the Administrator may; no group can give it.
    NotEntitled,
}

/// The reason of a decision as one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    any(feature = "serde", feature = "suite"),
    derive(serde::Serialize),
    serde(rename_all = "kebab-case")
)]
pub enum Reason {
    /// Allowed: single-user 4D.
    SingleUser,
    /// Allowed: the Designer has no password.
    AccessControlOff,
    /// Allowed: the user is the Designer.
    Designer,
    /// Allowed: the user is the Administrator.
    Administrator,
    /// Allowed: open to everyone.
    Everyone,
    /// Allowed: the user is a member of the group.
    Member,
    /// Denied: given to nobody.
    Nobody,
    /// Denied: the user is not a member of the group.
    NotMember,
    /// Denied: the group does not exist.
    MissingGroup,
    /// Denied: not the user's power.
    NotEntitled,
}

impl Reason {
    /// Every reason, those that allow first.
    pub const ALL: [Self; 10] = [
        Self::SingleUser,
        Self::AccessControlOff,
        Self::Designer,
        Self::Administrator,
        Self::Everyone,
        Self::Member,
        Self::Nobody,
        Self::NotMember,
        Self::MissingGroup,
        Self::NotEntitled,
    ];

    /// Returns the word of the command line, such as `access-control-off`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SingleUser => "single-user",
            Self::AccessControlOff => "access-control-off",
            Self::Designer => "designer",
            Self::Administrator => "administrator",
            Self::Everyone => "everyone",
            Self::Member => "member",
            Self::Nobody => "nobody",
            Self::NotMember => "not-member",
            Self::MissingGroup => "missing-group",
            Self::NotEntitled => "not-entitled",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Decision {
    /// Returns whether the user may.
    pub const fn allowed(&self) -> bool {
        matches!(self, Self::Allowed(_))
    }

    /// Returns the reason as one word.
    pub const fn reason(&self) -> Reason {
        match self {
            Self::Allowed(Allowance::SingleUser) => Reason::SingleUser,
            Self::Allowed(Allowance::AccessControlOff) => Reason::AccessControlOff,
            Self::Allowed(Allowance::Designer) => Reason::Designer,
            Self::Allowed(Allowance::Administrator) => Reason::Administrator,
            Self::Allowed(Allowance::Everyone) => Reason::Everyone,
            Self::Allowed(Allowance::Member(_)) => Reason::Member,
            Self::Denied(Denial::Nobody) => Reason::Nobody,
            Self::Denied(Denial::NotMember) => Reason::NotMember,
            Self::Denied(Denial::MissingGroup) => Reason::MissingGroup,
            Self::Denied(Denial::NotEntitled) => Reason::NotEntitled,
        }
    }

    /// Returns the chain of memberships, when the reason is [`Reason::Member`].
    pub const fn path(&self) -> Option<&Path> {
        match self {
            Self::Allowed(Allowance::Member(path)) => Some(path),
            _ => None,
        }
    }
}
