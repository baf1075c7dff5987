//! A disk that is only written to in memory: what storage would do, found out by letting it.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use guichet::storage::filesystem::{
    Access, Disk, Entry, FileSystem, HeldLock, Likeness, LockAttempt, OutputFile,
};

/// What was written and taken away since; `None` is a file that is gone.
type Written = BTreeMap<PathBuf, Option<Vec<u8>>>;

/// The disk with what would have been written to it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Trial {
    written: Arc<Mutex<Written>>,
}

impl Trial {
    /// Returns the disk as if a file held these bytes.
    pub(crate) fn holding(path: &Path, bytes: Vec<u8>) -> Self {
        let trial = Self::default();
        trial.written().insert(path.to_owned(), Some(bytes));
        trial
    }

    fn written(&self) -> MutexGuard<'_, Written> {
        self.written.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns what was written at a path; an error where the file was taken away.
    fn found(&self, path: &Path) -> Option<io::Result<Vec<u8>>> {
        let gone = || io::Error::from(io::ErrorKind::NotFound);
        let found = self.written().get(path).cloned();
        found.map(|bytes| bytes.ok_or_else(gone))
    }
}

impl FileSystem for Trial {
    fn entry(&self, path: &Path) -> io::Result<Option<Entry>> {
        match self.found(path) {
            Some(Ok(bytes)) => Ok(Some(Entry::File {
                length: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            })),
            Some(Err(_)) => Ok(None),
            None => Disk.entry(path),
        }
    }

    fn probe(&self, path: &Path) -> io::Result<()> {
        match self.found(path) {
            Some(bytes) => bytes.map(drop),
            None => Disk.probe(path),
        }
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.found(path).unwrap_or_else(|| Disk.read(path))
    }

    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        match self.found(path) {
            Some(bytes) => bytes.map(|_| path.to_owned()),
            None => Disk.resolve(path),
        }
    }

    fn is_read_only(&self, path: &Path) -> io::Result<bool> {
        match self.found(path) {
            Some(bytes) => bytes.map(|_| false),
            None => Disk.is_read_only(path),
        }
    }

    fn names(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        match Disk.names(folder) {
            // A folder that would have been made.
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            names => names,
        }
    }

    fn create_folders(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }

    fn create(&self, path: &Path, _: Access) -> io::Result<Box<dyn OutputFile>> {
        self.written().insert(path.to_owned(), Some(Vec::new()));
        Ok(Box::new(TrialFile {
            trial: self.clone(),
            path: path.to_owned(),
        }))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let bytes = self.read(from)?;
        let mut written = self.written();
        written.insert(from.to_owned(), None);
        written.insert(to.to_owned(), Some(bytes));
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.written().insert(path.to_owned(), None);
        Ok(())
    }

    fn sync_folder(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }

    fn try_lock(&self, _: &Path) -> io::Result<LockAttempt> {
        Ok(LockAttempt::Held(Box::new(TrialLock)))
    }
}

#[derive(Debug)]
struct TrialFile {
    trial: Trial,
    path: PathBuf,
}

impl OutputFile for TrialFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut written = self.trial.written();
        let file = written.entry(self.path.clone()).or_default();
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

/// Nobody is kept waiting by a trial.
#[derive(Debug)]
struct TrialLock;

impl HeldLock for TrialLock {
    fn sign(&mut self, _: &str) -> io::Result<()> {
        Ok(())
    }
}
