//! Files that somebody names for what a command writes: put in place at once, never wider than where they come from.

use std::io;
use std::path::Path;

use super::{Access, Entry, FileSystem, Likeness, folder_of, is_embedded};
use crate::error::{Operation, PathError};
use crate::store::{is_unfinished_name, is_unknown_flush, unfinished_name};

/// Writes a whole file.
///
/// | what lies at the path | what happens |
/// |---|---|
/// | nothing | a file is made, open to those who may read new files and the source |
/// | a file, or a link to one | the file is replaced at once, and keeps its owner and mode |
/// | a device, a pipe | it is written to as it is |
/// | a folder, a link that leads nowhere | refused |
///
/// Refused too is a path in `Server Database/Settings`, the settings of a built server (decision D31). What a killed
/// process began in the folder is cleared away, except on Windows.
///
/// The directory that counts is no such file: ask [`DirectoryStore::is_same_file`](crate::DirectoryStore::is_same_file)
/// first, and make an edit of it.
///
/// # Errors
///
/// What the system says; the former file is as it was.
///
/// # Examples
///
/// ```
/// use guichet_storage::filesystem::{Disk, put};
///
/// let folder = tempfile::tempdir()?;
/// let (source, path) = (folder.path().join("ours.json"), folder.path().join("out.json"));
/// std::fs::write(&source, "{}")?;
/// put(&Disk, &path, b"{\"users\": {}}", Some(&source))?;
/// assert_eq!(std::fs::read_to_string(&path)?, "{\"users\": {}}");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn put(
    files: &dyn FileSystem,
    path: &Path,
    bytes: &[u8],
    source: Option<&Path>,
) -> Result<(), PathError> {
    let failed = |operation| move |error| PathError::new(operation, path, error);
    let refused = |kind, why: &'static str| {
        let error = io::Error::new(kind, why);
        Err(PathError::new(Operation::Replace, path, error))
    };
    if is_embedded(files, path).map_err(failed(Operation::Inspect))? {
        let why = "it belongs to a built server and is never written";
        return refused(io::ErrorKind::ReadOnlyFilesystem, why);
    }
    match files.entry(path).map_err(failed(Operation::Inspect))? {
        Some(Entry::Folder) => refused(io::ErrorKind::IsADirectory, "it is a folder"),
        Some(Entry::BrokenLink) => {
            refused(io::ErrorKind::InvalidInput, "it is a broken symbolic link")
        }
        Some(Entry::Other) => {
            let file = files.open_as_it_is(path);
            let mut file = file.map_err(failed(Operation::Write))?;
            file.write(bytes).map_err(failed(Operation::Write))
        }
        Some(Entry::File { .. }) => {
            let real = files.resolve(path).map_err(failed(Operation::Inspect))?;
            replace(files, &real, bytes, Some((&real, Likeness::Same)))
        }
        None => {
            let there = source.filter(|source| matches!(files.entry(source), Ok(Some(_))));
            let model = there.map(|source| (source, Likeness::NoWider));
            replace(files, path, bytes, model)
        }
    }
}

/// Clears away what killed processes began in a folder. What cannot be removed is in nobody's way.
fn clear_abandoned(files: &dyn FileSystem, folder: &Path) {
    for name in files.names(folder).unwrap_or_default() {
        let began = name.to_str().and_then(|name| name.strip_prefix('.'));
        if began.is_some_and(is_unfinished_name) {
            let _ = files.remove_abandoned(&folder.join(name));
        }
    }
}

fn replace(
    files: &dyn FileSystem,
    path: &Path,
    bytes: &[u8],
    model: Option<(&Path, Likeness)>,
) -> Result<(), PathError> {
    const TRIES: usize = 3;
    clear_abandoned(files, folder_of(path));
    let mut failure = None;
    for _ in 0..TRIES {
        match replace_once(files, path, bytes, model) {
            // Another process took the unfinished file for abandoned before it was locked.
            Err(error) if error.kind() == io::ErrorKind::Interrupted => failure = Some(error),
            done => return done,
        }
    }
    failure.map_or(Ok(()), Err)
}

fn replace_once(
    files: &dyn FileSystem,
    path: &Path,
    bytes: &[u8],
    model: Option<(&Path, Likeness)>,
) -> Result<(), PathError> {
    let folder = folder_of(path);
    let unfinished = folder.join(format!(".{}", unfinished_name()));
    let write = || -> Result<(), (Operation, io::Error)> {
        let at = |operation| move |error| (operation, error);
        let access = match model {
            Some((_, Likeness::NoWider)) | None => Access::Default,
            Some(_) => Access::Private,
        };
        let file = files.create(&unfinished, access);
        let mut file = file.map_err(at(Operation::Create))?;
        if let Some((other, likeness)) = model {
            file.resemble(other, likeness)
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
        PathError::new(operation, path, error)
    })?;
    match files.sync_folder(folder) {
        Err(error) if !is_unknown_flush(&error) => {
            Err(PathError::new(Operation::Sync, folder, error))
        }
        _ => Ok(()),
    }
}
