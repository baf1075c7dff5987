//! Changes written as JSON, each with its place in the text.

use std::fmt;

use guichet_core::Position;
use guichet_core::{Change, Diagnostic};
use serde_json::error::Category;
use serde_json::value::RawValue;

/// A list of changes, read from a JSON array.
///
/// ```
/// use guichet::edit::ChangeList;
///
/// let list = ChangeList::parse("[\n  {\"change\": \"add-user\", \"name\": \"Mia Chen\"}\n]")?;
/// assert_eq!(list.changes().len(), 1);
/// assert_eq!(list.position(0).to_string(), "line 2, column 3");
///
/// let error = ChangeList::parse("[{\"change\": \"add-planet\"}]").unwrap_err();
/// assert!(error.to_string().starts_with("change 1: unknown variant `add-planet`"));
/// # Ok::<(), guichet::edit::ChangeListError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeList<'t> {
    text: &'t str,
    changes: Vec<Change>,
    /// Where each change starts, in bytes.
    starts: Vec<usize>,
}

/// Why a text is not a list of changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeListError {
    index: Option<usize>,
    message: String,
    position: Position,
}

impl<'t> ChangeList<'t> {
    /// Reads a list; linear. A byte order mark, which some editors put before the text, is left out.
    ///
    /// # Errors
    ///
    /// The text is not JSON, or not an array of changes.
    pub fn parse(text: &'t str) -> Result<Self, ChangeListError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let position = |offset| Position::new(text.as_bytes(), offset);
        let entries: Vec<&RawValue> =
            serde_json::from_str(text).map_err(|error| ChangeListError {
                index: None,
                message: match error.classify() {
                    Category::Data => "the list of changes is not a JSON array".to_owned(),
                    Category::Eof => "the list is not JSON: it ends too early".to_owned(),
                    _ => format!("the list is not JSON: {}", without_place(&error)),
                },
                position: Position::from_line_and_byte(text, error.line(), error.column()),
            })?;
        let (mut changes, mut starts) = (Vec::new(), Vec::new());
        for (index, entry) in entries.into_iter().enumerate() {
            let start = (entry.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
            let change = serde_json::from_str(entry.get()).map_err(|error| ChangeListError {
                index: Some(index),
                message: without_place(&error),
                position: position(start),
            })?;
            changes.push(change);
            starts.push(start);
        }
        Ok(Self {
            text,
            changes,
            starts,
        })
    }

    /// Returns the changes.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// Returns where a change stands, counted from 0; linear in the text before it.
    pub fn position(&self, index: usize) -> Position {
        let start = self.starts.get(index).copied().unwrap_or_default();
        Position::new(self.text.as_bytes(), start)
    }
}

impl ChangeListError {
    /// Returns where it stands.
    pub const fn position(&self) -> Position {
        self.position
    }
}

impl fmt::Display for ChangeListError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(index) = self.index {
            write!(f, "change {}: ", index + 1)?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for ChangeListError {}

impl Diagnostic for ChangeListError {
    fn code(&self) -> &'static str {
        "bad-change"
    }

    fn help(&self) -> Option<String> {
        Some("Write each change as an object: {\"change\": \"add-user\", \"name\": \"Mia Chen\"}. docs/cli.md lists all kinds.".to_owned())
    }
}

/// The parser ends its sentence with a place in what it was given; ours is in the whole text.
fn without_place(error: &serde_json::Error) -> String {
    let said = error.to_string();
    let place = said.rsplit_once(" at line ");
    match place.map_or(&*said, |(said, _)| said) {
        "expected ident" | "expected value" => "expected a value".to_owned(),
        said => said.to_owned(),
    }
}
