//! The durable ledger: decides with the pure one, inside a transaction that excludes other writers.

use std::fmt;
use std::path::{Path, PathBuf};

use guichet_core::{PluginKey, UserName};
use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::error::{Problem, StoreError};
use super::life::Life;
use super::mirror::{Mirror, Writer};
use super::sessions::ClosedSession;
use crate::admission::Gate;
use crate::entitlement::Entitlements;
use crate::event::Event;
use crate::ledger::{Ledger, OpenSession, SessionError, Take};
use crate::session::{CloseReason, SessionId};
use crate::when::When;

/// A ledger in a SQLite file, shared by any number of processes of one machine.
///
/// Every request runs in one transaction that takes the write lock first (`BEGIN IMMEDIATE`),
/// reads the events that others have written since, decides with the pure [`Ledger`], and writes
/// the events and the tables with the current state. So the last seat is given once, and what
/// was answered is on the disk (WAL, `synchronous=FULL`) before the answer is returned.
///
/// A request costs one durable commit and O(events written by others since the last request) beside
/// what the pure ledger costs. The file can be read with any SQLite tool: the view `history` and the
/// tables `sessions`, `seats` and `entitlements`.
///
/// ```
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("seats.sqlite");
/// use guichet_core::{AdmissionReason, PluginKey, UserName};
/// use guichet_licensing::sqlite::{Life, OpenOptions};
/// use guichet_licensing::{Entitlement, Entitlements, Limit, Moment};
///
/// let write = PluginKey::from_stored("write");
/// let now: Moment = "2026-11-21T09:00:00Z".parse()?;
/// let everyone = |_: &UserName, _: &PluginKey| AdmissionReason::Everyone;
///
/// let mut ledger = OpenOptions::create().open(&path)?;
/// let owned = [(write.clone(), Entitlement::from_limit(Limit::from_count(1)))];
/// ledger.entitle(&Entitlements::from_iter(owned), now)?;
/// let session = ledger.open_session(None, &UserName::from_stored("Ann"), &Life::until_closed(), now)?;
/// assert!(ledger.take(&session.session, &write, &everyone, now)?.outcome.is_granted());
///
/// let other = OpenOptions::existing().open(&path)?; // another process
/// let in_use = other.ledger().plugin_use(&write).map(|found| found.in_use().get());
/// assert_eq!(in_use, Some(1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct SqliteLedger {
    path: PathBuf,
    connection: Connection,
    mirror: Mirror,
}

impl SqliteLedger {
    pub(super) const fn new(path: PathBuf, connection: Connection, mirror: Mirror) -> Self {
        Self {
            path,
            connection,
            mirror,
        }
    }

    /// Returns the path of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns how things stood at the last request or [`refresh`](Self::refresh).
    pub const fn ledger(&self) -> &Ledger {
        &self.mirror.ledger
    }

    /// Reads what other processes have written since, and returns the current state.
    ///
    /// # Errors
    ///
    /// [`StoreError::File`].
    pub fn refresh(&mut self) -> Result<&Ledger, StoreError> {
        self.read(|_, _| Ok(()))?;
        Ok(&self.mirror.ledger)
    }

    /// Opens a session; without an id the ledger makes one.
    ///
    /// # Errors
    ///
    /// [`StoreError::Session`] when the id is in use; [`StoreError::When`]; [`StoreError::File`].
    pub fn open_session(
        &mut self,
        id: Option<&SessionId>,
        user: &UserName,
        life: &Life,
        when: impl Into<When>,
    ) -> Result<OpenSession, StoreError> {
        let when = when.into();
        self.write(|writer| {
            let at = writer.moment(when)?;
            let id = id.map_or_else(|| writer.mirror.ledger.fresh_session_id(), SessionId::clone);
            let event = writer.mirror.ledger.decide_open(&id, user, at)?;
            writer.record_living(&event, life, when.given())?;
            let opened = writer.mirror.ledger.session(&id);
            opened.ok_or_else(|| SessionError::not_open(&id).into())
        })
    }

