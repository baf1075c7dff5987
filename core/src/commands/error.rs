//! The errors of 4D's commands.

use crate::actor::Actor;
use crate::change::{Refusal, Refused};
use crate::diagnostic::Diagnostic;
#[cfg(feature = "bcrypt")]
use crate::password::VerifyError;

/// An error as 4D's commands give it, with its number where 4D documents one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FourDError {
    /// −9978: the password is wrong.
    #[error("the password is wrong")]
    BadPassword,
    /// −9979: no such user, or a name that another user has.
    #[error("the user does not exist, or another one has the name")]
    BadUserName,
    /// −9949: only the Designer and the Administrator copy users to a blob.
    #[error("only the Designer and the Administrator can copy users to a blob")]
    BlobPrivilege,
    /// −9991: not allowed to this user.
    #[error("this user may not do this")]
    NotEnoughPrivilege,
    /// Refused for a reason that 4D documents no number for.
    #[error(transparent)]
    Refused(Refusal),
    /// The stored password cannot be verified.
    #[cfg(feature = "bcrypt")]
    #[error(transparent)]
    Verify(#[from] VerifyError),
}

impl FourDError {
    /// Returns 4D's error number, where its documentation gives one.
    pub const fn number(&self) -> Option<i32> {
        match self {
            Self::BadPassword => Some(-9978),
            Self::BadUserName => Some(-9979),
            Self::BlobPrivilege => Some(-9949),
            Self::NotEnoughPrivilege => Some(-9991),
            Self::Refused(_) => None,
            #[cfg(feature = "bcrypt")]
            Self::Verify(_) => None,
        }
    }

    /// Refuses whoever is neither the Designer nor the Administrator.
    pub(super) const fn unless_manager(actor: Actor) -> Result<(), Self> {
        match actor {
            Actor::Designer | Actor::Administrator => Ok(()),
            Actor::User(_) | Actor::Nobody => Err(Self::NotEnoughPrivilege),
        }
    }
}

impl From<Refusal> for FourDError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotAllowed { .. } | Refusal::NameHasRights { .. } => Self::NotEnoughPrivilege,
            Refusal::UnknownUser { .. } | Refusal::UserNameTaken { .. } => Self::BadUserName,
            refusal => Self::Refused(refusal),
        }
    }
}

impl From<Refused> for FourDError {
    fn from(refused: Refused) -> Self {
        Refusal::from(refused).into()
    }
}

impl Diagnostic for FourDError {
    fn code(&self) -> &'static str {
        match self {
            Self::BadPassword => "bad-password",
            Self::BadUserName => "bad-user-name",
            Self::BlobPrivilege | Self::NotEnoughPrivilege => "not-allowed",
            Self::Refused(refusal) => refusal.code(),
            #[cfg(feature = "bcrypt")]
            Self::Verify(error) => error.code(),
        }
    }

    fn help(&self) -> Option<String> {
        match self {
            Self::Refused(refusal) => refusal.help(),
            #[cfg(feature = "bcrypt")]
            Self::Verify(error) => error.help(),
            _ => None,
        }
    }
}
