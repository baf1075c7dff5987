//! Files that the command line names beside the directory that counts: read whole, put in place at once.

use std::ffi::OsString;
use std::io::Read;
use std::path::{Path, PathBuf};

use guichet_storage::error::{Operation, PathError};
use guichet_storage::filesystem::{Access, Entry, FileSystem, Likeness};
use guichet_storage::json::MAX_BYTES;

use crate::context::Context;
use crate::error::{CliError, Result};

/// The word that stands for standard input.
const STANDARD_INPUT: &str = "-";

/// Reads a file whole, as long as a `directory.json` can be; `-` is standard input.
///
/// # Errors
///
/// `file-not-found`, `file-not-readable` or `input-output`; `file-too-large`; `usage` where standard
/// input was read before.
pub(crate) fn read(context: &mut Context<'_>, path: &Path) -> Result<Vec<u8>> {
    let failed = |error| failure(Operation::Read, path, error);
    if !is_standard_input(path) {
        let files = context.files();
        return match files.entry(path).map_err(failed)? {
            Some(Entry::File { length }) if length > MAX_BYTES as u64 => Err(too_large(path)),
            _ => files.read(path).map_err(failed),
        };
    }
    let bytes = at_most(context.take_stdin()?, MAX_BYTES as u64).map_err(|error| {
        let message = format!("standard input cannot be read: {error}");
        CliError::new("input-output", message)
    })?;
    bytes.ok_or_else(|| too_large(path))
}

/// Reads to the end; nothing where that is further than so many bytes, of which no more than one is read.
fn at_most(reader: impl Read, most: u64) -> std::io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    reader.take(most + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= most).then_some(bytes))
}

fn too_large(path: &Path) -> CliError {
    let message = format!("`{}` is longer than {MAX_BYTES} bytes", path.display());
    CliError::new("file-too-large", message).at(path)
}

/// Reads a text whole; `-` is standard input.
///
/// # Errors
///
/// As [`read`], and `not-utf8`.
pub(crate) fn read_text(context: &mut Context<'_>, path: &Path) -> Result<String> {
    String::from_utf8(read(context, path)?).map_err(|_| {
        let error = CliError::new("not-utf8", format!("`{}` is not UTF-8", path.display()));
        error.at(path)
    })
}

/// Tells whether a file is standard input.
pub(crate) fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == STANDARD_INPUT
}

/// Puts a file in its place at once, new or instead of the former one, whose access it gets.
///
/// # Errors
///
/// `file-not-writable`, `disk-full`, `input-output`; the former file is as it was.
pub(crate) fn put(files: &dyn FileSystem, path: &Path, bytes: &[u8]) -> Result<()> {
    // Behind a symbolic link, the file that it leads to is the one to replace.
    let former = files.resolve(path).ok();
    let path = former.as_deref().unwrap_or(path);
    let unfinished = unfinished_name(path);
    let write = || -> std::result::Result<(), (Operation, std::io::Error)> {
        let at = |operation| move |error| (operation, error);
        let mut file = files
            .create(&unfinished, Access::Default)
            .map_err(at(Operation::Create))?;
        if let Some(former) = &former {
            file.resemble(former, Likeness::Same)
                .map_err(at(Operation::Protect))?;
        }
        file.write(bytes).map_err(at(Operation::Write))?;
        file.sync().map_err(at(Operation::Sync))?;
        files
            .rename(&unfinished, path)
            .map_err(at(Operation::Replace))
    };
    write().map_err(|(operation, error)| {
        // The error that matters is the first one.
        let _ = files.remove(&unfinished);
        failure(operation, path, error)
    })
}

/// A name in the same folder that nobody else uses meanwhile.
fn unfinished_name(path: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}.guichet-tmp", std::process::id()));
    path.with_file_name(name)
}

/// Returns a path as it is read from a folder: without it, and without `./` before it.
pub(crate) fn near<'p>(path: &'p Path, folder: Option<&Path>) -> &'p Path {
    let inside = folder.and_then(|folder| path.strip_prefix(folder).ok());
    let path = inside.unwrap_or(path);
    path.strip_prefix(".").unwrap_or(path)
}

/// Tells what the system said about a path.
pub(crate) fn failure(operation: Operation, path: &Path, error: std::io::Error) -> CliError {
    CliError::from_error(&PathError::new(operation, path, error)).at(path)
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, repeat};

    use super::at_most;

    /// Somebody may pipe the wrong thing, or one without an end.
    #[test]
    fn reading_stops_at_the_limit() {
        let mut endless = repeat(b' ').take(1_000_000);
        assert_eq!(at_most(&mut endless, 100).unwrap(), None);
        assert_eq!(endless.limit(), 1_000_000 - 101);
        assert_eq!(
            at_most(repeat(b' ').take(100), 100)
                .unwrap()
                .map(|bytes| bytes.len()),
            Some(100)
        );
    }
}
