//! A suite: cases, each a question with the answer that is expected.

use crate::decision::Reason;

/// Policy tests as data: what a team expects of its directory.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Suite {
    /// The cases: those of `check`, then of `who_can`, then of `what_can`, each in the order of the
    /// file.
    pub cases: Vec<Case>,
}

/// One question and the answer that is expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The name that the file gives it.
    pub name: Option<String>,
    /// The line of the file where it begins, from 1; `None` for a suite that is in no file.
    pub line: Option<u32>,
    /// The question with the answer.
    pub question: Question,
}

/// What is asked, in the words of the file, and what is expected.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Question {
    /// May a user reach something? As [`Policy::check`](crate::Policy::check).
    Check {
        /// The user's name.
        user: String,
        /// The access, as [`Access::from_words`](crate::Access::from_words) reads it.
        access: String,
        /// Whether it is allowed.
        expect: Permit,
        /// The reason, where the case has it.
        reason: Option<Reason>,
        /// A shortest chain of groups, from one that holds the user directly up to the granted
        /// one; empty when the case has none.
        path: Vec<String>,
    },
    /// Who may reach something? As [`Policy::who_can`](crate::Policy::who_can).
    WhoCan {
        /// The access.
        access: String,
        /// The names of the users.
        users: Expected,
    },
    /// What may a user reach? As [`Policy::what_can`](crate::Policy::what_can).
    WhatCan {
        /// The user's name.
        user: String,
        /// The accesses. Groups are asked one by one and never missed: membership is not an
        /// access of the directory.
        accesses: Expected,
    },
}

/// Yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "suite", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "suite", serde(rename_all = "kebab-case"))]
pub enum Permit {
    /// The user may.
    Allowed,
    /// The user may not.
    Denied,
}

/// What a list should have in it, in any order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected<T = String> {
    /// These and nothing else.
    Exactly(Vec<T>),
    /// All of the first, none of the second.
    Partly {
        /// What should be in it.
        includes: Vec<T>,
        /// What should not.
        excludes: Vec<T>,
    },
}

impl Case {
    /// Returns the name of the case, or its question where it has none.
    pub fn title(&self) -> String {
        match (&self.name, &self.question) {
            (Some(name), _) => name.clone(),
            (None, Question::Check { user, access, .. }) => format!("check {user}: {access}"),
            (None, Question::WhoCan { access, .. }) => format!("who can: {access}"),
            (None, Question::WhatCan { user, .. }) => format!("what can: {user}"),
        }
    }

    /// Returns the name of the table that has the case: `check`, `who_can` or `what_can`.
    pub const fn kind(&self) -> &'static str {
        match self.question {
            Question::Check { .. } => "check",
            Question::WhoCan { .. } => "who_can",
            Question::WhatCan { .. } => "what_can",
        }
    }
}

impl Permit {
    /// Returns the word of the file: `allowed` or `denied`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::Denied => "denied",
        }
    }
}
