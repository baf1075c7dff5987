//! Watching: the effective directory, whoever changes it and wherever it comes from.
//!
//! Folders are watched, not files: a save puts another file in the old one's place, and a watch on the file would go
//! with it. The data folder and the settings folders need not be there yet; then the folder above is watched. What the
//! system tells is only a reason to look: which file counts and what its revision is are found out anew each time, a
//! moment after things have calmed down, so nothing depends on which events a system tells.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::codes::advice_on_error;
use crate::error::{Operation, PathError};
use crate::filesystem::{Entry, FileSystem};
use crate::locate::{LocateError, Location, Source, Target, locate};
use crate::revision::Revision;

/// How many moments may pass before it is looked though something happens in each: 4D writes its data file all the time.
const MOMENTS: u32 = 20;

/// What happened to the effective directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WatchKind {
    /// Its text, or that of `guichet.toml`, is another one.
    Changed,
    /// The file of the data folder counts now, in place of the project's.
    ShadowingStarted,
    /// The file of the data folder is gone, and the project's counts.
    ShadowingStopped,
    /// There is no file any more.
    Removed,
    /// It cannot be said which file counts, or it cannot be read; people must not go on with the old one unawares.
    Unreadable,
}

impl WatchKind {
    /// Returns the word that people and programs read, such as `changed` or `shadowing-started`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::ShadowingStarted => "shadowing-started",
            Self::ShadowingStopped => "shadowing-stopped",
            Self::Removed => "removed",
            Self::Unreadable => "unreadable",
        }
    }
}

/// One thing that happened to the effective directory.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WatchEvent {
    /// What happened.
    pub kind: WatchKind,
    /// The file that counts now, or where it would be.
    pub path: PathBuf,
    /// The revision of `directory.json` now.
    pub revision: Revision,
}

/// Why nothing is watched.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WatchError {
    /// It cannot be said which file counts.
    #[error(transparent)]
    Locate(#[from] LocateError),
    /// The system refuses to watch a folder.
    #[error(transparent)]
    Watch(PathError),
}

impl guichet_core::Diagnostic for WatchError {
    fn code(&self) -> &'static str {
        match self {
            Self::Locate(error) => error.code(),
            Self::Watch(_) => "watch-failed",
        }
    }

    fn help(&self) -> Option<String> {
        match self {
            Self::Locate(error) => error.help(),
            Self::Watch(_) => advice_on_error(self.code()),
        }
    }
}

/// What is known about the effective directory.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Seen {
    path: PathBuf,
    source: Option<Source>,
    directory: Revision,
    options: Revision,
    readable: bool,
}

/// A watch on the effective directory of a target.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use guichet_storage::{DirectoryStore, DirectoryWatch, EditNote, ProjectPath, StoreSettings, Target, WatchKind};
///
/// let project = tempfile::tempdir()?;
/// std::fs::create_dir_all(project.path().join("Project"))?;
/// let target = Target::Project { project: ProjectPath::At(project.path().into()), data: None };
/// let files = std::sync::Arc::new(guichet_storage::filesystem::Disk);
/// let mut watch = DirectoryWatch::new(files, target.clone(), Duration::from_millis(20))?;
///
/// let note = EditNote { who: "Designer".to_owned(), when: "2026-11-21T12:00:00Z".parse()? };
/// DirectoryStore::new(target, StoreSettings::default()).init(&note)?;
/// let event = watch.next(Duration::from_secs(10))?.unwrap();
/// assert_eq!(event.kind, WatchKind::Changed);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct DirectoryWatch {
    files: Arc<dyn FileSystem>,
    target: Target,
    calm: Duration,
    watcher: RecommendedWatcher,
    news: Receiver<()>,
    watched: BTreeSet<PathBuf>,
    seen: Seen,
}

