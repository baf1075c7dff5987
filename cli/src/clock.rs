//! The one place that asks what time it is; every other function is told.

use std::time::{SystemTime, UNIX_EPOCH};

use guichet::licensing::{Moment, MomentError};

/// Returns the moment of the system's clock.
#[expect(
    clippy::disallowed_methods,
    reason = "the clock is read here and handed on as a value"
)]
pub(crate) fn now() -> Moment {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let microseconds = since.map_or(0, |since| since.as_micros()); // a clock before 1970 is unset
    let microseconds = i64::try_from(microseconds).ok();
    microseconds
        .and_then(Moment::from_microseconds)
        .unwrap_or(Moment::EPOCH)
}

/// Reads a moment: a timestamp with its zone, or a day, which is its start in UTC.
///
/// # Errors
///
/// [`MomentError`] when it is neither.
pub(crate) fn moment(text: &str) -> Result<Moment, MomentError> {
    let day = || format!("{text}T00:00:00Z").parse().ok();
    let timestamp: Result<Moment, MomentError> = text.parse();
    timestamp.or_else(|error| day().ok_or(error))
}

#[cfg(test)]
mod tests {
    use super::moment;

    #[test]
    fn a_day_is_its_start() {
        assert_eq!(moment("2026-11-21"), moment("2026-11-21T01:00:00+01:00"));
        assert!(moment("2026-11-31").is_err());
        assert!(moment("yesterday").is_err());
    }
}
