//! Rights of a ledger file: every account that may write its folder may use it.
//!
//! A ledger is shared by accounts. A file that is made with the rights of the first of them, cut by
//! its umask, would lock out the others. So the file gets owner, group and rights from its
//! folder; SQLite gives the same to the files `-wal` and `-shm` that it makes beside it. A folder
//! with the sticky bit, such as `/tmp`, keeps its accounts apart, and so does a ledger in it.
//!
//! A ledger that is there may be narrower, since a former version made it or its folder was opened
//! to more accounts later. It is widened when an account that owns it opens it; nobody loses a right
//! by that.
//!
//! Rights are given through the handle of what was made or found, never through its name: somebody
//! else may put a link there meanwhile.

use std::fs::File;
use std::path::{Path, PathBuf};

use super::error::{FileFault, Problem};

/// Makes an empty file for a ledger, with its folder, unless something is there.
pub(super) fn make(path: &Path) -> Result<(), Problem> {
    const IN_MEMORY: &str = ":memory:"; // SQLite's name for no file
    if path == Path::new(IN_MEMORY) || std::fs::symlink_metadata(path).is_ok() {
        return Ok(());
    }
    let folder = named_parent(path).unwrap_or_else(|| Path::new("."));
    make_folder(folder).map_err(FileFault::Folder)?;
    make_file(folder, path).map_err(|error| FileFault::Folder(error).into())
}

/// Gives a ledger that is there the rights of its folder, as far as this account may; and the
/// ledger's own folder those of the folder above it.
pub(super) fn widen(path: &Path) {
    const OWN_FOLDER: &str = "Guichet"; // any other folder has the rights that somebody gave it
    let folder = named_parent(path).unwrap_or_else(|| Path::new("."));
    if folder.file_name().is_some_and(|name| name == OWN_FOLDER) {
        system::widen(
            folder,
            named_parent(folder).unwrap_or_else(|| Path::new(".")),
        );
    }
    for ending in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        system::widen(Path::new(&name), folder);
    }
}

/// Puts a new file in place with its rights, so that nobody sees it without them.
fn make_file(folder: &Path, path: &Path) -> std::io::Result<()> {
    let new = tempfile::Builder::new()
        .prefix(".seats-")
        .tempfile_in(folder)?;
    system::share(new.as_file(), folder, system::FILE)?;
    // Closed first: closing a file gives up every lock that this process has on it.
    match new.into_temp_path().persist_noclobber(path) {
        Err(error) if error.error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        other => other.map_err(|error| error.error),
    }
}

/// Makes a folder and those above it, and syncs the entry of each: SQLite syncs what is inside.
#[expect(
    clippy::disallowed_methods,
    reason = "the folder of the ledger is the ledger's own: `Guichet` in the data folder"
)]
fn make_folder(folder: &Path) -> std::io::Result<()> {
    let missing = |folder: &&Path| !folder.as_os_str().is_empty() && !folder.is_dir();
    let missing: Vec<PathBuf> = folder
        .ancestors()
        .take_while(missing)
        .map(Path::to_owned)
        .collect();
    for folder in missing.into_iter().rev() {
        let above = named_parent(&folder).unwrap_or_else(|| Path::new("."));
        match std::fs::create_dir(&folder) {
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists && folder.is_dir() => {
                continue;
            }
            made => made?,
        }
        if cfg!(unix) {
            let made = File::open(&folder)?;
            if system::is_at(&made, &folder)? {
                system::share(&made, above, system::FOLDER)?;
            }
            File::open(above)?.sync_all()?;
        }
    }
    Ok(())
}

/// Returns the folder that a path lies in; `None` for a bare name, which lies in the current one.
fn named_parent(path: &Path) -> Option<&Path> {
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
}