impl DirectoryWatch {
    /// Begins to watch; what happens from now on comes from [`next`](Self::next).
    ///
    /// `calm` is how long nothing must happen before it is looked: 50 to 500 ms are sensible. Where it is never calm, it is
    /// looked after twenty times that.
    ///
    /// # Errors
    ///
    /// [`WatchError`]: it cannot be said which file counts, or the system refuses to watch.
    pub fn new(
        files: Arc<dyn FileSystem>,
        target: Target,
        calm: Duration,
    ) -> Result<Self, WatchError> {
        let location = locate(files.as_ref(), &target)?;
        let (sender, news) = mpsc::channel();
        let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            let reading = event.is_ok_and(|event| event.kind.is_access());
            if !reading {
                // Nobody listens any more: then nobody needs to know.
                let _ = sender.send(());
            }
        })
        .map_err(|error| refused(&location.path, error))?;
        let mut watch = Self {
            seen: seen(files.as_ref(), &location),
            files,
            target,
            calm,
            watcher,
            news,
            watched: BTreeSet::new(),
        };
        watch.follow(&location)?;
        // What happened between the first look and the watch.
        let location = locate(watch.files.as_ref(), &watch.target)?;
        watch.seen = seen(watch.files.as_ref(), &location);
        Ok(watch)
    }

    /// Waits for the next thing that happens; `None` if `patience` is over.
    ///
    /// # Errors
    ///
    /// [`WatchError`]: the system refuses to watch a folder that is new.
    pub fn next(&mut self, patience: Duration) -> Result<Option<WatchEvent>, WatchError> {
        let mut left = patience;
        loop {
            let step = left.min(self.moment());
            match self.news.recv_timeout(step) {
                Ok(()) => {
                    left = left.saturating_sub(self.wait_for_calm());
                    if let Some(event) = self.look()? {
                        return Ok(Some(event));
                    }
                }
                Err(RecvTimeoutError::Timeout) => left = left.saturating_sub(step),
                Err(RecvTimeoutError::Disconnected) => return Ok(None),
            }
            if left.is_zero() {
                return Ok(None);
            }
        }
    }

    /// Waits for a moment without news, and returns how long that took.
    fn wait_for_calm(&self) -> Duration {
        let mut moments = 1;
        thread::sleep(self.moment());
        while moments < MOMENTS && self.news.try_iter().count() > 0 {
            thread::sleep(self.moment());
            moments += 1;
        }
        self.moment() * moments
    }

    /// Returns how long nothing must happen.
    fn moment(&self) -> Duration {
        self.calm.max(Duration::from_millis(1))
    }

    /// Looks what is there, and says what is new about it.
    fn look(&mut self) -> Result<Option<WatchEvent>, WatchError> {
        let now = match locate(self.files.as_ref(), &self.target) {
            Ok(location) => {
                self.follow(&location)?;
                seen(self.files.as_ref(), &location)
            }
            Err(error) => Seen {
                path: error.path().to_owned(),
                source: None,
                directory: Revision::ABSENT,
                options: Revision::ABSENT,
                readable: false,
            },
        };
        let before = std::mem::replace(&mut self.seen, now.clone());
        if now == before {
            return Ok(None);
        }
        let kind = match (before.source, now.source) {
            _ if !now.readable => WatchKind::Unreadable,
            (Some(Source::User), Some(Source::Data)) => WatchKind::ShadowingStarted,
            (Some(Source::Data), Some(Source::User)) if now.directory != Revision::ABSENT => {
                WatchKind::ShadowingStopped
            }
            _ if now.directory == Revision::ABSENT && before.directory != Revision::ABSENT => {
                WatchKind::Removed
            }
            _ => WatchKind::Changed,
        };
        Ok(Some(WatchEvent {
            kind,
            path: now.path,
            revision: now.directory,
        }))
    }

    /// Watches the folders that count now: those of both files, or the nearest ones above that are there.
    fn follow(&mut self, location: &Location) -> Result<(), WatchError> {
        let mut wanted = BTreeSet::new();
        let mut files: Vec<&Path> = vec![&location.path];
        files.extend(location.data_path.as_deref());
        files.extend(location.user_path.as_deref());
        files.extend(location.options.as_deref());
        for file in files {
            // Of a link the folder that it leads to as well.
            if let Ok(real) = self.files.resolve(file) {
                wanted.extend(self.nearest_folder(&real));
            }
            wanted.extend(self.nearest_folder(file));
            // A folder that is taken away and made again is another one: the one above tells.
            wanted.extend(file.parent().and_then(|folder| self.nearest_folder(folder)));
        }
        for gone in self.watched.difference(&wanted) {
            let _ = self.watcher.unwatch(gone);
        }
        for folder in &wanted {
            // Watching again what is watched already is what makes a folder made anew be watched.
            match self.watcher.watch(folder, RecursiveMode::NonRecursive) {
                Err(error) if self.watched.contains(folder) => drop(error),
                other => other.map_err(|error| refused(folder, error))?,
            }
        }
        self.watched = wanted;
        Ok(())
    }

    /// Returns the folder of a file, or the nearest one above it that is there.
    fn nearest_folder(&self, file: &Path) -> Option<PathBuf> {
        let mut folders = file.ancestors().skip(1);
        let found = folders.find(|folder| {
            let folder = if folder.as_os_str().is_empty() {
                Path::new(".")
            } else {
                folder
            };
            matches!(self.files.entry(folder), Ok(Some(Entry::Folder)))
        })?;
        Some(if found.as_os_str().is_empty() {
            PathBuf::from(".")
        } else {
            found.to_owned()
        })
    }
}

/// Says which folder or file is not watched.
fn refused(path: &Path, error: notify::Error) -> WatchError {
    let source = match error.kind {
        notify::ErrorKind::Io(source) => source,
        kind => io::Error::other(notify::Error::new(kind)),
    };
    WatchError::Watch(PathError::new(Operation::Watch, path, source))
}

/// Looks at both files.
fn seen(files: &dyn FileSystem, location: &Location) -> Seen {
    let revision = |path: &Path| files.read(path).map(|bytes| Revision::new(&bytes)).ok();
    let directory = if location.exists {
        revision(&location.path)
    } else {
        Some(Revision::ABSENT)
    };
    let options = location.options.as_deref();
    let options = options.map_or(Some(Revision::ABSENT), revision);
    Seen {
        path: location.path.clone(),
        source: Some(location.source),
        readable: directory.is_some() && options.is_some(),
        directory: directory.unwrap_or(Revision::ABSENT),
        options: options.unwrap_or(Revision::ABSENT),
    }
}
