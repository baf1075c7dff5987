//! Texts of directories that no project counts: what is merged, scrubbed or normalised.

use std::path::Path;
use std::sync::Arc;

use guichet::storage::{DirectoryText, TextError};

use crate::context::Context;
use crate::error::{CliError, Result};
use crate::files;

/// Turns bytes into a directory: [`DirectoryText::parse`], or
/// [`parse_or_absent`](DirectoryText::parse_or_absent) where git hands over an empty file for none.
pub(crate) type Parse = fn(Vec<u8>) -> Result<DirectoryText, TextError>;

/// Reads the text of a directory from a file, `-` for standard input; messages call it `name`.
///
/// # Errors
///
/// What the system says of the file; `json-syntax`, `wrong-kind`, … where it is no directory.
pub(crate) fn read(
    context: &mut Context<'_>,
    path: &Path,
    name: &Path,
    parse: Parse,
) -> Result<DirectoryText> {
    let bytes = files::read(context, path)?;
    let read = Arc::from(bytes.as_slice());
    parse(bytes).map_err(|error| {
        CliError::from(guichet::Error::of_text(name, error)).read_from(name, &read)
    })
}
