//! What time it is: the system's clock, or a moment that was given.

use std::time::{SystemTime, UNIX_EPOCH};

use guichet_licensing::Moment;

/// Where a project takes the time from: for the history, for licences that expire, for sessions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Clock {
    /// The system's clock.
    #[default]
    System,
    /// Always this moment: for tests, and to record the past.
    At(Moment),
}

impl Clock {
    /// Returns the time.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place of this crate that asks the clock"
    )]
    pub fn now(self) -> Moment {
        match self {
            Self::At(moment) => moment,
            Self::System => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH);
                let microseconds = since.map_or(0, |since| since.as_micros()); // a clock before 1970 is unset
                let microseconds = i64::try_from(microseconds).ok();
                let moment = microseconds.and_then(Moment::from_microseconds);
                moment.unwrap_or(Moment::EPOCH)
            }
        }
    }
}
