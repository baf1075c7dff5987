//! The tables of a ledger file, its settings, and how older files become newer ones.

use std::time::{Duration, Instant};

use rusqlite::{Connection, TransactionBehavior};

use super::error::{FileFault, Problem};

/// What SQLite keeps at byte 68 of the file to say whose it is: `Gcht` in ASCII.
pub(super) const APPLICATION: i64 = 0x4763_6874;

/// The migrations, in order, each with the format that it makes.
const MIGRATIONS: [(i64, &str); 1] = [(LATEST, FIRST)];

/// The latest format.
pub(super) const LATEST: i64 = 1;

const FIRST: &str = "
CREATE TABLE events (
    sequence INTEGER PRIMARY KEY,      -- 1, 2, 3 … without a gap
    at       INTEGER NOT NULL,         -- microseconds since 1970 in UTC
    kind     TEXT NOT NULL,
    session  TEXT,
    user     TEXT,
    plugin   TEXT,
    detail   TEXT,                     -- why refused or closed; what is owned
    link     BLOB NOT NULL             -- digest of this row and of the link before it
) STRICT;

CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events
BEGIN SELECT raise(ABORT, 'events are only added'); END;

CREATE TRIGGER events_are_not_removed BEFORE DELETE ON events
BEGIN SELECT raise(ABORT, 'events are only added'); END;

CREATE TABLE sessions (
    session   TEXT PRIMARY KEY,
    account   TEXT NOT NULL,           -- folded name
    opened    INTEGER NOT NULL,        -- the event
    host      TEXT,                    -- of the process that it belongs to, if it has one
    boot      TEXT,
    space     TEXT,
    process   INTEGER,
    started   INTEGER,                 -- ticks between the boot and the start of the process
    heartbeat INTEGER,                 -- seconds of silence that it was opened with
    deadline  INTEGER                  -- microseconds since 1970 in UTC
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_by_deadline ON sessions (deadline) WHERE deadline IS NOT NULL;
CREATE INDEX sessions_by_process ON sessions (process) WHERE process IS NOT NULL;

CREATE TABLE seats (
    session TEXT NOT NULL,
    plugin  TEXT NOT NULL,
    account TEXT NOT NULL,             -- folded name: who holds the seat
    granted INTEGER NOT NULL,          -- the event
    PRIMARY KEY (session, plugin)
) STRICT, WITHOUT ROWID;

CREATE TABLE entitlements (
    plugin TEXT PRIMARY KEY,
    owned  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE VIEW history AS
SELECT sequence, strftime('%Y-%m-%dT%H:%M:%fZ', at / 1000000.0, 'unixepoch') AS at,
       kind, session, user, plugin, detail
FROM events ORDER BY sequence;
";

/// Sets up a connection: waiting, journal, syncing.
///
/// WAL with `synchronous=FULL` syncs the log at every commit, before the commit is reported: what a
/// caller was told survives a power cut, as far as disk and system keep their word.
///
/// SQLite's own guarantee is relied on, not one of ours: with these settings a torn log is recognised
/// by its checksums and its last whole commit counts, and the log is copied into the file only after a
/// sync, followed by another one. SQLite tests this by simulated power cuts at each sync; a second
/// simulation here would test a model of the disk, not this crate. What this crate adds is that a
/// request is one transaction.
pub(super) fn configure(connection: &Connection, patience: Duration) -> Result<(), Problem> {
    connection.busy_timeout(patience)?;
    set_wal(connection, patience)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "fullfsync", true)?; // macOS: a plain sync does not reach the disk
    connection.pragma_update(None, "checkpoint_fullfsync", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    Ok(())
}

/// Switches to WAL; SQLite does not wait by itself when another process is switching too.
#[expect(
    clippy::disallowed_methods,
    reason = "how long to wait is not a rule of the ledger"
)]
fn set_wal(connection: &Connection, patience: Duration) -> Result<(), Problem> {
    let start = Instant::now();
    loop {
        let mode = connection
            .pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get::<_, String>(0));
        match mode.map_err(Problem::from) {
            Ok(mode) if mode == "wal" => return Ok(()),
            Ok(_) | Err(Problem::Fault(FileFault::Busy)) => {}
            Err(problem) => return Err(problem),
        }
        if start.elapsed() >= patience {
            return Err(FileFault::Busy.into());
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// Makes the tables of a new file, or brings an older one to the latest format.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), Problem> {
    if read_version(connection)? == LATEST {
        return Ok(()); // without the write lock
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    migrate_locked(&transaction)?;
    transaction.commit()?;
    Ok(())
}

/// Does the same under the write lock, where the version is read again: of several processes one
/// migrates, and the others find it done.
fn migrate_locked(connection: &Connection) -> Result<(), Problem> {
    let version = check_version(connection)?;
    for (_, migration) in MIGRATIONS.iter().filter(|(format, _)| *format > version) {
        connection.execute_batch(migration)?;
    }
    connection.pragma_update(None, "application_id", APPLICATION)?;
    connection.pragma_update(None, "user_version", LATEST)?;
    Ok(())
}

/// Returns the format of the file, 0 for an empty one; refuses what is not a ledger.
///
/// Reads in one transaction: another process may be making the tables.
pub(super) fn read_version(connection: &Connection) -> Result<i64, Problem> {
    let transaction = connection.unchecked_transaction()?;
    let version = check_version(&transaction)?;
    transaction.finish()?;
    Ok(version)
}

/// The same inside a transaction.
pub(super) fn check_version(connection: &Connection) -> Result<i64, Problem> {
    let number = |pragma: &str| -> Result<i64, Problem> {
        Ok(connection.pragma_query_value(None, pragma, |row| row.get(0))?)
    };
    let version = number("user_version")?;
    let application = number("application_id")?;
    let is_empty: bool =
        connection.query_row("SELECT count(*) = 0 FROM sqlite_schema", [], |row| {
            row.get(0)
        })?;
    if is_empty && version == 0 && application == 0 {
        return Ok(0);
    }
    if application != APPLICATION || version < 1 {
        return Err(FileFault::NotALedger.into());
    }
    if version > LATEST {
        return Err(FileFault::TooNew {
            found: version,
            known: LATEST,
        }
        .into());
    }
    Ok(version)
}

#[cfg(test)]
mod tests {
    use super::{Connection, Duration, LATEST, configure, migrate_locked, read_version};

    #[test]
    fn whoever_comes_second_to_make_the_tables_finds_them_made() {
        let connection = Connection::open_in_memory().unwrap();
        assert!(migrate_locked(&connection).is_ok());
        assert!(migrate_locked(&connection).is_ok());
        assert!(read_version(&connection).is_ok_and(|version| version == LATEST));
    }

    /// SQLite's defaults are weaker.
    #[test]
    fn the_settings_for_durability_are_in_force() {
        let folder = tempfile::tempdir().unwrap();
        let connection = Connection::open(folder.path().join("seats.sqlite")).unwrap();
        assert!(configure(&connection, Duration::ZERO).is_ok());
        let setting = |pragma| {
            let value = connection.pragma_query_value(None, pragma, |row| row.get(0));
            value.map(|value: rusqlite::types::Value| value)
        };
        assert_eq!(setting("journal_mode"), Ok("wal".to_owned().into()));
        for (pragma, value) in [
            ("synchronous", 2), // FULL: the log is synced at every commit
            ("fullfsync", 1),
            ("checkpoint_fullfsync", 1),
        ] {
            assert_eq!(setting(pragma), Ok(value.into()), "{pragma}");
        }
    }
}
