//! Locks of the system on open files: they end with the process, however that ends.
#![expect(
    clippy::disallowed_methods,
    reason = "this is the one door to the disk"
)]

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::rights;
use super::{HeldLock, LockAttempt};

/// The longest text of a lock's owner that is read.
const OWNER_BYTES: u64 = 500;

/// How often a lock file that comes and goes is opened.
const ATTEMPTS: usize = 8;

/// Tries to lock a file, which is made where it is missing.
pub(super) fn try_lock(path: &Path) -> io::Result<LockAttempt> {
    let file = open(path)?;
    match file.try_lock() {
        Ok(()) if is_still_at(&file, path) => Ok(LockAttempt::Held(Box::new(DiskLock {
            _file: file,
            owner: owner_file(path),
        }))),
        // Somebody took the file away meanwhile: the lock is one of nothing.
        Ok(()) => Ok(LockAttempt::Busy { owner: None }),
        Err(TryLockError::WouldBlock) => Ok(LockAttempt::Busy {
            owner: read_owner(&owner_file(path)),
        }),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Opens a lock file, never through a link, and never cutting it; one that may only be read will do.
fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    rights::follow_no_link(&mut options);
    let mut failure = io::Error::from(io::ErrorKind::NotFound);
    for _ in 0..ATTEMPTS {
        match options.open(path) {
            Ok(file) => return current(file, path),
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                let mut options = OpenOptions::new();
                options.read(true);
                rights::follow_no_link(&mut options);
                return current(options.open(path).map_err(|_| error)?, path);
            }
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            Err(_) => {}
        }
        match options.clone().create_new(true).open(path) {
            Ok(file) => {
                rights::share(&file, path)?;
                return Ok(file);
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => failure = error,
            Err(error) => return Err(error),
        }
    }
    Err(failure)
}

/// Returns a lock file that was there, open to those its folder is open to now, as far as we may set that.
fn current(file: File, path: &Path) -> io::Result<File> {
    let file = rights::regular(file)?;
    let _ = rights::share_again(&file, path);
    Ok(file)
}

/// Returns whether an open file is the one that lies at a path.
fn is_still_at(file: &File, path: &Path) -> bool {
    let ours = file.try_clone().and_then(same_file::Handle::from_file);
    matches!((ours, same_file::Handle::from_path(path)), (Ok(ours), Ok(theirs)) if ours == theirs)
}

/// Locks a new file for as long as it is open, where that hinders nobody who only reads.
pub(super) fn mark_open(file: &File, path: &Path) -> io::Result<()> {
    if !cfg!(unix) {
        return Ok(());
    }
    let is_taken_away = match file.try_lock() {
        Ok(()) => !is_still_at(file, path),
        // Somebody takes it for abandoned, and is about to remove it.
        Err(TryLockError::WouldBlock) => true,
        Err(TryLockError::Error(_)) => false, // without locks nobody can take it for abandoned
    };
    if is_taken_away {
        return Err(io::ErrorKind::Interrupted.into());
    }
    Ok(())
}

/// Returns whether the process that made a file and [marked](mark_open) it has ended.
pub(super) fn is_abandoned(file: &File) -> bool {
    cfg!(unix) && file.try_lock().is_ok()
}

/// Returns the file beside a lock that says who holds it: where locks are mandatory nobody can read the lock itself.
fn owner_file(path: &Path) -> PathBuf {
    let mut name = OsString::from(path.file_name().unwrap_or_default());
    name.push(".owner");
    path.with_file_name(name)
}

fn read_owner(path: &Path) -> Option<String> {
    let mut options = OpenOptions::new();
    options.read(true);
    rights::follow_no_link(&mut options);
    let file = rights::regular(options.open(path).ok()?).ok()?;
    let mut owner = String::new();
    file.take(OWNER_BYTES).read_to_string(&mut owner).ok()?;
    let owner = owner.trim();
    (!owner.is_empty()).then(|| owner.to_owned())
}

/// A lock that is ours.
#[derive(Debug)]
struct DiskLock {
    _file: File,
    owner: PathBuf,
}

impl HeldLock for DiskLock {
    fn sign(&mut self, owner: &str) -> io::Result<()> {
        // One of a killed process, or of another account.
        let _ = fs::remove_file(&self.owner);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        let mut file = options.open(&self.owner)?;
        rights::share(&file, &self.owner)?;
        file.write_all(owner.as_bytes())
    }
}

impl Drop for DiskLock {
    /// Takes the name away before the lock goes with its file.
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.owner);
    }
}
