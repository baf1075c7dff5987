//! What can be wrong with a ledger file.

use std::path::{Path, PathBuf};

use guichet_core::Diagnostic;

use crate::event::Sequence;
use crate::ledger::{ReplayError, SessionError};
use crate::when::WhenError;

/// Why a durable ledger cannot do what it is asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The request is about a session that is not there, or is there already.
    #[error(transparent)]
    Session(#[from] SessionError),
    /// The request states a moment at which nothing can be recorded.
    #[error("{error}")]
    When {
        /// The file.
        path: PathBuf,
        /// What is wrong with the moment.
        error: WhenError,
    },
    /// The file cannot be used.
    #[error("the ledger `{}` {fault}", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        fault: FileFault,
    },
}

/// What is wrong with a ledger file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FileFault {
    /// There is no such file, and it was not to be made.
    #[error("does not exist")]
    Missing,
    /// The folder for it cannot be made.
    #[error("has no folder, and the folder cannot be created: {0}")]
    Folder(std::io::Error),
    /// It is a file of something else.
    #[error("is not a ledger of seats")]
    NotALedger,
    /// A later version of this program wrote it.
    #[error("has format {found}; this program reads formats up to {known}")]
    TooNew {
        /// The format of the file.
        found: i64,
        /// The latest format that this program knows.
        known: i64,
    },
    /// The system does not let it be looked at.
    #[error("cannot be read: {0}")]
    Unreadable(std::io::Error),
    /// This account may not write it.
    #[error("cannot be written")]
    ReadOnly,
    /// Another process kept it locked for longer than was to be waited.
    #[error("is locked by another process")]
    Busy,
    /// Its record contradicts itself.
    #[error("is damaged: {0}")]
    Damaged(Damage),
    /// SQLite reports something else.
    #[error("cannot be used: {0}")]
    Database(Box<dyn std::error::Error + Send + Sync>),
}

/// How a ledger contradicts itself.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Damage {
    /// An event cannot follow those before it.
    #[error(transparent)]
    Replay(#[from] ReplayError),
    /// A row of the events holds something that no version of this program writes.
    #[error("event {0} cannot be read")]
    Row(Sequence),
    /// A row of the events, or the one before it, was changed.
    #[error("event {0} is not the one that was written")]
    Changed(Sequence),
    /// A table does not match the events.
    #[error("the table `{0}` does not match the events")]
    Table(&'static str),
    /// The events end with a session whose seats are not freed.
    #[error("the last event is incomplete")]
    Incomplete,
    /// Events that were there are not there any more.
    #[error("event {0} is gone")]
    Gone(Sequence),
    /// SQLite finds the file malformed.
    #[error("the file is malformed")]
    Malformed,
}

impl StoreError {
    /// Returns the file, unless the error is about a session.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Session(_) => None,
            Self::When { path, .. } | Self::File { path, .. } => Some(path),
        }
    }
}

impl Diagnostic for StoreError {
    fn code(&self) -> &'static str {
        match self {
            Self::Session(error) => error.code(),
            Self::When { error, .. } => error.code(),
            Self::File { fault, .. } => match fault {
                FileFault::Missing => "ledger-missing",
                FileFault::Folder(_) => "ledger-folder",
                FileFault::NotALedger => "not-a-ledger",
                FileFault::TooNew { .. } => "ledger-too-new",
                FileFault::ReadOnly => "ledger-read-only",
                FileFault::Busy => "ledger-busy",
                FileFault::Damaged(_) => "ledger-damaged",
                FileFault::Unreadable(_) | FileFault::Database(_) => "ledger-unusable",
            },
        }
    }

    fn help(&self) -> Option<String> {
        let fault = match self {
            Self::Session(error) => return error.help(),
            Self::When { error, .. } => return error.help(),
            Self::File { fault, .. } => fault,
        };
        Some(
            match fault {
                FileFault::Missing => "Open a session to create it: guichet session open.",
                FileFault::Folder(_) => "Check that the data folder exists and can be written.",
                FileFault::NotALedger => "Name another file. This one was not changed.",
                FileFault::TooNew { .. } => "Update Guichet: a later version wrote this file.",
                FileFault::ReadOnly => "Give this account write permission for the file, or use another account.",
                FileFault::Busy => "Try again: another process is writing.",
                FileFault::Damaged(_) => {
                    "Nothing was changed. Restore the file from a backup, or move it aside and start \
                     a new ledger: its sessions then have to be opened again."
                }
                FileFault::Unreadable(_) | FileFault::Database(_) => "Check that the file can be read and written and that the disk is not full.",
            }
            .to_owned(),
        )
    }
}

/// What is wrong, before the path is added.
#[derive(Debug, thiserror::Error)]
pub(super) enum Problem {
    #[error(transparent)]
    Session(#[from] SessionError),
    #[error(transparent)]
    When(#[from] WhenError),
    #[error(transparent)]
    Fault(#[from] FileFault),
}

impl Problem {
    pub(super) fn at(self, path: &Path) -> StoreError {
        let path = path.to_owned();
        match self {
            Self::Session(error) => StoreError::Session(error),
            Self::When(error) => StoreError::When { path, error },
            Self::Fault(fault) => StoreError::File { path, fault },
        }
    }
}

impl From<Damage> for Problem {
    fn from(damage: Damage) -> Self {
        Self::Fault(FileFault::Damaged(damage))
    }
}

impl From<ReplayError> for Problem {
    fn from(error: ReplayError) -> Self {
        Damage::from(error).into()
    }
}

impl From<rusqlite::Error> for Problem {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        Self::Fault(match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => FileFault::Busy,
            Some(ErrorCode::NotADatabase) => FileFault::NotALedger,
            Some(ErrorCode::DatabaseCorrupt) => FileFault::Damaged(Damage::Malformed),
            _ => FileFault::Database(error.into()),
        })
    }
}
