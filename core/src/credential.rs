//! A user's stored password value: kept, recognised by its shape, never shown.

use std::fmt;

/// The shape of a stored password, or its absence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub enum PasswordKind {
    /// No password.
    None,
    /// The 24-character digest that 4D wrote before 19 R3; unsalted, opaque to us.
    Legacy,
    /// A bcrypt string, `$2a$`, `$2b$` or `$2y$`.
    Bcrypt,
    /// Anything else: kept byte for byte and never verified.
    Unknown,
}

impl PasswordKind {
    /// Returns the word that people and programs read.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Legacy => "legacy",
            Self::Bcrypt => "bcrypt",
            Self::Unknown => "unknown",
        }
    }
}

/// A stored password value, opaque.
///
/// Neither `Debug` nor `Display` shows it, on purpose (decision D6):
///
/// ```
/// use guichet_core::{Credential, PasswordKind};
/// let credential = Credential::from_stored("AAAAAAAAAAAAAAAAAAAAAA==");
/// assert_eq!(credential.kind(), PasswordKind::Legacy);
/// assert_eq!(format!("{credential:?}"), "Credential(legacy)");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Credential {
    text: Box<str>,
}

impl Credential {
    /// Takes a password value as it is in a file.
    pub fn from_stored(text: impl Into<Box<str>>) -> Self {
        Self { text: text.into() }
    }

    /// Returns the shape of the value.
    pub fn kind(&self) -> PasswordKind {
        if bcrypt_cost(&self.text).is_some() {
            PasswordKind::Bcrypt
        } else if is_legacy(&self.text) {
            PasswordKind::Legacy
        } else {
            PasswordKind::Unknown
        }
    }

    /// Returns the work factor of a bcrypt string; each step doubles the time of verifying it.
    ///
    /// Over [`limits::PASSWORD_COST`](crate::limits::PASSWORD_COST) it is not verified.
    pub fn bcrypt_cost(&self) -> Option<u32> {
        bcrypt_cost(&self.text)
    }

    /// Returns the value itself, for the code that writes it back or verifies it.
    ///
    /// The name is long so that a reviewer sees it: the result goes into a `directory.json` and
    /// nowhere else.
    pub fn expose_stored_text(&self) -> &str {
        &self.text
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Credential({})", self.kind().as_str())
    }
}

const BCRYPT_CHARACTERS: usize = 60;
const LEGACY_CHARACTERS: usize = 24;

/// Returns the work factor of a bcrypt string, or none where a text is not one.
fn bcrypt_cost(text: &str) -> Option<u32> {
    let hash = ["$2a$", "$2b$", "$2y$"]
        .iter()
        .find_map(|prefix| text.strip_prefix(prefix));
    let (cost, rest) = hash?.split_once('$')?;
    let is_bcrypt = text.len() == BCRYPT_CHARACTERS
        && cost.len() == 2
        && cost.bytes().all(|byte| byte.is_ascii_digit())
        && rest
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'/'));
    cost.parse().ok().filter(|_| is_bcrypt)
}

fn is_legacy(text: &str) -> bool {
    let Some(digits) = text.strip_suffix("==") else {
        return false;
    };
    text.len() == LEGACY_CHARACTERS
        && digits
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
}

#[cfg(test)]
mod tests {
    use super::{Credential, PasswordKind};

    #[test]
    fn statement_81_both_shapes_are_recognised_and_neither_is_printed() {
        let bcrypt = format!("$2y$10${}", "a".repeat(53));
        for (text, kind) in [
            ("r0z/2g0H3wUsWfuzy66adw==", PasswordKind::Legacy),
            (bcrypt.as_str(), PasswordKind::Bcrypt),
            ("r0z/2g0H3wUsWfuzy66adw=", PasswordKind::Unknown),
            ("$2x$10$", PasswordKind::Unknown),
        ] {
            let credential = Credential::from_stored(text);
            assert_eq!(credential.kind(), kind, "{text}");
            assert!(!format!("{credential:?}").contains(text));
        }
    }

    #[test]
    fn what_is_a_little_off_is_of_no_known_shape() {
        for (cost, characters) in [
            ("10", "a".repeat(54)),
            ("1x", "a".repeat(53)),
            ("100", "a".repeat(52)),
            ("10", "-".repeat(53)),
        ] {
            let credential = Credential::from_stored(format!("$2y${cost}${characters}"));
            assert_eq!(
                credential.kind(),
                PasswordKind::Unknown,
                "{cost} {characters}"
            );
        }
        for digits in ["a".repeat(21), "-".repeat(22)] {
            let credential = Credential::from_stored(format!("{digits}=="));
            assert_eq!(credential.kind(), PasswordKind::Unknown, "{digits}");
        }
    }
}
