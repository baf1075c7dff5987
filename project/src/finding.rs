//! One thing that is wrong or odd at one place of a file.

use std::path::{Path, PathBuf};

use guichet_core::Position;
use guichet_core::{Diagnostic, Severity};
use guichet_storage::{Place, SourceFile};

/// One thing that is wrong or odd at one place of a file, as data.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// How much it matters.
    pub severity: Severity,
    /// The stable kebab-case code.
    pub code: &'static str,
    /// One sentence: lower case, no full stop, text of the file in backticks as it is.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The file.
    pub path: PathBuf,
    /// The JSON pointer of the value, in `directory.json`.
    pub pointer: Option<String>,
    /// The line and the column, both from 1.
    pub position: Position,
    /// How many characters of that line it is about.
    pub width: usize,
    /// Whether [`Project::fix`](crate::Project::fix) repairs it.
    pub repair: Repair,
}

/// Whether a finding can be repaired without anybody gaining or losing an access.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Repair {
    /// By a program.
    Automatic,
    /// By a person, who decides what was meant.
    ByHand,
}

impl Finding {
    /// Takes a diagnostic with its place in a file.
    pub(crate) fn of(diagnostic: &dyn Diagnostic, place: &Place, path: &Path) -> Self {
        let pointer = match place.file {
            SourceFile::Directory => Some(place.pointer.to_string()),
            SourceFile::Options => None,
        };
        Self::new(diagnostic, path.to_owned(), place.position, pointer)
    }

    /// Takes a diagnostic that is about one character.
    pub(crate) fn new(
        diagnostic: &dyn Diagnostic,
        path: PathBuf,
        position: Position,
        pointer: Option<String>,
    ) -> Self {
        Self {
            severity: diagnostic.severity(),
            code: diagnostic.code(),
            message: diagnostic.to_string(),
            help: diagnostic.help(),
            path,
            pointer,
            position,
            width: 1,
            repair: Repair::ByHand,
        }
    }
}

/// As the command line prints it: `code`, `severity`, `message`, `help`, `path`, `pointer`, `line`,
/// `column` and `fixable`.
#[cfg(feature = "serde")]
impl serde::Serialize for Finding {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct as _;
        let mut document = serializer.serialize_struct("Finding", 9)?;
        document.serialize_field("code", self.code)?;
        document.serialize_field("severity", self.severity.as_str())?;
        document.serialize_field("message", &self.message)?;
        document.serialize_field("help", &self.help)?;
        document.serialize_field("path", &self.path.to_string_lossy())?;
        document.serialize_field("pointer", &self.pointer)?;
        document.serialize_field("line", &self.position.line)?;
        document.serialize_field("column", &self.position.column)?;
        document.serialize_field("fixable", &(self.repair == Repair::Automatic))?;
        document.end()
    }
}
