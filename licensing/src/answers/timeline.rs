//! Events by the moments that they state, for counting the use between two of them.
//!
//! A ledger is replayed in the order in which its events were recorded. Ledgers of former versions
//! took moments of the past: there that order is not the one of the moments. So the replay only says
//! which release ends which seat, and what happened is then put in the order of the moments.

use std::collections::{HashMap, HashSet};

use guichet_core::identity::folded_name;
use guichet_core::{PluginKey, UserName};

use super::report::{PluginReport, UsePoint};
use crate::entitlement::Entitlement;
use crate::event::{Event, EventKind, Sequence};
use crate::ledger::{Ledger, ReplayError};
use crate::moment::Moment;
use crate::refusal::{Refusal, RefusalCounts};
use crate::seat_count::{Owned, SeatCount};

/// What happened with every plug-in, in the order of the moments.
pub(super) struct Timeline<'e> {
    pub(super) plugins: Vec<PluginTimeline<'e>>,
    pub(super) out_of_order: u64,
}

/// What happened with one plug-in.
pub(super) struct PluginTimeline<'e> {
    plugin: &'e PluginKey,
    facts: Vec<Fact<'e>>,
}

struct Fact<'e> {
    at: Moment,
    sequence: Sequence,
    what: What<'e>,
}

#[derive(Clone, Copy)]
enum What<'e> {
    Granted(&'e UserName),
    Held,
    Refused(Refusal),
    Released(&'e UserName),
    Owned(&'e Entitlement),
}

impl<'e> Timeline<'e> {
    /// Replays a whole history.
    pub(super) fn of(events: &'e [Event]) -> Result<Self, ReplayError> {
        let mut ledger = Ledger::new();
        let mut places: HashMap<&PluginKey, usize> = HashMap::new();
        let mut granted: HashMap<(usize, String), Moment> = HashMap::new();
        let mut plugins: Vec<PluginTimeline<'e>> = Vec::new();
        let mut latest = None;
        let mut out_of_order = 0;
        for event in events {
            ledger.apply(event)?;
            out_of_order += u64::from(latest.is_some_and(|latest| event.at < latest));
            latest = latest.max(Some(event.at));
            let Some(plugin) = event.kind.plugin() else {
                continue;
            };
            let place = *places.entry(plugin).or_insert(plugins.len());
            if place == plugins.len() {
                let facts = Vec::new();
                plugins.push(PluginTimeline { plugin, facts });
            }
            let mut at = event.at;
            let what = match &event.kind {
                EventKind::SeatGranted(seat) => {
                    granted.insert((place, folded_name(seat.user.as_str())), at);
                    What::Granted(&seat.user)
                }
                EventKind::SeatReleased(seat) => {
                    // No seat ends before it was granted, whatever the clocks said.
                    let since = granted.remove(&(place, folded_name(seat.user.as_str())));
                    at = at.max(since.unwrap_or(at));
                    What::Released(&seat.user)
                }
                EventKind::SeatHeld { .. } => What::Held,
                EventKind::SeatRefused(_, reason) => What::Refused(*reason),
                EventKind::EntitlementChanged { entitlement, .. } => What::Owned(entitlement),
                EventKind::SessionOpened { .. } | EventKind::SessionClosed { .. } => continue,
            };
            let sequence = event.sequence;
            if let Some(found) = plugins.get_mut(place) {
                found.facts.push(Fact { at, sequence, what });
            }
        }
        for plugin in &mut plugins {
            plugin.facts.sort_by_key(|fact| (fact.at, fact.sequence));
        }
        Ok(Self {
            plugins,
            out_of_order,
        })
    }
}

/// Who holds the seats of a plug-in, and what is owned of it.
#[derive(Default)]
struct State<'e> {
    // How many grants an account has that are not ended: more than one only where moments overlap
    // that cannot, and it is still one seat.
    holders: HashMap<String, (&'e UserName, u32)>,
    entitlement: Option<&'e Entitlement>,
}

impl<'e> State<'e> {
    fn apply(&mut self, fact: &Fact<'e>) {
        match fact.what {
            What::Granted(user) => {
                let holder = self.holders.entry(folded_name(user.as_str()));
                holder.or_insert((user, 0)).1 += 1;
            }
            What::Released(user) => {
                let account = folded_name(user.as_str());
                if let Some((_, grants)) = self.holders.get_mut(&account) {
                    *grants = grants.saturating_sub(1);
                    if *grants == 0 {
                        self.holders.remove(&account);
                    }
                }
            }
            What::Owned(entitlement) => self.entitlement = Some(entitlement),
            What::Held | What::Refused(_) => {}
        }
    }

    fn in_use(&self) -> SeatCount {
        SeatCount::new(u32::try_from(self.holders.len()).unwrap_or(u32::MAX))
    }

    fn owned_at(&self, at: Moment) -> Owned {
        self.entitlement
            .map_or(Owned::Unknown, |entitlement| entitlement.owned_at(at))
    }

    /// The accounts that hold a seat, by name.
    fn users(&self) -> Vec<UserName> {
        let names = self.holders.values().map(|(name, _)| (*name).clone());
        let mut names: Vec<UserName> = names.collect();
        names.sort_unstable();
        names
    }
}

/// Counts the use of one plug-in between two moments; `None` where nothing happened before the end.
pub(super) fn tally(
    timeline: &PluginTimeline<'_>,
    from: Moment,
    to: Moment,
) -> Option<PluginReport> {
    let facts = &timeline.facts;
    let facts = facts.get(..facts.partition_point(|fact| fact.at < to))?;
    if facts.is_empty() {
        return None;
    }
    let (before, within) = facts.split_at(facts.partition_point(|fact| fact.at < from));
    let mut state = State::default();
    for fact in before {
        state.apply(fact);
    }
    let mut tally = Tally::new(timeline.plugin, from, &state);
    let mut at_peak = before.len();
    for (index, fact) in within.iter().enumerate() {
        state.apply(fact);
        if tally.count(fact, &state) {
            at_peak = before.len() + index + 1;
        }
    }
    let mut report = tally.finish(to);
    report.owned = state.owned_at(to);
    let mut state = State::default();
    facts
        .iter()
        .take(at_peak)
        .for_each(|fact| state.apply(fact));
    report.peak_users = state.users();
    Some(report)
}

/// What is counted of a plug-in while time goes by.
struct Tally {
    report: PluginReport,
    accounts: HashSet<String>,
    microseconds: u128,
}

impl Tally {
    fn new(plugin: &PluginKey, from: Moment, state: &State<'_>) -> Self {
        let (in_use, owned) = (state.in_use(), state.owned_at(from));
        let report = PluginReport {
            plugin: plugin.clone(),
            owned,
            in_use_at_start: in_use,
            in_use_at_end: in_use,
            peak: in_use,
            peak_at: from,
            peak_users: Vec::new(),
            granted: 0,
            held: 0,
            refusals: RefusalCounts::default(),
            accounts: 0,
            seat_seconds: 0,
            curve: vec![UsePoint {
                at: from,
                in_use,
                owned,
            }],
        };
        Self {
            report,
            accounts: state.holders.keys().cloned().collect(),
            microseconds: 0,
        }
    }

    /// Counts what has just made a state; returns whether it is a new peak.
    fn count(&mut self, fact: &Fact<'_>, state: &State<'_>) -> bool {
        self.advance(fact.at, state.in_use(), state.owned_at(fact.at));
        let report = &mut self.report;
        match fact.what {
            What::Granted(user) => {
                report.granted = report.granted.saturating_add(1);
                self.accounts.insert(folded_name(user.as_str()));
                if state.in_use() > report.peak {
                    report.peak = state.in_use();
                    report.peak_at = fact.at;
                    return true;
                }
            }
            What::Held => report.held = report.held.saturating_add(1),
            What::Refused(reason) => report.refusals.count(reason),
            What::Released(_) | What::Owned(_) => {}
        }
        false
    }

    /// Lets time pass with what was in use, then notes what is in use from now on.
    fn advance(&mut self, now: Moment, in_use: SeatCount, owned: Owned) {
        let Some(last) = self.report.curve.last_mut() else {
            return;
        };
        if (last.in_use, last.owned) == (in_use, owned) {
            return;
        }
        let passed = u128::try_from(now.microseconds_since(last.at)).unwrap_or(0);
        self.microseconds += passed * u128::from(last.in_use.get());
        if passed == 0 {
            (last.in_use, last.owned) = (in_use, owned);
        } else {
            let at = now;
            self.report.curve.push(UsePoint { at, in_use, owned });
        }
        self.report.in_use_at_end = in_use;
    }

    fn finish(mut self, to: Moment) -> PluginReport {
        if let Some(last) = self.report.curve.last() {
            let passed = u128::try_from(to.microseconds_since(last.at)).unwrap_or(0);
            self.microseconds += passed * u128::from(last.in_use.get());
        }
        let seconds = self.microseconds / 1_000_000;
        self.report.seat_seconds = u64::try_from(seconds).unwrap_or(u64::MAX);
        self.report.accounts = self.accounts.len() as u64;
        self.report
    }
}
