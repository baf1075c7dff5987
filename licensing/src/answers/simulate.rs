//! A trace played again with other seats or another directory.

use std::fmt;

use guichet_core::{AdmissionReason, PluginKey, UserName};

use super::trace::{Trace, TraceAction};
use crate::admission::Gate;
use crate::entitlement::{Entitlement, Entitlements};
use crate::ledger::{Ledger, PluginUse};
use crate::moment::Moment;
use crate::refusal::RefusalCounts;
use crate::seat_count::SeatCount;

/// Who counts as entitled in a simulation.
#[derive(Clone, Default)]
#[non_exhaustive]
pub enum Entitled<'a> {
    /// The accounts that were entitled when the trace was recorded.
    #[default]
    AsRecorded,
    /// The accounts that a directory entitles.
    By(&'a dyn Gate),
    /// The accounts that one directory entitles before a moment, and another from then on.
    Changed {
        /// The gate at first.
        before: &'a dyn Gate,
        /// When it changes.
        at: Moment,
        /// The gate from then on.
        after: &'a dyn Gate,
    },
}

impl fmt::Debug for Entitled<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AsRecorded => f.write_str("AsRecorded"),
            Self::By(_) => f.write_str("By(..)"),
            Self::Changed { at, .. } => write!(f, "Changed {{ at: {at}, .. }}"),
        }
    }
}

/// The conditions under which a trace is played again.
#[derive(Debug, Clone, Default)]
pub struct Scenario<'a> {
    /// What is owned of some plug-ins throughout, whatever the trace says of them.
    pub seats: Entitlements,
    /// Who counts as entitled.
    pub entitled: Entitled<'a>,
}

/// What becomes of a trace under a scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Simulation {
    /// Every plug-in of the trace, in the order of first mention.
    pub plugins: Vec<PluginSimulation>,
}

/// What becomes of the requests for one plug-in.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct PluginSimulation {
    /// The plug-in.
    pub plugin: PluginKey,
    /// How many requests there were.
    pub asked: u64,
    /// How many were answered with a new seat.
    pub granted: u64,
    /// How many were answered with the seat that the account held.
    pub held: u64,
    /// How many were refused, by reason.
    pub refusals: RefusalCounts,
    /// The most seats in use at once.
    pub peak: SeatCount,
    /// When it first came to that.
    pub peak_at: Option<Moment>,
    /// How many seats are in use when the trace ends.
    pub in_use_at_end: SeatCount,
}

impl Simulation {
    /// Plays a trace; O(steps), as the ledger itself.
    ///
    /// Sessions begin and end as they did: a request that is refused in the simulation does not
    /// make its session shorter.
    pub fn new(trace: &Trace, scenario: &Scenario<'_>) -> Self {
        let ledger = play_while(trace, scenario, |_| true);
        let plugins = trace.plugins().into_iter();
        Self {
            plugins: plugins
                .map(|plugin| PluginSimulation::of(plugin, &ledger))
                .collect(),
        }
    }

    /// Returns what becomes of one plug-in.
    pub fn plugin(&self, plugin: &PluginKey) -> Option<&PluginSimulation> {
        self.plugins.iter().find(|found| found.plugin == *plugin)
    }
}

impl PluginSimulation {
    /// Reads off a ledger what became of a plug-in.
    pub(super) fn of(plugin: PluginKey, ledger: &Ledger) -> Self {
        let found = ledger.plugin_use(&plugin);
        let (granted, held) = found.map_or((0, 0), |f| (f.granted(), f.held()));
        let refusals = found.map(PluginUse::refusals).unwrap_or_default();
        let peak = found.and_then(PluginUse::peak);
        Self {
            asked: granted
                .saturating_add(held)
                .saturating_add(refusals.total()),
            granted,
            held,
            refusals,
            peak: peak.as_ref().map_or(SeatCount::ZERO, |peak| peak.count),
            peak_at: peak.map(|peak| peak.at),
            in_use_at_end: found.map_or(SeatCount::ZERO, PluginUse::in_use),
            plugin,
        }
    }

    /// Returns how many requests were refused because seats are missing.
    pub fn short(&self) -> u64 {
        self.refusals.short()
    }

    /// Returns how many requests came from entitled accounts.
    pub fn entitled(&self) -> u64 {
        let refused = self.refusals.total().saturating_sub(self.short());
        self.asked.saturating_sub(refused)
    }
}

/// Plays a trace into a new ledger, to its end or until an answer is enough.
pub(super) fn play_while(
    trace: &Trace,
    scenario: &Scenario<'_>,
    goes_on: impl Fn(&Ledger) -> bool,
) -> Ledger {
    let mut ledger = Ledger::new();
    let start = trace.steps().first().map_or(Moment::EPOCH, |step| step.at);
    for (plugin, entitlement) in scenario.seats.iter() {
        let _: Option<_> = ledger.entitle(plugin, entitlement, start);
    }
    for step in trace.steps() {
        let at = step.at;
        // A trace opens each session before it asks and closes it once, so nothing is refused here
        // but seats.
        match &step.action {
            TraceAction::Open { session, user } => {
                let _: Result<_, _> = ledger.open(session, user, at);
            }
            TraceAction::Close { session, reason } => {
                let _: Result<_, _> = ledger.close(session, *reason, at);
            }
            TraceAction::Ask {
                session,
                plugin,
                entitled,
            } => {
                let recorded = |_: &UserName, _: &PluginKey| {
                    if *entitled {
                        AdmissionReason::Member
                    } else {
                        AdmissionReason::NotMember
                    }
                };
                let gate: &dyn Gate = match &scenario.entitled {
                    Entitled::AsRecorded => &recorded,
                    Entitled::By(gate) => *gate,
                    Entitled::Changed {
                        before,
                        at: change,
                        after,
                    } => {
                        if at < *change {
                            *before
                        } else {
                            *after
                        }
                    }
                };
                let event = ledger.decide_take(session, plugin, gate, at);
                let _: Option<()> = event.ok().and_then(|event| ledger.apply(&event).ok());
                if !goes_on(&ledger) {
                    break;
                }
            }
            TraceAction::Entitle {
                plugin,
                entitlement,
            } => {
                if scenario.seats.get(plugin).is_none() {
                    let _: Option<_> = ledger.entitle(plugin, entitlement, at);
                }
            }
        }
    }
    ledger
}

impl Scenario<'_> {
    /// Returns the same scenario with another number of seats of one plug-in.
    #[must_use]
    pub fn with_seats(mut self, plugin: &PluginKey, entitlement: Entitlement) -> Self {
        self.seats.set(plugin.clone(), entitlement);
        self
    }
}
