//! Declarations that make no catalogue, and texts that name no plug-in.

use guichet_core::{Diagnostic, PluginKey, PluginNumber};

/// Why declarations do not make a catalogue.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CatalogueError {
    /// Two declarations have the same key.
    #[error("plug-in `{key}` is declared twice")]
    DuplicateKey {
        /// The key, as the second declaration writes it.
        key: PluginKey,
    },
    /// Two plug-ins have the same number.
    #[error("plug-ins `{first}` and `{second}` both have the number {number}")]
    DuplicateNumber {
        /// The number.
        number: PluginNumber,
        /// The plug-in that had it first.
        first: PluginKey,
        /// The plug-in that is refused.
        second: PluginKey,
    },
    /// A plug-in's name is the key, the constant or the name of another one.
    #[error("plug-ins `{first}` and `{second}` are both named `{name}`")]
    DuplicateName {
        /// The name.
        name: String,
        /// The plug-in that had it first.
        first: PluginKey,
        /// The plug-in that is refused.
        second: PluginKey,
    },
    /// One of 4D's six plug-ins is declared with a number or a name of its own.
    #[error("plug-in `{key}` is 4D's own; its number {number} and its name `{name}` are fixed")]
    BuiltInRedeclared {
        /// The key.
        key: PluginKey,
        /// The number that 4D's documentation gives it.
        number: PluginNumber,
        /// The name that 4D's documentation gives it.
        name: String,
    },
}

impl Diagnostic for CatalogueError {
    fn code(&self) -> &'static str {
        match self {
            Self::DuplicateKey { .. } => "duplicate-plugin-key",
            Self::DuplicateNumber { .. } => "duplicate-plugin-number",
            Self::DuplicateName { .. } => "duplicate-plugin-name",
            Self::BuiltInRedeclared { .. } => "built-in-plugin",
        }
    }

    fn help(&self) -> Option<String> {
        Some(match self {
            Self::DuplicateKey { key } => {
                format!(
                    "Keep one table `[plugins.{key}]`; keys that differ only in case are the same."
                )
            }
            Self::DuplicateNumber { second, .. } => {
                format!("Give `[plugins.{second}]` the number that its vendor documents.")
            }
            Self::DuplicateName { second, .. } => {
                format!("Give `[plugins.{second}]` another name.")
            }
            Self::BuiltInRedeclared { key, .. } => {
                format!("Remove `number` and `name` from `[plugins.{key}]`; `seats` may stay.")
            }
        })
    }
}

/// A text that names no plug-in of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no plug-in is named `{text}`")]
pub struct UnknownPlugin {
    text: String,
    known: Vec<PluginKey>,
}

impl UnknownPlugin {
    pub(super) fn new(text: &str, known: Vec<PluginKey>) -> Self {
        let text = text.to_owned();
        Self { text, known }
    }
}

impl Diagnostic for UnknownPlugin {
    fn code(&self) -> &'static str {
        "unknown-plugin"
    }

    fn help(&self) -> Option<String> {
        let known: Vec<&str> = self.known.iter().map(PluginKey::as_str).collect();
        Some(format!(
            "Known plug-ins: {}. A third party's is declared in guichet.toml as `[plugins.KEY]`.",
            known.join(", ")
        ))
    }
}
