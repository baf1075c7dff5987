//! How much each rule matters to one team: the `[lint]` table of `guichet.toml`.

use std::collections::BTreeMap;

use guichet_core::suggest::did_you_mean;
use guichet_core::{Diagnostic, Severity};

use super::finding::Finding;
use super::rule::Rule;

/// How much findings of a rule matter, or that nobody wants to see them.
///
/// Ordered from the least to the most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "lowercase")
)]
pub enum Level {
    /// Not looked for, not shown.
    Off,
    /// Worth knowing.
    Info,
    /// Probably not what was meant.
    Warning,
    /// Wrong.
    Error,
}

impl Level {
    /// Every level, from the least to the most.
    pub const ALL: [Self; 4] = [Self::Off, Self::Info, Self::Warning, Self::Error];

    /// Returns the word of `guichet.toml`: `off`, `info`, `warning` or `error`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// Returns the severity of findings at this level; `None` if they are off.
    pub const fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Info => Some(Severity::Info),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

/// A code that no rule has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no lint rule is named `{code}`")]
pub struct UnknownRule {
    /// The code.
    pub code: String,
    /// The rule that it resembles.
    pub suggestion: Option<Rule>,
}

impl Diagnostic for UnknownRule {
    fn code(&self) -> &'static str {
        "unknown-rule"
    }

    fn help(&self) -> Option<String> {
        let list = || "The reference of lint lists the rules.".to_owned();
        Some(did_you_mean(self.suggestion.as_slice()).unwrap_or_else(list))
    }
}

/// The levels that a team has chosen; every other rule keeps its own.
///
/// ```
/// use guichet_core::Diagnostic as _;
/// use guichet_policy::lint::{Level, Levels, Rule};
///
/// let mut levels = Levels::default();
/// levels.set("legacy-digest", Level::Off)?;
/// assert_eq!(levels.level(Rule::LegacyDigest), Some(Level::Off));
/// assert_eq!(levels.level(Rule::Cycle), Some(Level::Error));
///
/// let unknown = levels.set("legacy-digests", Level::Off).err().ok_or("no such rule")?;
/// assert_eq!(unknown.help().as_deref(), Some("Did you mean `legacy-digest`?"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Levels {
    chosen: BTreeMap<Rule, Level>,
}

impl Levels {
    /// Chooses the level of a rule by its code.
    ///
    /// # Errors
    ///
    /// [`UnknownRule`] when no rule has the code.
    pub fn set(&mut self, code: &str, level: Level) -> Result<(), UnknownRule> {
        self.chosen.insert(Rule::from_code(code)?, level);
        Ok(())
    }

    /// Returns the level of a rule: the chosen one, else the rule's own, if it has one.
    pub fn level(&self, rule: Rule) -> Option<Level> {
        let chosen = self.chosen.get(&rule).copied();
        chosen.or_else(|| rule.level())
    }

    /// Gives a finding the severity that was chosen for its rule; `None` if the rule is off.
    ///
    /// A finding of a rule for which nothing was chosen keeps the severity that it has.
    pub fn settle(&self, mut finding: Finding) -> Option<Finding> {
        match self.chosen.get(&finding.rule) {
            Some(level) => finding.severity = level.severity()?,
            None if finding.rule.level() == Some(Level::Off) => return None,
            None => {}
        }
        Some(finding)
    }
}
