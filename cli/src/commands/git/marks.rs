//! The key of the marks of stored passwords, which each clone keeps in its git folder.
//!
//! It is no part of what git pushes: git compares marks of one clone only.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use guichet::Marks;
use guichet::storage::Operation;

use super::repository::git_folder;
use crate::context::Context;
use crate::error::{CliError, Result};
use crate::files;

/// The key's file in the git folder.
pub(super) const KEY_FILE: &str = "guichet-marks.key";

/// Returns what marks the passwords that git compares around a folder; none outside of a repository, where
/// nothing is compared.
///
/// Where the key cannot be read, it is one that nobody else has: every password then looks changed, which
/// is seen, while a change that is not shown would go unseen.
///
/// # Errors
///
/// `input-output`: the system has no random bytes.
pub(super) fn around(context: &Context<'_>) -> Result<Option<Marks>> {
    let kept = match path(&context.current_folder()?) {
        Err(error) if error.code == "not-a-repository" => return Ok(None),
        Err(_) => None,
        Ok(path) => Marks::read(&*context.files(), &path).ok(),
    };
    let marks = kept.map_or_else(Marks::random, Ok);
    marks.map(Some).map_err(|error| {
        let message = format!("the system has no random bytes: {error}");
        CliError::new("input-output", message)
    })
}

/// Returns where the key of the repository around a folder is.
pub(super) fn path(folder: &Path) -> Result<PathBuf> {
    Ok(git_folder(folder)?.join(KEY_FILE))
}

/// Makes a key, unless there is a whole one; returns whether there was something to do.
///
/// # Errors
///
/// What the system says; a key that cannot be read stays.
pub(super) fn make(context: &Context<'_>, path: &Path) -> Result<bool> {
    let files = context.files();
    let failed = |operation| move |error| files::failure(operation, path, error);
    match Marks::read(&*files, path).map_err(|error| (error.kind(), error)) {
        Ok(_) => return Ok(false),
        Err((ErrorKind::NotFound, _)) => {}
        // A crash or a full disk cut it.
        Err((ErrorKind::InvalidData, _)) => {
            files.remove(path).map_err(failed(Operation::Remove))?;
        }
        Err((_, error)) => return Err(failed(Operation::Read)(error)),
    }
    match Marks::create(&*files, path) {
        // Somebody else set the repository up meanwhile.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
        made => made.map(|_| true).map_err(failed(Operation::Create)),
    }
}
