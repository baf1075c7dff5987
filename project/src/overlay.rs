//! A file system that is written to in memory only: what would happen, found out by letting it.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use guichet_storage::filesystem::{
    Access, Disk, Entry, FileSystem, HeldLock, Likeness, LockAttempt, OutputFile, real_path,
};

/// What was written, removed and made since, by [`Overlay::key`].
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
        let key = self.key(&path.into());
        self.written().files.insert(key, Some(bytes));
        self
    }

    fn written(&self) -> MutexGuard<'_, Written> {
        self.written.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns what a path is known by, however it is spelled.
    fn key(&self, path: &Path) -> PathBuf {
        real_path(&*self.below, path).unwrap_or_else(|_| path.to_owned())
    }

    /// Returns whether a folder was made.
    fn is_made(&self, folder: &Path) -> bool {
        let key = self.key(folder);
        self.written().folders.contains(&key)
    }

    /// Returns what was written at a path; an error where the file was removed.
    fn found(&self, path: &Path) -> Option<io::Result<Vec<u8>>> {
        let gone = || io::Error::from(io::ErrorKind::NotFound);
        let key = self.key(path);
        let found = self.written().files.get(&key).cloned();
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
                Ok(None) if self.is_made(path) => Ok(Some(Entry::Folder)),
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
            Some(bytes) => bytes.map(|_| self.key(path)),
            None => match self.below.resolve(path) {
                Err(_) if self.is_made(path) => Ok(self.key(path)),
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
        let key = self.key(folder);
        let written = self.written();
        let below = match self.below.names(folder) {
            Err(_) if written.folders.contains(&key) => Vec::new(),
            names => names?,
        };
        let mut names: BTreeSet<OsString> = below.into_iter().collect();
        for (path, bytes) in &written.files {
            let name = path.file_name().filter(|_| path.parent() == Some(&key));
            match (name, bytes) {
                (Some(name), Some(_)) => drop(names.insert(name.to_owned())),
                (Some(name), None) => drop(names.remove(name)),
                (None, _) => {}
            }
        }
        Ok(names.into_iter().collect())
    }

    fn create_folders(&self, folder: &Path) -> io::Result<()> {
        let key = self.key(folder);
        let above = key.ancestors().map(Path::to_owned);
        self.written().folders.extend(above);
        Ok(())
    }

    fn create(&self, path: &Path, _: Access) -> io::Result<Box<dyn OutputFile>> {
        let key = self.key(path);
        self.written().files.insert(key.clone(), Some(Vec::new()));
        Ok(Box::new(OverlayFile {
            overlay: self.clone(),
            key,
        }))
    }

    fn open_as_it_is(&self, _: &Path) -> io::Result<Box<dyn OutputFile>> {
        Ok(Box::new(Nowhere))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let bytes = self.read(from)?;
        let (from, to) = (self.key(from), self.key(to));
        let mut written = self.written();
        written.files.insert(from, None);
        written.files.insert(to, Some(bytes));
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let key = self.key(path);
        self.written().files.insert(key, None);
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
    key: PathBuf,
}

impl OutputFile for OverlayFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut written = self.overlay.written();
        let file = written.files.entry(self.key.clone()).or_default();
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
