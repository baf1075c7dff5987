//! The three answers of a process.

use std::process::ExitCode;

/// How a run ended; the number is a contract with scripts.
///
/// It is that of the answer, also where the reader of the answer goes away before its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExitStatus {
    /// 0: yes, or done.
    Yes,
    /// 1: no: denied, findings, files differ.
    No,
    /// 2: the request is wrong or could not be carried out.
    Failed,
}

impl ExitStatus {
    /// Returns how a command ends whose answer is yes or no.
    pub(crate) const fn answering(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }

    /// Returns the number that the shell sees.
    pub const fn number(self) -> u8 {
        match self {
            Self::Yes => 0,
            Self::No => 1,
            Self::Failed => 2,
        }
    }
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> Self {
        Self::from(status.number())
    }
}
