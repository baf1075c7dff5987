//! A project that is open: the view that counts now, and how it is renewed.

use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use arc_swap::ArcSwap;
use guichet_core::Mode;
use guichet_storage::filesystem::FileSystem;
use guichet_storage::{
    DirectoryStore, Loaded, Location, Revision, StoreSettings, Target, locate, read,
};

use crate::clock::Clock;
use crate::error::Result;
use crate::open::OpenOptions;
use crate::overlay::Overlay;
use crate::view::{Data, View};

/// A 4D project, opened.
///
/// A clone is the same project: it costs a reference count, and what one clone reloads or edits,
/// every other one sees. Threads share it; nothing but an edit and a look at the disk ever waits.
#[derive(Clone)]
pub struct Project(Arc<Inner>);

struct Inner {
    disk: Disk,
    files: Arc<dyn FileSystem>,
    target: Target,
    mode: Mode,
    clock: Clock,
    store: DirectoryStore,
    settings: StoreSettings,
    /// The view that counts now.
    view: ArcSwap<Data>,
    /// Held while the disk is looked at, so that an older look never takes a newer one's place.
    looking: Mutex<()>,
}

/// Whether what is written stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Disk {
    /// It is saved.
    Real,
    /// It is written to memory only.
    Rehearsal,
}

impl Project {
    /// Opens the project that a place belongs to: a folder, a `.4DProject` file, a `directory.json`,
    /// or anything inside a project ([`OpenOptions::open`] has the table).
    ///
    /// ```no_run
    /// use guichet::Project;
    ///
    /// let project = Project::open("/srv/shop")?;
    /// let view = project.current();
    /// println!("{} users", view.directory().user_count());
    /// # Ok::<(), guichet::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`OpenOptions::open`].
    pub fn open(place: impl AsRef<Path>) -> Result<Self> {
        Self::options().open(place)
    }

    /// Returns the options of opening a project, to choose a data folder or a mode.
    pub fn options() -> OpenOptions {
        OpenOptions::default()
    }

    pub(crate) fn new(options: OpenOptions, target: Target) -> Result<Self> {
        let OpenOptions {
            files,
            data: _,
            mode,
            clock,
            store,
        } = options;
        let location = locate(files.as_ref(), &target)?;
        let view = View::of(location.clone(), read(files.as_ref(), &location)?, mode)?;
        Ok(Self(Arc::new(Inner {
            disk: Disk::Real,
            store: DirectoryStore::with_files(Arc::clone(&files), target.clone(), store.clone()),
            settings: store,
            files,
            target,
            mode,
            clock,
            view: ArcSwap::new(Arc::clone(view.data())),
            looking: Mutex::new(()),
        })))
    }

    /// Returns the view that counts now; O(1), without a look at the disk, and it never waits.
    ///
    /// It is the one that was read last: when the project was opened, by [`reload`](Self::reload), or
    /// after an edit. A file that becomes unreadable leaves the last good view in place.
    pub fn current(&self) -> View {
        View::from_data(self.0.view.load_full())
    }

    /// Looks at the disk, and returns the view that counts now.
    ///
    /// Where neither file has changed, this costs reading and hashing them, and the view stays the
    /// same one; otherwise they are read again, in time linear in their length.
    ///
    /// # Errors
    ///
    /// As [`OpenOptions::open`]; [`current`](Self::current) then still gives the former view.
    pub fn reload(&self) -> Result<View> {
        let _looking = self
            .0
            .looking
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let location = locate(self.files(), &self.0.target)?;
        let now = self.current();
        if *now.location() == location && self.is_read(&now, &location) {
            return Ok(now);
        }
        let loaded = read(self.files(), &location)?;
        let view = View::of(location, loaded, self.0.mode)?;
        self.0.view.store(Arc::clone(view.data()));
        Ok(view)
    }

    /// Returns the same project with writing that stays in memory: every edit can be made in it, one
    /// after the other, and the disk stays as it is.
    ///
    /// It starts from the current view and reads from the disk what it has not written itself.
    ///
    /// ```
    /// # let folder = tempfile::tempdir()?;
    /// # std::fs::create_dir_all(folder.path().join("Project"))?;
    /// # let shop = folder.path();
    /// use guichet::{Editor, Project};
    ///
    /// let project = Project::open(shop)?;
    /// let rehearsal = project.rehearse();
    /// rehearsal.init(&Editor::Designer)?;
    /// assert!(rehearsal.current().location().exists);
    /// assert!(!project.reload()?.location().exists);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn rehearse(&self) -> Self {
        let files: Arc<dyn FileSystem> = Arc::new(Overlay::over(Arc::clone(&self.0.files)));
        let (target, settings) = (self.0.target.clone(), self.0.settings.clone());
        Self(Arc::new(Inner {
            disk: Disk::Rehearsal,
            store: DirectoryStore::with_files(Arc::clone(&files), target.clone(), settings.clone()),
            settings,
            files,
            target,
            mode: self.0.mode,
            clock: self.0.clock,
            view: ArcSwap::new(self.0.view.load_full()),
            looking: Mutex::new(()),
        }))
    }

    /// Returns where the application runs.
    pub fn mode(&self) -> Mode {
        self.0.mode
    }

    /// Returns where the project takes the time from.
    pub fn clock(&self) -> Clock {
        self.0.clock
    }

    pub(crate) fn disk(&self) -> Disk {
        self.0.disk
    }

    pub(crate) fn files(&self) -> &dyn FileSystem {
        self.0.files.as_ref()
    }

    pub(crate) fn shared_files(&self) -> Arc<dyn FileSystem> {
        Arc::clone(&self.0.files)
    }

    pub(crate) fn target(&self) -> &Target {
        &self.0.target
    }

    pub(crate) fn store(&self) -> &DirectoryStore {
        &self.0.store
    }

    /// Returns the view of what storage has read.
    pub(crate) fn view_of(&self, loaded: &Loaded) -> Result<View> {
        View::of(self.store().location()?, loaded.clone(), self.mode())
    }

    /// Returns whether a view is of the bytes that are on the disk.
    fn is_read(&self, view: &View, location: &Location) -> bool {
        let revision = |path: &Path| Some(Revision::new(&self.files().read(path).ok()?));
        let directory = if location.exists {
            revision(&location.path)
        } else {
            Some(Revision::ABSENT)
        };
        let options = location.options.as_deref();
        let options = options.map_or(Some(Revision::ABSENT), revision);
        directory == Some(view.revision()) && options == Some(view.options_revision())
    }
}

impl fmt::Debug for Project {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Project")
            .field("target", &self.0.target)
            .field("mode", &self.0.mode)
            .finish_non_exhaustive()
    }
}
