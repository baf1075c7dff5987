//! Moments as people write them on the command line.

use guichet::Moment;
use guichet::licensing::MomentError;

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
