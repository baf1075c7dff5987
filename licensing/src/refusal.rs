//! Why a seat is refused: the reasons, what each says, and how often each was given.

use std::fmt;

use guichet_core::{PluginKey, UserName};

use crate::admission::Standing;

/// Why a seat is refused: a closed list, in the order in which the reasons are tried
/// (decision D29).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Refusal {
    /// The user is not in the group that the plug-in is granted to.
    NotEntitled,
    /// No seat of the plug-in is owned.
    NoLicence,
    /// All owned seats are in use.
    Exhausted,
}

impl Refusal {
    /// Every reason, in the order in which they are tried.
    pub const ALL: [Self; 3] = [Self::NotEntitled, Self::NoLicence, Self::Exhausted];

    /// Returns why an account of this standing is refused, if it is.
    pub(crate) const fn of_standing(standing: Standing) -> Option<Self> {
        if standing.is_admitted() {
            None
        } else {
            Some(Self::NotEntitled)
        }
    }

    /// Returns the word for programs, such as `not-entitled`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotEntitled => "not-entitled",
            Self::NoLicence => "no-licence",
            Self::Exhausted => "exhausted",
        }
    }

    /// Returns whether seats are missing; otherwise the account is not entitled, and more seats
    /// would not help it.
    pub const fn is_shortage(self) -> bool {
        match self {
            Self::NotEntitled => false,
            Self::NoLicence | Self::Exhausted => true,
        }
    }

    /// Returns the reason as a sentence.
    pub(crate) const fn sentence(self) -> &'static str {
        match self {
            Self::NotEntitled => {
                "Only members of the plug-in's group can use it, and this account is not one of them."
            }
            Self::NoLicence => "No seat of the plug-in is owned.",
            Self::Exhausted => "All owned seats are in use.",
        }
    }

    /// Returns what a failed script says of one refusal, beside its word and the holders.
    pub(crate) fn why(
        self,
        user: &UserName,
        plugin: &PluginKey,
        standing: Standing,
    ) -> Option<String> {
        match self {
            Self::NotEntitled => Some(format!("{user} is {standing}")),
            Self::NoLicence => Some(format!("no licence of {plugin} is owned")),
            Self::Exhausted => None,
        }
    }

    /// Returns the name of its column in a table, and of its field in JSON, such as `not_entitled`.
    pub(crate) fn column(self) -> String {
        self.as_str().replace('-', "_")
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// How often a seat was refused, by reason.
///
/// Serialised it is a map from the word of each reason, with `_` for `-`, to its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct RefusalCounts([u64; Refusal::ALL.len()]);

impl RefusalCounts {
    /// Returns the number of refusals for one reason.
    pub fn of(self, reason: Refusal) -> u64 {
        self.0.get(reason as usize).copied().unwrap_or_default()
    }

    /// Returns each reason with its number, in the order in which they are tried.
    pub fn iter(self) -> impl Iterator<Item = (Refusal, u64)> {
        Refusal::ALL.into_iter().zip(self.0)
    }

    /// Returns the number of refusals for all reasons.
    pub fn total(self) -> u64 {
        self.0.into_iter().fold(0, u64::saturating_add)
    }

    /// Returns the number of refusals for want of a seat.
    pub fn short(self) -> u64 {
        let short = self.iter().filter(|(reason, _)| reason.is_shortage());
        short.fold(0, |sum, (_, count)| sum.saturating_add(count))
    }

    /// Counts one more refusal.
    pub fn count(&mut self, reason: Refusal) {
        if let Some(counter) = self.0.get_mut(reason as usize) {
            *counter = counter.saturating_add(1);
        }
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for RefusalCounts {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|(reason, count)| (reason.column(), count)))
    }
}
