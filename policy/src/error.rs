//! Why a question cannot be put at all.

use guichet_core::{Diagnostic, SchemaName};

/// Why something is not an access of a directory.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AccessError {
    /// The directory has no SQL schema of that name.
    #[error("there is no SQL schema `{schema}`")]
    UnknownSchema {
        /// The name that was asked for.
        schema: SchemaName,
        /// The schemas that there are, in the order of the file.
        known: Vec<SchemaName>,
    },
}

impl Diagnostic for AccessError {
    fn code(&self) -> &'static str {
        match self {
            Self::UnknownSchema { .. } => "unknown-schema",
        }
    }

    fn help(&self) -> Option<String> {
        match self {
            Self::UnknownSchema { known, .. } => {
                let known: Vec<_> = known.iter().map(|name| format!("`{name}`")).collect();
                Some(format!("The directory has {}.", known.join(", ")))
            }
        }
    }
}
