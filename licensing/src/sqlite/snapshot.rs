//! A ledger as it is at one moment, read without a trace.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;

use super::chain::Link;
use super::error::{Problem, StoreError};
use super::mirror::Mirror;
use super::process::Processes;
use super::sessions::{LivingSession, ProcessStates, living};
use super::{rows, schema, state, still};
use crate::event::{Event, Sequence};
use crate::ledger::Ledger;
use crate::moment::Moment;
use crate::session::CloseReason;
use crate::when::When;

/// A ledger as it is at one moment: read, checked, and closed again.
///
/// Reading changes nothing: no byte of the file, and no file beside it. A ledger in a folder that
/// cannot be written can be read, and so can one that another process is writing.
///
/// ```
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("seats.sqlite");
/// use std::num::NonZeroU32;
/// use guichet_core::UserName;
/// use guichet_licensing::Moment;
/// use guichet_licensing::sqlite::{Life, LocalProcesses, OpenOptions};
///
/// let nine: Moment = "2026-11-21T09:00:00Z".parse()?;
/// let life = Life::until_closed().with_heartbeat(NonZeroU32::MIN);
/// let mut ledger = OpenOptions::create().open(&path)?;
/// ledger.open_session(None, &UserName::from_stored("Ann"), &life, nine)?;
///
/// let later = OpenOptions::existing().read(&path)?.seen_at(&LocalProcesses, nine.plus_seconds(9));
/// assert_eq!(later.ledger().session_count(), 0, "shown as ended");
/// assert_eq!(ledger.refresh()?.session_count(), 1, "and recorded as open");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Snapshot {
    path: PathBuf,
    patience: Duration,
    ledger: Ledger,
    recorded: (Sequence, Link),
    sessions: Vec<LivingSession>,
    ended: Vec<EndedSession>,
    // What closing those sessions makes of the ledger, beside what is recorded.
    closings: Vec<Event>,
}

/// A session that has ended, and that the next request which writes will close.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndedSession {
    /// The session as it is recorded.
    pub session: LivingSession,
    /// Why it ended.
    pub reason: CloseReason,
    /// When: at its deadline, or at the moment of reading.
    pub at: Moment,
}

impl Snapshot {
    pub(super) fn read(path: PathBuf, patience: Duration) -> Result<Self, StoreError> {
        let read = still::read(&path, patience, &mut |connection| {
            if is_empty(connection)? {
                return Ok((Mirror::default(), Vec::new()));
            }
            let mirror = Mirror::replay(connection)?;
            state::compare(connection, &mirror.ledger)?;
            let sessions = living(connection, &mirror.ledger)?;
            Ok((mirror, sessions))
        });
        let (mirror, sessions) = read.map_err(|problem| problem.at(&path))?;
        let recorded = (mirror.ledger.last_sequence(), mirror.link);
        Ok(Self {
            path,
            patience,
            recorded,
            ledger: mirror.ledger,
            sessions,
            ended: Vec::new(),
            closings: Vec::new(),
        })
    }

    /// Shows the sessions that have ended by a moment as closed, each at its deadline, without
    /// closing them.
    #[must_use]
    pub fn seen_at(mut self, processes: &dyn Processes, when: impl Into<When>) -> Self {
        let when = when.into();
        let mut states = ProcessStates::new(processes);
        for living in std::mem::take(&mut self.sessions) {
            let id = &living.session.session;
            match states.ended(id, &living.life, living.deadline, when.given()) {
                None => self.sessions.push(living),
                Some(ended) => self.ended.push(EndedSession {
                    session: living,
                    reason: ended.reason,
                    at: ended.at,
                }),
            }
        }
        self.ended.sort_unstable_by(|left, right| {
            let [left, right] = [left, right].map(|one| (one.at, &one.session.session.session));
            left.cmp(&right)
        });
        for ended in &self.ended {
            let at = when.recording(ended.at, &self.ledger);
            let id = &ended.session.session.session;
            let closed = self.ledger.close(id, ended.reason, at);
            self.closings.extend(closed.unwrap_or_default());
        }
        self
    }

    /// Returns the state of the ledger.
    pub const fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Returns the open sessions in the order in which they were opened, with what may end them.
    pub fn living_sessions(&self) -> &[LivingSession] {
        &self.sessions
    }

    /// Returns the sessions that have ended and are not closed yet, in the order in which they ended.
    pub fn ended_sessions(&self) -> &[EndedSession] {
        &self.ended
    }

    /// Returns every event so far, in order, with those that close the sessions that have ended;
    /// O(events) in time and memory.
    ///
    /// # Errors
    ///
    /// [`StoreError::File`], also where the file holds another history by now.
    pub fn history(&self) -> Result<Vec<Event>, StoreError> {
        let read = still::read(&self.path, self.patience, &mut |connection| {
            if self.recorded.0 == Sequence::NONE {
                return Ok(Vec::new()); // there may be no tables
            }
            rows::history(connection, self.recorded)
        });
        let mut events = read.map_err(|problem| problem.at(&self.path))?;
        events.extend(self.closings.iter().cloned());
        Ok(events)
    }
}

/// Returns whether a file has no tables yet: the program that made it was stopped before.
fn is_empty(connection: &Connection) -> Result<bool, Problem> {
    Ok(schema::check_version(connection)? == 0)
}

/// Returns whether a file begins as those of SQLite do; a pipe is not read.
pub fn is_sqlite(path: &Path) -> bool {
    const START: &[u8] = b"SQLite format 3\0";
    let mut start = [0; START.len()];
    let is_ordinary = std::fs::metadata(path).is_ok_and(|found| found.is_file());
    is_ordinary
        && File::open(path).is_ok_and(|mut file| file.read_exact(&mut start).is_ok())
        && start == *START
}
