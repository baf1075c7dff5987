//! The input and output error that every other one of this crate is built on.

use std::io;
use std::path::{Path, PathBuf};

use guichet_core::Diagnostic;

/// What was tried with a path when the system refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Operation {
    /// Looking what lies there.
    Inspect,
    /// Reading a file.
    Read,
}

impl Operation {
    /// Returns the operation as a verb.
    pub const fn verb(self) -> &'static str {
        match self {
            Self::Inspect => "look at",
            Self::Read => "read",
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
            io::ErrorKind::PermissionDenied => "file-not-readable",
            _ => "input-output",
        }
    }

    fn help(&self) -> Option<String> {
        let advice = match self.kind() {
            io::ErrorKind::NotFound => "Check the path.",
            io::ErrorKind::PermissionDenied => {
                "Give this account the right to read it, or run as an account that has it."
            }
            _ => return None,
        };
        Some(advice.to_owned())
    }
}
