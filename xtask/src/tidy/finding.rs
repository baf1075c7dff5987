//! What a rule reports.

/// Whether a finding stops the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// Shown, and the gate goes on.
    Warning,
    /// Shown, and the gate fails.
    Failure,
}

/// One place that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    /// One-based.
    pub(super) line: usize,
    /// What is wrong and what to do, in one sentence without a final period.
    pub(super) message: String,
    /// Whether it stops the gate.
    pub(super) level: Level,
}

impl Finding {
    /// Builds a finding that fails the gate.
    pub(super) fn failure(line: usize, message: impl Into<String>) -> Self {
        Self {
            line,
            message: message.into(),
            level: Level::Failure,
        }
    }

    /// Builds a finding that is only shown.
    pub(super) fn warning(line: usize, message: impl Into<String>) -> Self {
        Self {
            line,
            message: message.into(),
            level: Level::Warning,
        }
    }
}
