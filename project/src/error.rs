//! The one error of this crate: what a crate below reports, with its code, advice and place.

use std::path::{Path, PathBuf};

use guichet_core::{Diagnostic, NameError, WishError};
#[cfg(feature = "import")]
use guichet_licensing::import::ImportError;
use guichet_licensing::{CatalogueError, MomentError, SessionIdError};
#[cfg(feature = "ledger")]
use guichet_licensing::{ReplayError, sqlite::StoreError};
use guichet_policy::AccessError;
use guichet_policy::lint::UnknownRule;
#[cfg(feature = "suite")]
use guichet_policy::suite::SuiteError;
use guichet_storage::json::Position;
use guichet_storage::{
    EditError, LocateError, MergeError, Place, ReadError, SaveError, TextError, WatchError,
};

use crate::edit::{RefusedChanges, UnknownConflict};
use crate::finding::Finding;
#[cfg(feature = "ledger")]
use crate::ledger::LedgerError;
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
    /// `guichet.toml` says something that this crate cannot follow.
    #[error(transparent)]
    Options(Box<OptionsFault>),
    /// A text is no directory: one of a file that is compared or merged, not that of the project.
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
    /// A conflict is to be decided that the file does not list.
    #[error(transparent)]
    Conflict(#[from] UnknownConflict),
    /// A repair does not fit the text it was made for: a fault of this crate.
    #[error("the repair does not fit the text")]
    Patch,
    /// Something could not be done with sessions and seats.
    #[cfg(feature = "ledger")]
    #[error(transparent)]
    Ledger(Box<LedgerError>),
    /// What a command of 4D returned cannot be read.
    #[cfg(feature = "import")]
    #[error("{error}")]
    Import {
        /// What messages call the text.
        path: PathBuf,
        /// What is wrong with it.
        error: ImportError,
    },
    /// A file of tests cannot be read.
    #[cfg(feature = "suite")]
    #[error("{error}")]
    Suite {
        /// What messages call the text.
        path: PathBuf,
        /// What is wrong with it.
        error: SuiteError,
    },
    /// The files cannot be watched.
    #[error(transparent)]
    Watch(#[from] WatchError),
    /// The system starts no thread.
    #[error("cannot start a thread: {0}")]
    Thread(std::io::Error),
}

/// A text that is no directory, and the file that it comes from.
#[derive(Debug, thiserror::Error)]
#[error("{fault}")]
pub struct TextFault {
    path: PathBuf,
    fault: TextError,
}

/// What is wrong with a `guichet.toml` that can be read.
#[derive(Debug, thiserror::Error)]
#[error("{fault}")]
pub struct OptionsFault {
    path: Option<PathBuf>,
    place: Option<Place>,
    fault: Fault,
}

/// What is wrong in it.
#[derive(Debug, thiserror::Error)]
enum Fault {
    /// It declares a plug-in that exists already.
    #[error(transparent)]
    Catalogue(CatalogueError),
    /// It chooses a level for a rule that does not exist.
    #[error(transparent)]
    Rule(UnknownRule),
}

impl Fault {
    fn diagnostic(&self) -> &dyn Diagnostic {
        match self {
            Self::Catalogue(error) => error,
            Self::Rule(error) => error,
        }
    }
}

impl Error {
    /// Returns the stable kebab-case code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Word(error) => error.code(),
            Self::Access(error) => error.code(),
            Self::Refused(error) => error.code(),
            Self::Name(error) => error.code(),
            Self::SessionId(error) => error.code(),
            Self::Moment(error) => error.code(),
            Self::Wish(error) => error.code(),
            Self::Save(error) => error.code(),
            Self::Options(fault) => fault.fault.diagnostic().code(),
            Self::Text(text) => text.fault.code(),
            Self::NoFile { .. } => "file-not-found",
            Self::Merge(error) => error.code(),
            Self::Conflict(error) => error.code(),
            Self::Patch => "internal",
            #[cfg(feature = "ledger")]
            Self::Ledger(error) => error.code(),
            #[cfg(feature = "import")]
            Self::Import { error, .. } => error.code(),
            #[cfg(feature = "suite")]
            Self::Suite { error, .. } => error.code(),
            Self::Watch(error) => error.code(),
            Self::Thread(_) => "no-thread",
        }
    }

    /// Returns what to do about it, in full sentences.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Word(error) => error.help(),
            Self::Access(error) => error.help(),
            Self::Refused(error) => error.help(),
            Self::Name(error) => error.help(),
            Self::SessionId(error) => error.help(),
            Self::Moment(error) => error.help(),
            Self::Wish(error) => error.help(),
            Self::Save(error) => error.help(),
            Self::Options(fault) => fault.fault.diagnostic().help(),
            Self::Text(text) => text.fault.help(),
            Self::NoFile { .. } => Some("`guichet init` makes one.".to_owned()),
            Self::Merge(error) => error.help(),
            Self::Conflict(error) => error.help(),
            Self::Patch => None,
            #[cfg(feature = "ledger")]
            Self::Ledger(error) => error.help(),
            #[cfg(feature = "import")]
            Self::Import { error, .. } => error.help(),
            #[cfg(feature = "suite")]
            Self::Suite { error, .. } => error.help(),
            Self::Watch(error) => error.help(),
            Self::Thread(_) => {
                Some("Close other programs, or raise the system's limit of threads.".to_owned())
            }
        }
    }

    /// Returns the file that the error is about.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Save(error) => error.path(),
            Self::Options(fault) => fault.path.as_deref(),
            #[cfg(feature = "ledger")]
            Self::Ledger(error) => error.path(),
            Self::Watch(WatchError::Locate(error)) => Some(error.path()),
            Self::Text(text) => Some(&text.path),
            Self::NoFile { path } => Some(path),
            #[cfg(feature = "import")]
            Self::Import { path, .. } => Some(path),
            #[cfg(feature = "suite")]
            Self::Suite { path, .. } => Some(path),
            Self::Word(_)
            | Self::Access(_)
            | Self::Refused(_)
            | Self::Name(_)
            | Self::SessionId(_)
            | Self::Moment(_)
            | Self::Wish(_)
            | Self::Merge(_)
            | Self::Conflict(_)
            | Self::Patch
            | Self::Watch(_)
            | Self::Thread(_) => None,
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
        let Some(path) = self.path() else {
            return Vec::new();
        };
        #[cfg(feature = "suite")]
        if let Self::Suite { error, .. } = self {
            return Finding::of_suite(error, path).into_iter().collect();
        }
        let placed: Vec<(&dyn Diagnostic, Option<Place>)> = match self {
            Self::Save(SaveError::Read(error)) => error.diagnostics(),
            Self::Options(fault) => vec![(fault.fault.diagnostic(), fault.place.clone())],
            Self::Text(text) => text.fault.diagnostics(),
            _ => Vec::new(),
        };
        let placed = placed.into_iter();
        placed
            .filter_map(|(diagnostic, place)| Some(Finding::of(diagnostic, &place?, path)))
            .collect()
    }

    /// Makes the error of a text that is no directory out of what storage says, and the name of its
    /// file.
    pub fn of_text(path: impl Into<PathBuf>, fault: TextError) -> Self {
        let path = path.into();
        Self::Text(Box::new(TextFault { path, fault }))
    }

    fn position(&self) -> Option<Position> {
        let first = self.findings().into_iter().next()?;
        Some(first.position)
    }

    #[cfg(all(feature = "import", feature = "ledger"))]
    pub(crate) fn import(path: &Path, error: ImportError) -> Self {
        let path = path.to_owned();
        Self::Import { path, error }
    }

    pub(crate) fn catalogue(path: Option<&Path>, error: CatalogueError) -> Self {
        Self::Options(Box::new(OptionsFault {
            path: path.map(Path::to_owned),
            place: None,
            fault: Fault::Catalogue(error),
        }))
    }

    pub(crate) fn rule(path: Option<&Path>, place: Place, error: UnknownRule) -> Self {
        Self::Options(Box::new(OptionsFault {
            path: path.map(Path::to_owned),
            place: Some(place),
            fault: Fault::Rule(error),
        }))
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

#[cfg(feature = "ledger")]
impl From<LedgerError> for Error {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(Box::new(error))
    }
}

#[cfg(feature = "ledger")]
impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        LedgerError::from(error).into()
    }
}

#[cfg(feature = "ledger")]
impl From<ReplayError> for Error {
    fn from(error: ReplayError) -> Self {
        LedgerError::from(error).into()
    }
}

impl From<LocateError> for Error {
    fn from(error: LocateError) -> Self {
        Self::Save(error.into())
    }
}

impl From<ReadError> for Error {
    fn from(error: ReadError) -> Self {
        Self::Save(error.into())
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
