//! Passwords as they are typed: checked, compared, wiped, never shown.
//!
//! A [`Password`] may become one of a user; a [`PasswordAttempt`] is what somebody types to get
//! in, whatever it is. Both are wiped from memory when they go out of use, and neither is shown by
//! `Debug`. What a file holds is a [`Credential`](crate::Credential).

mod throttle;
#[cfg(feature = "bcrypt")]
mod verification;

use std::fmt;

use zeroize::Zeroizing;

use crate::diagnostic::Diagnostic;
use crate::limits;
use crate::options::PasswordCharset;

pub use throttle::VerificationThrottle;
#[cfg(feature = "bcrypt")]
pub use verification::{HashError, VerifyError};

/// Whether a password is the one of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It is.
    Right,
    /// It is not.
    Wrong,
}

/// Why a text cannot be a new password (decision D6). The error does not show the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PasswordError {
    /// The text is empty.
    #[error("a password cannot be empty")]
    Empty,
    /// The text has more characters than allowed.
    #[error("the password has {length} characters; the limit is {limit}")]
    TooLong {
        /// Its length in Unicode scalar values.
        length: usize,
        /// The limit, in the same unit.
        limit: usize,
    },
    /// The text has a character that is neither a letter nor a digit.
    #[error("a password can have only letters and digits")]
    NotAlphanumeric,
    /// The text has a control character.
    #[error("a password cannot have control characters")]
    ControlCharacter,
}

impl Diagnostic for PasswordError {
    fn code(&self) -> &'static str {
        match self {
            Self::Empty => "password-empty",
            Self::TooLong { .. } => "password-too-long",
            Self::NotAlphanumeric | Self::ControlCharacter => "password-characters",
        }
    }

    fn help(&self) -> Option<String> {
        let limit = limits::PASSWORD_CHARACTERS;
        Some(match self {
            Self::Empty => "To let the user in without a password, remove the password.".to_owned(),
            Self::TooLong { .. } => format!("Choose a password of 1 to {limit} characters."),
            Self::NotAlphanumeric => {
                "Choose letters and digits, or set the policy `password_charset` to `any`."
                    .to_owned()
            }
            Self::ControlCharacter => "Choose characters that can be seen.".to_owned(),
        })
    }
}

/// A password that may become one of a user: 1 to 15 characters, letters and digits unless the
/// policy says otherwise; upper and lower case differ.
///
/// It is wiped from memory when it goes out of use, and `Debug` does not show it.
///
/// With the feature `bcrypt`:
///
/// ```
/// # #[cfg(feature = "bcrypt")] {
/// use guichet_core::PasswordCharset;
/// use guichet_core::{Password, PasswordAttempt, Verdict};
/// use guichet_core::{Credential, PasswordKind};
///
/// let password = Password::new("Abc123".to_owned(), PasswordCharset::Alphanumeric)?;
/// let salt = [7; 16]; // from the operating system's randomness
/// let credential = Credential::bcrypt(&password, salt)?;
/// assert_eq!(credential.kind(), PasswordKind::Bcrypt);
///
/// let verdict = credential.verify(&PasswordAttempt::new("abc123".to_owned()))?;
/// assert_eq!(verdict, Verdict::Wrong); // case counts
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Password {
    text: Zeroizing<String>,
}

impl Password {
    /// Takes a typed text as a new password; the text is wiped in any case.
    ///
    /// # Errors
    ///
    /// - [`PasswordError::Empty`]: nothing was typed;
    /// - [`PasswordError::TooLong`]: more than 15 characters;
    /// - [`PasswordError::NotAlphanumeric`], [`PasswordError::ControlCharacter`]: a character that
    ///   the policy `password_charset` excludes.
    pub fn new(text: String, charset: PasswordCharset) -> Result<Self, PasswordError> {
        let text = Zeroizing::new(text);
        let limit = limits::PASSWORD_CHARACTERS;
        let length = text.chars().count();
        if length == 0 {
            return Err(PasswordError::Empty);
        }
        if length > limit {
            return Err(PasswordError::TooLong { length, limit });
        }
        let alphanumeric = text.chars().all(char::is_alphanumeric);
        let control = text.chars().any(char::is_control);
        match charset {
            PasswordCharset::Alphanumeric if !alphanumeric => Err(PasswordError::NotAlphanumeric),
            PasswordCharset::Any if control => Err(PasswordError::ControlCharacter),
            PasswordCharset::Alphanumeric | PasswordCharset::Any => Ok(Self { text }),
        }
    }

    #[cfg(feature = "bcrypt")]
    fn as_bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

impl From<Password> for PasswordAttempt {
    fn from(password: Password) -> Self {
        Self {
            text: password.text,
        }
    }
}

/// What somebody types to get in: any text, since a file may hold a password that the rules for
/// new ones exclude.
#[derive(Clone)]
pub struct PasswordAttempt {
    text: Zeroizing<String>,
}

impl PasswordAttempt {
    /// Takes a typed text.
    pub fn new(text: String) -> Self {
        Self {
            text: Zeroizing::new(text),
        }
    }

    /// Returns whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    #[cfg(feature = "bcrypt")]
    fn as_bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }
}

impl fmt::Debug for PasswordAttempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordAttempt(…)")
    }
}
