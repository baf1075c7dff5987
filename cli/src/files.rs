//! Files that the command line names beside the directory that counts: read whole, put in place at once.

use std::borrow::Cow;
use std::io::ErrorKind;
use std::path::Path;

use guichet::storage::filesystem::{put, read_at_most, read_to_end};
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
    let most = MAX_BYTES as u64;
    if !is_standard_input(path) {
        return read_at_most(&*context.files(), path, most).map_err(|error| told(&error, path));
    }
    read_to_end(context.take_stdin()?, most).map_err(|error| match error.kind() {
        ErrorKind::FileTooLarge => {
            let message = format!("{} is longer than {most} bytes", called(path));
            CliError::new("file-too-large", message).at(path)
        }
        _ => CliError::new(
            "input-output",
            format!("standard input cannot be read: {error}"),
        ),
    })
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

/// Returns whether a file is standard input.
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
            "`--as` applies to edits of the directory only, and `{}` is another file",
            path.display()
        );
        return Err(CliError::new("usage", message).help("Remove `--as`."));
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
