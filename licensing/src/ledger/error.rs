//! What a ledger refuses: requests about sessions that are not there, and events that cannot be.

use guichet_core::Diagnostic;

use crate::event::Sequence;
use crate::session::SessionId;

/// Why a ledger cannot do what it is asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SessionError {
    /// A session with this id is open.
    #[error("session `{session}` is already open")]
    AlreadyOpen {
        /// The id.
        session: SessionId,
    },
    /// No session with this id is open.
    #[error("no session `{session}` is open")]
    NotOpen {
        /// The id.
        session: SessionId,
    },
}

impl SessionError {
    pub(crate) fn not_open(session: &SessionId) -> Self {
        let session = session.clone();
        Self::NotOpen { session }
    }
}

impl Diagnostic for SessionError {
    fn code(&self) -> &'static str {
        match self {
            Self::AlreadyOpen { .. } => "session-already-open",
            Self::NotOpen { .. } => "unknown-session",
        }
    }

    fn help(&self) -> Option<String> {
        Some(
            match self {
                Self::AlreadyOpen { .. } => "Choose another id, or leave it out to get a new one.",
                Self::NotOpen { .. } => "`guichet session list` lists the open sessions.",
            }
            .to_owned(),
        )
    }
}

/// An event that cannot follow what came before it: the record is damaged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("event {sequence} is impossible: {flaw}")]
pub struct ReplayError {
    /// The place of the event.
    pub sequence: Sequence,
    /// What is wrong with it.
    pub flaw: Flaw,
}

/// What is wrong with an event.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Flaw {
    /// It does not follow the last event without a gap.
    #[error("event {expected} is missing")]
    Gap {
        /// The place that comes next.
        expected: Sequence,
    },
    /// It opens a session that is open.
    #[error("session `{0}` is already open")]
    SessionOpen(SessionId),
    /// It is about a session that is not open.
    #[error("session `{0}` is not open")]
    SessionNotOpen(SessionId),
    /// It names another account than the one that opened the session.
    #[error("session `{0}` belongs to another account")]
    OtherAccount(SessionId),
    /// It grants a seat to an account that has one.
    #[error("the account already has a seat")]
    HeldAlready,
    /// It says that an account without a seat has one.
    #[error("the account has no seat")]
    NotHeld,
    /// It grants a seat when all that are owned are in use.
    #[error("every owned seat is in use")]
    NoSeatFree,
    /// It refuses a seat for a reason that does not apply.
    #[error("the reason of the refusal does not apply")]
    RefusedWrongly,
    /// It frees a seat that the end of a session did not leave.
    #[error("no session has just released this seat")]
    NotLeft,
    /// A seat that the end of a session left was not freed at once.
    #[error("a released seat must be freed first")]
    NotFreed,
}

impl Diagnostic for ReplayError {
    fn code(&self) -> &'static str {
        "ledger-damaged"
    }

    fn help(&self) -> Option<String> {
        Some(
            "Another program changed the ledger. Restore it from a backup, \
             or move it aside and start a new one: its sessions then have to be opened again."
                .to_owned(),
        )
    }
}
