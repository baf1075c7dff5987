//! The moments of events, as far as a later request has to know them.

use std::collections::BTreeMap;

use crate::moment::Moment;

const DAY: i64 = 24 * 60 * 60 * 1_000_000;

/// The latest moment of each day on which something happened.
///
/// Clocks may be wrong, so the last event need not be the latest.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Moments {
    latest_of_day: BTreeMap<i64, Moment>,
}

impl Moments {
    /// Adds the moment of an event.
    pub(super) fn add(&mut self, at: Moment) {
        let latest = self.latest_of_day.entry(day(at)).or_insert(at);
        *latest = at.max(*latest);
    }

    /// Returns the latest moment, without those that are more than a day after the clock.
    #[cfg(feature = "sqlite")]
    pub(super) fn latest(&self, clock: Moment) -> Option<Moment> {
        let last_day = day(clock).saturating_add(1);
        let mut days = self.latest_of_day.range(..=last_day).rev();
        // Two days at most are looked at: whatever lies before the next day is not a day ahead.
        let found = days.find(|(_, latest)| latest.microseconds_since(clock) <= DAY);
        found.map(|(_, latest)| *latest)
    }
}

fn day(moment: Moment) -> i64 {
    moment.as_microseconds().div_euclid(DAY)
}
