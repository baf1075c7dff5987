//! When a request to a durable ledger happens, and which moments it refuses.

use guichet_core::Diagnostic;

use crate::ledger::Ledger;
use crate::moment::Moment;

/// When a request to a durable ledger happens.
///
/// Events are recorded in the order of their moments, so that a report never misses one:
///
/// - [`now`](Self::now) is the clock of the machine. Where that is before an event, the request
///   happens at the moment of that event, and is not refused.
/// - [`stated`](Self::stated) is a moment that a person states. It is refused before the latest
///   event, and when it is more than a minute after the clock of the machine.
///
/// An event that is more than a day ahead of the clock was recorded under a wrong one: it does not
/// hold up time for those after it. Deadlines of heartbeats count from the moment as it was given,
/// whatever the events say.
///
/// A plain [`Moment`] is `now` by the clock of the caller.
///
/// ```
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("seats.sqlite");
/// use guichet_core::UserName;
/// use guichet_licensing::sqlite::{Life, OpenOptions};
/// use guichet_licensing::{Moment, When};
///
/// let [nine, ten]: [Moment; 2] = ["2026-11-20T09:00:00Z".parse()?, "2026-11-20T10:00:00Z".parse()?];
/// let (ann, life) = (UserName::from_stored("Ann"), Life::until_closed());
/// let mut ledger = OpenOptions::create().open(&path)?;
/// ledger.open_session(None, &ann, &life, When::stated(ten, ten))?;
/// assert!(ledger.open_session(None, &ann, &life, When::stated(nine, ten)).is_err());
/// assert_eq!(ledger.open_session(None, &ann, &life, When::now(nine))?.opened, ten);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When {
    clock: Moment,
    stated: Option<Moment>,
}

/// How far a stated moment may be ahead of the clock.
const AHEAD: i64 = 60 * 1_000_000;

impl When {
    /// Makes the moment of a clock.
    pub const fn now(clock: Moment) -> Self {
        Self {
            clock,
            stated: None,
        }
    }

    /// Makes a moment that a person states, beside what the clock says.
    pub const fn stated(at: Moment, clock: Moment) -> Self {
        Self {
            clock,
            stated: Some(at),
        }
    }

    /// Returns the moment as it was given.
    pub fn given(self) -> Moment {
        self.stated.unwrap_or(self.clock)
    }

    /// Returns when something that was over at a moment is recorded: then, or with the latest event.
    pub(crate) fn recording(self, over: Moment, ledger: &Ledger) -> Moment {
        let latest = ledger.latest_moment(self.clock);
        latest.map_or(over, |latest| latest.max(over))
    }

    /// Returns when the request happens in a ledger.
    ///
    /// # Errors
    ///
    /// [`WhenError`] for a stated moment before its latest event, or in the future.
    pub(crate) fn resolve(self, ledger: &Ledger) -> Result<Moment, WhenError> {
        let clock = self.clock;
        let Some(at) = self.stated else {
            return Ok(self.recording(clock, ledger));
        };
        let last = ledger.latest_moment(clock);
        if at.microseconds_since(clock) > AHEAD {
            return Err(WhenError::Future { at, clock, last });
        }
        match last {
            Some(last) if at < last => Err(WhenError::Past { at, clock, last }),
            _ => Ok(at),
        }
    }
}

impl From<Moment> for When {
    fn from(clock: Moment) -> Self {
        Self::now(clock)
    }
}

/// A moment at which nothing can be recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WhenError {
    /// Something was recorded later than this moment already.
    #[error("cannot record at {at}: the ledger's last event is at {last}")]
    Past {
        /// The moment.
        at: Moment,
        /// What the clock says.
        clock: Moment,
        /// The moment of the latest event.
        last: Moment,
    },
    /// The moment is more than a minute ahead of the clock.
    #[error("cannot record at {at}: this machine's clock says {clock}")]
    Future {
        /// The moment.
        at: Moment,
        /// What the clock says.
        clock: Moment,
        /// The moment of the latest event, if there is one.
        last: Option<Moment>,
    },
}

impl Diagnostic for WhenError {
    fn code(&self) -> &'static str {
        match self {
            Self::Past { .. } => "past-moment",
            Self::Future { .. } => "future-moment",
        }
    }

    fn help(&self) -> Option<String> {
        Some(match self {
            Self::Past { clock, last, .. } if last > clock => {
                "That event is ahead of this machine's clock: leave the moment out to record it \
                 now, or correct the clock."
                    .to_owned()
            }
            Self::Past { last, .. } => {
                format!("Use a moment from {last} on, or leave it out to record it now.")
            }
            Self::Future { last, .. } => {
                let last = last.map_or_else(
                    || "The ledger has no event yet.".to_owned(),
                    |last| format!("The ledger's last event is at {last}."),
                );
                format!("{last} Leave the moment out to record it now, or correct the clock.")
            }
        })
    }
}
