//! Why an edit was not saved.

use std::path::{Path, PathBuf};
use std::time::Duration;

use guichet_core::Diagnostic;
use guichet_core::visible::escaped;

use crate::codes::advice_on_error;
use crate::directory_text::TextError;
use crate::encode::EncodeError;
use crate::error::PathError;
use crate::locate::LocateError;
use crate::read::ReadError;
use crate::revision::Revision;

/// Why nothing was saved. The file is as it was, unless a variant says otherwise.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SaveError {
    /// It cannot be said which file counts.
    #[error(transparent)]
    Locate(#[from] LocateError),
    /// The file that counts cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The file has no way to say what the edit made.
    #[error(transparent)]
    Encode(#[from] EncodeError),
    /// The new text is no directory.
    #[error(transparent)]
    Text(#[from] TextError),
    /// The system refuses. Where it could not *finish writing* the folder, the new file is in its place already.
    #[error(transparent)]
    Io(#[from] PathError),
    /// Somebody else is editing.
    #[error("`{}` is locked by {}; gave up after {}", .path.display(), owner_words(.owner.as_deref()), time_words(*.waited))]
    Locked {
        /// The lock file.
        path: PathBuf,
        /// What the owner says of itself.
        owner: Option<String>,
        /// How long was waited.
        waited: Duration,
    },
    /// The file is not the one that the edit is about.
    #[error("`{}` changed after it was read: its revision is {found}, not {expected}", .path.display())]
    Conflict {
        /// The file.
        path: PathBuf,
        /// The revision that was read.
        expected: Revision,
        /// The revision that is there.
        found: Revision,
    },
    /// The file may not be written to, and there is no data folder that takes its place.
    #[error("`{}` is read-only", .path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// A file that should be made exists already.
    #[error("`{}` already exists", .path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// The file is not what any remembered change made of it.
    #[error("there is no edit of `{}` to undo", .path.display())]
    NothingToUndo {
        /// The file.
        path: PathBuf,
    },
    /// The latest change made the file, and no other file would count without it.
    #[error("the edit to undo created `{}`", .path.display())]
    UndoesCreation {
        /// The file.
        path: PathBuf,
    },
}

fn time_words(waited: Duration) -> String {
    match waited.as_secs() {
        0 => format!("{} ms", waited.as_millis()),
        seconds => format!("{seconds} s"),
    }
}

fn owner_words(owner: Option<&str>) -> String {
    owner.map_or_else(
        || "another process".to_owned(),
        |owner| escaped(owner).to_string(),
    )
}

impl SaveError {
    /// Returns the file that the error is about.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Locate(error) => Some(error.path()),
            Self::Read(error) => Some(error.path()),
            Self::Encode(_) | Self::Text(_) => None,
            Self::Io(error) => Some(error.path()),
            Self::Locked { path, .. }
            | Self::Conflict { path, .. }
            | Self::ReadOnly { path }
            | Self::Exists { path }
            | Self::NothingToUndo { path }
            | Self::UndoesCreation { path } => Some(path),
        }
    }
}

impl Diagnostic for SaveError {
    fn code(&self) -> &'static str {
        match self {
            Self::Locate(error) => error.code(),
            Self::Read(error) => error.code(),
            Self::Encode(error) => error.code(),
            Self::Text(error) => error.code(),
            Self::Io(error) => error.code(),
            Self::Locked { .. } => "locked",
            Self::Conflict { .. } => "conflict",
            Self::ReadOnly { .. } => "read-only",
            Self::Exists { .. } => "file-exists",
            Self::NothingToUndo { .. } => "nothing-to-undo",
            Self::UndoesCreation { .. } => "undoes-creation",
        }
    }

    fn help(&self) -> Option<String> {
        match self {
            Self::Locate(error) => error.help(),
            Self::Read(error) => error.help(),
            Self::Encode(error) => error.help(),
            Self::Text(error) => error.help(),
            Self::Io(error) => error.help(),
            Self::Locked { .. }
            | Self::Conflict { .. }
            | Self::ReadOnly { .. }
            | Self::Exists { .. }
            | Self::NothingToUndo { .. }
            | Self::UndoesCreation { .. } => advice_on_error(self.code()),
        }
    }
}

/// Why an edit was not made: refused by whoever edits, or not saved.
#[derive(Debug, thiserror::Error)]
pub enum EditError<E> {
    /// The edit itself was refused; nothing was written.
    #[error(transparent)]
    Refused(E),
    /// It could not be saved.
    #[error(transparent)]
    Save(SaveError),
}

impl<E, S: Into<SaveError>> From<S> for EditError<E> {
    fn from(error: S) -> Self {
        Self::Save(error.into())
    }
}

impl<E: Diagnostic> Diagnostic for EditError<E> {
    fn code(&self) -> &'static str {
        match self {
            Self::Refused(error) => error.code(),
            Self::Save(error) => error.code(),
        }
    }

    fn help(&self) -> Option<String> {
        match self {
            Self::Refused(error) => error.help(),
            Self::Save(error) => error.help(),
        }
    }
}
