//! A directory.json that is handed over: the one text that is printed byte for byte, stored passwords
//! included, because it is the file itself and is to be written to one.

use serde::Serialize;

use super::Report;

/// A document for a file. Nothing is told to people in this type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Document(String);

impl Document {
    /// Takes the whole text of a directory.
    pub(crate) const fn new(text: String) -> Self {
        Self(text)
    }

    /// Returns the text.
    pub(crate) fn text(&self) -> &str {
        &self.0
    }
}

/// As an answer, it is handed over in every format.
impl Report for Document {
    fn document(&self) -> Option<&Document> {
        Some(self)
    }
}
