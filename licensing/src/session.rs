//! Sessions: what a user account opens to work, and what keeps a seat.

use std::fmt;
use std::sync::Arc;

use guichet_core::Diagnostic;

/// A text that cannot be the id of a session.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{}` cannot be the id of a session", .text.escape_debug())]
pub struct SessionIdError {
    text: String,
}

impl Diagnostic for SessionIdError {
    fn code(&self) -> &'static str {
        "illegal-session-id"
    }

    fn help(&self) -> Option<String> {
        Some("Choose 1 to 120 characters without control characters.".to_owned())
    }
}

/// The id of a session: a text that the caller chooses or the ledger makes.
///
/// Compared exactly. An id may be used again once its session is closed.
///
/// ```
/// use guichet_licensing::SessionId;
/// assert_eq!(SessionId::new("desk-7")?.as_str(), "desk-7");
/// assert!(SessionId::new("").is_err());
/// # Ok::<(), guichet_licensing::SessionIdError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SessionId(Arc<str>);

impl SessionId {
    /// Takes a text of 1 to 120 characters without control characters.
    ///
    /// # Errors
    ///
    /// [`SessionIdError`] for any other text.
    pub fn new(text: &str) -> Result<Self, SessionIdError> {
        let length = text.chars().count();
        if (1..=120).contains(&length) && !text.chars().any(char::is_control) {
            Ok(Self(text.into()))
        } else {
            Err(SessionIdError {
                text: text.to_owned(),
            })
        }
    }

    /// Makes the id `s` and a number.
    #[cfg(any(feature = "import", feature = "sqlite"))]
    pub(crate) fn numbered(number: u64) -> Self {
        Self(format!("s{number}").into())
    }

    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.as_str())
    }
}

impl fmt::Display for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Why a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum CloseReason {
    /// It was closed, as sessions should be.
    Closed,
    /// The process that it belonged to has ended.
    ProcessEnded,
    /// It was silent for longer than the time-out it was opened with.
    HeartbeatLapsed,
}

impl CloseReason {
    /// Every reason.
    pub const ALL: [Self; 3] = [Self::Closed, Self::ProcessEnded, Self::HeartbeatLapsed];

    /// Returns the word for programs: `closed`, `process-ended` or `heartbeat-lapsed`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::ProcessEnded => "process-ended",
            Self::HeartbeatLapsed => "heartbeat-lapsed",
        }
    }
}

impl fmt::Display for CloseReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
