//! The delay that slows down who tries passwords.

use std::time::Duration;

use crate::limits::{PASSWORD_DELAY_SECONDS, PASSWORD_FREE_ATTEMPTS};

use super::Verdict;

/// Says how long a password check has to wait (statement 54).
///
/// 4D's page *Validate password*: after the fourth failed call, each one runs only after 10 seconds,
/// on the whole workstation. So a process keeps one of these for all accounts. It waits for nothing
/// itself: the front waits, before the check.
///
/// ```
/// use std::time::Duration;
/// use guichet_core::{Verdict, VerificationThrottle};
///
/// let mut throttle = VerificationThrottle::default();
/// for _ in 0..4 {
///     assert_eq!(throttle.delay(), Duration::ZERO);
///     throttle.record(Verdict::Wrong);
/// }
/// assert_eq!(throttle.delay(), Duration::from_secs(10)); // the fifth attempt waits
/// throttle.record(Verdict::Right);
/// assert_eq!(throttle.delay(), Duration::ZERO);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct VerificationThrottle {
    failures: u32,
}

impl VerificationThrottle {
    /// Returns how long the next check has to wait from when it is asked for.
    pub const fn delay(&self) -> Duration {
        if self.failures < PASSWORD_FREE_ATTEMPTS {
            Duration::ZERO
        } else {
            Duration::from_secs(PASSWORD_DELAY_SECONDS)
        }
    }

    /// Counts a check; a right password starts the count again.
    pub const fn record(&mut self, verdict: Verdict) {
        self.failures = match verdict {
            Verdict::Right => 0,
            Verdict::Wrong => self.failures.saturating_add(1),
        };
    }
}
