//! What a file cannot hold.

use guichet_core::Diagnostic;
use guichet_core::visible::escaped;

/// Why an edited directory cannot be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EncodeError {
    /// An ordinary user with the key of a built-in one: it would *be* the built-in one.
    #[error("`{}` is the key of a built-in user and cannot be the name of another one", escaped(.name))]
    ReservedUserName {
        /// The name.
        name: String,
    },
    /// Access for a group called `*` or nothing, which would mean everyone or nobody.
    #[error("access cannot be given to the group `{}`, because a file reads that name as everyone or nobody", escaped(.name))]
    UngrantableGroup {
        /// The name of the group.
        name: String,
    },
    /// A setting for a user without a name, which would mean none.
    #[error(
        "a user with an empty name cannot stand in a setting, because a file reads that as none"
    )]
    NamelessUser,
    /// A reference to a user whose exact name an earlier one has too, which would mean the earlier one.
    #[error("two users are called `{}`, and a file can only refer to the first of them", escaped(.name))]
    AmbiguousUser {
        /// The name.
        name: String,
    },
    /// The written text would not mean what it should: a fault of this program.
    #[error("the new text would not mean the edited directory ({what}), so nothing was written")]
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
