//! What a file's events add up to, kept in memory, and the requests that change both.

use rusqlite::Connection;

use super::chain::Link;
use super::error::{Damage, Problem};
use super::life::Life;
use super::{rows, state};
use crate::event::{Event, Sequence};
use crate::ledger::Ledger;
use crate::moment::Moment;
use crate::session::{CloseReason, SessionId};
use crate::when::When;

/// What the events of the file add up to, in memory.
#[derive(Default)]
pub(super) struct Mirror {
    // INVARIANT: unless `doubt` says so, what the committed events up to its last one add up to.
    pub(super) ledger: Ledger,
    // INVARIANT: the link of that last event.
    link: Link,
    doubt: Doubt,
}

/// Whether the ledger in memory may hold events that were not committed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Doubt {
    #[default]
    None,
    Uncommitted,
}

impl Mirror {
    /// Makes what all committed events add up to.
    pub(super) fn replay(connection: &Connection) -> Result<Self, Problem> {
        let mut mirror = Self::default();
        mirror.catch_up(connection)?;
        Ok(mirror)
    }

    /// Returns the link of the last event.
    pub(super) const fn link(&self) -> Link {
        self.link
    }

    /// Applies the events after the last one that is known, and checks that this one is still
    /// there; starts again from the first after a request that was not committed.
    pub(super) fn catch_up(&mut self, connection: &Connection) -> Result<(), Problem> {
        if self.doubt == Doubt::Uncommitted {
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
        self.doubt = Doubt::None;
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
        self.mirror.doubt = Doubt::Uncommitted;
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
    ) -> Result<Vec<Event>, Problem> {
        let events = self.mirror.ledger.decide_close(session, reason, at)?;
        for event in &events {
            self.record(event)?;
        }
        Ok(events)
    }
}
