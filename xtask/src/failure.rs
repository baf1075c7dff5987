//! How a task says that it did not succeed.

use std::fmt;
use std::io;
use std::path::Path;

/// What a task hands back to `main`.
pub(crate) type Outcome<T = ()> = Result<T, Failure>;

/// Why a task stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The command line was not understood; exit code 2.
    Usage(String),
    /// The task ran and found something wrong; exit code 1.
    Failed(String),
}

impl Failure {
    /// Builds a failure of the command line.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::Usage(message.into())
    }

    /// Builds a failure of the task itself.
    pub(crate) fn failed(message: impl Into<String>) -> Self {
        Self::Failed(message.into())
    }

    /// Builds a failure from an I/O error, which never travels without its path.
    pub(crate) fn io(path: &Path, error: &io::Error) -> Self {
        Self::Failed(format!("`{}`: {error}", path.display()))
    }

    /// Returns the process exit code: 1 for a finding, 2 for a wrong command line.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::Usage(_) => 2,
            Self::Failed(_) => 1,
        }
    }
}

/// Checks that nothing follows the name of a task that takes no argument.
///
/// # Errors
///
/// Something does.
pub(crate) fn no_arguments(task: &str, args: &[String]) -> Outcome {
    match args.first() {
        None => Ok(()),
        Some(arg) => Err(Failure::usage(format!(
            "{task}: takes no argument, got `{arg}`"
        ))),
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(message) | Self::Failed(message) => f.write_str(message),
        }
    }
}
