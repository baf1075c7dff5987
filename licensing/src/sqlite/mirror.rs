//! What a file's events add up to, kept in memory, and the requests that change both.

use rusqlite::Connection;

use super::chain::Link;
use super::error::{Damage, Problem};
use super::life::Life;
use super::sessions::ClosedSession;
use super::{rows, state};
use crate::event::{Event, EventKind, Sequence};
use crate::ledger::{Ledger, SessionError};
use crate::moment::Moment;
use crate::session::{CloseReason, SessionId};
use crate::when::When;

/// What the events of the file add up to, in memory.
#[derive(Default)]
pub(super) struct Mirror {
    // INVARIANT: unless something is `uncommitted`, what the committed events add up to.
    pub(super) ledger: Ledger,
    // INVARIANT: the link of that last event.
    pub(super) link: Link,
    // Whether the ledger in memory may hold events that were not committed.
    uncommitted: bool,
}

impl Mirror {
    /// Makes what all committed events add up to.
    pub(super) fn replay(connection: &Connection) -> Result<Self, Problem> {
        let mut mirror = Self::default();
        mirror.catch_up(connection)?;
        Ok(mirror)
    }

    /// Applies the events after the last one that is known, and checks that this one is still
    /// there; starts again from the first after a request that was not committed.
    pub(super) fn catch_up(&mut self, connection: &Connection) -> Result<(), Problem> {
        if self.uncommitted {
            *self = Self::default();
        }
        let known = self.ledger.last_sequence();
        let mut seen = known == Sequence::NONE;
        rows::visit(connection, known, &mut |record| {
            let sequence = record.event.sequence;
            if sequence == known {
                seen = record.link == self.link;
                return Ok(());
            }
            self.ledger.apply(&record.event)?;
            if !record.fits {
                return Err(Damage::Changed(sequence).into());
            }
            self.link = record.link;
            Ok(())
        })?;
        if seen {
            Ok(())
        } else {
            Err(Damage::Gone(known).into())
        }
    }

    /// Notes that everything which was recorded is committed.
    pub(super) const fn committed(&mut self) {
        self.uncommitted = false;
    }
}

/// A request at work: the ledger as of now, and the open transaction.
pub(super) struct Writer<'a> {
    pub(super) connection: &'a Connection,
    pub(super) mirror: &'a mut Mirror,
}

impl Writer<'_> {
    /// Returns when the request happens.
    pub(super) fn moment(&self, when: When) -> Result<Moment, Problem> {
        Ok(when.resolve(&self.mirror.ledger)?)
    }

    pub(super) fn record(&mut self, event: &Event) -> Result<(), Problem> {
        self.record_living(event, &Life::until_closed(), event.at)
    }

    /// Records an event; a session that it opens has its first heartbeat at a moment.
    pub(super) fn record_living(
        &mut self,
        event: &Event,
        life: &Life,
        heard: Moment,
    ) -> Result<(), Problem> {
        self.mirror.uncommitted = true;
        self.mirror.link = rows::insert(self.connection, event, self.mirror.link)?;
        self.mirror.ledger.apply(event)?;
        let ledger = &self.mirror.ledger;
        state::follow(self.connection, ledger, event, life, life.deadline(heard))
    }

    pub(super) fn close(
        &mut self,
        session: &SessionId,
        reason: CloseReason,
        at: Moment,
    ) -> Result<ClosedSession, Problem> {
        let ledger = &self.mirror.ledger;
        let open = ledger.session(session);
        let user = open.ok_or_else(|| SessionError::not_open(session))?.user;
        let mut freed = Vec::new();
        for event in ledger.decide_close(session, reason, at)? {
            self.record(&event)?;
            if let EventKind::SeatReleased(seat) = event.kind {
                freed.push(seat.plugin);
            }
        }
        Ok(ClosedSession {
            session: session.clone(),
            user,
            reason,
            freed,
        })
    }
}
