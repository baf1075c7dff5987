//! What happens in a ledger, one event after the other.

use std::borrow::Cow;
use std::fmt;

use guichet_core::{PluginKey, UserName};

use crate::entitlement::Entitlement;
use crate::moment::Moment;
use crate::refusal::Refusal;
use crate::session::{CloseReason, SessionId};

/// The place of an event in its ledger: 1 for the first, without a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Sequence(u64);

impl Sequence {
    /// Before the first event.
    pub const NONE: Self = Self(0);

    /// Takes a number.
    pub const fn new(number: u64) -> Self {
        Self(number)
    }

    /// Returns the number.
    pub const fn get(self) -> u64 {
        self.0
    }

    /// Returns the next number.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

impl fmt::Display for Sequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// One event of a ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its place in the ledger.
    pub sequence: Sequence,
    /// When it happened, by the clock of the program that recorded it.
    ///
    /// Sequences order events; clocks of several machines may disagree with them.
    pub at: Moment,
    /// What happened.
    pub kind: EventKind,
}

/// A session of an account, and the plug-in that it asks for or gives back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeatUse {
    /// The session.
    pub session: SessionId,
    /// Its account.
    pub user: UserName,
    /// The plug-in.
    pub plugin: PluginKey,
}

/// What can happen in a ledger.
///
/// Asking for a seat makes exactly one of granted, held and refused. Closing a session makes
/// [`SessionClosed`](Self::SessionClosed), followed at once by one
/// [`SeatReleased`](Self::SeatReleased) for each seat that no other session of the account uses.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum EventKind {
    /// A user account opened a session.
    SessionOpened {
        /// The session.
        session: SessionId,
        /// Its account.
        user: UserName,
    },
    /// A session ended.
    SessionClosed {
        /// The session.
        session: SessionId,
        /// Its account.
        user: UserName,
        /// Why it ended.
        reason: CloseReason,
    },
    /// The account took a seat.
    SeatGranted(SeatUse),
    /// The account held a seat already; the session uses it from now on, if it did not before.
    SeatHeld(SeatUse),
    /// The account got no seat, for this reason.
    SeatRefused(SeatUse, Refusal),
    /// The account's seat is free again: the last session that used it has ended.
    SeatReleased(SeatUse),
    /// What is owned of a plug-in changed.
    EntitlementChanged {
        /// The plug-in.
        plugin: PluginKey,
        /// What is owned from now on.
        entitlement: Entitlement,
    },
}

impl EventKind {
    /// Returns the word for programs, such as `seat-granted`.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::SessionOpened { .. } => "session-opened",
            Self::SessionClosed { .. } => "session-closed",
            Self::SeatGranted { .. } => "seat-granted",
            Self::SeatHeld { .. } => "seat-held",
            Self::SeatRefused { .. } => "seat-refused",
            Self::SeatReleased { .. } => "seat-released",
            Self::EntitlementChanged { .. } => "entitlement-changed",
        }
    }

    /// Returns the session that the event is about.
    pub fn session(&self) -> Option<&SessionId> {
        match self {
            Self::SessionOpened { session, .. } | Self::SessionClosed { session, .. } => {
                Some(session)
            }
            _ => Some(&self.seat()?.session),
        }
    }

    /// Returns the account that the event is about.
    pub fn user(&self) -> Option<&UserName> {
        match self {
            Self::SessionOpened { user, .. } | Self::SessionClosed { user, .. } => Some(user),
            _ => Some(&self.seat()?.user),
        }
    }

    /// Returns the plug-in that the event is about.
    pub fn plugin(&self) -> Option<&PluginKey> {
        match self {
            Self::EntitlementChanged { plugin, .. } => Some(plugin),
            _ => Some(&self.seat()?.plugin),
        }
    }

    /// Returns what else there is to say: why a session ended or a seat was refused, or what is owned.
    pub fn detail(&self) -> Option<Cow<'static, str>> {
        match self {
            Self::SessionClosed { reason, .. } => Some(reason.as_str().into()),
            Self::SeatRefused(_, reason) => Some(reason.as_str().into()),
            Self::EntitlementChanged { entitlement, .. } => Some(entitlement.to_string().into()),
            _ => None,
        }
    }

    const fn seat(&self) -> Option<&SeatUse> {
        match self {
            Self::SeatGranted(seat)
            | Self::SeatHeld(seat)
            | Self::SeatRefused(seat, _)
            | Self::SeatReleased(seat) => Some(seat),
            Self::SessionOpened { .. }
            | Self::SessionClosed { .. }
            | Self::EntitlementChanged { .. } => None,
        }
    }
}
