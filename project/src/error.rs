//! The one error of this crate: what a crate below reports, with its code, advice and place.

use std::path::{Path, PathBuf};

use guichet_core::Position;
use guichet_core::{Diagnostic, NameError, WishError};
#[cfg(all(feature = "import", feature = "ledger"))]
use guichet_licensing::import::ImportError;
use guichet_licensing::{CatalogueError, MomentError, SessionIdError};
#[cfg(feature = "ledger")]
use guichet_licensing::{ReplayError, sqlite::StoreError};
use guichet_policy::AccessError;
use guichet_policy::lint::UnknownRule;
#[cfg(feature = "suite")]
use guichet_policy::suite::SuiteError;
use guichet_storage::{
    EditError, LocateError, MergeError, Place, ReadError, SaveError, TextError, WatchError,
};

use crate::edit::{RefusedChanges, UnknownConflict};
use crate::finding::Finding;
#[cfg(feature = "ledger")]
use crate::ledger::{LedgerError, LedgerUrlError};
use crate::names::WordError;

/// Why something could not be done with a project.
///
/// Every error has a stable [`code`](Error::code), advice in [`help`](Error::help), and where there
/// is one the file and the line.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A word names nothing, or more than one thing.
    #[error(transparent)]
    Word(#[from] WordError),
    /// An access is asked for that does not exist.
    #[error(transparent)]
    Access(#[from] AccessError),
    /// Changes are refused; nothing was changed.
    #[error(transparent)]
    Refused(#[from] RefusedChanges),
    /// A text cannot be the name of a user or group.
    #[error(transparent)]
    Name(#[from] NameError),
    /// A text cannot be the id of a session.
    #[error(transparent)]
    SessionId(#[from] SessionIdError),
    /// A text is not a moment.
    #[error(transparent)]
    Moment(#[from] MomentError),
    /// A wish of another source contradicts itself.
    #[error(transparent)]
    Wish(#[from] WishError),
    /// A file cannot be found, read or saved.
    #[error(transparent)]
    Save(#[from] SaveError),
    /// A text says what this crate cannot follow: `guichet.toml`, a directory that is compared or
    /// merged, a file of tests, what a command of 4D returned.
    #[error(transparent)]
    Text(Box<TextFault>),
    /// A project without a `directory.json` has no text to rewrite.
    #[error("the project has no `{}`", .path.display())]
    NoFile {
        /// Where the file would be.
        path: PathBuf,
    },
    /// Two texts cannot be merged.
    #[error(transparent)]
    Merge(#[from] MergeError),
    /// The file does not list the conflict to decide.
    #[error(transparent)]
    Conflict(#[from] UnknownConflict),
    /// A repair does not fit the text it was made for: a fault of this crate.
    #[error("the repair does not fit the text")]
    Patch,
    /// Something could not be done with sessions and seats.
    #[cfg(feature = "ledger")]
    #[error(transparent)]
    Ledger(Box<LedgerError>),
    /// The files cannot be watched.
    #[error(transparent)]
    Watch(#[from] WatchError),
    /// The system starts no thread.
    #[error("cannot start a thread: {0}")]
    Thread(std::io::Error),
}

/// What is wrong with a text, where, and what messages call it.
#[derive(Debug, thiserror::Error)]
#[error("{fault}")]
pub struct TextFault {
    path: Option<PathBuf>,
    fault: Fault,
}

/// What is wrong with a text.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Fault {
    /// `guichet.toml` declares a plug-in that exists already.
    #[error(transparent)]
    Catalogue(#[from] CatalogueError),
    /// `guichet.toml` chooses a level for a rule that does not exist.
    #[error("{0}")]
    Rule(UnknownRule, Place),
    /// It is not a directory.
    #[error(transparent)]
    Directory(#[from] TextError),
    /// It is not what a command of 4D returns.
    #[cfg(all(feature = "import", feature = "ledger"))]
    #[error(transparent)]
    Import(#[from] ImportError),
    /// It is not a file of tests.
    #[cfg(feature = "suite")]
    #[error(transparent)]
    Suite(#[from] SuiteError),
}

impl Fault {
    /// Puts the name of the text beside it.
    pub(crate) fn of(self, path: Option<&Path>) -> Error {
        Error::Text(Box::new(TextFault {
            path: path.map(Path::to_owned),
            fault: self,
        }))
    }

    fn diagnostic(&self) -> &dyn Diagnostic {
        match self {
            Self::Catalogue(error) => error,
            Self::Rule(error, _) => error,
            Self::Directory(error) => error,
            #[cfg(all(feature = "import", feature = "ledger"))]
            Self::Import(error) => error,
            #[cfg(feature = "suite")]
            Self::Suite(error) => error,
        }
    }

    fn findings(&self, path: &Path) -> Vec<Finding> {
        let position: Option<Position> = match self {
            Self::Catalogue(_) => None,
            Self::Rule(error, place) => return vec![Finding::of(error, place, path)],
            Self::Directory(error) => return placed(error.diagnostics(), path),
            #[cfg(all(feature = "import", feature = "ledger"))]
            Self::Import(error) => error.position(),
            #[cfg(feature = "suite")]
            Self::Suite(error) => error.position,
        };
        let found = position
            .map(|position| Finding::new(self.diagnostic(), path.to_owned(), position, None));
        found.into_iter().collect()
    }
}

fn placed(found: Vec<(&dyn Diagnostic, Option<Place>)>, path: &Path) -> Vec<Finding> {
    let found = found.into_iter();
    found
        .filter_map(|(diagnostic, place)| Some(Finding::of(diagnostic, &place?, path)))
        .collect()
}

impl Error {
    /// Returns the stable kebab-case code.
    pub fn code(&self) -> &'static str {
        match (self, self.diagnostic()) {
            (_, Some(error)) => error.code(),
            (Self::NoFile { .. }, None) => "file-not-found",
            (Self::Thread(_), None) => "no-thread",
            (_, None) => "internal",
        }
    }

    /// Returns what to do about it, in full sentences.
    pub fn help(&self) -> Option<String> {
        match (self, self.diagnostic()) {
            (_, Some(error)) => error.help(),
            (Self::NoFile { .. }, None) => Some("`guichet init` makes one.".to_owned()),
            (Self::Thread(_), None) => {
                Some("Close other programs, or raise the system's limit of threads.".to_owned())
            }
            (_, None) => None,
        }
    }

    /// Returns the error that this one passes on, if it does.
    fn diagnostic(&self) -> Option<&dyn Diagnostic> {
        Some(match self {
            Self::Word(error) => error,
            Self::Access(error) => error,
            Self::Refused(error) => error,
            Self::Name(error) => error,
            Self::SessionId(error) => error,
            Self::Moment(error) => error,
            Self::Wish(error) => error,
            Self::Save(error) => error,
            Self::Text(text) => text.fault.diagnostic(),
            Self::Merge(error) => error,
            Self::Conflict(error) => error,
            #[cfg(feature = "ledger")]
            Self::Ledger(error) => &**error,
            Self::Watch(error) => error,
            Self::NoFile { .. } | Self::Patch | Self::Thread(_) => return None,
        })
    }

    /// Returns the file that the error is about.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Save(error) => error.path(),
            Self::Text(text) => text.path.as_deref(),
            #[cfg(feature = "ledger")]
            Self::Ledger(error) => error.path(),
            Self::Watch(WatchError::Locate(error)) => Some(error.path()),
            Self::NoFile { path } => Some(path),
            _ => None,
        }
    }

    /// Returns the line in that file, from 1.
    pub fn line(&self) -> Option<u32> {
        Some(self.position()?.line)
    }

    /// Returns the column in that line, from 1, in characters.
    pub fn column(&self) -> Option<u32> {
        Some(self.position()?.column)
    }

    /// Returns every single thing that is wrong in the file, each at its place.
    pub fn findings(&self) -> Vec<Finding> {
        match (self, self.path()) {
            (Self::Save(SaveError::Read(error)), Some(path)) => placed(error.diagnostics(), path),
            (Self::Text(text), Some(path)) => text.fault.findings(path),
            _ => Vec::new(),
        }
    }

    /// Makes the error of a text that is not a directory out of what storage says, and the name of
    /// its file.
    pub fn of_text(path: impl AsRef<Path>, error: TextError) -> Self {
        Fault::from(error).of(Some(path.as_ref()))
    }

    fn position(&self) -> Option<Position> {
        let first = self.findings().into_iter().next()?;
        Some(first.position)
    }
}

impl Diagnostic for Error {
    fn code(&self) -> &'static str {
        Self::code(self)
    }

    fn help(&self) -> Option<String> {
        Self::help(self)
    }
}

macro_rules! from_in_two_steps {
    ($($error:ty => $step:ty),*) => {$(
        impl From<$error> for Error {
            fn from(error: $error) -> Self {
                <$step>::from(error).into()
            }
        }
    )*};
}

from_in_two_steps!(LocateError => SaveError, ReadError => SaveError);
#[cfg(feature = "ledger")]
from_in_two_steps!(
    StoreError => LedgerError,
    ReplayError => LedgerError,
    LedgerUrlError => LedgerError
);

#[cfg(feature = "ledger")]
impl From<LedgerError> for Error {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(Box::new(error))
    }
}

impl From<EditError<Self>> for Error {
    fn from(error: EditError<Self>) -> Self {
        match error {
            EditError::Refused(error) => error,
            EditError::Save(error) => Self::Save(error),
        }
    }
}

/// The result of whatever can fail with a project.
pub type Result<T> = std::result::Result<T, Error>;
