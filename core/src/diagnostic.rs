//! Diagnostics as data: every error and finding has a stable code, a severity and advice.
//!
//! Libraries produce them, front ends print them.

use std::fmt;

/// How much a diagnostic matters.
///
/// Ordered from the least to the most serious, so that `max` finds the worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; nothing is wrong.
    Info,
    /// Probably not what was meant; the file works.
    Warning,
    /// Wrong: somebody has less, or more, access than the file seems to say.
    Error,
}

impl Severity {
    /// Returns the word that people and programs read: `info`, `warning` or `error`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One row of a crate's table of codes: what the reference of errors says about a code.
///
/// Each crate has such a table, `CODES`; `docs/errors.md` is written from them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Code {
    /// The stable kebab-case code.
    pub code: &'static str,
    /// How serious a problem of a file that can be read is, several where it depends on the case, the
    /// least serious first; empty for an error, which ends what was asked for.
    pub severities: &'static [Severity],
    /// What happened, as full sentences.
    pub when: &'static str,
    /// What the reader can do about it, as full sentences; empty where nothing needs to be done.
    pub advice: &'static str,
}

impl Code {
    /// Describes an error.
    pub const fn error(code: &'static str, when: &'static str, advice: &'static str) -> Self {
        Self::finding(code, &[], when, advice)
    }

    /// Describes a problem of a file that can be read all the same.
    pub const fn finding(
        code: &'static str,
        severities: &'static [Severity],
        when: &'static str,
        advice: &'static str,
    ) -> Self {
        Self {
            code,
            severities,
            when,
            advice,
        }
    }
}

/// What an error or a finding has beside its message.
///
/// The message itself is the type's `Display`: lower case, one sentence, no full stop, user input
/// in backticks.
pub trait Diagnostic: fmt::Display {
    /// Returns the stable kebab-case code, for programs and for the reference pages.
    fn code(&self) -> &'static str;

    /// Returns how serious it is; an error unless the type says otherwise.
    fn severity(&self) -> Severity {
        Severity::Error
    }

    /// Returns what the reader can do about it, as one or more full sentences.
    fn help(&self) -> Option<String> {
        None
    }
}
