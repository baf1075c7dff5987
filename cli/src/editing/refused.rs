//! Why an edit was not made, as an error of the command line.

use guichet::core::{Directory, Refusal};
use guichet::storage::store::SaveError;

use crate::error::CliError;
use crate::suggest::nearest;
use crate::unreadable;

/// Takes over a refusal of core; an unknown name gets a suggestion.
pub(crate) fn told(directory: &Directory, refusal: &Refusal) -> CliError {
    let error = CliError::from_diagnostic(refusal);
    let near = match refusal {
        Refusal::UnknownUser { name } => {
            let names = directory.users().map(|(_, user)| user.name().as_str());
            nearest(name.as_str(), names)
        }
        Refusal::UnknownGroup { name } => {
            let names = directory.groups().map(|(_, group)| group.name().as_str());
            nearest(name.as_str(), names)
        }
        Refusal::UnknownSchema { schema } => {
            let schemas = directory.grants().schemas().iter();
            nearest(
                schema.as_str(),
                schemas.map(|grants| grants.schema().as_str()),
            )
        }
        _ => None,
    };
    match near {
        Some(near) => error.help(near),
        None => error,
    }
}

/// Takes over what storage says.
pub(crate) fn not_saved(error: &SaveError) -> CliError {
    match error {
        SaveError::Read(error) => unreadable::from_read_error(error),
        error => {
            let told = CliError::from_error(error);
            match error.path() {
                Some(path) => told.at(path),
                None => told,
            }
        }
    }
}
