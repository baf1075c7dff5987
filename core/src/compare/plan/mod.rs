//! The changes that make one directory mean what another one means.

pub(super) mod called;
mod members;
mod planner;
mod renames;
mod trial;

use std::fmt;

use crate::change::{Change, Refusal, Rules};
use crate::delta::Delta;
use crate::diagnostic::Diagnostic;
use crate::directory::Directory;

use self::planner::Planner;
use super::difference::Difference;

/// The changes that carry a difference out, and what of it no change can: see
/// [`Difference::plan`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[must_use = "a plan changes nothing by itself"]
pub struct Plan {
    changes: Vec<Change>,
    leftovers: Vec<Leftover>,
}

impl Plan {
    /// Returns the changes, in an order in which they can be made; as a list they apply whole.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// Returns what differs still once the changes are made, in the order of the difference.
    pub fn leftovers(&self) -> &[Leftover] {
        &self.leftovers
    }
}

/// A delta that no change carries out, and why.
///
/// Its `Display` names both; code and help are those of the refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Leftover {
    /// What still differs.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub delta: Delta,
    /// Why.
    #[cfg_attr(feature = "serde", serde(serialize_with = "as_sentence"))]
    pub refusal: Refusal,
}

impl fmt::Display for Leftover {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.delta, self.refusal)
    }
}

impl Diagnostic for Leftover {
    fn code(&self) -> &'static str {
        self.refusal.code()
    }

    fn help(&self) -> Option<String> {
        self.refusal.help()
    }
}

#[cfg(feature = "serde")]
fn as_sentence<S: serde::Serializer>(refusal: &Refusal, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(refusal)
}

impl Difference {
    /// Plans the changes that make the older directory mean what the newer one means.
    ///
    /// `old` is the directory that was compared, or one that is the same; the rules are those under
    /// which the changes will be applied: who makes them, and the plug-ins there are. What cannot
    /// be changed under them is left over, each delta with its reason:
    ///
    /// - no group is deleted (decision D21): one that is gone from the newer directory is emptied,
    ///   and its going is left over;
    /// - a name that nobody has is never put into a list, a grant or a setting;
    /// - what a file may hold and no edit may make: a cycle of groups (decision D10), a name that
    ///   is too long (decision D3), twins (decision D5);
    /// - an SQL schema or a plug-in that only the newer directory knows;
    /// - what the actor may not do (decision D27).
    ///
    /// Nothing else is left over: where nothing is, the changes applied to `old` give a directory
    /// that means what the newer one means. The order of the newer file does not come along.
    ///
    /// The plan carries out *all* in which the newer directory differs: what it does not say, such as a
    /// grant or a password, is taken away. For a source that knows only a part, make a
    /// [`Wish`](crate::Wish).
    ///
    /// Costs a copy of `old` and what applying the changes costs, twice.
    ///
    /// ```
    /// use guichet_core::{DirectoryBuilder, GroupName, Rules, UserName, compare};
    /// let mut old = DirectoryBuilder::new();
    /// old.group(GroupName::from_stored("Devs"));
    /// let mut new = DirectoryBuilder::new();
    /// new.user(UserName::from_stored("Ann"));
    /// let devs = new.group(GroupName::from_stored("Devs"));
    /// new.members_of(devs).user("Ann");
    /// let (mut directory, new) = (old.finish(), new.finish());
    ///
    /// let plan = compare(&directory, &new).plan(&directory, &Rules::default());
    /// assert!(plan.leftovers().is_empty());
    /// let applied = directory.apply(plan.changes(), &Rules::default())?;
    /// assert_eq!(applied.events.len(), 2);
    /// assert!(compare(&directory, &new).is_empty());
    /// # Ok::<(), guichet_core::Refused>(())
    /// ```
    pub fn plan(&self, old: &Directory, rules: &Rules<'_>) -> Plan {
        let (changes, refused) = Planner::new(self, old, rules).plan();
        let leftovers = refused.into_iter().filter_map(|(index, refusal)| {
            let delta = self.entries.get(index)?.delta.clone();
            Some(Leftover { delta, refusal })
        });
        Plan {
            changes,
            leftovers: leftovers.collect(),
        }
    }
}
