//! What can be wrong with `guichet.toml`.

use guichet_core::Diagnostic;
use guichet_core::suggest::did_you_mean;
use guichet_core::visible::escaped;

/// Something wrong in `guichet.toml`; a file with any of it is refused whole.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OptionsProblem {
    /// The bytes are not UTF-8.
    #[error("the text is not valid UTF-8")]
    NotUtf8,
    /// The text is not TOML.
    #[error("this is not TOML: {}", escaped(.message))]
    Syntax {
        /// What the parser says.
        message: String,
    },
    /// A key or a table that does not exist.
    #[error("unknown key `{}` in {}", escaped(.key), escaped(.table))]
    UnknownKey {
        /// The key.
        key: String,
        /// Where it stands, in words.
        table: String,
        /// The option that it resembles.
        suggestion: Option<&'static str>,
    },
    /// A value of the wrong kind.
    #[error("`{}` should be {expected} but is {found}", escaped(.key))]
    WrongKind {
        /// The key.
        key: String,
        /// What it should be, in words.
        expected: &'static str,
        /// What it is, in words.
        found: &'static str,
    },
    /// A word that the option does not have.
    #[error("`{}` cannot be `{}`", escaped(.key), escaped(.word))]
    UnknownWord {
        /// The key.
        key: String,
        /// The word.
        word: String,
        /// The words that the option has.
        words: &'static [&'static str],
    },
    /// A number that is too large, or negative.
    #[error("`{key}` should be a whole number from 0 to {}", u32::MAX)]
    OutOfRange {
        /// The key.
        key: &'static str,
    },
    /// A key that one of 4D's own plug-ins cannot have.
    #[error("`{key}` is fixed for `{}`, one of 4D's own plug-ins", escaped(.plugin))]
    BuiltIn {
        /// The key.
        key: &'static str,
        /// The plug-in.
        plugin: String,
    },
    /// A plug-in whose key differs from one of 4D's own in case only.
    #[error("the plug-in key `{}` looks like 4D's own `{known}`", escaped(.key))]
    BuiltInByCase {
        /// The key.
        key: String,
        /// 4D's key.
        known: &'static str,
    },
    /// A number that another plug-in has.
    #[error("the number {number} already belongs to the plug-in `{}`", escaped(.owner))]
    NumberTaken {
        /// The number.
        number: u32,
        /// The key of the other plug-in.
        owner: String,
    },
}

impl Diagnostic for OptionsProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::NotUtf8 => "not-utf8",
            Self::Syntax { .. } => "toml-syntax",
            Self::UnknownKey { .. } => "unknown-option",
            Self::WrongKind { .. } | Self::UnknownWord { .. } | Self::OutOfRange { .. } => {
                "wrong-option"
            }
            Self::BuiltIn { .. } | Self::BuiltInByCase { .. } => "built-in-plugin",
            Self::NumberTaken { .. } => "plugin-number-taken",
        }
    }

    fn help(&self) -> Option<String> {
        Some(match self {
            Self::UnknownKey { suggestion, .. } => return did_you_mean(suggestion.as_slice()),
            Self::UnknownWord { words, .. } => {
                let words: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
                format!("Write {}.", words.join(" or "))
            }
            Self::BuiltIn { key: "group", .. } => {
                "Set its group in `directory.json`: `guichet plugins set`.".to_owned()
            }
            Self::BuiltIn { .. } => "Remove the key: number and name are fixed.".to_owned(),
            Self::BuiltInByCase { known, .. } => {
                format!("Write `[plugins.{known}]`, or choose another key.")
            }
            Self::NumberTaken { .. } => "Give each plug-in a number of its own.".to_owned(),
            _ => return None,
        })
    }
}
