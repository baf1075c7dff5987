//! The status: for each plug-in what is owned, who holds a seat, what was refused, the peak.

use guichet_core::{AdmissionReason, PluginKey, UserName};

use crate::admission::Gate;
use crate::catalogue::PluginCatalogue;
use crate::ledger::{Holder, Ledger, PluginUse};
use crate::moment::Moment;
use crate::refusal::RefusalCounts;
use crate::seat_count::{Owned, SeatCount};
use crate::session::SessionId;

/// The seats of every plug-in at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Status {
    /// Every plug-in of the catalogue in its order, then those that only the ledger knows.
    pub plugins: Vec<PluginStatus>,
}

/// The seats of one plug-in.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct PluginStatus {
    /// The plug-in.
    pub plugin: PluginKey,
    /// What people call it.
    pub name: String,
    /// How many seats are owned.
    pub owned: Owned,
    /// How many seats are in use; above what is owned when that was lowered under use.
    pub in_use: SeatCount,
    /// Who holds them, longest first.
    pub holders: Vec<HolderStatus>,
    /// How many requests were refused.
    pub refused: u64,
    /// The same by reason.
    pub refusals: RefusalCounts,
    /// The most seats that were ever in use at once: exact, kept at every event.
    pub peak: SeatCount,
    /// When it first came to that.
    pub peak_at: Option<Moment>,
    /// Who held the seats then, by name.
    pub peak_users: Vec<UserName>,
}

/// One account that holds a seat.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct HolderStatus {
    /// The account.
    pub user: UserName,
    /// Its sessions that use the seat.
    pub sessions: Vec<SessionId>,
    /// When the seat was granted.
    pub since: Moment,
    /// Whether the account would still get a seat as far as its groups go; it keeps this one
    /// either way.
    pub entitled_now: bool,
    /// The rule that decides it.
    pub standing: AdmissionReason,
}

impl HolderStatus {
    pub(super) fn of(holder: Holder, plugin: &PluginKey, gate: &dyn Gate) -> Self {
        let standing = gate.standing(&holder.user, plugin);
        Self {
            user: holder.user,
            sessions: holder.sessions,
            since: holder.since,
            entitled_now: standing.is_admitted(),
            standing,
        }
    }
}

impl Status {
    /// Reads the status at a moment, which matters for rights that expire.
    ///
    /// Runs in the seats in use, sorted; events are not read.
    ///
    /// ```
    /// use guichet_core::{AdmissionReason, PluginKey, UserName};
    /// use guichet_licensing::{Ledger, Moment, PluginCatalogue, Status};
    ///
    /// let gate = |_: &UserName, _: &PluginKey| AdmissionReason::Everyone;
    /// let status = Status::new(&Ledger::new(), &PluginCatalogue::default(), &gate, Moment::EPOCH);
    /// assert_eq!(status.plugins.len(), 6);
    /// assert!(status.plugins.iter().all(|plugin| plugin.in_use.get() == 0));
    /// ```
    pub fn new(ledger: &Ledger, catalogue: &PluginCatalogue, gate: &dyn Gate, at: Moment) -> Self {
        let known = catalogue.plugins().iter();
        let known = known.map(|plugin| (plugin.key.clone(), plugin.name.clone()));
        let others = ledger.plugin_uses().map(PluginUse::plugin);
        let others = others.filter(|key| catalogue.get(key).is_none());
        let others = others.map(|key| (key.clone(), key.as_str().to_owned()));
        let plugins = known.chain(others);
        Self {
            plugins: plugins
                .map(|(plugin, name)| PluginStatus::of(plugin, name, ledger, gate, at))
                .collect(),
        }
    }
}

impl PluginStatus {
    fn of(plugin: PluginKey, name: String, ledger: &Ledger, gate: &dyn Gate, at: Moment) -> Self {
        let found = ledger.plugin_use(&plugin);
        let holders = found.map(PluginUse::holders).unwrap_or_default();
        let refusals = found.map(PluginUse::refusals).unwrap_or_default();
        let peak = found.and_then(PluginUse::peak);
        let holder = |holder| HolderStatus::of(holder, &plugin, gate);
        Self {
            owned: found.map_or(Owned::Unknown, |found| found.owned_at(at)),
            in_use: found.map_or(SeatCount::ZERO, PluginUse::in_use),
            holders: holders.into_iter().map(holder).collect(),
            refused: refusals.total(),
            refusals,
            peak: peak.as_ref().map_or(SeatCount::ZERO, |peak| peak.count),
            peak_at: peak.as_ref().map(|peak| peak.at),
            peak_users: peak.map(|peak| peak.users).unwrap_or_default(),
            plugin,
            name,
        }
    }
}
