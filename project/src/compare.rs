//! Two versions of a directory: in what they differ, and what that means for people and seats.

use std::collections::HashMap;

use guichet_core::{AccessControl, Delta, Difference, Directory, UserName};
use guichet_licensing::{Moment, Plan, PluginPlanChange};
use guichet_policy::{AccessChange, impact_of_edit, impact_with_renames};
use guichet_storage::Revision;

use crate::meaning::Meaning;
use crate::view::View;

/// In what two views differ, and what that means.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Comparison {
    /// In what their directories differ by meaning.
    pub difference: Difference,
    /// What else their files differ in, where the meaning is the same.
    pub form: Form,
    /// Who gains and who loses which access.
    pub access: Vec<AccessChange>,
    /// The plug-ins that somebody gains or loses.
    pub seats: Vec<PluginPlanChange>,
    /// Whether access control goes on or off.
    pub control: Option<ControlChange>,
}

/// In what two files of the same meaning differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Form {
    /// In nothing that matters here: the files are the same, or their meaning is not.
    Same,
    /// In the order of their users, groups or members.
    Order,
    /// In their text.
    Text,
}

/// Access control goes on or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ControlChange {
    /// The Designer has a password now.
    On,
    /// The Designer has no password any more.
    Off,
}

impl Comparison {
    /// Returns whether both mean the same.
    pub const fn is_same(&self) -> bool {
        self.difference.is_empty()
    }

    /// Returns a fingerprint of the difference, the same on every machine: what was approved in a
    /// review holds as long as it stays the same.
    pub fn digest(&self) -> Revision {
        Revision::new(self.difference.canonical().as_bytes())
    }
}

impl ControlChange {
    /// Compares whether access is controlled in two directories.
    pub fn between(before: &Directory, after: &Directory) -> Option<Self> {
        match (before.access_control(), after.access_control()) {
            (AccessControl::Off, AccessControl::On) => Some(Self::On),
            (AccessControl::On, AccessControl::Off) => Some(Self::Off),
            _ => None,
        }
    }

    /// Says so in one sentence.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::On => "access control is now on: users must log in",
            Self::Off => "access control is now off: everyone works as the Designer",
        }
    }
}

/// Compares an older view with a newer one; `at` decides which licences have expired.
///
/// Users are the same when their names are, or when [`core::compare`](guichet_core::compare()) takes
/// one for the other: the Designer, the Administrator, and users whose names differ in case only.
/// O(accesses × (users + memberships)).
pub fn compare(before: &View, after: &View, at: Moment) -> Comparison {
    let difference = guichet_core::compare(before.directory(), after.directory());
    let form = if !difference.is_empty() {
        Form::Same
    } else if guichet_core::order_only(before.directory(), after.directory()) {
        Form::Order
    } else if before.revision() != after.revision() {
        Form::Text
    } else {
        Form::Same
    };
    let renames = Renames::of_difference(&difference);
    let (old, new) = (before.meaning(), after.meaning());
    Comparison {
        access: impact_with_renames(&old.policy, &new.policy, |name| renames.former(name)),
        seats: seat_changes(old, new, &renames, at),
        control: ControlChange::between(before.directory(), after.directory()),
        form,
        difference,
    }
}

/// How the users of two directories are known to be the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Matching {
    /// By their handles: one directory is an edited copy of the other.
    Handles,
    /// By their names.
    Names,
}

/// Returns who gains and who loses which access.
pub(crate) fn impact(before: &Meaning, after: &Meaning, matching: Matching) -> Vec<AccessChange> {
    match matching {
        Matching::Handles => impact_of_edit(&before.policy, &after.policy),
        Matching::Names => {
            let renames = Renames::of(before, after, matching);
            impact_with_renames(&before.policy, &after.policy, |name| renames.former(name))
        }
    }
}

/// Returns the plug-ins that somebody gains or loses.
pub(crate) fn seats(
    before: &Meaning,
    after: &Meaning,
    matching: Matching,
    at: Moment,
) -> Vec<PluginPlanChange> {
    seat_changes(before, after, &Renames::of(before, after, matching), at)
}

fn seat_changes(
    before: &Meaning,
    after: &Meaning,
    renames: &Renames,
    at: Moment,
) -> Vec<PluginPlanChange> {
    // Every plug-in that either of them speaks of.
    let catalogue = after.catalogue.clone();
    let catalogue = catalogue.with_granted(before.policy.directory());
    let plan = |side: &Meaning| Plan::new(&catalogue, &side.entitlements, &side.admission(), at);
    let old = plan(before).with_names(|name| renames.new_name(name));
    let change = old.change_to(&plan(after));
    change.moved().cloned().collect()
}

/// Users who have another name after than before.
#[derive(Debug, Default)]
struct Renames {
    new: HashMap<UserName, UserName>,
    former: HashMap<UserName, UserName>,
}

impl Renames {
    fn of(before: &Meaning, after: &Meaning, matching: Matching) -> Self {
        let (before, after) = (before.policy.directory(), after.policy.directory());
        match matching {
            Matching::Names => Self::of_difference(&guichet_core::compare(before, after)),
            Matching::Handles => {
                let pairs = before.users().filter_map(|(handle, user)| {
                    let (from, to) = (user.name(), after.user(handle)?.name());
                    (from != to).then(|| (from.clone(), to.clone()))
                });
                Self::new(pairs)
            }
        }
    }

    fn of_difference(difference: &Difference) -> Self {
        Self::new(difference.deltas().filter_map(|delta| match delta {
            Delta::UserRenamed { from, to } => Some((from.clone(), to.clone())),
            _ => None,
        }))
    }

    fn new(pairs: impl Iterator<Item = (UserName, UserName)>) -> Self {
        let new: HashMap<_, _> = pairs.collect();
        let former = new.iter().map(|(from, to)| (to.clone(), from.clone()));
        Self {
            former: former.collect(),
            new,
        }
    }

    fn new_name(&self, former: &UserName) -> Option<UserName> {
        self.new.get(former).cloned()
    }

    fn former(&self, new: &UserName) -> Option<UserName> {
        self.former.get(new).cloned()
    }
}
