//! Why a word means nothing, or more than one thing.

use std::fmt;

use guichet_core::Diagnostic;
use guichet_core::suggest::{did_you_mean, nearest_of};
use guichet_policy::Access;

/// What a word was expected to name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NameKind {
    /// A user.
    User,
    /// A group.
    Group,
    /// A user or a group that is in a group.
    Member,
    /// A plug-in.
    Plugin,
    /// An SQL schema.
    Schema,
    /// An access.
    Access,
    /// A user, a group, a plug-in or an access.
    Any,
}

impl NameKind {
    /// Returns the kind with its article, such as `a user`.
    pub(crate) const fn with_article(self) -> &'static str {
        match self {
            Self::User => "a user",
            Self::Group => "a group",
            Self::Member => "a user or a group",
            Self::Plugin => "a plug-in",
            Self::Schema => "an SQL schema",
            Self::Access => "an access",
            Self::Any => "a user, a group, a plug-in or an access",
        }
    }
}

impl fmt::Display for NameKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::User => "user",
            Self::Group => "group",
            Self::Member => "user or group",
            Self::Plugin => "plug-in",
            Self::Schema => "SQL schema",
            Self::Access => "access",
            Self::Any => "name",
        })
    }
}

/// Why a word could not be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WordError {
    /// Nothing of that kind has the name.
    #[error("no {kind} is named `{word}`")]
    Unknown {
        /// What was expected.
        kind: NameKind,
        /// What was typed.
        word: String,
        /// What may have been meant, nearest first: the names that it resembles.
        near: Vec<String>,
        /// What has this name instead.
        instead: Option<NameKind>,
    },
    /// Things of several kinds have the name.
    #[error("`{word}` is {}", joined(.kinds))]
    Ambiguous {
        /// What was typed.
        word: String,
        /// What has the name.
        kinds: Vec<NameKind>,
    },
    /// An edit goes by name, and several have exactly this one.
    #[error("several have exactly the name `{name}`")]
    SameName {
        /// The name.
        name: String,
    },
    /// The access is not one that a group can be given.
    #[error("`{access}` cannot be given to a group")]
    NotGrantable {
        /// The access.
        access: String,
        /// Why not.
        reason: NotGrantable,
    },
}

/// Why an access cannot be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NotGrantable {
    /// It is membership in a group.
    Membership,
    /// It is a power of the Designer and the Administrator.
    Power,
}

impl WordError {
    /// Makes the error of an unknown word out of the names that are known, each with what to offer.
    pub(super) fn unknown<'a>(
        kind: NameKind,
        word: &str,
        known: impl IntoIterator<Item = (&'a str, &'a str)>,
        instead: Option<NameKind>,
    ) -> Self {
        let near = nearest_of(word, known).into_iter().map(str::to_owned);
        Self::Unknown {
            kind,
            word: word.to_owned(),
            near: near.collect(),
            instead,
        }
    }
}

impl Diagnostic for WordError {
    fn code(&self) -> &'static str {
        match self {
            Self::Unknown { kind, .. } => match kind {
                NameKind::User => "unknown-user",
                NameKind::Group => "unknown-group",
                NameKind::Member => "unknown-member",
                NameKind::Plugin => "unknown-plugin",
                NameKind::Schema => "unknown-schema",
                NameKind::Access => "unknown-access",
                NameKind::Any => "unknown-name",
            },
            Self::Ambiguous { .. } => "ambiguous-member",
            Self::SameName { .. } => "ambiguous-name",
            Self::NotGrantable { .. } => "not-grantable",
        }
    }

    fn help(&self) -> Option<String> {
        Some(match self {
            Self::Unknown {
                kind,
                word,
                near,
                instead,
            } => return unknown_help(*kind, word, near, *instead),
            Self::Ambiguous { word, kinds } => {
                if *kinds == [NameKind::User, NameKind::Group] {
                    format!("Say which one: `--user \"{word}\"` or `--group \"{word}\"`.")
                } else {
                    "Say which one is meant.".to_owned()
                }
            }
            Self::SameName { .. } => "Rename the first one, then try again.".to_owned(),
            Self::NotGrantable { reason, .. } => match reason {
                NotGrantable::Membership => {
                    "It comes with membership: `guichet members add GROUP MEMBER`.".to_owned()
                }
                NotGrantable::Power => {
                    "Only the Designer and the Administrator have it, and always do.".to_owned()
                }
            },
        })
    }
}

fn unknown_help(
    kind: NameKind,
    word: &str,
    near: &[String],
    instead: Option<NameKind>,
) -> Option<String> {
    let is = instead.map(|instead| {
        let (instead, kind) = (instead.with_article(), kind.with_article());
        format!("`{word}` is {instead}, not {kind}.")
    });
    let spelled = match (kind, instead) {
        (NameKind::Access, Some(NameKind::Group)) => {
            Some(format!("For membership in it, write `group:{word}`."))
        }
        (NameKind::Access, Some(NameKind::User)) => Some(format!(
            "For what the user can do: `guichet what-can \"{word}\"`."
        )),
        (NameKind::User, Some(NameKind::Access | NameKind::Plugin)) => {
            Some(format!("For who has it: `guichet who-can \"{word}\"`."))
        }
        _ => did_you_mean(near).or_else(|| list(kind).map(str::to_owned)),
    };
    let sentences: Vec<String> = is.into_iter().chain(spelled).collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// Where the known names are listed.
const fn list(kind: NameKind) -> Option<&'static str> {
    Some(match kind {
        NameKind::User => "List the users: `guichet users list`. By number: `#3`.",
        NameKind::Group => "List the groups: `guichet groups list`. By number: `#15001`.",
        NameKind::Member => "List them: `guichet users list`, `guichet groups list`.",
        NameKind::Plugin => {
            "`guichet plugins list` lists the plug-ins; declare a third party's in guichet.toml."
        }
        NameKind::Schema => "`guichet access list` lists the SQL schemas.",
        NameKind::Access => Access::SYNTAX,
        NameKind::Any => return None,
    })
}

fn joined(kinds: &[NameKind]) -> String {
    let kinds: Vec<&str> = kinds.iter().map(|kind| kind.with_article()).collect();
    kinds.join(" and ")
}
