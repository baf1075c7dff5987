//! Putting a new file in the place of an old one, at once; and clearing what a killed process left.
//!
//! The new bytes are written to a file of their own in the same folder, brought to the disk, and renamed over the old
//! file; then the folder is brought to the disk. So whoever looks sees the old file or the new one, and after a crash
//! of the machine it is one of the two as well. The caller holds the lock of the folder.

use std::io;
use std::path::{Path, PathBuf};

use super::destination::folder_of;
use crate::error::{Operation, PathError};
use crate::filesystem::{Access, FileSystem, Likeness};

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
            Self::Like(other, _) => Self::Like(other, Likeness::Private),
            Self::Fresh(_) => Self::Fresh(Access::Private),
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
    let unfinished = unfinished_name(path);
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

/// Makes a folder and those above it that are missing, and brings their names to the disk.
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

/// Clears away the unfinished files of processes that were killed: under the lock nobody else has any.
pub(super) fn clear_unfinished(files: &dyn FileSystem, folder: &Path) -> Result<(), PathError> {
    let names = files
        .names(folder)
        .map_err(|error| PathError::new(Operation::List, folder, error))?;
    for name in names {
        let ours = name
            .to_str()
            .is_some_and(|name| name.starts_with('.') && name.ends_with(SUFFIX));
        if !ours {
            continue;
        }
        let path = folder.join(name);
        match files.remove(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(PathError::new(Operation::Remove, &path, error));
            }
            _ => {}
        }
    }
    Ok(())
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

fn sync_folder(files: &dyn FileSystem, folder: &Path) -> Result<(), PathError> {
    files
        .sync_folder(folder)
        .map_err(|error| PathError::new(Operation::Sync, folder, error))
}

fn unfinished_name(path: &Path) -> PathBuf {
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy())
        .unwrap_or_default();
    path.with_file_name(format!(".{name}.{}{SUFFIX}", std::process::id()))
}
