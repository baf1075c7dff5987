//! Use between two moments: one row for each plug-in, and a curve for each.

use std::collections::{BTreeSet, HashMap};

use guichet_core::identity::folded_name;
use guichet_core::{PluginKey, UserName};

use crate::event::{Event, EventKind, Sequence};
use crate::ledger::{Ledger, PluginUse, RefusalCounts, ReplayError};
use crate::moment::Moment;
use crate::seat_count::{Owned, SeatCount};

/// Use between two moments.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Report {
    /// The start; what happens at it belongs to the report.
    pub from: Moment,
    /// The end; what happens at it does not.
    pub to: Moment,
    /// Every plug-in that an event was about, in the order of the keys.
    pub plugins: Vec<PluginReport>,
}

/// Use of one plug-in between two moments.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct PluginReport {
    /// The plug-in.
    pub plugin: PluginKey,
    /// How many seats were owned at the end.
    pub owned: Owned,
    /// How many seats were in use at the start.
    pub in_use_at_start: SeatCount,
    /// How many seats were in use at the end.
    pub in_use_at_end: SeatCount,
    /// The most seats in use at once, those at the start among them.
    pub peak: SeatCount,
    /// When it first came to that; the start, if it was so then.
    pub peak_at: Moment,
    /// Who held the seats then, by name.
    pub peak_users: Vec<UserName>,
    /// How many seats were granted.
    pub granted: u64,
    /// How many requests were answered with the seat that the account held.
    pub held: u64,
    /// How many requests were refused, by reason.
    pub refusals: RefusalCounts,
    /// How many accounts held a seat at some time.
    pub accounts: u64,
    /// The seats in use, summed over time: two seats for a minute are 120.
    pub seat_seconds: u64,
    /// The curve: what was in use and owned from each moment on; the first point is the start.
    pub curve: Vec<UsePoint>,
}

/// One step of a curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct UsePoint {
    /// From when on.
    pub at: Moment,
    /// How many seats were in use.
    pub in_use: SeatCount,
    /// How many were owned at that moment; a right that expires between two points shows at the
    /// second.
    pub owned: Owned,
}

/// What is counted of a plug-in while the events go by.
struct Tally {
    report: PluginReport,
    peak_sequence: Sequence,
    accounts: BTreeSet<String>,
    microseconds: u128,
}

impl Report {
    /// Counts the use from the whole history of a ledger; O(events) twice.
    ///
    /// Clocks of several machines may disagree with the order of the events: each event counts as
    /// happening no earlier than the one before it.
    ///
    /// # Errors
    ///
    /// [`ReplayError`] when the events are not a whole history.
    pub fn of(events: &[Event], from: Moment, to: Moment) -> Result<Self, ReplayError> {
        let mut ledger = Ledger::new();
        let mut tallies: HashMap<PluginKey, Tally> = HashMap::new();
        let mut clock: Option<Moment> = None;
        for event in events {
            let now = clock.map_or(event.at, |clock| clock.max(event.at));
            if now >= to {
                break;
            }
            if now >= from && clock.is_none_or(|clock| clock < from) {
                start(&ledger, from, &mut tallies);
            }
            clock = Some(now);
            ledger.apply(event)?;
            if now >= from {
                count(&ledger, event, now, from, &mut tallies);
            }
        }
        if clock.is_none_or(|clock| clock < from) {
            start(&ledger, from, &mut tallies);
        }
        let mut tallies: Vec<Tally> = tallies.into_values().collect();
        for tally in &mut tallies {
            let found = ledger.plugin_use(&tally.report.plugin);
            tally.report.owned = found.map_or(Owned::NONE, |found| found.owned_at(to));
            tally.finish(to);
        }
        name_peaks(events, &mut tallies)?;
        let mut plugins: Vec<PluginReport> = tallies.into_iter().map(|t| t.report).collect();
        plugins.sort_unstable_by(|left, right| left.plugin.cmp(&right.plugin));
        Ok(Self { from, to, plugins })
    }

    /// Returns the titles of the columns of [`rows`](Self::rows).
    pub const fn columns() -> [&'static str; 14] {
        [
            "plugin",
            "owned",
            "in_use_at_start",
            "in_use_at_end",
            "peak",
            "peak_at",
            "peak_users",
            "granted",
            "held",
            "not_entitled",
            "no_licence",
            "exhausted",
            "accounts",
            "seat_seconds",
        ]
    }

