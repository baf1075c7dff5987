//! Why a question cannot be put at all.

use guichet_core::suggest::{did_you_mean, nearest, nearest_of};
use guichet_core::{Diagnostic, GroupName, PluginKey, SchemaName};

use crate::access::Access;

/// Why something is not an access of a directory.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AccessError {
    /// No access is written so.
    #[error("`{words}` is not an access")]
    NotAnAccess {
        /// What was written.
        words: String,
        /// The word that its beginning resembles.
        suggestion: Option<&'static str>,
    },
    /// The directory has no SQL schema of that name.
    #[error("no SQL schema is named `{schema}`")]
    UnknownSchema {
        /// The name that was asked for.
        schema: SchemaName,
        /// The schemas that there are, in the order of the file.
        known: Vec<SchemaName>,
    },
    /// The directory has no group of that name.
    #[error("no group is named `{group}`")]
    UnknownGroup {
        /// The name that was asked for.
        group: String,
        /// The group whose name it resembles.
        suggestion: Option<GroupName>,
    },
    /// Nobody knows the plug-in.
    #[error("no plug-in is named `{plugin}`")]
    UnknownPlugin {
        /// What was asked for.
        plugin: String,
        /// The known key that it resembles.
        suggestion: Option<PluginKey>,
    },
}

impl AccessError {
    pub(crate) fn unknown_plugin(word: &str, known: &[PluginKey]) -> Self {
        Self::UnknownPlugin {
            plugin: word.to_owned(),
            suggestion: nearest_of(word, known.iter().map(|key| (key.as_str(), key)))
                .first()
                .map(|key| (*key).clone()),
        }
    }
}

impl Diagnostic for AccessError {
    fn code(&self) -> &'static str {
        match self {
            Self::NotAnAccess { .. } => "unknown-access",
            Self::UnknownSchema { .. } => "unknown-schema",
            Self::UnknownGroup { .. } => "unknown-group",
            Self::UnknownPlugin { .. } => "unknown-plugin",
        }
    }

    fn help(&self) -> Option<String> {
        match self {
            Self::NotAnAccess { suggestion, .. } => {
                let question = did_you_mean(suggestion.as_slice());
                let sentences = question.into_iter().chain([Access::SYNTAX.to_owned()]);
                Some(sentences.collect::<Vec<_>>().join(" "))
            }
            Self::UnknownSchema { schema, known } => {
                let names = || known.iter().map(SchemaName::as_str);
                did_you_mean(&nearest(schema.as_str(), names())).or_else(|| {
                    let known: Vec<_> = names().map(|name| format!("`{name}`")).collect();
                    Some(format!("The directory has {}.", known.join(", ")))
                })
            }
            Self::UnknownGroup { suggestion, .. } => did_you_mean(suggestion.as_slice()),
            Self::UnknownPlugin { suggestion, .. } => {
                let declared = || "A third party's plug-in is declared in guichet.toml.".to_owned();
                Some(did_you_mean(suggestion.as_slice()).unwrap_or_else(declared))
            }
        }
    }
}
