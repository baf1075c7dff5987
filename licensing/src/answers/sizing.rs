//! How many seats would have sufficed.

use std::fmt;
use std::str::FromStr;

use guichet_core::{Diagnostic, PluginKey};

use super::simulate::{PluginSimulation, Scenario, Simulation, play_while};
use super::trace::Trace;
use crate::entitlement::Entitlement;
use crate::ledger::{Ledger, PluginUse};
use crate::seat_count::{Limit, SeatCount};

/// A share of requests, from none to all, in millionths.
///
/// ```
/// use guichet_licensing::Share;
/// let share: Share = "2.5%".parse()?;
/// assert!(share.allows(25, 1_000));
/// assert!(!share.allows(26, 1_000));
/// assert_eq!(share.to_string(), "2.5%");
/// # Ok::<(), guichet_licensing::ShareError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Share(u32);

/// A text that is not a share.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a share")]
pub struct ShareError {
    text: String,
}

impl Diagnostic for ShareError {
    fn code(&self) -> &'static str {
        "illegal-share"
    }

    fn help(&self) -> Option<String> {
        Some("Write 0% to 100%, with at most four decimals, such as 2.5%.".to_owned())
    }
}

impl Share {
    /// Not one.
    pub const NONE: Self = Self(0);
    /// All of them.
    pub const ALL: Self = Self(1_000_000);

    /// Takes a number of millionths; `None` above a million.
    pub fn from_millionths(millionths: u32) -> Option<Self> {
        let share = Self(millionths);
        (share <= Self::ALL).then_some(share)
    }

    /// Returns whether a part of a whole is at most this share; any share allows none of nothing.
    pub fn allows(self, part: u64, whole: u64) -> bool {
        u128::from(part) * 1_000_000 <= u128::from(whole) * u128::from(self.0)
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (percent, rest) = (self.0 / 10_000, self.0 % 10_000);
        let decimals = format!("{rest:04}");
        match decimals.trim_end_matches('0') {
            "" => write!(f, "{percent}%"),
            decimals => write!(f, "{percent}.{decimals}%"),
        }
    }
}

impl FromStr for Share {
    type Err = ShareError;

    /// Reads a percentage with at most four decimals; the sign may be left out.
    fn from_str(text: &str) -> Result<Self, ShareError> {
        let parsed = || {
            let number = text.strip_suffix('%').unwrap_or(text);
            let (percent, decimals) = number.split_once('.').unwrap_or((number, ""));
            let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
            if decimals.len() > 4 || !digits(percent) || !digits(decimals) {
                return None;
            }
            let percent: u32 = percent.parse().ok()?;
            let decimals: u32 = format!("{decimals:0<4}").parse().ok()?;
            Self::from_millionths(percent.checked_mul(10_000)?.checked_add(decimals)?)
        };
        parsed().ok_or_else(|| ShareError {
            text: text.to_owned(),
        })
    }
}

impl Simulation {
    /// Returns the smallest number of seats of a plug-in with which at most a share of the requests
    /// of entitled accounts would have been refused because seats are missing.
    ///
    /// One more seat can make *more* refusals: who gets it early may hold it long, since a seat stays
    /// until the last session that uses it ends. So each number is tried, from none on, and given up
    /// as soon as too many were refused: O(steps × the answer) at worst. Where none may be refused
    /// the answer is the peak, in O(steps).
    pub fn smallest_seats(
        trace: &Trace,
        scenario: &Scenario<'_>,
        plugin: &PluginKey,
        refused: Share,
    ) -> SeatCount {
        let part = trace.parts().remove(plugin).unwrap_or_default();
        smallest(&part, scenario, plugin, refused)
    }

    /// Returns the same for every plug-in of a trace, in the order of first mention.
    ///
    /// The seats of one plug-in say nothing about those of another, so each is tried with its own
    /// part of the trace: where none may be refused, O(steps) for all of them together.
    pub fn smallest_seats_of_each(
        trace: &Trace,
        scenario: &Scenario<'_>,
        refused: Share,
    ) -> Vec<(PluginKey, SeatCount)> {
        let mut parts = trace.parts();
        let plugins = trace.plugins().into_iter();
        plugins
            .map(|plugin| {
                let part = parts.remove(&plugin).unwrap_or_default();
                let seats = smallest(&part, scenario, &plugin, refused);
                (plugin, seats)
            })
            .collect()
    }
}

/// Finds the fewest seats of a plug-in for its part of a trace.
fn smallest(
    part: &Trace,
    scenario: &Scenario<'_>,
    plugin: &PluginKey,
    refused: Share,
) -> SeatCount {
    let owning = |owned: Limit| Scenario {
        seats: [(plugin.clone(), Entitlement::from_limit(owned))]
            .into_iter()
            .collect(),
        entitled: scenario.entitled.clone(),
    };
    let unlimited = play_while(part, &owning(Limit::Unlimited), |_| true);
    let unlimited = PluginSimulation::of(plugin.clone(), &unlimited);
    if refused == Share::NONE {
        return unlimited.peak;
    }
    let short = |ledger: &Ledger| {
        let refusals = ledger.plugin_use(plugin).map(PluginUse::refusals);
        refusals.unwrap_or_default().short()
    };
    // However the rest ends, the entitled ask no more often than everybody together.
    let goes_on = |ledger: &Ledger| refused.allows(short(ledger), unlimited.asked);
    let suffices = |seats: &SeatCount| {
        let ledger = play_while(part, &owning(Limit::Seats(*seats)), goes_on);
        let found = PluginSimulation::of(plugin.clone(), &ledger);
        refused.allows(found.short(), found.entitled())
    };
    let mut fewer = (0..unlimited.peak.get()).map(SeatCount::new);
    fewer.find(suffices).unwrap_or(unlimited.peak)
}
