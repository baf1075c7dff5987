//! Why what 4D says cannot be read.

use guichet_core::{Diagnostic, Position};

/// Why the result of a command of 4D cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// The text is not JSON.
    #[error("{message}")]
    NotJson {
        /// What is wrong.
        message: String,
        /// Where.
        position: Position,
    },
    /// The result is `null`: the command ran on a remote 4D, which has no licence of its own
    /// (statement 58).
    #[error("the result is null")]
    Null,
    /// The result is something else as a whole, perhaps that of another command.
    #[error("the result is not {expected}")]
    OtherResult {
        /// What the command returns: `an object` or `a collection`.
        expected: &'static str,
    },
    /// A field does not hold what 4D documents.
    #[error("field `{path}`: {message}")]
    Field {
        /// The field, such as `products[2].rights[0].count`.
        path: String,
        /// What is wrong with it.
        message: String,
    },
}

impl ImportError {
    /// Returns where in the text, for a text that is not JSON.
    pub const fn position(&self) -> Option<Position> {
        match self {
            Self::NotJson { position, .. } => Some(*position),
            Self::Null | Self::OtherResult { .. } | Self::Field { .. } => None,
        }
    }

    pub(super) fn field(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Field {
            path: path.into(),
            message: message.into(),
        }
    }
}

impl Diagnostic for ImportError {
    fn code(&self) -> &'static str {
        match self {
            Self::NotJson { .. } => "not-json",
            Self::Null => "no-local-licence",
            Self::OtherResult { .. } | Self::Field { .. } => "illegal-field",
        }
    }

    fn help(&self) -> Option<String> {
        Some(
            match self {
                Self::NotJson { .. } => "Write the result of the command with JSON Stringify.",
                Self::Null => "Run the command on 4D Server or on a 4D with its own licence.",
                Self::OtherResult { .. } => {
                    "Import the result of the other command: `License info` returns an object, \
                     `License usage` a collection."
                }
                Self::Field { .. } => {
                    "4D's pages on `License info` and `License usage` say what each field holds."
                }
            }
            .to_owned(),
        )
    }
}

/// Reads JSON into a type, which is `expected` as a whole; an error names the field.
pub(super) fn read<'de, T: serde::Deserialize<'de>>(
    json: &'de str,
    expected: &'static str,
) -> Result<T, ImportError> {
    let json = json.trim_start_matches('\u{feff}');
    if json.trim() == "null" {
        return Err(ImportError::Null);
    }
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let value: T = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let path = error.path().to_string();
        let inner = error.into_inner();
        if inner.is_data() {
            illegal(&path, &inner, expected)
        } else {
            not_json(json, &inner)
        }
    })?;
    deserializer.end().map_err(|error| not_json(json, &error))?;
    Ok(value)
}

/// Names the field that is wrong: a missing one by its own name, where serde names the object.
fn illegal(path: &str, error: &serde_json::Error, expected: &'static str) -> ImportError {
    let text = message(error);
    let missing = text.strip_prefix("missing field `");
    let missing = missing.and_then(|rest| rest.strip_suffix('`'));
    match (path, missing) {
        (".", Some(field)) => ImportError::field(field, "it is missing"),
        (".", None) => ImportError::OtherResult { expected },
        (path, Some(field)) => ImportError::field(format!("{path}.{field}"), "it is missing"),
        (path, None) => ImportError::field(path, text),
    }
}

fn not_json(json: &str, error: &serde_json::Error) -> ImportError {
    ImportError::NotJson {
        message: message(error),
        position: Position::from_line_and_byte(json, error.line(), error.column()),
    }
}

/// The message without the place, which is beside it, and without the names of Rust's numbers.
fn message(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let text = text
        .rsplit_once(" at line ")
        .map_or(&*text, |(text, _)| text);
    match text.rsplit_once(", expected ") {
        Some((what, "u32" | "i16" | "i8")) => format!("{what}, expected a whole number"),
        _ => text.to_owned(),
    }
}
