//! How long a session may live when nobody closes it.

use std::num::NonZeroU32;

use crate::moment::Moment;
use crate::sqlite::process::ProcessMark;

/// How a session ends by itself, if at all.
///
/// A seat is never freed while its session may live:
///
/// - without a process and without a heartbeat a session lives until it is closed;
/// - with a process it ends when that process has verifiably ended;
/// - with a heartbeat it ends when it was silent for longer than its time-out, unless its process
///   verifiably lives.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Life {
    process: Option<ProcessMark>,
    heartbeat: Option<NonZeroU32>,
}

impl Life {
    /// Lives until it is closed.
    pub fn until_closed() -> Self {
        Self::default()
    }

    /// Belongs to a process: ends with it.
    #[must_use]
    pub fn of_process(self, process: ProcessMark) -> Self {
        Self {
            process: Some(process),
            ..self
        }
    }

    /// Must send a heartbeat at least every so many seconds.
    #[must_use]
    pub fn with_heartbeat(self, seconds: NonZeroU32) -> Self {
        Self {
            heartbeat: Some(seconds),
            ..self
        }
    }

    /// Returns the process that the session belongs to.
    pub const fn process(&self) -> Option<&ProcessMark> {
        self.process.as_ref()
    }

    /// Returns the longest silence, in seconds.
    pub(super) fn heartbeat_seconds(&self) -> Option<u32> {
        self.heartbeat.map(NonZeroU32::get)
    }

    /// Returns the moment after which a session with its last heartbeat at `heard` counts as silent.
    pub(super) fn deadline(&self, heard: Moment) -> Option<Moment> {
        let seconds = self.heartbeat_seconds()?;
        Some(heard.plus_seconds(seconds))
    }
}
