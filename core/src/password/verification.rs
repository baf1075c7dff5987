//! Stored passwords made and verified with bcrypt, as 4D does since 19 R3 (decision D6).

use bcrypt::Version;

use crate::codes::advice;
use crate::credential::{Credential, PasswordKind};
use crate::diagnostic::Diagnostic;
use crate::limits;
use crate::steps;
use crate::user::User;

use super::{Password, PasswordAttempt, Verdict};

/// The work factor that 4D uses.
const COST: u32 = 10;

/// The highest work factor that bcrypt has; a string with another one is damaged.
const HIGHEST_COST: u32 = 31;

/// The error of hashing a password. Never seen with a [`Password`], which is short enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the password could not be hashed")]
pub struct HashError;

impl Diagnostic for HashError {
    fn code(&self) -> &'static str {
        "password-hash"
    }
}

/// Why a password cannot be compared with a stored one. The error does not show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VerifyError {
    /// The stored password is the digest of 4D before 19 R3, whose making is not documented.
    #[error("the stored password was made by 4D before 19 R3 and cannot be checked")]
    LegacyDigest,
    /// The stored password has neither of the shapes that 4D writes.
    #[error("the stored password has an unknown format, so it cannot be checked")]
    UnknownKind,
    /// The stored password is bcrypt with a work factor that would keep the program busy for
    /// seconds, or for days.
    #[error("the stored password has bcrypt cost {cost}; checking one over {limit} takes too long")]
    TooCostly {
        /// The work factor.
        cost: u32,
        /// The highest that is verified.
        limit: u32,
    },
    /// The stored password looks like bcrypt but is damaged.
    #[error("the stored password is damaged bcrypt")]
    Damaged,
}

impl Diagnostic for VerifyError {
    fn code(&self) -> &'static str {
        match self {
            Self::LegacyDigest => "legacy-digest",
            Self::UnknownKind => "unknown-digest",
            Self::TooCostly { .. } => "costly-digest",
            Self::Damaged => "damaged-digest",
        }
    }

    fn help(&self) -> Option<String> {
        advice(self.code())
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
            .map(|hash| Self::from_stored(hash.format_for_version(Version::TwoB)))
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
    /// - [`VerifyError::TooCostly`]: bcrypt with a cost over [`limits::PASSWORD_COST`];
    /// - [`VerifyError::Damaged`]: not a bcrypt string after all.
    pub fn verify(&self, attempt: &PasswordAttempt) -> Result<Verdict, VerifyError> {
        match self.kind() {
            PasswordKind::Bcrypt => {}
            PasswordKind::Legacy => return Err(VerifyError::LegacyDigest),
            PasswordKind::None | PasswordKind::Unknown => return Err(VerifyError::UnknownKind),
        }
        let limit = limits::PASSWORD_COST;
        let costly = limit.saturating_add(1)..=HIGHEST_COST;
        if let Some(cost) = self.bcrypt_cost().filter(|cost| costly.contains(cost)) {
            return Err(VerifyError::TooCostly { cost, limit });
        }
        steps::add(1);
        match bcrypt::verify(attempt.as_bytes(), self.expose_stored_text()) {
            Ok(true) => Ok(Verdict::Right),
            Ok(false) => Ok(Verdict::Wrong),
            Err(_) => Err(VerifyError::Damaged),
        }
    }
}

/// A bcrypt string that no password is known to fit, as costly as those that 4D writes.
const NOBODYS: &str = "$2b$10$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";

impl PasswordAttempt {
    /// Takes as long as the verification of a wrong password, and is always wrong.
    ///
    /// For an account that does not exist, so that nobody learns from the time which ones do.
    pub fn verify_for_nobody(&self) -> Verdict {
        // Whatever it fits, it is nobody's.
        let _ = Credential::from_stored(NOBODYS).verify(self);
        Verdict::Wrong
    }
}

impl User {
    /// Compares a typed password with this user's: without one, only nothing typed is right.
    ///
    /// A wrong password takes its time also where the user has none, or one that cannot be
    /// verified.
    ///
    /// # Errors
    ///
    /// As [`Credential::verify`].
    pub fn verify(&self, attempt: &PasswordAttempt) -> Result<Verdict, VerifyError> {
        match self.credential().map(|stored| stored.verify(attempt)) {
            Some(Ok(verdict)) => Ok(verdict),
            Some(Err(error)) => {
                attempt.verify_for_nobody();
                Err(error)
            }
            None if attempt.is_empty() => Ok(Verdict::Right),
            None => Ok(attempt.verify_for_nobody()),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::builder::DirectoryBuilder;
    use crate::commands::{Account, validate_password};
    use crate::credential::Credential;
    use crate::name::UserName;
    use crate::password::{PasswordAttempt, VerificationThrottle};
    use crate::steps;

    use super::{NOBODYS, VerifyError};

    #[test]
    fn an_unknown_account_costs_as_much_as_a_known_one() {
        let mut builder = DirectoryBuilder::new();
        let stored = |text: &str| Some(Credential::from_stored(text));
        for (name, credential) in [
            ("bcrypt", stored(NOBODYS)),
            ("none", None),
            ("legacy", stored("r0z/2g0H3wUsWfuzy66adw==")),
            ("unknown", stored("?")),
            ("costly", stored(&NOBODYS.replace("$10$", "$31$"))),
        ] {
            let user = builder.user(UserName::from_stored(name));
            if let Some(credential) = credential {
                builder.credential(user, credential);
            }
        }
        let directory = builder.finish();
        let attempt = PasswordAttempt::new("guess".to_owned());
        for name in ["bcrypt", "none", "legacy", "unknown", "costly", "nobody"] {
            let mut throttle = VerificationThrottle::default();
            let account = Account::Name(name);
            let (runs, _) = steps::count(|| {
                validate_password(&directory, account, &attempt, &mut throttle).is_ok()
            });
            assert_eq!(runs, 1, "{name}");
        }
    }

    #[test]
    fn a_cost_over_14_is_refused_before_it_is_paid() {
        let attempt = PasswordAttempt::new("guess".to_owned());
        for cost in [15_u32, 31] {
            let costly = Credential::from_stored(NOBODYS.replace("$10$", &format!("${cost}$")));
            let (runs, verdict) = steps::count(|| costly.verify(&attempt));
            assert_eq!(verdict, Err(VerifyError::TooCostly { cost, limit: 14 }));
            assert_eq!(runs, 0);
        }
    }
}