    /// Asks for a seat.
    ///
    /// The request is one event, whatever its answer: ask when a session starts to use the plug-in,
    /// not at every call of it. Seats of sessions that died count until [`reap`](Self::reap) has
    /// found them: call it before.
    ///
    /// # Errors
    ///
    /// [`StoreError::Session`] when the session is not open; [`StoreError::When`];
    /// [`StoreError::File`].
    pub fn take(
        &mut self,
        session: &SessionId,
        plugin: &PluginKey,
        gate: &dyn Gate,
        when: impl Into<When>,
    ) -> Result<Take, StoreError> {
        let when = when.into();
        self.write(|writer| {
            let at = writer.moment(when)?;
            let ledger = &writer.mirror.ledger;
            let event = ledger.decide_take(session, plugin, gate, at)?;
            writer.record(&event)?;
            let answer = writer.mirror.ledger.answer(&event, gate);
            answer.ok_or_else(|| SessionError::not_open(session).into())
        })
    }

    /// Ends a session and frees the seats that no other session of its account uses.
    ///
    /// # Errors
    ///
    /// [`StoreError::Session`] when the session is not open; [`StoreError::When`];
    /// [`StoreError::File`].
    pub fn close_session(
        &mut self,
        session: &SessionId,
        when: impl Into<When>,
    ) -> Result<ClosedSession, StoreError> {
        let when = when.into();
        self.write(|writer| writer.close(session, CloseReason::Closed, writer.moment(when)?))
    }

    /// Records what is owned; plug-ins that are not named keep what they have. Returns the events,
    /// none when it is owned already.
    ///
    /// # Errors
    ///
    /// [`StoreError::When`]; [`StoreError::File`].
    pub fn entitle(
        &mut self,
        entitlements: &Entitlements,
        when: impl Into<When>,
    ) -> Result<Vec<Event>, StoreError> {
        let when = when.into();
        self.write(|writer| {
            let at = writer.moment(when)?;
            let mut events = Vec::new();
            for (plugin, entitlement) in entitlements.iter() {
                if let Some(event) = writer.mirror.ledger.decide_entitle(plugin, entitlement, at) {
                    writer.record(&event)?;
                    events.push(event);
                }
            }
            Ok(events)
        })
    }

    /// Runs a reader on one consistent state of the file.
    pub(super) fn read<T>(
        &mut self,
        reader: impl FnOnce(&Transaction<'_>, &Ledger) -> Result<T, Problem>,
    ) -> Result<T, StoreError> {
        let answer = self.run(TransactionBehavior::Deferred, |transaction, mirror| {
            reader(transaction, &mirror.ledger)
        });
        answer.map_err(|problem| problem.at(&self.path))
    }

    /// Runs a request under the write lock; nothing of it stays unless all of it does.
    pub(super) fn write<T>(
        &mut self,
        request: impl FnOnce(&mut Writer<'_>) -> Result<T, Problem>,
    ) -> Result<T, StoreError> {
        let answer = self.run(TransactionBehavior::Immediate, |connection, mirror| {
            request(&mut Writer { connection, mirror })
        });
        answer.map_err(|problem| problem.at(&self.path))
    }

    fn run<T>(
        &mut self,
        behaviour: TransactionBehavior,
        work: impl FnOnce(&Transaction<'_>, &mut Mirror) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        let transaction = self.connection.transaction_with_behavior(behaviour)?;
        self.mirror.catch_up(&transaction)?;
        let answer = work(&transaction, &mut self.mirror)?;
        transaction.commit()?;
        self.mirror.committed();
        Ok(answer)
    }
}

impl fmt::Debug for SqliteLedger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqliteLedger")
            .field("path", &self.path)
            .field("last", &self.mirror.ledger.last_sequence())
            .finish_non_exhaustive()
    }
}
