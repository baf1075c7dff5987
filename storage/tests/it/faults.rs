//! A file system that fails where a test wants it to.

use std::ffi::OsString;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use guichet_storage::filesystem::{
    Access, Entry, FileSystem, HeldLock, Likeness, LockAttempt, OutputFile,
};

/// What is asked of a file system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Call {
    Entry,
    Probe,
    Read,
    Resolve,
    IsReadOnly,
    Names,
    CreateFolders,
    Create,
    Append,
    Write,
    Resemble,
    Sync,
    Rename,
    Remove,
    SyncFolder,
    Lock,
    Sign,
}

/// Says whether a call fails, and how.
pub(crate) type Judge = dyn Fn(Call, &Path) -> Option<io::ErrorKind> + Send + Sync;

/// A file system of which calls fail.
#[derive(Clone)]
pub(crate) struct Faults {
    inner: Arc<dyn FileSystem>,
    judge: Arc<Judge>,
}

impl fmt::Debug for Faults {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Faults of {:?}", self.inner)
    }
}

impl Faults {
    pub(crate) fn new(
        inner: Arc<dyn FileSystem>,
        judge: impl Fn(Call, &Path) -> Option<io::ErrorKind> + Send + Sync + 'static,
    ) -> Self {
        Self {
            inner,
            judge: Arc::new(judge),
        }
    }

    fn ask(&self, call: Call, path: &Path) -> io::Result<()> {
        (self.judge)(call, path).map_or(Ok(()), |kind| Err(kind.into()))
    }
}

impl FileSystem for Faults {
    fn entry(&self, path: &Path) -> io::Result<Option<Entry>> {
        self.ask(Call::Entry, path)?;
        self.inner.entry(path)
    }

    fn probe(&self, path: &Path) -> io::Result<()> {
        self.ask(Call::Probe, path)?;
        self.inner.probe(path)
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.ask(Call::Read, path)?;
        self.inner.read(path)
    }

    fn read_ours(&self, path: &Path) -> io::Result<Option<Vec<u8>>> {
        self.ask(Call::Read, path)?;
        self.inner.read_ours(path)
    }

    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        self.ask(Call::Resolve, path)?;
        self.inner.resolve(path)
    }

    fn is_read_only(&self, path: &Path) -> io::Result<bool> {
        self.ask(Call::IsReadOnly, path)?;
        self.inner.is_read_only(path)
    }

    fn names(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        self.ask(Call::Names, folder)?;
        self.inner.names(folder)
    }

    fn create_folders(&self, folder: &Path) -> io::Result<()> {
        self.ask(Call::CreateFolders, folder)?;
        self.inner.create_folders(folder)
    }

    fn create(&self, path: &Path, access: Access) -> io::Result<Box<dyn OutputFile>> {
        self.ask(Call::Create, path)?;
        Ok(Box::new(FaultyFile {
            inner: self.inner.create(path, access)?,
            path: path.to_owned(),
            faults: self.clone(),
        }))
    }

    fn is_same(&self, left: &Path, right: &Path) -> io::Result<bool> {
        self.ask(Call::Resolve, left)?;
        self.inner.is_same(left, right)
    }

    fn create_folder_inside(&self, folder: &Path) -> io::Result<()> {
        self.ask(Call::CreateFolders, folder)?;
        self.inner.create_folder_inside(folder)
    }

    fn append(&self, path: &Path) -> io::Result<Box<dyn OutputFile>> {
        self.ask(Call::Append, path)?;
        Ok(Box::new(FaultyFile {
            inner: self.inner.append(path)?,
            path: path.to_owned(),
            faults: self.clone(),
        }))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.ask(Call::Rename, to)?;
        self.inner.rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.ask(Call::Remove, path)?;
        self.inner.remove(path)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.ask(Call::SyncFolder, folder)?;
        self.inner.sync_folder(folder)
    }

    fn try_lock(&self, path: &Path) -> io::Result<LockAttempt> {
        self.ask(Call::Lock, path)?;
        Ok(match self.inner.try_lock(path)? {
            LockAttempt::Held(inner) => LockAttempt::Held(Box::new(FaultyLock {
                inner,
                path: path.to_owned(),
                faults: self.clone(),
            })),
            busy @ LockAttempt::Busy { .. } => busy,
        })
    }
}

#[derive(Debug)]
struct FaultyFile {
    inner: Box<dyn OutputFile>,
    path: PathBuf,
    faults: Faults,
}

impl OutputFile for FaultyFile {
    /// A write that fails has written half of the bytes.
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let asked = self.faults.ask(Call::Write, &self.path);
        let part = if asked.is_ok() {
            bytes
        } else {
            &bytes[..bytes.len() / 2]
        };
        self.inner.write(part)?;
        asked
    }

    fn resemble(&mut self, other: &Path, likeness: Likeness) -> io::Result<()> {
        self.faults.ask(Call::Resemble, &self.path)?;
        self.inner.resemble(other, likeness)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.faults.ask(Call::Sync, &self.path)?;
        self.inner.sync()
    }
}

#[derive(Debug)]
struct FaultyLock {
    inner: Box<dyn HeldLock>,
    path: PathBuf,
    faults: Faults,
}

impl HeldLock for FaultyLock {
    fn sign(&mut self, owner: &str) -> io::Result<()> {
        self.faults.ask(Call::Sign, &self.path)?;
        self.inner.sign(owner)
    }
}
