//! The file system of the machine.
#![expect(
    clippy::disallowed_methods,
    reason = "this is the one door to the disk"
)]

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use super::{Access, Entry, FileSystem, HeldLock, Likeness, LockAttempt, OutputFile};

/// The longest text of a lock's owner that is read.
const OWNER_BYTES: u64 = 500;

/// The file system of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

impl FileSystem for Disk {
    fn entry(&self, path: &Path) -> io::Result<Option<Entry>> {
        match fs::metadata(path) {
            Ok(found) if found.is_file() => Ok(Some(Entry::File {
                length: found.len(),
            })),
            Ok(found) if found.is_dir() => Ok(Some(Entry::Folder)),
            Ok(_) => Ok(Some(Entry::Other)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let link = fs::symlink_metadata(path).is_ok_and(|itself| itself.is_symlink());
                Ok(link.then_some(Entry::BrokenLink))
            }
            Err(error) => Err(error),
        }
    }

    fn probe(&self, path: &Path) -> io::Result<()> {
        File::open(path).map(drop)
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let mut file = File::open(path)?;
        let length = file.metadata()?.len();
        let mut bytes = Vec::new();
        // One byte more than the length, so that the read that finds the end needs no second buffer.
        bytes.try_reserve_exact(
            usize::try_from(length)
                .unwrap_or(usize::MAX)
                .saturating_add(1),
        )?;
        file.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        fs::canonicalize(path)
    }

    fn is_read_only(&self, path: &Path) -> io::Result<bool> {
        Ok(fs::metadata(path)?.permissions().readonly())
    }

    fn names(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        fs::read_dir(folder)?
            .map(|entry| entry.map(|entry| entry.file_name()))
            .collect()
    }

    fn create_folders(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)
    }

    fn create(&self, path: &Path, access: Access) -> io::Result<Box<dyn OutputFile>> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        restrict(&mut options, access);
        Ok(Box::new(DiskFile(options.open(path)?)))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        sync_folder(folder)
    }

    fn try_lock(&self, path: &Path) -> io::Result<LockAttempt> {
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(LockAttempt::Held(Box::new(DiskLock(file)))),
            Err(TryLockError::WouldBlock) => {
                let mut owner = String::new();
                let read = file.take(OWNER_BYTES).read_to_string(&mut owner);
                let owner = owner.trim().to_owned();
                let owner = (read.is_ok() && !owner.is_empty()).then_some(owner);
                Ok(LockAttempt::Busy { owner })
            }
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}

#[cfg(unix)]
fn restrict(options: &mut OpenOptions, access: Access) {
    use std::os::unix::fs::OpenOptionsExt as _;

    if access == Access::Private {
        options.mode(0o600);
    }
}

#[cfg(not(unix))]
fn restrict(_options: &mut OpenOptions, _access: Access) {}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Elsewhere a folder cannot be opened as a file, and a rename is logged by the file system.
#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// A file that is being written.
#[derive(Debug)]
struct DiskFile(File);

impl OutputFile for DiskFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.write_all(bytes)
    }

    #[cfg(unix)]
    fn resemble(&mut self, other: &Path, likeness: Likeness) -> io::Result<()> {
        use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, fchown};

        let model = fs::metadata(other)?;
        let own = self.0.metadata()?;
        if (own.uid(), own.gid()) != (model.uid(), model.gid()) {
            // Only a privileged account may give files away; the group alone is often allowed.
            let _ = fchown(&self.0, Some(model.uid()), Some(model.gid()))
                .or_else(|_| fchown(&self.0, None, Some(model.gid())));
        }
        let mode = model.mode() & 0o7777;
        let mode = match likeness {
            Likeness::Same => mode,
            Likeness::Writable => mode | 0o200,
            Likeness::Private if mode & 0o020 != 0 => mode & 0o660,
            Likeness::Private => mode & 0o600,
        };
        self.0.set_permissions(fs::Permissions::from_mode(mode))
    }

    #[cfg(not(unix))]
    fn resemble(&mut self, other: &Path, likeness: Likeness) -> io::Result<()> {
        let permissions = fs::metadata(other)?.permissions();
        match likeness {
            Likeness::Writable => Ok(()),
            Likeness::Same | Likeness::Private => self.0.set_permissions(permissions),
        }
    }

    fn sync(&mut self) -> io::Result<()> {
        self.0.sync_all()
    }
}

/// A lock of the system on an open file: it ends with the process, however that ends.
#[derive(Debug)]
struct DiskLock(File);

impl HeldLock for DiskLock {
    fn sign(&mut self, owner: &str) -> io::Result<()> {
        self.0.set_len(0)?;
        self.0.rewind()?;
        self.0.write_all(owner.as_bytes())
    }
}

impl Drop for DiskLock {
    /// Takes the name out; the lock itself goes when the file is closed, also where this fails.
    fn drop(&mut self) {
        let _ = self.0.set_len(0);
    }
}
