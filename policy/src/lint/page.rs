//! What the catalogue says of a rule, and how it is found.

use std::fmt;

use guichet_core::Severity;

use super::finding::Finding;
use super::input::LintInput;
use super::level::Level;

/// Everything there is to say about one rule: a section of the reference.
///
/// The texts are Markdown of one paragraph; the examples are whole files, shortened.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    /// The stable code, kebab-case.
    pub code: &'static str,
    /// How much a finding matters unless the options say otherwise; [`Level::Off`]: only looked for
    /// when somebody asks.
    pub level: Level,
    /// The level of some of the findings where it is another one.
    pub exception: Option<Exception>,
    /// What is found, in one line without a full stop.
    pub summary: &'static str,
    /// What is bad about it.
    pub why: &'static str,
    /// Which file the examples show.
    pub file: ExampleFile,
    /// A file in which it is found, shortened to what matters.
    pub bad: &'static str,
    /// The file as it should be.
    pub good: &'static str,
    /// Whether a finding can be fixed without a decision of a person.
    pub repair: Repair,
    /// Who looks for it.
    pub found_by: FoundBy,
}

/// Findings of a rule that matter more or less than its others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exception {
    /// How much they matter.
    pub level: Level,
    /// Which findings they are, so that "`error` for the Designer" can be said.
    pub which: &'static str,
}

impl Page {
    /// What most pages have in common; the catalogue's tests refuse a page without texts of its own.
    pub(super) const BASE: Self = Self {
        code: "",
        level: Level::Warning,
        exception: None,
        summary: "",
        why: "",
        file: ExampleFile::Directory,
        bad: "",
        good: "",
        repair: Repair::None,
        found_by: FoundBy::Reading,
    };

    /// Returns the level in words, such as `warning, error for the Designer`.
    pub fn levels(&self) -> String {
        match self.exception {
            None => self.level.as_str().to_owned(),
            Some(Exception { level, which }) => {
                format!("{}, {} {which}", self.level.as_str(), level.as_str())
            }
        }
    }

    /// Returns whether a finding of the rule may have a severity when nothing was chosen.
    pub fn may_be(&self, severity: Severity) -> bool {
        let levels = [Some(self.level), self.exception.map(|other| other.level)];
        let mut severities = levels.into_iter().flatten().map(Level::severity);
        severities.any(|one| one == Some(severity))
    }
}

/// Which file an example shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ExampleFile {
    /// `directory.json`.
    Directory,
    /// `guichet.toml`.
    Options,
    /// `settings.4DSettings`.
    Settings,
    /// A list of files.
    Folder,
}

impl ExampleFile {
    /// Returns the name of the language for a fenced block of Markdown: `json`, `toml`, `xml` or
    /// `text`.
    pub const fn language(self) -> &'static str {
        match self {
            Self::Directory => "json",
            Self::Options => "toml",
            Self::Settings => "xml",
            Self::Folder => "text",
        }
    }
}

/// Whether findings of a rule can be fixed without a decision of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Repair {
    /// No: only a person knows what was meant.
    None,
    /// Where that takes no access from anybody and gives none: changes of the directory.
    Changes,
    /// In the text of the file, which then means the same as before.
    Text,
}

/// Who looks for a rule's findings.
#[derive(Clone, Copy)]
pub enum FoundBy {
    /// [`lint`](super::lint()), in the directory.
    Lint(fn(&LintInput<'_>) -> Vec<Finding>),
    /// The program that reads the files; it reports with [`Finding::reported`].
    Reading,
}

impl fmt::Debug for FoundBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Lint(_) => "Lint",
            Self::Reading => "Reading",
        })
    }
}
