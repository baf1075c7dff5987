//! Sessions that end without being closed: heartbeats, processes, and who ends them.

use std::collections::HashMap;
use std::num::NonZeroU32;

use guichet_core::{PluginKey, UserName};
use rusqlite::{Connection, Row};

use super::error::{Damage, Problem, StoreError};
use super::life::Life;
use super::process::{ProcessMark, ProcessState, Processes};
use super::store::SqliteLedger;
use crate::ledger::{Ledger, OpenSession, SessionError};
use crate::moment::Moment;
use crate::session::{CloseReason, SessionId};
use crate::when::When;

/// One open session with what may end it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LivingSession {
    /// The session.
    pub session: OpenSession,
    /// What may end it.
    pub life: Life,
    /// When it counts as silent, if it was opened with a heartbeat.
    pub deadline: Option<Moment>,
}

/// A session that was closed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct ClosedSession {
    /// The session.
    pub session: SessionId,
    /// Its account.
    pub user: UserName,
    /// Why it ended.
    pub reason: CloseReason,
    /// The plug-ins of which a seat is free again.
    pub freed: Vec<PluginKey>,
}

const SELECT: &str = "SELECT session, host, boot, space, process, started, heartbeat, deadline
    FROM sessions";

/// What the table says of a session's life.
struct LifeRow {
    session: SessionId,
    life: Life,
    deadline: Option<Moment>,
}

impl SqliteLedger {
    /// Notes that a session lives: it counts as silent only its time-out after this moment.
    ///
    /// A session that was opened without a heartbeat needs none, and nothing is written. Returns the
    /// new deadline.
    ///
    /// # Errors
    ///
    /// [`StoreError::Session`] when the session is not open, perhaps because it was silent for too
    /// long; [`StoreError::When`]; [`StoreError::File`].
    pub fn heartbeat(
        &mut self,
        session: &SessionId,
        when: impl Into<When>,
    ) -> Result<Option<Moment>, StoreError> {
        let when = when.into();
        self.write(|writer| {
            writer.moment(when)?;
            if writer.mirror.ledger.session(session).is_none() {
                return Err(SessionError::not_open(session).into());
            }
            let one = format!("{SELECT} WHERE session = ?1");
            let rows = life_rows(writer.connection, &one, [session.as_str()])?;
            let Some(row) = rows.into_iter().next() else {
                return Err(Damage::Table("sessions").into());
            };
            let deadline = row.life.deadline(when.given()).max(row.deadline);
            writer
                .connection
                .prepare_cached("UPDATE sessions SET deadline = ?2 WHERE session = ?1")?
                .execute((session.as_str(), deadline.map(Moment::as_microseconds)))?;
            Ok(deadline)
        })
    }

    /// Closes the sessions that have ended without being closed, and frees their seats.
    ///
    /// A session whose process has verifiably ended is closed with
    /// [`CloseReason::ProcessEnded`]; one that was silent beyond its deadline, and whose process
    /// does not verifiably live, with [`CloseReason::HeartbeatLapsed`]. Any other may live, and is
    /// left alone. Each is closed at its deadline, or now where it has none that has passed. Looks
    /// at the sessions that have a process or a passed deadline only.
    ///
    /// # Errors
    ///
    /// [`StoreError::When`]; [`StoreError::File`].
    pub fn reap(
        &mut self,
        processes: &dyn Processes,
        when: impl Into<When>,
    ) -> Result<Vec<ClosedSession>, StoreError> {
        let when = when.into();
        let mut states = ProcessStates::new(processes);
        let found = self.read(|transaction, ledger| {
            when.resolve(ledger)?;
            ended(transaction, &mut states, when.given())
        })?;
        if found.is_empty() {
            return Ok(Vec::new()); // without the write lock
        }
        self.write(|writer| {
            writer.moment(when)?;
            let ended = ended(writer.connection, &mut states, when.given())?.into_iter();
            let closed = ended.map(|ended| {
                let at = when.recording(ended.at, &writer.mirror.ledger);
                let closed = writer.close(&ended.session, ended.reason, at);
                closed.map_err(|problem| match problem {
                    Problem::Session(_) => Damage::Table("sessions").into(),
                    problem => problem,
                })
            });
            closed.collect()
        })
    }
}

/// A session that has ended without being closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ended {
    pub(super) session: SessionId,
    pub(super) reason: CloseReason,
    /// When it ended: at its deadline, or when it is found to have ended.
    pub(super) at: Moment,
}

