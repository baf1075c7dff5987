//! What a path is, however it is spelled: through links, `.` and `..`, from any folder, in any case.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

use super::{Entry, FileSystem};
use crate::layout::{BUILT_SERVER_FOLDER, SETTINGS_FOLDER};

/// Whether names that differ by case are the same to the system's own file system.
const IGNORES_CASE: bool = cfg!(any(windows, target_os = "macos", target_os = "ios"));

/// Returns the absolute path of what lies at a path, every link followed.
///
/// Where nothing lies there, it is the path of the nearest folder that is there, and what is missing after it.
///
/// # Errors
///
/// What looking at the folders on the way says.
pub fn real_path(files: &dyn FileSystem, path: &Path) -> io::Result<PathBuf> {
    let mut missing = Vec::new();
    let mut at = path;
    loop {
        let here = or_current(at);
        match files.entry(here)? {
            Some(Entry::File { .. } | Entry::Folder | Entry::Other) => {
                let real = files.resolve(here)?;
                return Ok(missing
                    .iter()
                    .rev()
                    .fold(real, |real, name| real.join(name)));
            }
            Some(Entry::BrokenLink) | None => {}
        }
        let (Some(name), Some(folder)) = (at.file_name(), at.parent()) else {
            return Ok(path.to_owned());
        };
        missing.push(name);
        at = folder;
    }
}

/// Returns whether two paths are of one file, also one that is not there yet.
///
/// Of two hard links each is a file of its own, since a file is replaced by its name.
///
/// # Errors
///
/// As [`real_path`].
pub(crate) fn is_same_file(files: &dyn FileSystem, left: &Path, right: &Path) -> io::Result<bool> {
    let (left, right) = (real_path(files, left)?, real_path(files, right)?);
    if left == right {
        return Ok(true);
    }
    let names = (left.file_name(), right.file_name());
    let (Some(one), Some(other)) = names else {
        return Ok(false);
    };
    let (one_folder, other_folder) = (folder_of(&left), folder_of(&right));
    let is_there = |folder| matches!(files.entry(folder), Ok(Some(Entry::Folder)));
    Ok(same_name(one, other)
        && is_there(one_folder)
        && is_there(other_folder)
        && files.is_same(one_folder, other_folder)?)
}

/// Returns whether a file lies in the part of a built server that 4D never writes to (decision D31).
///
/// It counts what the path is: a link to the file, `.` inside its folder and `X/..` before it are the same.
///
/// # Errors
///
/// As [`real_path`].
pub(crate) fn is_embedded(files: &dyn FileSystem, file: &Path) -> io::Result<bool> {
    let real = real_path(files, file)?;
    let mut folders = real.ancestors().skip(1).map(Path::file_name);
    let (settings, holder) = (folders.next().flatten(), folders.next().flatten());
    Ok(is_called(settings, SETTINGS_FOLDER) && is_called(holder, BUILT_SERVER_FOLDER))
}

/// Returns whether a folder is the project of a built server, by its real name.
pub(crate) fn is_built_server(files: &dyn FileSystem, folder: &Path) -> io::Result<bool> {
    let real = real_path(files, folder)?;
    Ok(is_called(real.file_name(), BUILT_SERVER_FOLDER))
}

/// Returns the folder that a file lies in; the current one for a bare name.
pub(crate) fn folder_of(file: &Path) -> &Path {
    file.parent().map_or(Path::new("."), or_current)
}

fn or_current(folder: &Path) -> &Path {
    if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    }
}

fn is_called(found: Option<&OsStr>, name: &str) -> bool {
    found.is_some_and(|found| same_name(found, OsStr::new(name)))
}

fn same_name(left: &OsStr, right: &OsStr) -> bool {
    left == right || (IGNORES_CASE && left.eq_ignore_ascii_case(right))
}