#[cfg(unix)]
mod system {
    use std::fs::{File, Permissions};
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, fchown};
    use std::path::Path;

    /// The bits of a folder that a file in it takes over.
    pub(super) const FILE: u32 = 0o666;
    /// The bits of a folder that a folder in it takes over.
    pub(super) const FOLDER: u32 = 0o2777;

    const STICKY: u32 = 0o1000;
    #[cfg(target_os = "linux")]
    const SET_GROUP: u32 = 0o2000;

    /// Gives what was just made the owner, group and rights of its folder, as far as the system
    /// lets this account.
    pub(super) fn share(made: &File, folder: &Path, bits: u32) -> std::io::Result<()> {
        let folder = std::fs::metadata(folder)?;
        let own = made.metadata()?;
        let mut rights = folder.mode();
        if rights & STICKY != 0 {
            rights &= !0o022;
        }
        // Only root may give a file away; anybody may give it to a group of theirs.
        let kept = fchown(made, Some(folder.uid()), Some(folder.gid())).is_ok()
            || own.gid() == folder.gid()
            || fchown(made, None, Some(folder.gid())).is_ok();
        if !kept {
            rights = rights & !0o070 | (rights & 0o007) << 3; // another group: no more than anybody
        }
        made.set_permissions(Permissions::from_mode((rights | 0o600) & bits))
    }

    /// Widens the rights of a file or a folder, where the system lets this account and has a handle
    /// that leaves SQLite's locks alone.
    #[cfg(target_os = "linux")]
    pub(super) fn widen(path: &Path, folder: &Path) {
        // A failure leaves it as narrow as it was; an account that may not write gets `ledger-read-only`.
        let _: Option<()> = try_widen(path, folder).ok();
    }

    #[cfg(not(target_os = "linux"))]
    pub(super) fn widen(_path: &Path, _folder: &Path) {}

    /// Closing an ordinary handle would give up the locks that this process has on the file. One
    /// with `O_PATH` has nothing to do with them, and its rights are changed through `/proc`.
    #[cfg(target_os = "linux")]
    #[expect(
        clippy::disallowed_methods,
        reason = "the ledger and its folder are the ledger's own"
    )]
    fn try_widen(path: &Path, folder: &Path) -> std::io::Result<()> {
        use std::os::fd::AsRawFd as _;
        use std::os::unix::fs::{OpenOptionsExt as _, chown};

        let mut options = File::options();
        options
            .read(true)
            .custom_flags(libc::O_PATH | libc::O_NOFOLLOW);
        let found = options.open(path)?;
        let (own, folder) = (found.metadata()?, std::fs::metadata(folder)?);
        let each = match (own.is_dir(), own.is_file() && own.nlink() == 1) {
            (true, _) => 0o7,
            (_, true) => 0o6,
            _ => return Ok(()), // a link, or a file that has another name too
        };
        if folder.mode() & STICKY != 0 {
            return Ok(());
        }
        let found = format!("/proc/self/fd/{}", found.as_raw_fd());
        let writers = (folder.mode() >> 1) & 0o011;
        // A group that may do more than everybody would lose it with the file.
        let is_free = (own.mode() & 0o070) >> 3 == own.mode() & 0o007;
        let is_group = own.gid() == folder.gid()
            || is_free && writers & 0o010 != 0 && chown(&found, None, Some(folder.gid())).is_ok();
        let mut wanted = each * if is_group { writers } else { writers & 0o001 };
        if own.is_dir() && is_group {
            wanted |= folder.mode() & SET_GROUP; // what is made in it later has its group
        }
        if own.mode() & wanted != wanted {
            let mode = (own.mode() | wanted) & 0o7777;
            std::fs::set_permissions(&found, Permissions::from_mode(mode))?;
        }
        Ok(())
    }

    /// Returns whether a handle is of what has this name, and not of what a link leads to.
    pub(super) fn is_at(made: &File, path: &Path) -> std::io::Result<bool> {
        let (made, found) = (made.metadata()?, std::fs::symlink_metadata(path)?);
        Ok((made.dev(), made.ino()) == (found.dev(), found.ino()))
    }
}

#[cfg(not(unix))]
mod system {
    use std::fs::File;
    use std::path::Path;

    pub(super) const FILE: u32 = 0;
    pub(super) const FOLDER: u32 = 0;

    /// What is made takes over the rights of its folder by itself.
    #[expect(clippy::unnecessary_wraps, reason = "as on other systems")]
    pub(super) fn share(_made: &File, _folder: &Path, _bits: u32) -> std::io::Result<()> {
        Ok(())
    }

    pub(super) fn widen(_path: &Path, _folder: &Path) {}

    #[expect(clippy::unnecessary_wraps, reason = "as on other systems")]
    pub(super) fn is_at(_made: &File, _path: &Path) -> std::io::Result<bool> {
        Ok(true)
    }
}
