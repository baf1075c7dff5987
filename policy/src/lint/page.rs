//! What the catalogue says of a rule, and how it is found.

use std::fmt;

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
    /// The level of those findings that matter more than the others, if there are any.
    pub raised: Option<Level>,
    /// Who looks for it.
    pub found_by: FoundBy,
}

impl Page {
    /// What most pages have in common; the catalogue's tests refuse a page without texts of its own.
    pub(super) const BASE: Self = Self {
        code: "",
        summary: "",
        why: "",
        file: ExampleFile::Directory,
        bad: "",
        good: "",
        repair: Repair::None,
        raised: None,
        found_by: FoundBy::Reading,
    };
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
#[non_exhaustive]
pub enum FoundBy {
    /// [`lint`](super::lint()), in the directory. The level is how much a finding matters unless the
    /// options say otherwise; [`Level::Off`]: only looked for when somebody asks.
    Lint(Level, fn(&LintInput<'_>) -> Vec<Finding>),
    /// The program that reads the files, which knows how much each finding matters; it reports with
    /// [`Finding::reported`].
    Reading,
}

impl fmt::Debug for FoundBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Lint(..) => "Lint",
            Self::Reading => "Reading",
        })
    }
}
