//! A disk in memory that can lose its power: what was not brought to it may be there, in part, or not at all.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

use guichet_storage::filesystem::{
    Access, Entry, FileSystem, HeldLock, Likeness, LockAttempt, OutputFile,
};

/// A disk that several stores share.
#[derive(Clone, Debug, Default)]
pub(crate) struct Simulated {
    state: Arc<Mutex<State>>,
}

#[derive(Clone, Debug, Default)]
struct State {
    folders: BTreeSet<PathBuf>,
    files: Vec<Content>,
    /// The names as everybody sees them.
    live: BTreeMap<PathBuf, usize>,
    /// The names that a loss of power cannot take away.
    durable: BTreeMap<PathBuf, usize>,
    /// What happened to names since.
    pending: Vec<(PathBuf, Option<usize>)>,
    /// The folders that a loss of power can take away, with all that is inside.
    pending_folders: BTreeSet<PathBuf>,
    locks: BTreeSet<PathBuf>,
    /// How many writing calls were made, and how many are allowed.
    calls: usize,
    allowed: Option<usize>,
}

#[derive(Clone, Debug, Default)]
struct Content {
    live: Vec<u8>,
    durable: Vec<u8>,
}

impl Simulated {
    pub(crate) fn new(files: &[(&str, &[u8])], folders: &[&str]) -> Self {
        let disk = Self::default();
        {
            let mut state = disk.state();
            for folder in folders {
                state.add_folders(Path::new(folder));
            }
            for (path, bytes) in files {
                let path = PathBuf::from(path);
                state.add_folders(path.parent().unwrap());
                let file = state.files.len();
                state.files.push(Content {
                    live: bytes.to_vec(),
                    durable: bytes.to_vec(),
                });
                state.live.insert(path.clone(), file);
                state.durable.insert(path, file);
            }
        }
        disk
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// Lets the process die before the writing call that has a number.
    pub(crate) fn dies_before(&self, call: usize) {
        let mut state = self.state();
        state.allowed = Some(state.calls + call);
    }

    pub(crate) fn calls(&self) -> usize {
        self.state().calls
    }

    /// Another disk with the same content.
    pub(crate) fn copied(&self) -> Self {
        let mut state = self.state().clone();
        state.calls = 0;
        state.allowed = None;
        Self {
            state: Arc::new(Mutex::new(state)),
        }
    }

    pub(crate) fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        self.read(Path::new(path)).ok()
    }

    pub(crate) fn all_names(&self) -> Vec<String> {
        let state = self.state();
        let names = state.live.keys();
        names.map(|path| path.display().to_string()).collect()
    }

    /// The disk after its process was killed: the system goes on, the locks are gone.
    pub(crate) fn after_a_kill(&self) -> Self {
        let disk = self.copied();
        disk.state().locks.clear();
        disk
    }

    /// Every disk that a loss of power may leave: any of the latest names may be lost, and what was not brought to the
    /// disk is missing, torn or there.
    pub(crate) fn after_power_losses(&self) -> Vec<Self> {
        let mut disks = self.after_losses_of_files();
        let lost = self.state().pending_folders.clone();
        if !lost.is_empty() {
            let disk = self.copied();
            disk.state().lose_folders(&lost);
            disks.extend(disk.after_losses_of_files());
        }
        disks
    }

    fn after_losses_of_files(&self) -> Vec<Self> {
        let state = self.state().clone();
        assert!(state.pending.len() <= 10, "{:?}", state.pending);
        let mut disks = Vec::new();
        for kept in 0..(1_usize << state.pending.len()) {
            for torn in [0, 1, 2] {
                let mut state = state.clone();
                for file in &mut state.files {
                    if file.live != file.durable {
                        // What was added at the end tears nothing that was there.
                        let kept = if file.live.starts_with(&file.durable) {
                            file.durable.len()
                        } else {
                            0
                        };
                        file.live = match torn {
                            0 => file.durable.clone(),
                            1 => file.live[..kept + (file.live.len() - kept) / 2].to_vec(),
                            _ => file.live.clone(),
                        };
                    }
                    file.durable = file.live.clone();
                }
                let mut names = state.durable.clone();
                for (index, (path, file)) in state.pending.iter().enumerate() {
                    match file {
                        _ if kept & (1 << index) == 0 => {}
                        Some(file) => drop(names.insert(path.clone(), *file)),
                        None => drop(names.remove(path)),
                    }
                }
                state.live.clone_from(&names);
                state.durable = names;
                state.pending.clear();
                state.pending_folders.clear();
                state.locks.clear();
                state.allowed = None;
                state.calls = 0;
                disks.push(Self {
                    state: Arc::new(Mutex::new(state)),
                });
            }
        }
        disks
    }
}

impl State {
    fn add_folders(&mut self, folder: &Path) {
        self.folders.extend(folder.ancestors().map(Path::to_owned));
    }

    fn lose_folders(&mut self, lost: &BTreeSet<PathBuf>) {
        let stays = |path: &Path| !path.ancestors().any(|folder| lost.contains(folder));
        self.folders.retain(|folder| stays(folder));
        self.live.retain(|path, _| stays(path));
        self.durable.retain(|path, _| stays(path));
        self.pending.retain(|(path, _)| stays(path));
    }

