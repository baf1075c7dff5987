//! Why something could not be done with the ledger of a project.

use std::path::{Path, PathBuf};

use guichet_core::Diagnostic;
use guichet_core::suggest::did_you_mean;
use guichet_licensing::sqlite::{StoreError, UnknownProcess};
use guichet_licensing::{Moment, ReplayError, SessionError, TraceError};

use super::LedgerUrlError;

/// Why something could not be done with the sessions and seats of a project.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LedgerError {
    /// The request is about a session that is not open, or is open already.
    #[error("{error}")]
    Session {
        /// Which of the two.
        error: SessionError,
        /// The open sessions that it resembles, nearest first.
        near: Vec<String>,
    },
    /// No ledger was made yet, so no session is open.
    #[error("no ledger yet: no session was ever opened")]
    NotMade {
        /// Where it would be.
        path: Option<PathBuf>,
    },
    /// There is no data folder to keep a ledger in.
    #[error("this project has no data folder, so there is no place for the ledger")]
    NoDataFolder,
    /// A rehearsal writes to memory only, and a ledger is a file.
    #[error("a rehearsal records no sessions and no seats")]
    Rehearsal,
    /// Seats are held by name, and the name of this user means another one first.
    #[error("two users have the name `{name}`")]
    SameName {
        /// The name.
        name: String,
    },
    /// A text does not name a ledger.
    #[error(transparent)]
    Url(#[from] LedgerUrlError),
    /// A session cannot belong to the process.
    #[error(transparent)]
    Process(#[from] UnknownProcess),
    /// A report would end before it starts.
    #[error("`--to` ({to}) is before `--from` ({from})")]
    Backwards {
        /// The start.
        from: Moment,
        /// The end.
        to: Moment,
    },
    /// The events of a ledger cannot be played again.
    #[error("{error}")]
    Trace {
        /// The ledger.
        path: PathBuf,
        /// Which event cannot follow the ones before it.
        error: TraceError,
    },
    /// The file cannot be used, or the moment cannot be recorded.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The events contradict one another.
    #[error(transparent)]
    Replay(#[from] ReplayError),
}

impl LedgerError {
    /// Returns the file that the error is about.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::NotMade { path } => path.as_deref(),
            Self::Trace { path, .. } => Some(path),
            Self::Store(error) => error.path(),
            _ => None,
        }
    }

    /// Returns the error that this one passes on, if it does.
    fn diagnostic(&self) -> Option<&dyn Diagnostic> {
        Some(match self {
            Self::Session { error, .. } => error,
            Self::Url(error) => error,
            Self::Process(error) => error,
            Self::Trace { error, .. } => error,
            Self::Store(error) => error,
            Self::Replay(error) => error,
            _ => return None,
        })
    }
}

impl Diagnostic for LedgerError {
    fn code(&self) -> &'static str {
        match (self, self.diagnostic()) {
            (_, Some(error)) => error.code(),
            (Self::NoDataFolder, None) => "no-data-folder",
            (Self::Rehearsal, None) => "rehearsal",
            (Self::SameName { .. }, None) => "ambiguous-name",
            (Self::Backwards { .. }, None) => "illegal-period",
            (_, None) => "unknown-session",
        }
    }

    fn help(&self) -> Option<String> {
        let advice = match self {
            Self::Session { error, near } => return did_you_mean(near).or_else(|| error.help()),
            Self::NotMade { .. } => "Open one: `guichet session open USER`.",
            Self::NoDataFolder => {
                "Name the data folder with `--data` or the ledger with `--ledger`."
            }
            Self::Rehearsal => "Use the project itself.",
            Self::SameName { .. } => {
                "Seats belong to a name: rename one of them with `guichet users rename`."
            }
            Self::Backwards { .. } => {
                "`--from` must be the earlier one; without `--to` the report ends now."
            }
            _ => return self.diagnostic().and_then(Diagnostic::help),
        };
        Some(advice.to_owned())
    }
}
