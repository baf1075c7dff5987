//! Opening a ledger file: settings, format, and the check by replay.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::error::{FileFault, Problem, StoreError};
use super::mirror::Mirror;
use super::snapshot::Snapshot;
use super::store::SqliteLedger;
use super::{rights, schema, state};

/// What to do with a file that is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Absent {
    Create,
    Refuse,
}

/// How a ledger file is opened.
///
/// ```
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("Guichet/seats.sqlite");
/// use guichet_licensing::sqlite::OpenOptions;
/// use std::time::Duration;
///
/// assert!(OpenOptions::existing().open(&path).is_err());
/// let ledger = OpenOptions::create().patience(Duration::from_secs(1)).open(&path)?;
/// assert_eq!(ledger.ledger().session_count(), 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct OpenOptions {
    absent: Absent,
    patience: Duration,
}

impl OpenOptions {
    /// How long a request waits for another process to finish writing by default.
    pub const PATIENCE: Duration = Duration::from_secs(5);

    /// Opens a ledger; one that is not there is made, with its folder.
    pub const fn create() -> Self {
        Self {
            absent: Absent::Create,
            patience: Self::PATIENCE,
        }
    }

    /// Opens a ledger that is there.
    pub const fn existing() -> Self {
        Self {
            absent: Absent::Refuse,
            patience: Self::PATIENCE,
        }
    }

    /// Sets how long a request waits for another process to finish writing.
    #[must_use]
    pub const fn patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Opens the file and checks it: its events are replayed, and what they add up to is compared
    /// with what the tables say.
    ///
    /// Runs in the number of events, of open sessions and of seats; the file is read once.
    ///
    /// # Errors
    ///
    /// [`StoreError::File`] with
    ///
    /// - [`FileFault::Missing`], [`FileFault::Folder`]: there is no file, or it cannot be made;
    /// - [`FileFault::NotALedger`], [`FileFault::TooNew`]: the file is something else, or newer;
    /// - [`FileFault::Damaged`]: the record contradicts itself; nothing was changed;
    /// - [`FileFault::ReadOnly`]: this account may not write it;
    /// - [`FileFault::Busy`]: another process kept it locked;
    /// - [`FileFault::Database`]: anything else that SQLite reports.
    pub fn open(&self, path: impl Into<PathBuf>) -> Result<SqliteLedger, StoreError> {
        let path = path.into();
        let opened = self.connect(&path).and_then(|mut connection| {
            schema::migrate(&mut connection)?;
            let transaction = connection.transaction()?;
            let mirror = Mirror::replay(&transaction)?;
            state::compare(&transaction, &mirror.ledger)?;
            transaction.finish()?;
            Ok((connection, mirror))
        });
        let (connection, mirror) = opened.map_err(|problem| problem.at(&path))?;
        Ok(SqliteLedger::new(path, connection, mirror))
    }

    /// Reads a ledger that is there, checks it as [`open`](Self::open) does, and closes it again.
    ///
    /// Nothing is written, neither in the file nor beside it. Costs what `open` costs.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open), without [`FileFault::Folder`].
    pub fn read(&self, path: impl Into<PathBuf>) -> Result<Snapshot, StoreError> {
        Snapshot::read(path.into(), self.patience)
    }

    fn connect(&self, path: &Path) -> Result<Connection, Problem> {
        match self.absent {
            Absent::Create => rights::make(path)?,
            Absent::Refuse => match std::fs::metadata(path) {
                Err(error) if error.kind() == ErrorKind::NotFound => {
                    return Err(FileFault::Missing.into());
                }
                _ => {} // SQLite says what else is wrong
            },
        }
        // SQLite makes no file: it would take the rights of the account that happens to be first.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)?;
        if connection.is_readonly(rusqlite::MAIN_DB)? {
            return Err(FileFault::ReadOnly.into()); // before a log is made that nobody can write
        }
        connection.busy_timeout(self.patience)?;
        schema::read_version(&connection)?; // before anything is changed in a file that is not a ledger
        rights::widen(path);
        schema::configure(&connection, self.patience)?;
        Ok(connection)
    }
}
