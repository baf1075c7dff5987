//! The one door to the disk: a trait with what this crate asks of a file system, and the real one.
//!
//! Nothing else in the crate uses `std::fs`, so that tests can play every fault of a disk.

mod bounded;
mod disk;
mod lock;
mod output;
mod paths;
mod rights;

use std::ffi::OsString;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

pub use bounded::{read_at_most, read_to_end};
pub use disk::Disk;
pub use output::put;
pub use paths::real_path;
pub(crate) use paths::{folder_of, is_built_server, is_embedded, is_same_file};

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

    /// Returns the bytes of a file, a pipe or a device, if they are at most so many.
    ///
    /// A file system that has more than ordinary files has to say here how it keeps from reading on.
    ///
    /// # Errors
    ///
    /// What opening and reading it say; "file too large" where there are more.
    fn read_at_most(&self, path: &Path, most: u64) -> io::Result<Vec<u8>> {
        bounded::within(self.read(path)?, most)
    }

    /// Returns the bytes of a file that is ours; `None` where an ordinary file does not lie there. A link is not followed.
    ///
    /// A file system that knows links, or lies over one that does, has to say here how it keeps from following them.
    ///
    /// # Errors
    ///
    /// What opening and reading it say; a missing file is not an error.
    fn read_ours(&self, path: &Path) -> io::Result<Option<Vec<u8>>> {
        match self.entry(path)? {
            Some(Entry::File { .. }) => self.read(path).map(Some),
            _ => Ok(None),
        }
    }

    /// Returns the path of what lies at a path, every symbolic link followed.
    ///
    /// # Errors
    ///
    /// "Not found" where nothing lies there, and what the folders on the way say.
    fn resolve(&self, path: &Path) -> io::Result<PathBuf>;

    /// Returns whether two paths lead to one and the same file or folder.
    ///
    /// # Errors
    ///
    /// What looking at them says.
    fn is_same(&self, left: &Path, right: &Path) -> io::Result<bool> {
        Ok(self.resolve(left)? == self.resolve(right)?)
    }

    /// Returns whether a file is marked as one that nobody may write to.
    ///
    /// # Errors
    ///
    /// What looking at it says.
    fn is_read_only(&self, path: &Path) -> io::Result<bool>;

    /// Returns the names of what lies in a folder, in no order.
    ///
    /// # Errors
    ///
    /// What reading the folder says.
    fn names(&self, folder: &Path) -> io::Result<Vec<OsString>>;

    /// Makes a folder, and those above it.
    ///
    /// # Errors
    ///
    /// What making one says; a folder that exists is not an error.
    fn create_folders(&self, folder: &Path) -> io::Result<()>;

    /// Makes a folder with the owner, the group and the mode of the one that it lies in.
    ///
    /// # Errors
    ///
    /// What making it says, or that something else lies there; a folder that exists is not an error.
    fn create_folder_inside(&self, folder: &Path) -> io::Result<()> {
        self.create_folders(folder)
    }

    /// Makes a file that is not there yet; a link in its place is not followed.
    ///
    /// As long as it is open, no other process takes it for [abandoned](Self::remove_abandoned).
    ///
    /// # Errors
    ///
    /// What making it says; "already exists" where something lies there.
    fn create(&self, path: &Path, access: Access) -> io::Result<Box<dyn OutputFile>>;

    /// Opens an ordinary file to write at its end, and ends its last line where a crash has cut that; a link is not
    /// followed.
    ///
    /// # Errors
    ///
    /// What opening it says, or that it is no ordinary file; "unsupported" where files are only written whole.
    fn append(&self, _path: &Path) -> io::Result<Box<dyn OutputFile>> {
        Err(io::ErrorKind::Unsupported.into())
    }

    /// Opens a device or a pipe to write to it.
    ///
    /// # Errors
    ///
    /// What opening it says; "unsupported" where there are none.
    fn open_as_it_is(&self, _path: &Path) -> io::Result<Box<dyn OutputFile>> {
        Err(io::ErrorKind::Unsupported.into())
    }

    /// Puts a file in the place of another one in the same folder, at once.
    ///
    /// # Errors
    ///
    /// What renaming says.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Takes a file away.
    ///
    /// # Errors
    ///
    /// What removing says.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Takes away a file that a process made and never finished, because it was killed; one that is open stays.
    ///
    /// A file system that cannot tell takes nothing away.
    ///
    /// # Errors
    ///
    /// What opening and removing say.
    fn remove_abandoned(&self, _path: &Path) -> io::Result<()> {
        Ok(())
    }

    /// Waits until the names in a folder are on the disk for good.
    ///
    /// # Errors
    ///
    /// What the disk says.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;

    /// Tries to lock a file, which is made where it is missing; the lock goes with the value or with the process.
    ///
    /// Whoever may write to its folder may write to a file that is made. A link is not followed, and nothing in the file
    /// is changed. A file that may only be read is locked as well.
    ///
    /// # Errors
    ///
    /// What opening it says; a lock that somebody else holds is not an error.
    fn try_lock(&self, path: &Path) -> io::Result<LockAttempt>;
}

/// Who may read a new file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Whoever the system lets read new files.
    Default,
    /// The account that makes it.
    Private,
}

/// How much of another file's access a file gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// The same owner and the same mode.
    Same,
    /// The same, but its owner may write to it.
    Writable,
    /// The same owner; those may read it who may read the other, and those of them write who may write to its folder.
    Record,
    /// The same owner; of the others those who may read the other file and write to its folder.
    Secret,
    /// Its own, without what the other file does not allow.
    NoWider,
}

/// A file that is being written.
pub trait OutputFile: fmt::Debug {
    /// Writes bytes at the end.
    ///
    /// # Errors
    ///
    /// What the disk says, for instance that it is full.
    fn write(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Takes over who may read and write another file; its owner only where the system allows that.
    ///
    /// # Errors
    ///
    /// What looking at that file, or setting the mode, says.
    fn resemble(&mut self, other: &Path, likeness: Likeness) -> io::Result<()>;

    /// Waits until what was written is on the disk for good.
    ///
    /// # Errors
    ///
    /// What the disk says.
    fn sync(&mut self) -> io::Result<()>;
}

/// What came of trying to lock a file.
#[derive(Debug)]
pub enum LockAttempt {
    /// The lock is ours.
    Held(Box<dyn HeldLock>),
    /// Somebody else has it.
    Busy {
        /// What the owner says of itself, where that can be read.
        owner: Option<String>,
    },
}

/// A lock that is ours until the value is dropped.
pub trait HeldLock: fmt::Debug {
    /// Says beside the file who holds the lock.
    ///
    /// # Errors
    ///
    /// What writing says.
    fn sign(&mut self, owner: &str) -> io::Result<()>;
}