    /// Returns one row of texts for each plug-in, for a table or a CSV file.
    pub fn rows(&self) -> Vec<[String; 14]> {
        let row = |plugin: &PluginReport| {
            let users: Vec<&str> = plugin.peak_users.iter().map(UserName::as_str).collect();
            [
                plugin.plugin.to_string(),
                plugin.owned.to_string(),
                plugin.in_use_at_start.to_string(),
                plugin.in_use_at_end.to_string(),
                plugin.peak.to_string(),
                plugin.peak_at.to_string(),
                users.join(", "),
                plugin.granted.to_string(),
                plugin.held.to_string(),
                plugin.refusals.not_entitled.to_string(),
                plugin.refusals.no_licence.to_string(),
                plugin.refusals.exhausted.to_string(),
                plugin.accounts.to_string(),
                plugin.seat_seconds.to_string(),
            ]
        };
        self.plugins.iter().map(row).collect()
    }
}

/// Opens the tally of every plug-in that the ledger knows at the start of the report.
fn start(ledger: &Ledger, from: Moment, tallies: &mut HashMap<PluginKey, Tally>) {
    for found in ledger.plugin_uses() {
        let mut tally = Tally::new(found.plugin(), from, found.in_use(), found.owned_at(from));
        tally.peak_sequence = ledger.last_sequence();
        let holders = found.holders().into_iter();
        tally.accounts = holders.map(|h| folded_name(h.user.as_str())).collect();
        tallies.insert(found.plugin().clone(), tally);
    }
}

/// Counts an event that the ledger has just applied.
fn count(
    ledger: &Ledger,
    event: &Event,
    now: Moment,
    from: Moment,
    tallies: &mut HashMap<PluginKey, Tally>,
) {
    let Some(found) = event.kind.plugin().and_then(|key| ledger.plugin_use(key)) else {
        return;
    };
    let tally = tallies
        .entry(found.plugin().clone())
        .or_insert_with(|| Tally::new(found.plugin(), from, SeatCount::ZERO, Owned::NONE));
    tally.advance(now, found.in_use(), found.owned_at(event.at));
    match &event.kind {
        EventKind::SeatGranted { user, .. } => {
            tally.report.granted = tally.report.granted.saturating_add(1);
            tally.accounts.insert(folded_name(user.as_str()));
            if found.in_use() > tally.report.peak {
                tally.report.peak = found.in_use();
                tally.report.peak_at = now;
                tally.peak_sequence = event.sequence;
            }
        }
        EventKind::SeatHeld { .. } => tally.report.held = tally.report.held.saturating_add(1),
        EventKind::SeatRefused { reason, .. } => tally.report.refusals.count(*reason),
        _ => {}
    }
}

/// Plays the events again and writes down who held the seats at each peak.
fn name_peaks(events: &[Event], tallies: &mut [Tally]) -> Result<(), ReplayError> {
    tallies.sort_unstable_by_key(|tally| tally.peak_sequence);
    let mut ledger = Ledger::new();
    let mut events = events.iter();
    for tally in tallies {
        while ledger.last_sequence() < tally.peak_sequence
            && let Some(event) = events.next()
        {
            ledger.apply(event)?;
        }
        let found = ledger.plugin_use(&tally.report.plugin);
        let holders = found.map(PluginUse::holders).unwrap_or_default();
        tally.report.peak_users = holders.into_iter().map(|holder| holder.user).collect();
        tally.report.peak_users.sort_unstable();
    }
    Ok(())
}

impl Tally {
    fn new(plugin: &PluginKey, from: Moment, in_use: SeatCount, owned: Owned) -> Self {
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
            peak_sequence: Sequence::NONE,
            accounts: BTreeSet::new(),
            microseconds: 0,
        }
    }

    /// Lets time pass with what was in use, then notes what is in use from now on.
    fn advance(&mut self, now: Moment, in_use: SeatCount, owned: Owned) {
        let Some(last) = self.report.curve.last_mut() else {
            return;
        };
        let passed = u128::try_from(now.microseconds_since(last.at)).unwrap_or(0);
        if (last.in_use, last.owned) == (in_use, owned) {
            return;
        }
        self.microseconds += passed * u128::from(last.in_use.get());
        if passed == 0 {
            (last.in_use, last.owned) = (in_use, owned);
        } else {
            let at = now;
            self.report.curve.push(UsePoint { at, in_use, owned });
        }
        self.report.in_use_at_end = in_use;
    }

    fn finish(&mut self, to: Moment) {
        if let Some(last) = self.report.curve.last() {
            let passed = u128::try_from(to.microseconds_since(last.at)).unwrap_or(0);
            self.microseconds += passed * u128::from(last.in_use.get());
        }
        let seconds = self.microseconds / 1_000_000;
        self.report.seat_seconds = u64::try_from(seconds).unwrap_or(u64::MAX);
        self.report.accounts = self.accounts.len() as u64;
    }
}
