//! What two sides did that cannot both be.

use std::cmp::Ordering;
use std::fmt;

use crate::change::GroupCycle;
use crate::codes::advice;
use crate::delta::Delta;
use crate::diagnostic::Diagnostic;

/// Why the changes of two sides cannot both be.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(tag = "conflict", rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum ConflictKind {
    /// Both changed the same thing, or added the same user, to different values.
    BothChanged,
    /// One removed a user or a group that the other changed, placed somewhere, gave members, or
    /// granted something.
    RemovedAndChanged,
    /// Both gave one name to two different users or groups (decision D7).
    SameName,
    /// Together, their memberships make groups contain each other, which neither side alone does.
    Cycle {
        /// One such cycle, a shortest one through a membership that is new on one side.
        #[cfg_attr(feature = "serde", serde(serialize_with = "groups"))]
        cycle: GroupCycle,
    },
}

impl ConflictKind {
    /// Returns the word for the kind, in kebab case, as in the written form.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::BothChanged => "both-changed",
            Self::RemovedAndChanged => "removed-and-changed",
            Self::SameName => "same-name",
            Self::Cycle { .. } => "cycle",
        }
    }

    const fn rank(&self) -> u8 {
        match self {
            Self::BothChanged => 0,
            Self::RemovedAndChanged => 1,
            Self::SameName => 2,
            Self::Cycle { .. } => 3,
        }
    }
}

/// What two sides did since their common base that cannot both be. The merge keeps ours.
///
/// What the base had is in the deltas, as what was before. Its `Display` is one sentence for
/// people; with the feature `serde` it writes as an object with the kind in `conflict` and the two
/// lists.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Conflict {
    /// Why they cannot both be.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub kind: ConflictKind,
    /// What ours did; nothing where theirs gave a name away that another conflict left with somebody.
    pub ours: Vec<Delta>,
    /// What theirs did, and the merge left out.
    pub theirs: Vec<Delta>,
}

impl Conflict {
    /// Orders conflicts by kind, then by what they are about.
    pub(super) fn by_place(left: &Self, right: &Self) -> Ordering {
        let rank = left.kind.rank().cmp(&right.kind.rank());
        rank.then_with(|| left.places().cmp(right.places()))
    }

    fn places(&self) -> impl Iterator<Item = impl Ord + '_> {
        self.ours.iter().chain(&self.theirs).map(Delta::place)
    }
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ConflictKind::BothChanged => f.write_str("both versions changed the same thing")?,
            ConflictKind::RemovedAndChanged => {
                f.write_str("one version removed what the other changed")?;
            }
            // That somebody has the name still comes of another conflict.
            ConflictKind::SameName if self.ours.is_empty() => {
                f.write_str("their version uses a name that is still taken in ours")?;
            }
            ConflictKind::SameName => {
                f.write_str("both versions used the same name for different things")?;
            }
            ConflictKind::Cycle { cycle } => {
                write!(f, "together, the groups would contain each other: {cycle}")?;
            }
        }
        side(f, "ours", &self.ours)?;
        side(f, "theirs", &self.theirs)
    }
}

fn side(f: &mut fmt::Formatter<'_>, name: &str, deltas: &[Delta]) -> fmt::Result {
    for (index, delta) in deltas.iter().enumerate() {
        if index == 0 {
            write!(f, "; {name}: {delta}")?;
        } else {
            write!(f, ", {delta}")?;
        }
    }
    Ok(())
}

impl Diagnostic for Conflict {
    fn code(&self) -> &'static str {
        match self.kind {
            ConflictKind::BothChanged => "merge-both-changed",
            ConflictKind::RemovedAndChanged => "merge-removed-and-changed",
            ConflictKind::SameName => "merge-same-name",
            ConflictKind::Cycle { .. } => "merge-cycle",
        }
    }

    fn help(&self) -> Option<String> {
        advice(self.code())
    }
}

#[cfg(feature = "serde")]
fn groups<S: serde::Serializer>(cycle: &GroupCycle, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(cycle.groups())
}
