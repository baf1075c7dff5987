//! Reading a file without leaving a trace beside it or in it.
//!
//! In WAL mode every connection of SQLite that may write, and also one opened `mode=ro`, makes the
//! files `-wal` and `-shm` where they are missing. A connection that may not write the file cannot
//! remove them again: they stay, with the rights of the reader's file, and may lock out the next
//! writer. In a folder that cannot be written such a connection fails. So a reader opens the file in
//! one of two ways:
//!
//! - **No log, or an empty one**: everything is in the file itself. It is opened `immutable`, for
//!   which SQLite takes no lock and makes no file. That is only right while nobody writes the file,
//!   and nothing keeps a writer from starting: so length and time of the file are compared before
//!   and after, the chain of events and the tables are checked on every reading, and where either
//!   differs the reading starts again.
//! - **A log**: somebody writes, or was killed while they did. The file is opened `mode=ro`, which
//!   shares the log and its locks as they are: SQLite keeps the state that is read whole. Nothing is
//!   copied from the log into the file, since that takes a right to write that is not asked for.

use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};
use rusqlite::{Connection, OpenFlags};

use super::error::{FileFault, Problem};

/// How often a reading starts again that writers come between.
const ATTEMPTS: u32 = 20;

/// What shows that a file was written.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
}

/// Runs a reader on one state of a file; changes nothing in its folder.
///
/// # Errors
///
/// [`FileFault::Missing`] where there is no file; what SQLite and the reader say.
pub(super) fn read<T>(
    path: &Path,
    patience: Duration,
    reader: &mut dyn FnMut(&Connection) -> Result<T, Problem>,
) -> Result<T, Problem> {
    let path = real(path)?;
    let mut log = OsString::from(&path);
    log.push("-wal");
    let log = PathBuf::from(log);
    let mut attempts = 1..=ATTEMPTS;
    loop {
        let before = stamp(&path)?;
        let shared = std::fs::metadata(&log).is_ok_and(|log| log.len() > 0);
        let opened = if shared {
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            Connection::open_with_flags(&path, flags)
        } else {
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
                | OpenFlags::SQLITE_OPEN_NO_MUTEX
                | OpenFlags::SQLITE_OPEN_URI;
            Connection::open_with_flags(immutable(&path), flags)
        };
        let answer = opened
            .map_err(Problem::from)
            .and_then(|connection| one_state(&connection, patience, reader));
        let last = attempts.next().is_none();
        if shared || last || stamp(&path)? == before {
            return answer;
        }
    }
}

fn one_state<T>(
    connection: &Connection,
    patience: Duration,
    reader: &mut dyn FnMut(&Connection) -> Result<T, Problem>,
) -> Result<T, Problem> {
    connection.busy_timeout(patience)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    let transaction = connection.unchecked_transaction()?;
    let answer = reader(&transaction)?;
    transaction.finish()?;
    Ok(answer)
}

fn stamp(path: &Path) -> Result<Stamp, Problem> {
    let metadata = std::fs::metadata(path).map_err(missing)?;
    Ok(Stamp {
        length: metadata.len(),
        modified: metadata.modified().ok(),
    })
}

/// Returns the path beside which SQLite keeps the log.
fn real(path: &Path) -> Result<PathBuf, Problem> {
    let found = if cfg!(windows) {
        std::fs::metadata(path).and_then(|_| std::path::absolute(path))
    } else {
        std::fs::canonicalize(path) // SQLite follows links to the file
    };
    found.map_err(missing)
}

fn missing(error: std::io::Error) -> Problem {
    match error.kind() {
        ErrorKind::NotFound => FileFault::Missing.into(),
        _ => FileFault::Unreadable(error).into(),
    }
}

/// Everything but what a path may hold in a URI.
const NOT_IN_A_PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'.')
    .remove(b'-')
    .remove(b'_');

/// Returns the name by which SQLite opens a file that nobody writes.
fn immutable(path: &Path) -> String {
    let mut bytes = path.as_os_str().as_encoded_bytes().to_vec();
    if cfg!(windows) {
        bytes
            .iter_mut()
            .filter(|byte| **byte == b'\\')
            .for_each(|byte| *byte = b'/');
    }
    let root = if bytes.starts_with(b"/") { "" } else { "/" };
    let path = percent_encode(&bytes, NOT_IN_A_PATH);
    format!("file://{root}{path}?immutable=1")
}

#[cfg(test)]
mod tests {
    use super::{Path, immutable};

    #[test]
    fn a_path_of_any_characters_is_one_name_for_sqlite() {
        for (path, expected) in [
            (
                "/data/Guichet/seats.sqlite",
                "file:///data/Guichet/seats.sqlite",
            ),
            ("/a b/50%?#&=é", "file:///a%20b/50%25%3F%23%26%3D%C3%A9"),
            ("C:/Data/seats.sqlite", "file:///C%3A/Data/seats.sqlite"),
            ("//server/share/x", "file:////server/share/x"),
        ] {
            assert_eq!(
                immutable(Path::new(path)),
                format!("{expected}?immutable=1")
            );
        }
    }
}
