//! The text of a directory without a file: from standard input, from git, from a merge.

use guichet_core::{Diagnostic, Directory};

use crate::decode::{Decoded, Problem, Refusal, decode};
use crate::guichet_toml::OptionsFile;
use crate::json::{BOM, Document, Pointer, SyntaxError};
use crate::located::{Located, Place, SourceFile, each, first};

/// A text with the directory that it means.
///
/// What `guichet.toml` says is not part of it: of a text that comes from git nobody knows which options go with it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct DirectoryText {
    /// The text, byte for byte.
    pub document: Document,
    /// What it means.
    pub directory: Directory,
    /// Everything odd in it, in the order of the text.
    pub problems: Vec<Located<Problem>>,
    /// Whether there was a text at all.
    pub presence: Presence,
}

/// Whether there was a text, or nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// There was one.
    Present,
    /// There was none: so git hands over a file that one side does not have.
    Absent,
}

impl DirectoryText {
    /// Reads the bytes of a `directory.json`; linear.
    ///
    /// # Errors
    ///
    /// [`TextError::Syntax`], [`TextError::Refused`]: the bytes are no directory.
    ///
    /// # Examples
    ///
    /// ```
    /// use guichet_storage::DirectoryText;
    ///
    /// let text = DirectoryText::parse(b"{\"groups\": {\"Sales\": {}}}".to_vec())?;
    /// assert_eq!(text.directory.group_count(), 1);
    /// assert!(DirectoryText::parse(b"<<<<<<< ours".to_vec()).is_err());
    /// # Ok::<(), guichet_storage::TextError>(())
    /// ```
    pub fn parse(bytes: Vec<u8>) -> Result<Self, TextError> {
        let document = Document::parse(bytes)?;
        match decode(&document, &OptionsFile::default()) {
            Ok(Decoded {
                directory,
                problems,
            }) => Ok(Self {
                document,
                directory,
                problems,
                presence: Presence::Present,
            }),
            Err(refusals) => Err(TextError::Refused { refusals }),
        }
    }

    /// Reads the bytes as [`parse`](Self::parse) does; no bytes, or nothing but white space, are a directory that is not
    /// there: nobody is in it but the two built-in users.
    ///
    /// What it is good for is up to the caller: [`merge`](crate::merge()) takes it for the base alone.
    ///
    /// # Errors
    ///
    /// As there.
    ///
    /// # Examples
    ///
    /// ```
    /// use guichet_storage::{DirectoryText, Presence};
    ///
    /// let text = DirectoryText::parse_or_absent(b"\n".to_vec())?;
    /// assert_eq!(text.presence, Presence::Absent);
    /// assert_eq!(text.directory.user_count(), 2);
    /// # Ok::<(), guichet_storage::TextError>(())
    /// ```
    pub fn parse_or_absent(bytes: Vec<u8>) -> Result<Self, TextError> {
        let (bytes, presence) = Self::present_or_absent(bytes);
        Ok(Self {
            presence,
            ..Self::parse(bytes)?
        })
    }

    /// Returns the bytes that [`parse_or_absent`](Self::parse_or_absent) reads: those given or, of a
    /// directory that is not there, `{}`.
    pub fn present_or_absent(bytes: Vec<u8>) -> (Vec<u8>, Presence) {
        let rest = bytes.strip_prefix(BOM.as_bytes()).unwrap_or(&bytes);
        if rest.trim_ascii().is_empty() {
            (b"{}".to_vec(), Presence::Absent)
        } else {
            (bytes, Presence::Present)
        }
    }
}

/// Why a text is no directory.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TextError {
    /// It is not JSON.
    #[error("the text is not JSON: {0}")]
    Syntax(#[from] SyntaxError),
    /// It is JSON and no directory.
    #[error("the text is not a directory of users and groups: {}", first(.refusals))]
    Refused {
        /// Every place that has no meaning, in the order of the text; at least one.
        refusals: Vec<Located<Refusal>>,
    },
}

impl TextError {
    /// Returns where the first thing that is wrong stands.
    pub fn place(&self) -> Place {
        let (position, pointer) = match self {
            Self::Syntax(error) => (error.position(), Pointer::root()),
            Self::Refused { refusals } => match refusals.first() {
                Some(first) => return first.place.clone(),
                None => (guichet_core::Position::START, Pointer::root()),
            },
        };
        Place {
            file: SourceFile::Directory,
            position,
            pointer,
        }
    }

    /// Returns every single thing that is wrong, each with its place.
    pub fn diagnostics(&self) -> Vec<(&dyn Diagnostic, Option<Place>)> {
        match self {
            Self::Syntax(error) => vec![(error, Some(self.place()))],
            Self::Refused { refusals } => each(refusals),
        }
    }
}

impl Diagnostic for TextError {
    fn code(&self) -> &'static str {
        match self {
            Self::Syntax(error) => error.code(),
            Self::Refused { .. } => "wrong-kind",
        }
    }

    fn help(&self) -> Option<String> {
        match self {
            Self::Syntax(error) => error.help(),
            Self::Refused { refusals } => refusals.first().and_then(Diagnostic::help),
        }
    }
}
