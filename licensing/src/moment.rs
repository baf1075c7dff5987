//! Moments in time, as values that the caller passes in.

use std::fmt;
use std::str::FromStr;

use guichet_core::Diagnostic;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

/// A text that is not a moment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a date and time")]
pub struct MomentError {
    text: String,
}

impl Diagnostic for MomentError {
    fn code(&self) -> &'static str {
        "illegal-moment"
    }

    fn help(&self) -> Option<String> {
        Some("Write it like 2026-11-21T14:05:00Z.".to_owned())
    }
}

/// A moment in UTC, exact to the microsecond.
///
/// No function of this crate asks a clock: every moment is passed in by the caller, so that a test
/// can be any day. What a ledger keeps is exactly what it was given, after cutting to microseconds.
///
/// ```
/// use guichet_licensing::Moment;
/// let moment: Moment = "2026-11-21T15:05:00.25+01:00".parse()?;
/// assert_eq!(moment.to_string(), "2026-11-21T14:05:00.25Z");
/// assert_eq!(moment.date(), jiff::civil::date(2026, 11, 21));
/// # Ok::<(), guichet_licensing::MomentError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(i64);

impl Moment {
    /// The start of 1970, in UTC.
    pub const EPOCH: Self = Self(0);

    /// Takes a number of microseconds since the start of 1970 in UTC; `None` outside the years
    /// −9999 to 9999.
    pub fn from_microseconds(microseconds: i64) -> Option<Self> {
        Timestamp::from_microsecond(microseconds)
            .is_ok()
            .then_some(Self(microseconds))
    }

    /// Returns the number of microseconds since the start of 1970 in UTC.
    pub const fn as_microseconds(self) -> i64 {
        self.0
    }

    /// Returns the day in UTC: what an expiry date is compared with.
    pub fn date(self) -> Date {
        Offset::UTC.to_datetime(self.timestamp()).date()
    }

    /// Returns the same moment for the library that reads and writes times.
    pub fn timestamp(self) -> Timestamp {
        Timestamp::from_microsecond(self.0).unwrap_or_default() // checked when it was made
    }

    /// Returns the microseconds from an earlier moment to this one; negative when it is later.
    pub const fn microseconds_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// Returns the moment a number of seconds later, at most the end of the year 9999.
    #[must_use]
    pub fn plus_seconds(self, seconds: u32) -> Self {
        let later = self
            .0
            .saturating_add(i64::from(seconds).saturating_mul(1_000_000));
        Self::from_microseconds(later).unwrap_or_else(|| Timestamp::MAX.into())
    }
}

impl From<Timestamp> for Moment {
    fn from(timestamp: Timestamp) -> Self {
        Self(timestamp.as_microsecond())
    }
}

impl FromStr for Moment {
    type Err = MomentError;

    fn from_str(text: &str) -> Result<Self, MomentError> {
        let timestamp: Result<Timestamp, _> = text.parse();
        timestamp.map(Self::from).map_err(|_| MomentError {
            text: text.to_owned(),
        })
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.timestamp().fmt(f)
    }
}
