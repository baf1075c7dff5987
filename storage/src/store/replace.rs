//! Putting a new file in the place of an old one, at once.
//!
//! The new bytes are written to a file of their own in the folder beside, flushed to the disk, and renamed over the old
//! file; then the folder is flushed. So whoever looks sees the old file or the new one, and after a crash
//! of the machine it is one of the two as well. The caller holds the lock of the folder.

use std::path::Path;

use super::side::{is_unknown_flush, unfinished_file};
use crate::error::{Operation, PathError};
use crate::filesystem::{Access, FileSystem, Likeness, folder_of};

/// What the names of our unfinished files end with.
pub(super) const SUFFIX: &str = ".guichet-tmp";

/// Whose access a new file gets.
#[derive(Clone, Copy, Debug)]
pub(super) enum Model<'m> {
    /// That of another file.
    Like(&'m Path, Likeness),
    /// What the system gives new files.
    Fresh(Access),
}

impl Model<'_> {
    /// Returns the same, but closed to all others.
    pub(super) const fn closed(self) -> Self {
        match self {
            Self::Like(other, _) => Self::Like(other, Likeness::Secret),
            Self::Fresh(_) => Self::Fresh(Access::Private),
        }
    }

    /// Returns the same for what is written by all who may edit.
    pub(super) const fn recorded(self) -> Self {
        match self {
            Self::Like(other, _) => Self::Like(other, Likeness::Record),
            fresh @ Self::Fresh(_) => fresh,
        }
    }
}

/// Writes a whole file.
pub(super) fn replace(
    files: &dyn FileSystem,
    path: &Path,
    bytes: &[u8],
    model: Model<'_>,
) -> Result<(), PathError> {
    let unfinished = unfinished_file(path);
    let written = write(files, &unfinished, bytes, model).and_then(|()| {
        files
            .rename(&unfinished, path)
            .map_err(|error| PathError::new(Operation::Replace, path, error))
    });
    if let Err(error) = written {
        // The next edit clears it away if this fails too.
        let _ = files.remove(&unfinished);
        return Err(error);
    }
    sync_folder(files, folder_of(path))
}

/// Makes a folder and those above it that are missing, and flushes their names to the disk.
pub(super) fn make_folders(files: &dyn FileSystem, folder: &Path) -> Result<(), PathError> {
    let is_missing = |folder: &&Path| {
        !folder.as_os_str().is_empty() && !matches!(files.entry(folder), Ok(Some(_)))
    };
    let missing: Vec<_> = folder.ancestors().take_while(is_missing).collect();
    if missing.is_empty() {
        return Ok(());
    }
    files
        .create_folders(folder)
        .map_err(|error| PathError::new(Operation::CreateFolder, folder, error))?;
    let mut made = missing.into_iter().rev();
    made.try_for_each(|folder| sync_folder(files, folder_of(folder)))
}

/// Takes a file away for good.
pub(super) fn remove(files: &dyn FileSystem, path: &Path) -> Result<(), PathError> {
    files
        .remove(path)
        .map_err(|error| PathError::new(Operation::Remove, path, error))?;
    sync_folder(files, folder_of(path))
}

fn write(
    files: &dyn FileSystem,
    path: &Path,
    bytes: &[u8],
    model: Model<'_>,
) -> Result<(), PathError> {
    let failed = |operation| move |error| PathError::new(operation, path, error);
    let access = match model {
        // Closed until it has the access of the other file.
        Model::Like(..) => Access::Private,
        Model::Fresh(access) => access,
    };
    let mut file = files
        .create(path, access)
        .map_err(failed(Operation::Create))?;
    file.write(bytes).map_err(failed(Operation::Write))?;
    if let Model::Like(other, likeness) = model {
        file.resemble(other, likeness)
            .map_err(failed(Operation::Protect))?;
    }
    file.sync().map_err(failed(Operation::Sync))
}

/// Flushes the names in a folder to the disk, where the file system knows how.
pub(super) fn sync_folder(files: &dyn FileSystem, folder: &Path) -> Result<(), PathError> {
    match files.sync_folder(folder) {
        Err(error) if !is_unknown_flush(&error) => {
            Err(PathError::new(Operation::Sync, folder, error))
        }
        _ => Ok(()),
    }
}
