//! How a project is opened: which place, which data folder, which mode.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use guichet_core::Mode;
use guichet_storage::filesystem::{Disk, Entry, FileSystem};
use guichet_storage::{
    DIRECTORY_FILE, LocateError, Origin, ProjectPath, StoreSettings, Target, locate, read,
};

use crate::clock::Clock;
use crate::error::Result;
use crate::project::Project;
use crate::view::View;

/// The ending of the file that 4D opens a project by.
const PROJECT_FILE_ENDING: &str = "4DProject";

/// Options of opening a project; the default suits most programs.
///
/// ```no_run
/// use guichet::{Mode, Project};
///
/// let project = Project::options()
///     .data("/srv/shop-data")
///     .mode(Mode::SingleUser)
///     .open("/srv/shop")?;
/// # Ok::<(), guichet::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct OpenOptions {
    pub(crate) files: Arc<dyn FileSystem>,
    pub(crate) data: Option<PathBuf>,
    pub(crate) mode: Mode,
    pub(crate) clock: Clock,
    pub(crate) store: StoreSettings,
}

impl Default for OpenOptions {
    fn default() -> Self {
        Self {
            files: Arc::new(Disk),
            data: None,
            mode: Mode::default(),
            clock: Clock::default(),
            store: StoreSettings::default(),
        }
    }
}

impl OpenOptions {
    /// Names the data folder; without it, it is `Data` in the project.
    #[must_use]
    pub fn data(mut self, folder: impl Into<PathBuf>) -> Self {
        self.data = Some(folder.into());
        self
    }

    /// Says where the application runs; without it, on 4D Server.
    #[must_use]
    pub fn mode(mut self, mode: Mode) -> Self {
        self.mode = mode;
        self
    }

    /// Says where the time comes from; without it, from the system's clock.
    #[must_use]
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Says how long an edit waits for another one; without it, ten seconds.
    #[must_use]
    pub fn patience(mut self, patience: Duration) -> Self {
        self.store.lock_timeout = patience;
        self
    }

    /// Says what others read who wait for an edit of ours, such as `ann on host shop`.
    #[must_use]
    pub fn owner(mut self, owner: impl Into<String>) -> Self {
        self.store.owner = owner.into();
        self
    }

    /// Says which account of the system makes the edits, and where; without it, the history does not.
    #[must_use]
    pub fn origin(mut self, origin: Origin) -> Self {
        self.store.origin = origin;
        self
    }

    /// Reads and writes through another file system than the disk.
    #[must_use]
    pub fn files(mut self, files: Arc<dyn FileSystem>) -> Self {
        self.files = files;
        self
    }

    /// Opens the project that a place belongs to, and reads it.
    ///
    /// | the place | what is opened |
    /// |---|---|
    /// | a folder | the project that is that folder, or the nearest one above it |
    /// | a `.4DProject` file | its project |
    /// | a file called `directory.json` | exactly this file, whatever lies beside it |
    /// | another file inside a project | that project |
    /// | another file, in no project | exactly this file |
    ///
    /// A relative place is one below the current folder.
    ///
    /// # Errors
    ///
    /// [`Error::Save`](crate::Error::Save): there is no project, or its file cannot be read;
    /// [`Error::Text`](crate::Error::Text): `guichet.toml` declares a plug-in twice.
    pub fn open(self, place: impl AsRef<Path>) -> Result<Project> {
        let target = self.target(place.as_ref());
        self.open_target(target)
    }

    /// Opens exactly this target, for a caller that has already decided what a place means.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub fn open_target(self, target: Target) -> Result<Project> {
        Project::new(self, target)
    }

    /// Reads a `directory.json` to look at, not to edit, such as another one that is compared.
    ///
    /// The `guichet.toml` beside it goes with it, else `options`.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub fn look_at(&self, file: impl AsRef<Path>, options: Option<&Path>) -> Result<View> {
        let target = Target::File(file.as_ref().to_owned());
        let mut location = locate(self.files.as_ref(), &target)?;
        if location.options.is_none() {
            location.options = options.map(Path::to_owned);
        }
        let loaded = read(self.files.as_ref(), &location)?;
        View::of(location, loaded, self.mode)
    }

    fn target(&self, place: &Path) -> Target {
        let is_file = matches!(self.files.entry(place), Ok(Some(Entry::File { .. })));
        if !is_file {
            return self.project(ProjectPath::Above(absolute(place)));
        }
        let folder = |steps: usize| {
            let place = absolute(place);
            let folder = place.ancestors().nth(steps).map(Path::to_owned);
            folder.unwrap_or(place)
        };
        if place
            .extension()
            .is_some_and(|ending| ending == PROJECT_FILE_ENDING)
        {
            // It lies in the folder `Project` of its project.
            return self.project(ProjectPath::At(folder(2)));
        }
        if place.file_name().is_some_and(|name| name == DIRECTORY_FILE) {
            return Target::File(place.to_owned());
        }
        let inside = self.project(ProjectPath::Above(folder(1)));
        match locate(self.files.as_ref(), &inside) {
            Err(LocateError::NoProject { .. }) => Target::File(place.to_owned()),
            _ => inside,
        }
    }

    fn project(&self, project: ProjectPath) -> Target {
        Target::Project {
            project,
            data: self.data.clone(),
        }
    }
}

/// Returns a place from the root of the disk, so that the folders above it can be looked at.
fn absolute(place: &Path) -> PathBuf {
    std::path::absolute(place).unwrap_or_else(|_| place.to_owned())
}
