//! Why a change is refused.

use std::fmt;

use crate::actor::Actor;
use crate::authority::Act;
use crate::codes::advice;
use crate::diagnostic::Diagnostic;
use crate::limits;
use crate::name::{GroupName, NameError, SchemaName, UserName};
use crate::plugin::PluginKey;

/// A cycle of groups that an edit would close, edge by edge (decision D34).
///
/// Each group contains the next one, and the last contains the first. The first edge is the one
/// that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupCycle(Vec<GroupName>);

impl GroupCycle {
    /// The edges that the message spells out; [`GroupCycle::groups`] always has them all.
    const SPELLED_OUT: usize = 12;

    pub(crate) const fn new(groups: Vec<GroupName>) -> Self {
        Self(groups)
    }

    /// Returns the groups of the cycle, each once; one group alone would contain itself.
    pub fn groups(&self) -> &[GroupName] {
        &self.0
    }

    /// Returns the edges: container and nested group.
    pub fn edges(&self) -> impl Iterator<Item = (&GroupName, &GroupName)> {
        let next = self.0.iter().cycle().skip(1);
        self.0.iter().zip(next)
    }
}

impl fmt::Display for GroupCycle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (container, nested)) in self.edges().take(Self::SPELLED_OUT).enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(f, "{comma}`{container}` contains `{nested}`")?;
        }
        match self.0.len().saturating_sub(Self::SPELLED_OUT) {
            0 => Ok(()),
            more => write!(f, " and so on, {more} more"),
        }
    }
}

/// Why a change cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// No user has the name.
    #[error("no user is named `{name}`")]
    UnknownUser {
        /// The name that was looked up.
        name: UserName,
    },
    /// No group has the name.
    #[error("no group is named `{name}`")]
    UnknownGroup {
        /// The name that was looked up.
        name: GroupName,
    },
    /// The plug-in is neither built-in nor declared nor in the file (decision D14).
    #[error("no plug-in has the key `{plugin}`")]
    UnknownPlugin {
        /// The key that was looked up.
        plugin: PluginKey,
    },
    /// The directory has no such SQL schema: a grant on it would protect nothing.
    #[error("no SQL schema is named `{schema}`")]
    UnknownSchema {
        /// The name that was looked up.
        schema: SchemaName,
    },
    /// The text cannot be a new name (decisions D3 to D5).
    #[error(transparent)]
    Name(#[from] NameError),
    /// Another user has the name already (decisions D5 and D7).
    #[error("a user named `{existing}` already exists")]
    UserNameTaken {
        /// The existing user's name: it may differ in case or in Unicode form.
        existing: UserName,
    },
    /// Another group has the name already (decisions D5 and D7).
    #[error("a group named `{existing}` already exists")]
    GroupNameTaken {
        /// The existing group's name: it may differ in case or in Unicode form.
        existing: GroupName,
    },
    /// A group would be in itself through others (decision D10).
    #[error("the groups would contain each other: {cycle}")]
    Cycle {
        /// All of it.
        cycle: GroupCycle,
    },
    /// The Designer and the Administrator cannot be deleted (decision D22).
    #[error("`{name}` is built in and cannot be deleted")]
    BuiltIn {
        /// The name of the built-in user.
        name: UserName,
    },
    /// The actor may not do this (decision D27); −9991 in 4D.
    #[error("{actor} may not {act}")]
    NotAllowed {
        /// Who asked.
        actor: Actor,
        /// What was asked.
        act: Act,
    },
    /// A grant, a setting or a member list names this user or group already, which nothing has been
    /// called so far: who gives the name gives what comes with it, and the actor may not
    /// (decision D27); −9991 in 4D.
    #[error("the name `{name}` already has access in this directory, and {actor} may not {act}")]
    NameHasRights {
        /// The name that was asked for.
        name: String,
        /// Who asked.
        actor: Actor,
        /// What the name would do by itself.
        act: Act,
    },
    /// There are as many users as may be created (decision D20).
    #[error("4D allows {} users, and all exist", limits::USERS)]
    TooManyUsers,
    /// There are as many groups as may be created (decision D20).
    #[error("4D allows {} groups, and all exist", limits::GROUPS)]
    TooManyGroups,
    /// 4D deletes no group (decision D21), so no [`Change`](crate::Change) does: empty it instead.
    #[error("4D cannot delete group `{name}`")]
    GroupDeletion {
        /// The group.
        name: GroupName,
    },
}

impl Diagnostic for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::UnknownUser { .. } => "unknown-user",
            Self::UnknownGroup { .. } => "unknown-group",
            Self::UnknownPlugin { .. } => "unknown-plugin",
            Self::UnknownSchema { .. } => "unknown-schema",
            Self::Name(error) => error.code(),
            Self::UserNameTaken { .. } | Self::GroupNameTaken { .. } => "name-taken",
            Self::Cycle { .. } => "cycle",
            Self::BuiltIn { .. } => "built-in",
            Self::NotAllowed { .. } | Self::NameHasRights { .. } => "not-allowed",
            Self::TooManyUsers => "too-many-users",
            Self::TooManyGroups => "too-many-groups",
            Self::GroupDeletion { .. } => "group-deletion",
        }
    }

    fn help(&self) -> Option<String> {
        match self {
            Self::UnknownUser { .. } | Self::UnknownGroup { .. } => None,
            Self::NotAllowed { act, .. } => Some(act.who_may().to_owned()),
            Self::NameHasRights { act, .. } => {
                Some(format!("Choose another name. {}", act.who_may()))
            }
            _ => advice(self.code()),
        }
    }
}

/// A refused list of changes: which one, and why. None of the list was made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{refusal}")]
pub struct Refused {
    index: usize,
    refusal: Refusal,
}

impl Refused {
    pub(crate) const fn new(index: usize, refusal: Refusal) -> Self {
        Self { index, refusal }
    }

    /// Returns the place in the list of the change that was refused, from 0.
    pub const fn index(&self) -> usize {
        self.index
    }

    /// Returns why.
    pub const fn refusal(&self) -> &Refusal {
        &self.refusal
    }
}

impl From<Refused> for Refusal {
    fn from(refused: Refused) -> Self {
        refused.refusal
    }
}

impl Diagnostic for Refused {
    fn code(&self) -> &'static str {
        self.refusal.code()
    }

    fn help(&self) -> Option<String> {
        self.refusal.help()
    }
}
