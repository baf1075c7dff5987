//! Files that the command line names beside the directory that counts: read whole, put in place at once.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use guichet_storage::error::{Operation, PathError};
use guichet_storage::filesystem::{Access, FileSystem, Likeness};

use crate::context::Context;
use crate::error::{CliError, Result};

/// The word that stands for standard input.
const STANDARD_INPUT: &str = "-";

/// Reads a file whole; `-` is standard input.
///
/// # Errors
///
/// `file-not-found`, `file-not-readable` or `input-output`.
pub(crate) fn read(context: &mut Context<'_>, path: &Path) -> Result<Vec<u8>> {
    if !is_standard_input(path) {
        return context
            .files()
            .read(path)
            .map_err(|error| failure(Operation::Read, path, error));
    }
    let mut bytes = Vec::new();
    context.stdin().read_to_end(&mut bytes).map_err(|error| {
        let message = format!("standard input cannot be read: {error}");
        CliError::new("input-output", message)
    })?;
    Ok(bytes)
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
