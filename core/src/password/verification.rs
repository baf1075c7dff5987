//! Stored passwords made and verified with bcrypt, as 4D does since 19 R3 (decision D6).

use bcrypt::Version;

use crate::credential::{Credential, PasswordKind};
use crate::diagnostic::Diagnostic;
use crate::user::User;

use super::{Password, PasswordAttempt, Verdict};

/// The work factor that 4D uses.
const COST: u32 = 10;

/// A password that could not be hashed. Never seen with a [`Password`], which is short enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the password could not be hashed")]
pub struct HashError;

impl Diagnostic for HashError {
    fn code(&self) -> &'static str {
        "password-hash"
    }
}

/// Why a password cannot be compared with a stored one. The stored one is not told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VerifyError {
    /// The stored password is the digest of 4D before 19 R3, whose making is not documented.
    #[error("the stored password is a digest of 4D before 19 R3 and cannot be verified")]
    LegacyDigest,
    /// The stored password has neither of the shapes that 4D writes.
    #[error("the stored password is of an unknown kind and cannot be verified")]
    UnknownKind,
    /// The stored password looks like bcrypt but is damaged.
    #[error("the stored password is a damaged bcrypt string")]
    Damaged,
}

impl Diagnostic for VerifyError {
    fn code(&self) -> &'static str {
        match self {
            Self::LegacyDigest => "legacy-digest",
            Self::UnknownKind => "unknown-digest",
            Self::Damaged => "damaged-digest",
        }
    }

    fn help(&self) -> Option<String> {
        Some("Set the password again: it is then stored as bcrypt.".to_owned())
    }
}

impl Credential {
    /// Makes a stored password: bcrypt, `$2b$10$`, the form that 4D reads since 19 R3.
    ///
    /// The salt is 16 bytes from a source of randomness, other ones each time. Takes about 50 ms by
    /// design.
    ///
    /// # Errors
    ///
    /// [`HashError`] if the password were too long for bcrypt, which a [`Password`] is not.
    pub fn bcrypt(password: &Password, salt: [u8; 16]) -> Result<Self, HashError> {
        bcrypt::non_truncating_hash_with_salt(password.as_bytes(), COST, salt)
            .map(|hash| Self::stored(hash.format_for_version(Version::TwoB)))
            .map_err(|_| HashError)
    }

    /// Compares a typed password with this stored one.
    ///
    /// `$2a$`, `$2b$` and `$2y$` mean the same here. The time it takes does not depend on how much
    /// of the password is right.
    ///
    /// # Errors
    ///
    /// - [`VerifyError::LegacyDigest`]: the digest of 4D before 19 R3, kept but never verified;
    /// - [`VerifyError::UnknownKind`]: neither shape;
    /// - [`VerifyError::Damaged`]: not a bcrypt string after all.
    pub fn verify(&self, attempt: &PasswordAttempt) -> Result<Verdict, VerifyError> {
        match self.kind() {
            PasswordKind::Bcrypt => {}
            PasswordKind::Legacy => return Err(VerifyError::LegacyDigest),
            PasswordKind::None | PasswordKind::Unknown => return Err(VerifyError::UnknownKind),
        }
        match bcrypt::verify(attempt.as_bytes(), self.expose_stored_text()) {
            Ok(true) => Ok(Verdict::Right),
            Ok(false) => Ok(Verdict::Wrong),
            Err(_) => Err(VerifyError::Damaged),
        }
    }
}

impl User {
    /// Compares a typed password with this user's: without one, only nothing typed is right.
    ///
    /// # Errors
    ///
    /// As [`Credential::verify`].
    pub fn verify(&self, attempt: &PasswordAttempt) -> Result<Verdict, VerifyError> {
        match self.credential() {
            Some(credential) => credential.verify(attempt),
            None if attempt.is_empty() => Ok(Verdict::Right),
            None => Ok(Verdict::Wrong),
        }
    }
}
