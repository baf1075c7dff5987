//! The key of the marks of stored passwords, which each clone keeps in its git folder.
//!
//! It is no part of what git pushes: git compares marks of one clone only.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use guichet::Marks;
use guichet::storage::Operation;

use super::repository;
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
    let kept = match key_of(&context.current_folder()?) {
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

/// Makes the key of a repository, unless it has a whole one; returns whether there was something to do.
///
/// # Errors
///
/// What git or the system says; a key that cannot be read stays.
pub(super) fn put_in(context: &Context<'_>, folder: &Path) -> Result<bool> {
    let path = key_of(folder)?;
    let files = context.files();
    match Marks::read(&*files, &path).map_err(|error| (error.kind(), error)) {
        Ok(_) => return Ok(false),
        Err((ErrorKind::NotFound, _)) => {}
        Err((ErrorKind::InvalidData, _)) => {
            let removed = files.remove(&path);
            removed.map_err(|error| files::failure(Operation::Remove, &path, error))?;
        }
        Err((_, error)) => return Err(files::failure(Operation::Read, &path, error)),
    }
    match Marks::create(&*files, &path) {
        // Somebody else set the repository up meanwhile.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(files::failure(Operation::Create, &path, error)),
        Ok(_) => Ok(true),
    }
}

/// Removes the key of a repository, if it has one; returns whether there was something to do.
///
/// # Errors
///
/// What git or the system says.
pub(super) fn take_out(context: &Context<'_>, folder: &Path) -> Result<bool> {
    let path = key_of(folder)?;
    let files = context.files();
    let is_there = matches!(files.entry(&path), Ok(Some(_)));
    if is_there {
        let removed = files.remove(&path);
        removed.map_err(|error| files::failure(Operation::Remove, &path, error))?;
    }
    Ok(is_there)
}

fn key_of(folder: &Path) -> Result<PathBuf> {
    Ok(repository::git_folder(folder)?.join(KEY_FILE))
}
