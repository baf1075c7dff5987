//! Which version of a file was read: a fingerprint of its bytes.

use std::fmt;
use std::str::FromStr;

use guichet_core::visible::escaped;
use serde::{Deserialize, Serialize};

/// How many bytes of the fingerprint are kept.
const LENGTH: usize = 16;

/// The fingerprint of a file's bytes, or the fact that there was no file.
///
/// It is the first half of the [BLAKE3](https://github.com/BLAKE3-team/BLAKE3) hash, 128 bits: two different files have
/// the same revision by chance once in about 10³⁸ pairs. A save compares it, to find out that the file has changed.
///
/// ```
/// use guichet_storage::Revision;
///
/// assert_eq!(Revision::new(b"{}").to_string(), Revision::new(b"{}").to_string());
/// assert_ne!(Revision::new(b"{}"), Revision::new(b"{ }"));
/// assert_eq!(Revision::ABSENT.to_string(), "absent");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Revision(Option<[u8; LENGTH]>);

impl Revision {
    /// There is no file.
    pub const ABSENT: Self = Self(None);

    /// Takes the fingerprint of a file's bytes; linear.
    pub fn new(bytes: &[u8]) -> Self {
        Self(blake3::hash(bytes).as_bytes().first_chunk().copied())
    }
}

impl fmt::Display for Revision {
    /// Writes 32 lower-case hexadecimal digits, or `absent`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(bytes) = &self.0 else {
            return formatter.write_str("absent");
        };
        bytes
            .iter()
            .try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

/// Why a text cannot be read as a revision.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{}` is not a revision", escaped(.text))]
pub struct RevisionError {
    text: String,
}

impl guichet_core::Diagnostic for RevisionError {
    fn code(&self) -> &'static str {
        "not-a-revision"
    }

    fn help(&self) -> Option<String> {
        crate::codes::advice_on_error("not-a-revision")
    }
}

impl FromStr for Revision {
    type Err = RevisionError;

    fn from_str(text: &str) -> Result<Self, RevisionError> {
        if text == "absent" {
            return Ok(Self::ABSENT);
        }
        let refused = || RevisionError {
            text: text.to_owned(),
        };
        if text.len() != 2 * LENGTH || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(refused());
        }
        let number = u128::from_str_radix(text, 16).map_err(|_| refused())?;
        Ok(Self(Some(number.to_be_bytes())))
    }
}

impl From<Revision> for String {
    fn from(revision: Revision) -> Self {
        revision.to_string()
    }
}

impl TryFrom<String> for Revision {
    type Error = RevisionError;

    fn try_from(text: String) -> Result<Self, RevisionError> {
        text.parse()
    }
}
