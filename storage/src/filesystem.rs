//! The one door to the disk: a trait with what this crate asks of a file system, and the real one.
//!
//! Nothing else in the crate uses `std::fs`, so that tests can play every fault of a disk.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

/// What lies at a path, symbolic links followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Entry {
    /// An ordinary file.
    File {
        /// Its length in bytes.
        length: u64,
    },
    /// A folder.
    Folder,
    /// A device, a socket, a pipe.
    Other,
    /// A symbolic link that leads to nothing.
    BrokenLink,
}

/// What this crate asks of a file system.
///
/// Errors are the system's own; the callers add the path.
pub trait FileSystem: fmt::Debug + Send + Sync {
    /// Returns what lies at a path, and `None` where nothing does.
    ///
    /// # Errors
    ///
    /// Everything but "not found": for instance a folder on the way that may not be entered, or that is a file.
    fn entry(&self, path: &Path) -> io::Result<Option<Entry>>;

    /// Checks that a file can be opened for reading, without reading it.
    ///
    /// # Errors
    ///
    /// What opening it says.
    fn probe(&self, path: &Path) -> io::Result<()>;

    /// Returns the bytes of a file.
    ///
    /// # Errors
    ///
    /// What opening and reading it say.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
}

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
}
