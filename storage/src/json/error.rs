//! What can be wrong with a text that should be JSON, and where.

use guichet_core::Diagnostic;

use super::scanner::{MAX_BYTES, MAX_DEPTH};
use guichet_core::Position;

/// The reason why a text is not a JSON document that can be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SyntaxErrorKind {
    /// The bytes are not UTF-8.
    #[error("the text is not valid UTF-8")]
    InvalidUtf8,
    /// The bytes begin with the byte order mark of UTF-16 or UTF-32.
    #[error("the text is UTF-16 or UTF-32, not UTF-8")]
    OtherEncoding,
    /// There is nothing but white space.
    #[error("the text is empty")]
    Empty,
    /// Another character than the grammar allows.
    #[error("expected {expected}, found {}", shown(*found))]
    Unexpected {
        /// What may be here, in words.
        expected: &'static str,
        /// The character that is here.
        found: char,
    },
    /// The text stops too early.
    #[error("expected {expected}, found the end of the text")]
    UnexpectedEnd {
        /// What should follow, in words.
        expected: &'static str,
    },
    /// A comma with nothing after it.
    #[error("there is a comma before {}", shown(*found))]
    TrailingComma {
        /// The bracket after the comma.
        found: char,
    },
    /// A control character inside a string.
    #[error("a string has the control character {} without an escape", shown(*found))]
    ControlCharacter {
        /// The character.
        found: char,
    },
    /// A string that is not closed.
    #[error("a string has no closing quotation mark")]
    UnclosedString,
    /// A backslash with a character after it that JSON does not know.
    #[error("a string has an unknown escape")]
    InvalidEscape,
    /// Half of a surrogate pair without the other half.
    #[error("a string has half of a surrogate pair")]
    LoneSurrogate,
    /// A number that JSON does not allow.
    #[error("a number is not valid in JSON")]
    InvalidNumber,
    /// More text after the value.
    #[error("expected the end of the text, found {}", shown(*found))]
    TrailingText {
        /// The first character of it.
        found: char,
    },
    /// More than [`MAX_DEPTH`] brackets inside one another.
    #[error("brackets are nested more than {MAX_DEPTH} deep")]
    TooDeep,
    /// More than [`MAX_BYTES`] bytes.
    #[error("the text is longer than {MAX_BYTES} bytes")]
    TooLarge,
    /// A string or a number that is too long, or too many values.
    #[error("the text has too many values, or one that is too long")]
    TooMany,
}

impl SyntaxErrorKind {
    /// Returns the stable name of this kind, for programs.
    const fn code(&self) -> &'static str {
        match self {
            Self::InvalidUtf8 | Self::OtherEncoding => "not-utf8",
            Self::TooDeep => "json-too-deep",
            Self::TooLarge | Self::TooMany => "json-too-large",
            _ => "json-syntax",
        }
    }

    /// Returns what to do about it, where there is something to say.
    const fn advice(&self) -> Option<&'static str> {
        Some(match self {
            Self::InvalidUtf8 => {
                "The file may be damaged or saved in an older encoding: save it again as UTF-8."
            }
            Self::OtherEncoding => "4D writes this file in UTF-8: save it again as UTF-8.",
            Self::Empty => {
                "Restore the file from a backup, or delete it to start with the two built-in users."
            }
            Self::TrailingComma { .. } => "Remove the comma.",
            Self::ControlCharacter { .. } => {
                "Write a line break as \\n, a tab as \\t, and other control characters as \\u00XX."
            }
            Self::UnclosedString | Self::UnexpectedEnd { .. } => {
                "The file may be cut: restore it from a backup."
            }
            Self::InvalidEscape => {
                "After a backslash, write one of \" \\ / b f n r t, or u and four hexadecimal digits."
            }
            Self::LoneSurrogate => {
                "Write a character above U+FFFF as itself, or as two escapes, \\uD8xx and \\uDCxx."
            }
            Self::InvalidNumber => {
                "Numbers have no leading zero and no plus sign, and digits on both sides of the point."
            }
            Self::TooDeep => {
                "A directory.json has five levels: this file is damaged, or it is not one."
            }
            _ => return None,
        })
    }
}

/// Writes a character so that it can be read in a message.
fn shown(found: char) -> String {
    if found.is_control() || (found.is_whitespace() && found != ' ') {
        format!("U+{:04X}", u32::from(found))
    } else {
        format!("`{found}`")
    }
}

/// The first place where a text stops being a JSON document, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind}")]
pub struct SyntaxError {
    kind: SyntaxErrorKind,
    offset: usize,
    position: Position,
}

impl SyntaxError {
    /// Places a fault in the bytes that it was found in.
    pub(super) fn new(fault: Fault, bytes: &[u8]) -> Self {
        let Fault { kind, offset } = fault;
        Self {
            kind,
            offset,
            position: Position::new(bytes, offset),
        }
    }

    /// Returns the reason.
    pub const fn kind(&self) -> &SyntaxErrorKind {
        &self.kind
    }

    /// Returns the place as a byte offset from the beginning of the text, zero-based, a byte order mark included.
    pub const fn offset(&self) -> usize {
        self.offset
    }

    /// Returns the place as a line and a column.
    pub const fn position(&self) -> Position {
        self.position
    }
}

impl Diagnostic for SyntaxError {
    fn code(&self) -> &'static str {
        self.kind.code()
    }

    fn help(&self) -> Option<String> {
        self.kind.advice().map(str::to_owned)
    }
}

/// A reason and a byte offset: what the scanner knows.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) kind: SyntaxErrorKind,
    pub(super) offset: usize,
}

impl Fault {
    /// Pairs a reason with an offset.
    pub(super) const fn new(kind: SyntaxErrorKind, offset: usize) -> Self {
        Self { kind, offset }
    }
}
