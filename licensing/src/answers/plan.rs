//! Who could ask for a seat, against what is owned: per plug-in, and between two directories.

use std::collections::{BTreeSet, HashMap, HashSet};

use guichet_core::identity::folded_name;
use guichet_core::{Grantee, PluginKey, UserName};

use crate::admission::{Admission, Gate as _};
use crate::catalogue::PluginCatalogue;
use crate::entitlement::Entitlements;
use crate::moment::Moment;
use crate::seat_count::{Owned, SeatCount};

/// For every plug-in, the accounts that may use it and the seats that are owned.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Plan {
    /// Every plug-in of the catalogue, in its order.
    pub plugins: Vec<PluginPlan>,
}

/// The accounts that may use one plug-in, and the seats that are owned.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct PluginPlan {
    /// The plug-in.
    pub plugin: PluginKey,
    /// What people call it.
    pub name: String,
    /// Who may use it.
    #[cfg_attr(
        feature = "serde",
        serde(flatten, serialize_with = "crate::serialize::grantee")
    )]
    pub grantee: Grantee,
    /// How many seats are owned.
    pub owned: Owned,
    /// How many accounts are entitled: the seats in use if all of them work at once.
    pub entitled: SeatCount,
    /// Those accounts, in the order of the directory.
    pub users: Vec<UserName>,
    /// How many more accounts are entitled than seats are owned; 0 when the seats suffice, `None`
    /// when nobody knows how many are owned.
    pub short: Option<SeatCount>,
}

impl Plan {
    /// Counts the entitled accounts of every plug-in, through any nesting of groups.
    ///
    /// Asks for the standing of every user towards every plug-in: O(users × plug-ins) questions.
    pub fn new(
        catalogue: &PluginCatalogue,
        entitlements: &Entitlements,
        admission: &Admission<'_>,
        at: Moment,
    ) -> Self {
        // A seat is taken by name, and a name means the first account that has it.
        let mut seen = HashSet::new();
        let users = admission.directory().users().map(|(_, user)| user.name());
        let accounts: Vec<&UserName> = users
            .filter(|name| seen.insert(folded_name(name.as_str())))
            .collect();
        let plan = |plugin: &guichet_core::Plugin| {
            let entitled = accounts
                .iter()
                .copied()
                .filter(|user| admission.standing(user, &plugin.key).is_admitted());
            let users: Vec<UserName> = entitled.cloned().collect();
            let count = SeatCount::new(u32::try_from(users.len()).unwrap_or(u32::MAX));
            let owned = entitlements.owned_on(&plugin.key, at.date());
            PluginPlan {
                plugin: plugin.key.clone(),
                name: plugin.name.clone(),
                grantee: admission.granted_to(&plugin.key),
                owned,
                entitled: count,
                users,
                short: owned.short_of(count),
            }
        };
        Self {
            plugins: catalogue.plugins().iter().map(plan).collect(),
        }
    }

    /// Gives the accounts that have another name by now that name, so that a plan of an older
    /// directory can be compared with one of a newer.
    #[must_use]
    pub fn with_names(mut self, new: impl Fn(&UserName) -> Option<UserName>) -> Self {
        let users = self.plugins.iter_mut().flat_map(|plugin| &mut plugin.users);
        for user in users {
            if let Some(new) = new(user) {
                *user = new;
            }
        }
        self
    }

    /// Compares the demand with that of another plan which takes the place of this one: the same
    /// catalogue with another directory, or with other seats.
    ///
    /// Accounts are the same when their names are: see [`Plan::with_names`].
    pub fn change_to(&self, after: &Self) -> PlanChange {
        let plans = after.plugins.iter();
        let plans: HashMap<&PluginKey, &PluginPlan> =
            plans.map(|plan| (&plan.plugin, plan)).collect();
        let change = |before: &PluginPlan| {
            let after = plans.get(&before.plugin)?;
            let had: BTreeSet<&UserName> = before.users.iter().collect();
            let has: BTreeSet<&UserName> = after.users.iter().collect();
            let names = |users: &mut dyn Iterator<Item = &&UserName>| -> Vec<UserName> {
                users.map(|user| (*user).clone()).collect()
            };
            Some(PluginPlanChange {
                plugin: before.plugin.clone(),
                entitled_before: before.entitled,
                entitled_after: after.entitled,
                gained: names(&mut has.difference(&had)),
                lost: names(&mut had.difference(&has)),
                owned_before: before.owned,
                owned_after: after.owned,
                short_before: before.short,
                short_after: after.short,
            })
        };
        PlanChange {
            plugins: self.plugins.iter().filter_map(change).collect(),
        }
    }
}

/// What becomes of the demand for every plug-in.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(transparent))]
pub struct PlanChange {
    /// Every plug-in that both plans have.
    pub plugins: Vec<PluginPlanChange>,
}

impl PlanChange {
    /// Returns the plug-ins that somebody gains or loses.
    pub fn moved(&self) -> impl Iterator<Item = &PluginPlanChange> {
        let plugins = self.plugins.iter();
        plugins.filter(|plugin| !(plugin.gained.is_empty() && plugin.lost.is_empty()))
    }
}

/// What becomes of the demand for one plug-in.
///
/// An account that loses the plug-in keeps a seat that is in use, until the session ends: the change shows
/// in the demand at once, in the seats only later.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct PluginPlanChange {
    /// The plug-in.
    pub plugin: PluginKey,
    /// How many accounts were entitled.
    pub entitled_before: SeatCount,
    /// How many accounts are entitled after the change.
    pub entitled_after: SeatCount,
    /// Who is entitled after the change only, by name.
    pub gained: Vec<UserName>,
    /// Who was entitled before the change only, by name.
    pub lost: Vec<UserName>,
    /// How many seats were owned.
    pub owned_before: Owned,
    /// How many are owned after the change.
    pub owned_after: Owned,
    /// How many seats were missing for all entitled accounts; `None` where `owned_before` is unknown.
    pub short_before: Option<SeatCount>,
    /// How many are missing after the change; `None` where `owned_after` is unknown.
    pub short_after: Option<SeatCount>,
}