/// What became of processes, each asked for once.
pub(super) struct ProcessStates<'p> {
    processes: &'p dyn Processes,
    known: HashMap<ProcessMark, ProcessState>,
}

impl<'p> ProcessStates<'p> {
    pub(super) fn new(processes: &'p dyn Processes) -> Self {
        Self {
            processes,
            known: HashMap::new(),
        }
    }

    fn state(&mut self, mark: &ProcessMark) -> ProcessState {
        let ask = || self.processes.state(mark);
        *self.known.entry(mark.clone()).or_insert_with(ask)
    }

    /// Returns whether a session has ended by a moment, and how.
    pub(super) fn ended(
        &mut self,
        session: &SessionId,
        life: &Life,
        deadline: Option<Moment>,
        at: Moment,
    ) -> Option<Ended> {
        let passed = deadline.filter(|deadline| *deadline < at);
        let reason = match (life.process().map(|mark| self.state(mark)), passed) {
            (Some(ProcessState::Ended), _) => CloseReason::ProcessEnded,
            (Some(ProcessState::Unknown) | None, Some(_)) => CloseReason::HeartbeatLapsed,
            (Some(ProcessState::Alive | ProcessState::Unknown) | None, _) => return None,
        };
        Some(Ended {
            session: session.clone(),
            reason,
            at: passed.unwrap_or(at),
        })
    }
}

/// Finds the sessions that have ended, in the order in which they did.
fn ended(
    connection: &Connection,
    states: &mut ProcessStates<'_>,
    at: Moment,
) -> Result<Vec<Ended>, Problem> {
    let candidates = format!("{SELECT} WHERE process IS NOT NULL OR deadline < ?1");
    let rows = life_rows(connection, &candidates, [at.as_microseconds()])?;
    let found = rows
        .iter()
        .filter_map(|row| states.ended(&row.session, &row.life, row.deadline, at));
    let mut found: Vec<Ended> = found.collect();
    found.sort_unstable_by(|left, right| (left.at, &left.session).cmp(&(right.at, &right.session)));
    Ok(found)
}

/// Reads the open sessions in the order in which they were opened, with what may end them.
pub(super) fn living(
    connection: &Connection,
    ledger: &Ledger,
) -> Result<Vec<LivingSession>, Problem> {
    let rows = life_rows(connection, SELECT, [])?;
    let mut lives: HashMap<SessionId, LifeRow> = rows
        .into_iter()
        .map(|row| (row.session.clone(), row))
        .collect();
    let join = |session: OpenSession| {
        let row = lives.remove(&session.session)?;
        Some(LivingSession {
            session,
            life: row.life,
            deadline: row.deadline,
        })
    };
    Ok(ledger.sessions().into_iter().filter_map(join).collect())
}

fn life_rows<P: rusqlite::Params>(
    connection: &Connection,
    select: &str,
    parameters: P,
) -> Result<Vec<LifeRow>, Problem> {
    let mut statement = connection.prepare_cached(select)?;
    let mut rows = statement.query(parameters)?;
    let mut lives = Vec::new();
    while let Some(row) = rows.next()? {
        lives.push(life_row(row)?.ok_or(Damage::Table("sessions"))?);
    }
    Ok(lives)
}

fn life_row(row: &Row<'_>) -> Result<Option<LifeRow>, rusqlite::Error> {
    let host: Option<String> = row.get(1)?;
    let process: Option<u32> = row.get(4)?;
    let started: Option<i64> = row.get(5)?;
    let heartbeat: Option<u32> = row.get(6)?;
    let deadline: Option<i64> = row.get(7)?;
    let mut life = Life::until_closed();
    if let (Some(host), Some(process)) = (host, process) {
        life = life.of_process(ProcessMark {
            host,
            boot: row.get(2)?,
            space: row.get(3)?,
            process,
            started: started.and_then(|started| u64::try_from(started).ok()),
        });
    }
    if let Some(seconds) = heartbeat.and_then(NonZeroU32::new) {
        life = life.with_heartbeat(seconds);
    }
    let session = SessionId::new(row.get_ref(0)?.as_str()?).ok();
    Ok(session.map(|session| LifeRow {
        session,
        life,
        deadline: deadline.and_then(Moment::from_microseconds),
    }))
}
