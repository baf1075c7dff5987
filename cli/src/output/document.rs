//! A directory.json that is handed over: the one text that is printed byte for byte, stored passwords
//! included, because it is the file itself and is to be written to one.

use serde::ser::Error as _;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use super::{Report, json};

/// A document for a file. Nothing is told to people in this type.
#[derive(Debug, Clone, PartialEq, Eq)]
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

/// In JSON it is a string as it stands, past the rules of other strings.
impl Serialize for Document {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let string = RawValue::from_string(json::quoted(&self.0));
        string.map_err(S::Error::custom)?.serialize(serializer)
    }
}

/// As an answer, it is handed over in every format.
impl Report for Document {
    fn document(&self) -> Option<&Self> {
        Some(self)
    }
}
