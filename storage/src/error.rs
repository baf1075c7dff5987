//! The input and output error that every other one of this crate is built on.

use std::io;
use std::path::{Path, PathBuf};

use guichet_core::Diagnostic;

use crate::codes::advice_on_error;

/// What was tried with a path when the system refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Operation {
    /// Looking what lies there.
    Inspect,
    /// Reading a file.
    Read,
    /// Reading the names in a folder.
    List,
    /// Making a folder.
    CreateFolder,
    /// Making a file.
    Create,
    /// Writing into a file.
    Write,
    /// Giving a file the access of another one.
    Protect,
    /// Waiting until a file or a folder is on the disk.
    Sync,
    /// Putting a new file in the place of an old one.
    Replace,
    /// Taking a file away.
    Remove,
    /// Locking a file.
    Lock,
    /// Watching a folder.
    Watch,
}

impl Operation {
    /// Returns the operation as a verb.
    pub const fn verb(self) -> &'static str {
        match self {
            Self::Inspect => "inspect",
            Self::Read => "read",
            Self::List => "list",
            Self::CreateFolder => "create the folder",
            Self::Create => "create the file",
            Self::Write => "write",
            Self::Protect => "set the permissions of",
            Self::Sync => "finish writing",
            Self::Replace => "replace",
            Self::Remove => "remove",
            Self::Lock => "lock",
            Self::Watch => "watch",
        }
    }
}

/// A refusal of the system, with the path that it is about.
#[derive(Debug, thiserror::Error)]
#[error("cannot {} `{}`", .operation.verb(), .path.display())]
pub struct PathError {
    operation: Operation,
    path: PathBuf,
    source: io::Error,
}

impl PathError {
    /// Joins an error of the system with what was tried.
    pub fn new(operation: Operation, path: &Path, source: io::Error) -> Self {
        Self {
            operation,
            path: path.to_owned(),
            source,
        }
    }

    /// Returns whether it was only looked, not written.
    const fn is_reading(&self) -> bool {
        matches!(
            self.operation,
            Operation::Inspect | Operation::Read | Operation::List | Operation::Watch
        )
    }

    /// Returns what was tried.
    pub const fn operation(&self) -> Operation {
        self.operation
    }

    /// Returns the path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the kind of the system's error.
    pub fn kind(&self) -> io::ErrorKind {
        self.source.kind()
    }
}

impl Diagnostic for PathError {
    fn code(&self) -> &'static str {
        match self.kind() {
            io::ErrorKind::NotFound => "file-not-found",
            io::ErrorKind::PermissionDenied if self.is_reading() => "file-not-readable",
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                "file-not-writable"
            }
            io::ErrorKind::FileTooLarge => "file-too-large",
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "disk-full",
            io::ErrorKind::Unsupported if self.operation == Operation::Lock => "lock-unsupported",
            _ => "input-output",
        }
    }

    fn help(&self) -> Option<String> {
        match self.code() {
            // The message of the system says it all.
            "input-output" => None,
            code => advice_on_error(code),
        }
    }
}
