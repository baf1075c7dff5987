//! How long a measurement goes on.

use std::time::Duration;

/// How long one operation is repeated.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Passes are repeated until this much time has gone by.
    pub(crate) enough: Duration,
    /// A pass is cut short when this much time has gone by; what was asked until then counts.
    pub(crate) budget: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            enough: Duration::from_millis(200),
            budget: Duration::from_secs(2),
        }
    }
}

impl Limits {
    /// A program that has said nothing for this long says what it knows after the next operation.
    pub(crate) const SILENT: Duration = Duration::from_secs(1);

    /// A program that has run for this long starts no further operation.
    pub(crate) const WHOLE: Duration = Duration::from_secs(100);

    /// Fewer passes than this say little about the spread; the budget goes first.
    pub(crate) const FEWEST_PASSES: usize = 5;
}
