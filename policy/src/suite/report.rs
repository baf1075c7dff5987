//! What came of the cases of a suite.

use guichet_core::suggest::did_you_mean;
use guichet_core::{Diagnostic, GroupHandle, UserName};

use super::case::Case;
use crate::access::Access;
use crate::error::AccessError;
use crate::path::Path;

/// What came of a suite: one outcome for each case, in the same order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The outcomes.
    pub outcomes: Vec<Outcome>,
}

/// What came of one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The case.
    pub case: Case,
    /// Whether it holds.
    pub status: Status,
    pub(super) exercised: Exercised,
}

/// Whether a case holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// The answer is the expected one.
    Passed,
    /// It is another one.
    Failed(Failure),
    /// The question cannot be put: it names something that does not exist.
    Invalid(CaseError),
}

/// Another answer than the expected one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What was expected, in words.
    pub expected: String,
    /// What the directory says, in words.
    pub got: String,
    /// Why it says so: the chain of memberships, or what is missing.
    pub why: Option<String>,
}

/// Why a case cannot be asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CaseError {
    /// It names a user who does not exist.
    #[error("no user is named `{user}`")]
    UnknownUser {
        /// The name.
        user: String,
        /// The user whose name it resembles.
        suggestion: Option<UserName>,
    },
    /// It names an access that does not exist.
    #[error(transparent)]
    Access(#[from] AccessError),
}

impl Diagnostic for CaseError {
    fn code(&self) -> &'static str {
        match self {
            Self::UnknownUser { .. } => "unknown-user",
            Self::Access(error) => error.code(),
        }
    }

    fn help(&self) -> Option<String> {
        match self {
            Self::UnknownUser { suggestion, .. } => did_you_mean(suggestion.as_slice()),
            Self::Access(error) => error.help(),
        }
    }
}

/// What of a directory a case depends on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Exercised {
    /// The accesses whose grants decide it.
    pub(super) accesses: Vec<Access>,
    /// The chains of memberships that make somebody a member.
    pub(super) paths: Vec<Path>,
    /// The groups all of whose effective members are looked at.
    pub(super) groups: Vec<GroupHandle>,
}

impl Report {
    /// Returns whether every case holds.
    pub fn passed(&self) -> bool {
        let mut outcomes = self.outcomes.iter();
        outcomes.all(|outcome| outcome.status == Status::Passed)
    }

    /// Returns the outcomes of the cases that do not hold or cannot be asked.
    pub fn failures(&self) -> impl Iterator<Item = &Outcome> {
        let outcomes = self.outcomes.iter();
        outcomes.filter(|outcome| outcome.status != Status::Passed)
    }
}
