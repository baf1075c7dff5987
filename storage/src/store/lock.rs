//! One editor at a time: a lock on a file beside the directory.
//!
//! It is a lock of the operating system on an open file, so it ends with the process, however that ends. The file itself
//! stays, empty, and means nothing; who holds it is in a file beside it.

use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use super::error::SaveError;
use crate::error::{Operation, PathError};
use crate::filesystem::{FileSystem, HeldLock, LockAttempt};
use crate::layout::lock_file;

const SHORTEST: Duration = Duration::from_millis(1);
const LONGEST: Duration = Duration::from_millis(50);

/// Locks a folder's directory, waiting as long as it is allowed to.
pub(super) fn lock(
    files: &dyn FileSystem,
    folder: &Path,
    owner: &str,
    patience: Duration,
) -> Result<Box<dyn HeldLock>, SaveError> {
    let path: PathBuf = lock_file(folder);
    let failed = |error| PathError::new(Operation::Lock, &path, error);
    let mut waited = Duration::ZERO;
    let mut pause = SHORTEST;
    loop {
        match files.try_lock(&path).map_err(failed)? {
            LockAttempt::Held(mut lock) => {
                // Whoever waits is told less without it, and that is all.
                let _ = lock.sign(owner);
                return Ok(lock);
            }
            LockAttempt::Busy { owner } if waited >= patience => {
                return Err(SaveError::Locked {
                    path,
                    owner,
                    waited,
                });
            }
            LockAttempt::Busy { .. } => {
                let left = patience.saturating_sub(waited);
                let nap = pause.min(left).max(SHORTEST);
                thread::sleep(nap);
                waited += nap;
                pause = (pause * 2).min(LONGEST);
            }
        }
    }
}
