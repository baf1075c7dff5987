//! A file system that is written to in memory only: what would happen, found out by letting it.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use guichet_storage::filesystem::{
    Access, Disk, Entry, FileSystem, HeldLock, Likeness, LockAttempt, OutputFile,
};

/// What was written, removed and made since.
#[derive(Debug, Default)]
struct Written {
    /// The files; `None` for one that is gone.
    files: BTreeMap<PathBuf, Option<Vec<u8>>>,
    folders: BTreeSet<PathBuf>,
}

/// Another file system with what would have been written to it; a clone sees the same.
///
/// ```
/// use std::sync::Arc;
/// use guichet::{Overlay, Project};
///
/// // A directory.json that exists nowhere, as git hands one over.
/// let files = Overlay::default().holding("/nowhere/directory.json", b"{}".to_vec());
/// let project = Project::options().files(Arc::new(files)).open("/nowhere/directory.json")?;
/// assert_eq!(project.current().directory().user_count(), 2);
/// # Ok::<(), guichet::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Overlay {
    below: Arc<dyn FileSystem>,
    written: Arc<Mutex<Written>>,
}

impl Default for Overlay {
    /// Lies over the disk.
    fn default() -> Self {
        Self::over(Arc::new(Disk))
    }
}

impl Overlay {
    /// Lies over another file system, which is only read.
    pub fn over(below: Arc<dyn FileSystem>) -> Self {
        let written = Arc::default();
        Self { below, written }
    }

    /// Returns it as if a file held these bytes.
    #[must_use]
    pub fn holding(self, path: impl Into<PathBuf>, bytes: Vec<u8>) -> Self {
        self.written().files.insert(path.into(), Some(bytes));
        self
    }

    fn written(&self) -> MutexGuard<'_, Written> {
        self.written.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns what was written at a path; an error where the file was removed.
    fn found(&self, path: &Path) -> Option<io::Result<Vec<u8>>> {
        let gone = || io::Error::from(io::ErrorKind::NotFound);
        let found = self.written().files.get(path).cloned();
        found.map(|bytes| bytes.ok_or_else(gone))
    }
}

impl FileSystem for Overlay {
    fn entry(&self, path: &Path) -> io::Result<Option<Entry>> {
        match self.found(path) {
            Some(Ok(bytes)) => Ok(Some(Entry::File {
                length: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            })),
            Some(Err(_)) => Ok(None),
            None => match self.below.entry(path) {
                Ok(None) if self.written().folders.contains(path) => Ok(Some(Entry::Folder)),
                entry => entry,
            },
        }
    }

    fn probe(&self, path: &Path) -> io::Result<()> {
        match self.found(path) {
            Some(bytes) => bytes.map(drop),
            None => self.below.probe(path),
        }
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.found(path).unwrap_or_else(|| self.below.read(path))
    }

    fn read_at_most(&self, path: &Path, most: u64) -> io::Result<Vec<u8>> {
        let found = self.found(path);
        found.unwrap_or_else(|| self.below.read_at_most(path, most))
    }

    fn read_ours(&self, path: &Path) -> io::Result<Option<Vec<u8>>> {
        match self.found(path) {
            Some(bytes) => Ok(bytes.ok()),
            None => self.below.read_ours(path),
        }
    }

    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        match self.found(path) {
            Some(bytes) => bytes.map(|_| path.to_owned()),
            None => match self.below.resolve(path) {
                Err(_) if self.written().folders.contains(path) => Ok(path.to_owned()),
                resolved => resolved,
            },
        }
    }

    fn is_same(&self, left: &Path, right: &Path) -> io::Result<bool> {
        if self.found(left).is_none() && self.found(right).is_none() {
            return self.below.is_same(left, right);
        }
        Ok(self.resolve(left)? == self.resolve(right)?)
    }

    fn is_read_only(&self, path: &Path) -> io::Result<bool> {
        match self.found(path) {
            Some(bytes) => bytes.map(|_| false),
            None => self.below.is_read_only(path),
        }
    }

    fn names(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        let written = self.written();
        let below = match self.below.names(folder) {
            Err(_) if written.folders.contains(folder) => Vec::new(),
            names => names?,
        };
        let mut names: BTreeSet<OsString> = below.into_iter().collect();
        for (path, bytes) in &written.files {
            let name = path.file_name().filter(|_| path.parent() == Some(folder));
            match (name, bytes) {
                (Some(name), Some(_)) => drop(names.insert(name.to_owned())),
                (Some(name), None) => drop(names.remove(name)),
                (None, _) => {}
            }
        }
        Ok(names.into_iter().collect())
    }

    fn create_folders(&self, folder: &Path) -> io::Result<()> {
        let above = folder.ancestors().map(Path::to_owned);
        self.written().folders.extend(above);
        Ok(())
    }

    fn create(&self, path: &Path, _: Access) -> io::Result<Box<dyn OutputFile>> {
        self.written()
            .files
            .insert(path.to_owned(), Some(Vec::new()));
        Ok(Box::new(OverlayFile {
            overlay: self.clone(),
            path: path.to_owned(),
        }))
    }

    fn open_as_it_is(&self, _: &Path) -> io::Result<Box<dyn OutputFile>> {
        Ok(Box::new(Nowhere))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let bytes = self.read(from)?;
        let mut written = self.written();
        written.files.insert(from.to_owned(), None);
        written.files.insert(to.to_owned(), Some(bytes));
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.written().files.insert(path.to_owned(), None);
        Ok(())
    }

    fn sync_folder(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }

    fn try_lock(&self, _: &Path) -> io::Result<LockAttempt> {
        Ok(LockAttempt::Held(Box::new(OverlayLock)))
    }
}

#[derive(Debug)]
struct OverlayFile {
    overlay: Overlay,
    path: PathBuf,
}

impl OutputFile for OverlayFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut written = self.overlay.written();
        let file = written.files.entry(self.path.clone()).or_default();
        file.get_or_insert_default().extend_from_slice(bytes);
        Ok(())
    }

    fn resemble(&mut self, _: &Path, _: Likeness) -> io::Result<()> {
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What would be written to a device or a pipe, which keep nothing.
#[derive(Debug)]
struct Nowhere;

impl OutputFile for Nowhere {
    fn write(&mut self, _: &[u8]) -> io::Result<()> {
        Ok(())
    }

    fn resemble(&mut self, _: &Path, _: Likeness) -> io::Result<()> {
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Nobody waits for what is written in memory.
#[derive(Debug)]
struct OverlayLock;

impl HeldLock for OverlayLock {
    fn sign(&mut self, _: &str) -> io::Result<()> {
        Ok(())
    }
}
