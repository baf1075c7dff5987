//! What a file cannot hold.

use guichet_core::Diagnostic;
use guichet_core::visible::escaped;

/// Why an edited directory cannot be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EncodeError {
    /// An ordinary user with the key of a built-in one: it would *be* the built-in one.
    #[error("`{}` is the key of a built-in user, so no other user can have it", escaped(.name))]
    ReservedUserName {
        /// The name.
        name: String,
    },
    /// Access for a group called `*` or nothing, which would mean everyone or nobody.
    #[error("the group `{}` cannot get access: in the file, that name means everyone or nobody", escaped(.name))]
    UngrantableGroup {
        /// The name of the group.
        name: String,
    },
    /// A setting for a user without a name, which would mean none.
    #[error("a setting cannot name a user with an empty name")]
    NamelessUser,
    /// A reference to a user whose exact name an earlier one has too, which would mean the earlier one.
    #[error("two users are named `{}`; the file can only refer to the first one", escaped(.name))]
    AmbiguousUser {
        /// The name.
        name: String,
    },
    /// The written text would not mean what it should: a fault of this program.
    #[error("internal check failed ({what}): nothing was saved")]
    Unfaithful {
        /// What differs, in a word or two.
        what: &'static str,
    },
    /// The bytes of a `guichet.toml` cannot be edited.
    #[error("`guichet.toml` cannot be edited: {}", escaped(.message))]
    Options {
        /// What is in the way.
        message: String,
    },
}

impl Diagnostic for EncodeError {
    fn code(&self) -> &'static str {
        match self {
            Self::ReservedUserName { .. } => "reserved-name",
            Self::UngrantableGroup { .. } => "ungrantable-group",
            Self::NamelessUser => "empty-user-name",
            Self::AmbiguousUser { .. } => "ambiguous-name",
            Self::Unfaithful { .. } => "internal",
            Self::Options { .. } => "toml-syntax",
        }
    }

    fn help(&self) -> Option<String> {
        Some(match self {
            Self::ReservedUserName { .. } => "Choose another name.".to_owned(),
            Self::UngrantableGroup { .. } | Self::NamelessUser => {
                "Rename it first.".to_owned()
            }
            Self::AmbiguousUser { .. } => "Rename one of them first.".to_owned(),
            Self::Unfaithful { .. } => {
                "This is a fault of guichet: please report it with the change and, without its passwords, the file."
                    .to_owned()
            }
            Self::Options { .. } => return None,
        })
    }
}
