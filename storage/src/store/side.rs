//! The folder beside a directory with what is ours: the lock, the past, unfinished files.
//!
//! `.guichet` lies in the folder of the `directory.json`, with its rights, and holds a `.gitignore` that keeps all of it
//! out of version control: what takes changes back holds stored passwords.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::history::lines_of;
use super::lines::joined;
use super::replace::{Model, SUFFIX, remove, replace, sync_folder};
use crate::error::{Operation, PathError};
use crate::filesystem::{Access, Entry, FileSystem, folder_of};
use crate::layout::{DIRECTORY_FILE, OPTIONS_FILE, history_file, side_folder, undo_file};

/// What the folder says to git: to ignore it.
const IGNORED: &[u8] = b"# Written by guichet: its lock, its history, unfinished files.\n*\n";

/// The files that a former version wrote.
const FORMER_FILES: [&str; 4] = [
    DIRECTORY_FILE,
    OPTIONS_FILE,
    "directory.history.jsonl",
    "directory.undo.jsonl",
];

/// What the name of a history ends with that a former version wrote.
pub(super) const FORMER_HISTORY: &str = "history.jsonl";

/// The longest file that was a lock of a former version.
const FORMER_LOCK_BYTES: u64 = 500;

/// Makes the folder where it is missing.
pub(super) fn make_side_folder(files: &dyn FileSystem, folder: &Path) -> Result<(), PathError> {
    let side = side_folder(folder);
    let is_there = matches!(files.entry(&side), Ok(Some(Entry::Folder)));
    files
        .create_folder_inside(&side)
        .map_err(|error| PathError::new(Operation::CreateFolder, &side, error))?;
    let ignore = side.join(".gitignore");
    if is_there && matches!(files.entry(&ignore), Ok(Some(_))) {
        return Ok(());
    }
    sync_folder(files, folder)?;
    // Without it everything works, and a folder that nobody may write to is said by what comes next.
    if let Ok(mut file) = files.create(&ignore, Access::Default) {
        let _ = file.write(IGNORED).and_then(|()| file.sync());
    }
    sync_folder(files, &side)
}

/// Clears away the unfinished files of processes that were killed: under the lock nobody else has any.
///
/// What cannot be removed, such as a folder of that name, is in nobody's way.
pub(super) fn clear_unfinished(files: &dyn FileSystem, folder: &Path) -> Result<(), PathError> {
    let side = side_folder(folder);
    let names = files
        .names(&side)
        .map_err(|error| PathError::new(Operation::List, &side, error))?;
    for name in names {
        if name.to_str().is_some_and(|name| name.ends_with(SUFFIX)) {
            let _ = files.remove(&side.join(name));
        }
    }
    Ok(())
}

/// Takes over what a former version of this tool left beside the directory itself. Nothing is lost.
pub(super) fn take_over(
    files: &dyn FileSystem,
    directory: &Path,
    model: Model<'_>,
) -> Result<(), PathError> {
    let pairs = [
        (FORMER_HISTORY, history_file(directory), model.recorded()),
        ("undo.jsonl", undo_file(directory), model.closed()),
    ];
    let mut found = false;
    for (extension, new, model) in pairs {
        let old = directory.with_extension(extension);
        if !matches!(files.entry(&old), Ok(Some(Entry::File { .. }))) {
            continue;
        }
        // Whoever may read both takes them over, at an edit of theirs.
        let Some(former) = readable(lines_of(files, &old))?.flatten() else {
            continue;
        };
        let Some(since) = readable(lines_of(files, &new))? else {
            continue;
        };
        found = true;
        let since = since.unwrap_or_default();
        let known = since.len();
        let lines = joined(former, since);
        // A crash may have come between the two steps.
        if lines.len() > known {
            let mut text = lines.join("\n");
            text.push('\n');
            replace(files, &new, text.as_bytes(), model)?;
        }
        remove(files, &old)?;
    }
    if found {
        clear_former(files, directory);
    }
    Ok(())
}

/// Returns what was read; `None` if this account may not read it.
fn readable<T>(read: Result<T, PathError>) -> Result<Option<T>, PathError> {
    match read {
        Err(error) if error.kind() == ErrorKind::PermissionDenied => Ok(None),
        read => read.map(Some),
    }
}

/// Clears away the lock and the unfinished files of a former version.
fn clear_former(files: &dyn FileSystem, directory: &Path) {
    let folder = folder_of(directory);
    let lock = folder.join("directory.json.lock");
    let is_lock = matches!(files.entry(&lock), Ok(Some(Entry::File { length })) if length <= FORMER_LOCK_BYTES);
    if is_lock {
        let _ = files.remove(&lock);
    }
    for name in files.names(folder).unwrap_or_default() {
        if name.to_str().is_some_and(is_former_unfinished) {
            let _ = files.remove(&folder.join(name));
        }
    }
}

/// Returns whether a name is `.NAME.PROCESS.guichet-tmp` of one of our two files.
fn is_former_unfinished(name: &str) -> bool {
    let inside = name
        .strip_prefix('.')
        .and_then(|name| name.strip_suffix(SUFFIX));
    let Some((file, process)) = inside.and_then(|inside| inside.rsplit_once('.')) else {
        return false;
    };
    FORMER_FILES.contains(&file)
        && !process.is_empty()
        && process.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns where the unfinished version of a file is written: in a folder that only lock holders use.
pub(super) fn unfinished_file(path: &Path) -> PathBuf {
    let folder = folder_of(path);
    let side = side_folder(folder);
    let in_side = folder.file_name() == side.file_name();
    let folder = if in_side { folder.to_owned() } else { side };
    folder.join(unfinished_name())
}

/// Returns a name that nobody can guess, and so nobody has put something in the place of.
pub(crate) fn unfinished_name() -> String {
    use std::hash::{BuildHasher as _, Hasher as _, RandomState};

    let random = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}{SUFFIX}", random(), random())
}

/// Returns whether a name is one that [`unfinished_name`] gives.
pub(crate) fn is_unfinished_name(name: &str) -> bool {
    let digits = name.strip_suffix(SUFFIX);
    let is_digit = |byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    digits.is_some_and(|digits| digits.len() == 32 && digits.bytes().all(is_digit))
}

/// Returns whether the system only refuses to flush a folder because it does not know how.
pub(crate) fn is_unknown_flush(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported
    )
}
