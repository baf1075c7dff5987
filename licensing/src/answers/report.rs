//! Use between two moments: one row for each plug-in, and a curve for each.

use guichet_core::{PluginKey, UserName};

use super::timeline::{self, Timeline};
use crate::event::Event;
use crate::ledger::ReplayError;
use crate::moment::Moment;
use crate::refusal::RefusalCounts;
use crate::seat_count::{Owned, SeatCount};

/// Use between two moments.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Report {
    /// The start; what happens at it belongs to the report.
    pub from: Moment,
    /// The end; what happens at it does not.
    pub to: Moment,
    /// How many events are dated before one that was recorded earlier. They count at the moments
    /// that they state; only ledgers of former versions, or of clocks that were wrong, have any.
    pub out_of_order: u64,
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

impl Report {
    /// Counts the use from the whole history of a ledger; O(events), and O(events × log events) where
    /// they are out of order.
    ///
    /// Each event counts at the moment that it states, whatever the order in which events were
    /// recorded.
    ///
    /// # Errors
    ///
    /// [`ReplayError`] when the events are not a whole history.
    pub fn new(events: &[Event], from: Moment, to: Moment) -> Result<Self, ReplayError> {
        let timeline = Timeline::of(events)?;
        let tallied = timeline.plugins.iter();
        let tallied = tallied.filter_map(|plugin| timeline::tally(plugin, from, to));
        let mut plugins: Vec<PluginReport> = tallied.collect();
        plugins.sort_unstable_by(|left, right| left.plugin.cmp(&right.plugin));
        Ok(Self {
            from,
            to,
            out_of_order: timeline.out_of_order,
            plugins,
        })
    }

    /// The titles of the columns of [`rows`](Self::rows).
    pub const COLUMNS: [&str; 14] = [
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
    ];

    /// Returns one row of texts for each plug-in, for a table or a CSV file.
    pub fn rows(&self) -> Vec<Vec<String>> {
        let row = |plugin: &PluginReport| {
            let users: Vec<&str> = plugin.peak_users.iter().map(UserName::as_str).collect();
            let first = [
                plugin.plugin.to_string(),
                plugin.owned.to_string(),
                plugin.in_use_at_start.to_string(),
                plugin.in_use_at_end.to_string(),
                plugin.peak.to_string(),
                plugin.peak_at.to_string(),
                users.join(", "),
                plugin.granted.to_string(),
                plugin.held.to_string(),
            ];
            let last = [plugin.accounts, plugin.seat_seconds];
            let refusals = plugin.refusals.iter().map(|(_, count)| count);
            let counts = refusals.chain(last).map(|count| count.to_string());
            first.into_iter().chain(counts).collect()
        };
        self.plugins.iter().map(row).collect()
    }
}
