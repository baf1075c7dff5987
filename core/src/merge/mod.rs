//! Merging two versions of a directory that have a common base, by meaning.

mod adopt;
mod components;
mod conflict;
mod cycle;
mod directory;
mod grants;
mod groups;
#[cfg(test)]
mod growth;
mod merger;
mod names;
mod sides;
mod three_way;
mod users;

pub use conflict::{Conflict, ConflictKind};

use crate::compare::Difference;
use crate::compare::identities::identify;
use crate::directory::Directory;

use self::merger::Merger;

/// What a merge brings to ours, and what it could not decide: see [`merge`].
#[derive(Debug, Clone)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Merge {
    #[cfg_attr(feature = "serde", serde(skip))]
    directory: Directory,
    difference: Difference,
    conflicts: Vec<Conflict>,
}

impl Merge {
    /// Returns the merged directory: ours, with its handles and in its order, and all that theirs
    /// brings, also what no [`Change`](crate::Change) can say.
    pub const fn directory(&self) -> &Directory {
        &self.directory
    }

    /// Returns in what the merged directory differs from ours: all that theirs brings.
    ///
    /// [`Difference::plan`] with ours turns it into changes, as far as an actor may make them.
    pub const fn difference(&self) -> &Difference {
        &self.difference
    }

    /// Returns the conflicts, in an order that depends on names alone; of each, the difference has
    /// nothing, so that ours stays.
    pub fn conflicts(&self) -> &[Conflict] {
        &self.conflicts
    }
}

/// Merges what `theirs` changed since `base` into `ours`, by meaning.
///
/// The order of users, groups, members and grants counts for nothing.
///
/// Two branches, or an upgrade and what was changed on site, each changed the same directory. The
/// merge has what either side changed; where they contradict each other it keeps *ours* and tells
/// of a [`Conflict`].
///
/// ```
/// use guichet_core::{Directory, DirectoryBuilder, GroupName, UserName, compare, merge};
///
/// let devs = |users: &[&str]| -> Directory {
///     let mut builder = DirectoryBuilder::new();
///     for name in users {
///         builder.user(UserName::from_stored(*name));
///     }
///     let group = builder.group(GroupName::from_stored("Devs"));
///     for name in users {
///         builder.members_of(group).user(name);
///     }
///     builder.finish()
/// };
/// let (base, ours, theirs) = (devs(&["Ann"]), devs(&["Ann", "Bob"]), devs(&["Zoë", "Ann"]));
///
/// let merge = merge(&base, &ours, &theirs);
/// assert!(merge.conflicts().is_empty());
/// assert_eq!(merge.difference().len(), 2); // Zoë is new, and in Devs
/// assert!(compare(merge.directory(), &devs(&["Ann", "Bob", "Zoë"])).is_empty());
/// ```
///
/// # The rule
///
/// Who is who is found out as for a [comparison](crate::compare()), each side against the base; what
/// both sides added goes by its name. Then, thing by thing, whoever changed it since the base has
/// it; where both made the same of it, there is nothing to decide. The things are: that a user or a
/// group is there; its name; a user's password and startup method; each membership, and each name
/// in a list that nobody has; the grantee of each area, SQL right and plug-in; the Default User and
/// the generic web users. A user that both sides added began without a password and a startup
/// method.
///
/// # Conflicts
///
/// | kind | when |
/// |---|---|
/// | both changed | both changed one thing to different values, or added one user and gave it different ones |
/// | removed and changed | one side removed a user or a group that the other did something with: renamed it, changed it, placed it or something in it, granted it something |
/// | same name | the sides gave one name to different users or groups |
/// | cycle | groups contain each other by memberships that only the two sides together have |
///
/// A membership alone never conflicts: it is there or not. Of a conflict the result has what ours
/// did; all else of theirs is in the result.
///
/// # Complexity
///
/// That of three comparisons, and a copy of ours; no recursion.
#[must_use]
pub fn merge(base: &Directory, ours: &Directory, theirs: &Directory) -> Merge {
    let (identities, sides) = identify([base, ours, theirs]);
    let [_, ours, _] = &sides;
    Merger::new(&identities, &sides).merge(ours)
}
