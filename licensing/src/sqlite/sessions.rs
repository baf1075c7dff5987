//! Sessions that end without being closed: heartbeats, processes, and who ends them.

use std::collections::HashMap;
use std::num::NonZeroU32;

use guichet_core::{PluginKey, UserName};
use rusqlite::{Connection, Row};

use super::error::{Damage, Problem, StoreError};
use super::life::Life;
use super::process::{Fate, ProcessMark, Processes};
use super::store::SqliteLedger;
use crate::event::EventKind;
use crate::ledger::{OpenSession, SessionError};
use crate::moment::Moment;
use crate::session::{CloseReason, SessionId};

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

/// A session that was found to have ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reaped {
    /// The session.
    pub session: SessionId,
    /// Its account.
    pub user: UserName,
    /// Why it ended.
    pub reason: CloseReason,
    /// The plug-ins of which it freed the seat.
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
    /// Returns the open sessions in the order in which they were opened, with what may end them.
    ///
    /// # Errors
    ///
    /// [`StoreError::File`].
    pub fn living_sessions(&mut self) -> Result<Vec<LivingSession>, StoreError> {
        self.read(|transaction, ledger| {
            let rows = life_rows(transaction, SELECT, [])?;
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
        })
    }

    /// Notes that a session lives: it counts as silent only its time-out after this moment.
    ///
    /// A session that was opened without a heartbeat needs none, and nothing is written. Returns the
    /// new deadline.
    ///
    /// # Errors
    ///
    /// [`StoreError::Session`] when the session is not open, perhaps because it was silent for too
    /// long; [`StoreError::File`].
    pub fn heartbeat(
        &mut self,
        session: &SessionId,
        at: Moment,
    ) -> Result<Option<Moment>, StoreError> {
        self.write(|writer| {
            if writer.mirror.ledger.session(session).is_none() {
                let session = session.clone();
                return Err(SessionError::NotOpen { session }.into());
            }
            let one = format!("{SELECT} WHERE session = ?1");
            let rows = life_rows(writer.connection, &one, [session.as_str()])?;
            let Some(row) = rows.into_iter().next() else {
                return Err(Damage::Table("sessions").into());
            };
            let deadline = row.life.deadline(at).max(row.deadline);
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
    /// left alone. Looks at the sessions that have a process or a passed deadline only.
    ///
    /// # Errors
    ///
    /// [`StoreError::File`].
    pub fn reap(
        &mut self,
        processes: &dyn Processes,
        at: Moment,
    ) -> Result<Vec<Reaped>, StoreError> {
        let mut fates = HashMap::new();
        let found = self.read(|transaction, _| ended(transaction, processes, &mut fates, at))?;
        if found.is_empty() {
            return Ok(Vec::new()); // without the write lock
        }
        self.write(|writer| {
            let still = ended(writer.connection, processes, &mut fates, at)?;
            let mut reaped = Vec::new();
            for (session, reason) in still {
                let user = writer.mirror.ledger.session(&session).map(|open| open.user);
                let Some(user) = user else {
                    return Err(Damage::Table("sessions").into());
                };
                let events = writer.close(&session, reason, at)?;
                let freed = events.into_iter().filter_map(|event| match event.kind {
                    EventKind::SeatReleased { plugin, .. } => Some(plugin),
                    _ => None,
                });
                reaped.push(Reaped {
                    session,
                    user,
                    reason,
                    freed: freed.collect(),
                });
            }
            Ok(reaped)
        })
    }
}

/// Finds the sessions that have ended, in the order of their ids.
fn ended(
    connection: &Connection,
    processes: &dyn Processes,
    fates: &mut HashMap<ProcessMark, Fate>,
    at: Moment,
) -> Result<Vec<(SessionId, CloseReason)>, Problem> {
    let candidates =
        format!("{SELECT} WHERE process IS NOT NULL OR deadline < ?1 ORDER BY session");
    let rows = life_rows(connection, &candidates, [at.as_microseconds()])?;
    let mut ended = Vec::new();
    for row in rows {
        let fate = row.life.process().map(|mark| {
            *fates
                .entry(mark.clone())
                .or_insert_with(|| processes.fate(mark))
        });
        let is_silent = row.deadline.is_some_and(|deadline| deadline < at);
        match fate {
            Some(Fate::Ended) => ended.push((row.session, CloseReason::ProcessEnded)),
            Some(Fate::Unknown) | None if is_silent => {
                ended.push((row.session, CloseReason::HeartbeatLapsed));
            }
            Some(Fate::Alive | Fate::Unknown) | None => {}
        }
    }
    Ok(ended)
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
