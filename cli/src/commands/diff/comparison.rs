//! Two directories, compared by every crate that has something to say about it.

use std::collections::HashMap;

use guichet::core::{Delta, Difference, UserName, compare, order_only};
use guichet::licensing::{Plan, PlanChange};
use guichet::policy::{AccessChange, impact_with_renames};
use guichet::storage::revision::Revision;

use crate::loaded::Loaded;

/// What is different between two directories, and what that means.
#[derive(Debug)]
pub(crate) struct Comparison {
    /// What is different by meaning.
    pub(super) difference: Difference,
    /// Whether nothing but the order is.
    pub(super) order_only: bool,
    /// Whether there are other texts for the same meaning, beside another order.
    pub(super) text_only: bool,
    /// Who gains and who loses which access.
    pub(super) access: Vec<AccessChange>,
    /// How many seats of which plug-in can be asked for.
    pub(super) demand: PlanChange,
    /// Whether access control goes on or off.
    pub(super) control: Option<&'static str>,
}

impl Comparison {
    /// Compares an older directory with a newer one.
    pub(crate) fn of(old: &Loaded, new: &Loaded) -> Self {
        let (before, after) = (old.directory(), new.directory());
        let difference = compare(before, after);
        let order_only = order_only(before, after);
        let text_only = difference.is_empty() && !order_only && old.revision() != new.revision();
        // Every plug-in that either of them speaks of.
        let catalogue = new.catalogue().clone().with_granted(before);
        let at = new.now();
        let plan =
            |loaded: &Loaded| Plan::new(&catalogue, loaded.entitlements(), &loaded.admission(), at);
        let renames = Renames::of(&difference);
        let former = |name: &UserName| renames.former.get(name).copied().cloned();
        let new_name = |name: &UserName| renames.new.get(name).copied().cloned();
        Self {
            access: impact_with_renames(old.policy(), new.policy(), former),
            demand: plan(old).with_names(new_name).change_to(&plan(new)),
            control: guichet::ControlChange::between(before, after)
                .map(guichet::ControlChange::sentence),
            difference,
            order_only,
            text_only,
        }
    }

    /// Tells whether both mean the same.
    pub(crate) const fn is_equal(&self) -> bool {
        self.difference.is_empty()
    }

    /// Returns a fingerprint of what is different, the same on every machine: an approval in a review
    /// holds as long as it does.
    pub(super) fn digest(&self) -> String {
        Revision::of(self.difference.canonical().as_bytes()).to_string()
    }
}

/// Users who have another name now: the Designer and the Administrator, and whoever's name differs in
/// case only.
struct Renames<'d> {
    /// The new names by the former ones.
    new: HashMap<&'d UserName, &'d UserName>,
    /// The former names by the new ones.
    former: HashMap<&'d UserName, &'d UserName>,
}

impl<'d> Renames<'d> {
    fn of(difference: &'d Difference) -> Self {
        let renames = difference.deltas().filter_map(|delta| match delta {
            Delta::UserRenamed { from, to } => Some((from, to)),
            _ => None,
        });
        let new: HashMap<_, _> = renames.collect();
        let former = new.iter().map(|(from, to)| (*to, *from)).collect();
        Self { new, former }
    }
}