    /// Counts a writing call; a dead process makes none.
    fn act(&mut self) -> io::Result<()> {
        if self.allowed.is_some_and(|allowed| self.calls >= allowed) {
            return Err(io::Error::other("the process is dead"));
        }
        self.calls += 1;
        Ok(())
    }

    fn file(&self, path: &Path) -> io::Result<usize> {
        self.live
            .get(path)
            .copied()
            .ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

impl FileSystem for Simulated {
    fn entry(&self, path: &Path) -> io::Result<Option<Entry>> {
        let state = self.state();
        if state.folders.contains(path) {
            return Ok(Some(Entry::Folder));
        }
        let file = state.live.get(path).and_then(|file| state.files.get(*file));
        Ok(file.map(|file| Entry::File {
            length: file.live.len() as u64,
        }))
    }

    fn probe(&self, path: &Path) -> io::Result<()> {
        self.read(path).map(drop)
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let state = self.state();
        let file = state.file(path)?;
        Ok(state.files[file].live.clone())
    }

    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        Ok(path.to_owned())
    }

    fn is_read_only(&self, path: &Path) -> io::Result<bool> {
        self.state().file(path).map(|_| false)
    }

    fn names(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        let state = self.state();
        let inside = state
            .live
            .keys()
            .filter(|path| path.parent() == Some(folder));
        Ok(inside
            .filter_map(|path| path.file_name().map(OsString::from))
            .collect())
    }

    fn create_folders(&self, folder: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.act()?;
        let new = folder.ancestors().map(Path::to_owned);
        let new: Vec<_> = new.filter(|one| !state.folders.contains(one)).collect();
        state.pending_folders.extend(new);
        state.add_folders(folder);
        Ok(())
    }

    fn create(&self, path: &Path, _access: Access) -> io::Result<Box<dyn OutputFile>> {
        let mut state = self.state();
        state.act()?;
        if state.live.contains_key(path) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let file = state.files.len();
        state.files.push(Content::default());
        state.live.insert(path.to_owned(), file);
        state.pending.push((path.to_owned(), Some(file)));
        Ok(Box::new(SimulatedFile {
            disk: self.clone(),
            file,
        }))
    }

    fn create_folder_inside(&self, folder: &Path) -> io::Result<()> {
        if self.state().folders.contains(folder) {
            return Ok(());
        }
        self.create_folders(folder)
    }

    fn append(&self, path: &Path) -> io::Result<Box<dyn OutputFile>> {
        let mut state = self.state();
        state.act()?;
        let file = state.file(path)?;
        let live = &mut state.files[file].live;
        if live.last().is_some_and(|last| *last != b'\n') {
            live.push(b'\n');
        }
        Ok(Box::new(SimulatedFile {
            disk: self.clone(),
            file,
        }))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.act()?;
        let file = state.file(from)?;
        state.live.remove(from);
        state.live.insert(to.to_owned(), file);
        state.pending.push((to.to_owned(), Some(file)));
        // An unfinished file whose name was never on the disk is as good as none; kills leave some.
        let new = (from.to_owned(), Some(file));
        match state.pending.iter().position(|one| *one == new) {
            Some(made) => drop(state.pending.remove(made)),
            None => state.pending.push((from.to_owned(), None)),
        }
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.act()?;
        state.file(path)?;
        state.live.remove(path);
        state.pending.push((path.to_owned(), None));
        Ok(())
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.act()?;
        let other = |one: &PathBuf| one.parent() != Some(folder);
        state.pending_folders.retain(other);
        let pending = std::mem::take(&mut state.pending);
        for (path, file) in pending {
            if path.parent() != Some(folder) {
                state.pending.push((path, file));
                continue;
            }
            match file {
                Some(file) => drop(state.durable.insert(path, file)),
                None => drop(state.durable.remove(&path)),
            }
        }
        Ok(())
    }

    fn try_lock(&self, path: &Path) -> io::Result<LockAttempt> {
        let mut state = self.state();
        state.act()?;
        if !state.locks.insert(path.to_owned()) {
            return Ok(LockAttempt::Busy { owner: None });
        }
        if !state.live.contains_key(path) {
            let file = state.files.len();
            state.files.push(Content::default());
            state.live.insert(path.to_owned(), file);
            state.durable.insert(path.to_owned(), file);
        }
        Ok(LockAttempt::Held(Box::new(SimulatedLock {
            disk: self.clone(),
            path: path.to_owned(),
        })))
    }
}

#[derive(Debug)]
struct SimulatedFile {
    disk: Simulated,
    file: usize,
}

impl OutputFile for SimulatedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut state = self.disk.state();
        state.act()?;
        state.files[self.file].live.extend_from_slice(bytes);
        Ok(())
    }

    fn resemble(&mut self, other: &Path, _likeness: Likeness) -> io::Result<()> {
        let mut state = self.disk.state();
        state.act()?;
        state.file(other).map(drop)
    }

    fn sync(&mut self) -> io::Result<()> {
        let mut state = self.disk.state();
        state.act()?;
        let file = &mut state.files[self.file];
        file.durable = file.live.clone();
        Ok(())
    }
}

#[derive(Debug)]
struct SimulatedLock {
    disk: Simulated,
    path: PathBuf,
}

impl HeldLock for SimulatedLock {
    fn sign(&mut self, _owner: &str) -> io::Result<()> {
        self.disk.state().act()
    }
}

impl Drop for SimulatedLock {
    fn drop(&mut self) {
        self.disk.state().locks.remove(&self.path);
    }
}
