//! The file system of the machine.
#![expect(
    clippy::disallowed_methods,
    reason = "this is the one door to the disk"
)]

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use super::bounded::within;
use super::lock::{self, try_lock};
use super::rights;
use super::{Access, Entry, FileSystem, Likeness, LockAttempt, OutputFile};

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
        bytes_of(File::open(path)?, u64::MAX)
    }

    fn read_at_most(&self, path: &Path, most: u64) -> io::Result<Vec<u8>> {
        bytes_of(File::open(path)?, most)
    }

    fn read_ours(&self, path: &Path) -> io::Result<Option<Vec<u8>>> {
        let mut options = OpenOptions::new();
        options.read(true);
        rights::follow_no_link(&mut options);
        match options.open(path) {
            Ok(file) if file.metadata()?.is_file() => bytes_of(file, u64::MAX).map(Some),
            Ok(_) => Ok(None),
            Err(error) => match fs::symlink_metadata(path) {
                Ok(itself) if itself.is_file() => Err(error),
                Ok(_) => Ok(None),
                Err(_) if error.kind() == io::ErrorKind::NotFound => Ok(None),
                Err(_) => Err(error),
            },
        }
    }

    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        fs::canonicalize(path)
    }

    fn is_same(&self, left: &Path, right: &Path) -> io::Result<bool> {
        same_file::is_same_file(left, right)
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

    fn create_folder_inside(&self, folder: &Path) -> io::Result<()> {
        match fs::create_dir(folder) {
            Ok(()) => rights::give_folder(folder),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                if fs::symlink_metadata(folder)?.is_dir() {
                    // Its rights follow those of the outer folder as far as we may set them; whoever is then closed
                    // out is told so by what comes next.
                    let _ = rights::give_folder(folder);
                    Ok(())
                } else {
                    Err(io::ErrorKind::NotADirectory.into())
                }
            }
            Err(error) => Err(error),
        }
    }

    fn create(&self, path: &Path, access: Access) -> io::Result<Box<dyn OutputFile>> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        rights::restrict(&mut options, access);
        let file = options.open(path)?;
        lock::mark_open(&file, path)?;
        Ok(Box::new(DiskFile(file)))
    }

    fn append(&self, path: &Path) -> io::Result<Box<dyn OutputFile>> {
        let mut options = OpenOptions::new();
        options.read(true).append(true);
        rights::follow_no_link(&mut options);
        let mut file = rights::regular(options.open(path)?)?;
        if file.seek(SeekFrom::End(0))? > 0 {
            let mut last = [0];
            file.seek(SeekFrom::End(-1))?;
            file.read_exact(&mut last)?;
            if last != *b"\n" {
                file.write_all(b"\n")?;
            }
        }
        Ok(Box::new(DiskFile(file)))
    }

    fn open_as_it_is(&self, path: &Path) -> io::Result<Box<dyn OutputFile>> {
        let file = OpenOptions::new().write(true).open(path)?;
        Ok(Box::new(DiskFile(file)))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_abandoned(&self, path: &Path) -> io::Result<()> {
        let mut options = OpenOptions::new();
        options.read(true);
        rights::follow_no_link(&mut options);
        let file = rights::regular(options.open(path)?)?;
        if lock::is_abandoned(&file) {
            fs::remove_file(path)?;
        }
        Ok(())
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        sync_folder(folder)
    }

    fn try_lock(&self, path: &Path) -> io::Result<LockAttempt> {
        try_lock(path)
    }
}

/// Returns the bytes of an open file, if they are at most so many.
fn bytes_of(file: File, most: u64) -> io::Result<Vec<u8>> {
    let length = file.metadata()?.len().min(most);
    let mut bytes = Vec::new();
    // One byte more than the length, so that the read that finds the end needs no second buffer.
    let room = usize::try_from(length).unwrap_or(usize::MAX);
    bytes.try_reserve_exact(room.saturating_add(1))?;
    file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    within(bytes, most)
}

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

    fn resemble(&mut self, other: &Path, likeness: Likeness) -> io::Result<()> {
        rights::resemble(&self.0, other, likeness)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.0.sync_all()
    }
}
