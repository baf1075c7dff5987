//! Texts of directories that no project counts: two sides of a comparison, what git hands over.

use std::path::Path;
use std::sync::Arc;

use guichet::storage::{DirectoryText, TextError};

use crate::context::Context;
use crate::error::{CliError, Result};
use crate::files;

/// A directory's text that says the least: what git hands over for a file that was not there.
const EMPTY: &[u8] = b"{}";

/// Reads the text of a directory from a file, `-` for standard input; messages call it `name`.
///
/// # Errors
///
/// What the system says of the file; `json-syntax`, `wrong-kind`, … where it is no directory. A file
/// without a byte is refused: it would mean that everybody was removed.
pub(crate) fn read(context: &mut Context<'_>, path: &Path, name: &Path) -> Result<DirectoryText> {
    parsed(files::read(context, path)?, name, DirectoryText::parse)
}

/// Reads the text of a directory that may be absent: git hands over an empty file for one.
pub(crate) fn read_or_absent(context: &mut Context<'_>, path: &Path) -> Result<DirectoryText> {
    parsed(
        files::read(context, path)?,
        path,
        DirectoryText::parse_or_absent,
    )
}

fn parsed(
    bytes: Vec<u8>,
    name: &Path,
    parse: impl FnOnce(Vec<u8>) -> Result<DirectoryText, TextError>,
) -> Result<DirectoryText> {
    let read = Arc::from(bytes.as_slice());
    parse(bytes).map_err(|error| {
        CliError::from(guichet::Error::of_text(name, error)).read_from(name, &read)
    })
}

/// Returns the bytes; of an empty text those of a directory without anybody.
pub(crate) fn or_empty(bytes: Vec<u8>) -> Vec<u8> {
    if bytes.is_empty() {
        EMPTY.to_vec()
    } else {
        bytes
    }
}
