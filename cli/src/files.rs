//! Files that the command line names beside the directory that counts: read whole, put in place at once.

use std::borrow::Cow;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use guichet::storage::filesystem::{Entry, put};
use guichet::storage::json::MAX_BYTES;
use guichet::storage::{Operation, PathError};
use guichet::{Output, WorksOn};

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
            // A pipe or a device has no length, and perhaps no end.
            Some(Entry::Other) => File::open(path)
                .and_then(|file| at_most(file, MAX_BYTES as u64))
                .map_err(failed)?
                .ok_or_else(|| too_large(path)),
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
    let message = format!("{} is longer than {MAX_BYTES} bytes", called(path));
    CliError::new("file-too-large", message).at(path)
}

/// Reads a text whole; `-` is standard input.
///
/// # Errors
///
/// As [`read`], and `not-utf8`.
pub(crate) fn read_text(context: &mut Context<'_>, path: &Path) -> Result<String> {
    String::from_utf8(read(context, path)?)
        .map_err(|_| CliError::new("not-utf8", format!("{} is not UTF-8", called(path))).at(path))
}

/// Returns the name of a file in messages; `-` is standard input.
pub(crate) fn name(path: &Path) -> Cow<'_, str> {
    if is_standard_input(path) {
        Cow::Borrowed("standard input")
    } else {
        path.to_string_lossy()
    }
}

/// Returns the name of a file in a sentence.
pub(crate) fn called(path: &Path) -> String {
    let name = name(path);
    if is_standard_input(path) {
        name.into_owned()
    } else {
        format!("`{name}`")
    }
}

/// Tells whether a file is standard input.
pub(crate) fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == STANDARD_INPUT
}

/// Finds out what a path is that a command is to write to (`-o`).
///
/// # Errors
///
/// As [`OpenOptions::output`](guichet::OpenOptions::output).
pub(crate) fn place(context: &Context<'_>, path: &Path) -> Result<Output> {
    let target = context.target()?;
    let works_on = if context.names_a_directory() {
        WorksOn::Named(target)
    } else {
        WorksOn::Around(target)
    };
    Ok(context.options().output(path, &works_on)?)
}

/// Puts a file that is not the directory that counts in its place at once; a new one is never open to
/// more accounts than the file that it was made from.
///
/// # Errors
///
/// `usage` where `--as` says who edits, since this is no edit of the directory; `file-not-writable`,
/// `disk-full`, `input-output`, …: the former file is as it was.
pub(crate) fn put_elsewhere(
    context: &Context<'_>,
    path: &Path,
    bytes: &[u8],
    source: &Path,
) -> Result<()> {
    if context.names_an_editor() {
        let message = format!(
            "`--as` applies to the project's directory only, and `{}` is another file",
            path.display()
        );
        return Err(CliError::new("usage", message).help("Leave it out."));
    }
    let source = (!is_standard_input(source)).then_some(source);
    put(&*context.files(), path, bytes, source).map_err(|error| told(&error, path))
}

/// Puts a file that is no directory in its place at once.
///
/// # Errors
///
/// As [`put_elsewhere`]; `usage` where the path is that of the directory that counts.
pub(crate) fn put_other(context: &Context<'_>, path: &Path, bytes: &[u8]) -> Result<()> {
    if let Output::Directory(_) = place(context, path)? {
        let message = format!("`{}` is the directory itself", path.display());
        return Err(CliError::new("usage", message).help("Choose another output file."));
    }
    put(&*context.files(), path, bytes, None).map_err(|error| told(&error, path))
}

/// Returns a path as it is read from a folder: without it, and without `./` before it.
pub(crate) fn near<'p>(path: &'p Path, folder: Option<&Path>) -> &'p Path {
    let inside = folder.and_then(|folder| path.strip_prefix(folder).ok());
    let path = inside.unwrap_or(path);
    path.strip_prefix(".").unwrap_or(path)
}

/// Reports what the system said about a path.
pub(crate) fn failure(operation: Operation, path: &Path, error: std::io::Error) -> CliError {
    told(&PathError::new(operation, path, error), path)
}

/// Reports what storage says about a path.
pub(crate) fn told(error: &PathError, path: &Path) -> CliError {
    CliError::from_error(error).at(path)
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
