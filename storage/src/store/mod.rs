//! Saving: edits that lose nothing, one after the other, whoever makes them.

mod commit;
mod destination;
mod entry;
mod error;
mod history;
mod lines;
mod lock;
mod plan;
mod replace;
mod rewrite;
mod side;
mod undo;
mod undo_entry;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use guichet_core::{Applied, Directory};
use jiff::Timestamp;

pub use entry::{ChangeId, HistoryEntry};
pub use error::{EditError, SaveError};
pub use plan::{Edited, FileChange};
pub use rewrite::Rewrite;
pub(crate) use side::{is_unfinished_name, is_unknown_flush, unfinished_name};
pub use undo::{UndoReach, Undone};

use crate::encode::new_project;
use crate::error::{Operation, PathError};
use crate::filesystem::FileSystem;
use crate::guichet_toml::OptionsFile;
use crate::locate::{Location, Target, locate};
use crate::read::{Loaded, read, read_options};
use crate::revision::Revision;
use commit::LockedFile;
use destination::Destination;
use history::{History, Revisions};
use plan::{plan, plan_new};

/// How a store works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreSettings {
    /// How long an edit waits for another one.
    pub lock_timeout: Duration,
    /// What others read when they wait for us, such as `ann on host shop`; the process number is added.
    pub owner: String,
    /// What the history says of where an edit was made.
    pub origin: Origin,
}

/// Where edits are made: the history says it beside who makes them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The account of the system that the program runs as.
    pub account: Option<String>,
    /// The name of the machine.
    pub host: Option<String>,
}

impl Default for StoreSettings {
    /// Waits ten seconds, calls itself `guichet`, and does not say where it runs.
    fn default() -> Self {
        Self {
            lock_timeout: Duration::from_secs(10),
            owner: "guichet".to_owned(),
            origin: Origin::default(),
        }
    }
}

/// Who edits and when: what the history says of an edit besides what happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditNote {
    /// Who makes the edit.
    pub who: String,
    /// When.
    pub when: Timestamp,
}

/// Which version of the file an edit is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Expected {
    /// Whichever is there when the edit has the lock.
    #[default]
    Any,
    /// This one; another one is a conflict.
    Revision(Revision),
}

/// The directory of a project or a file, to be read and edited.
///
/// Cheap to make and to clone; it holds nothing open, and every call looks anew which file counts.
///
/// # What a save does
///
/// 1. It locks `.guichet/lock` beside the directory, and clears away unfinished files of killed processes; so it does
///    beside a `guichet.toml` that is written and lies elsewhere, before step 3. A folder that is missing is made,
///    and flushed.
/// 2. It reads the directory again, applies the edit, and works out the new text; what that text means is compared with
///    the edited directory.
/// 3. It writes down what takes the change back, and in the history that it begins.
/// 4. It looks once more whether the file is still the one that was read.
/// 5. It writes each new file in `.guichet`, flushes it, renames it over the old one, and flushes the folder: first
///    `guichet.toml`, then `directory.json`.
/// 6. It writes down in the history that the change was made.
///
/// Each file is replaced at once; the two together are not. `guichet.toml` comes first, so that what a crash in between
/// leaves is a grant to a group that has not got its new name yet: it gives nobody access. An edit that changes nothing
/// writes nothing. `docs/durability.md` says what each kind of crash leaves.
///
/// # Which file is written
///
/// The one that was read; of a symbolic link the file that it leads to, and the link stays. What lies in
/// `Server Database/Settings`, or is marked read-only in the user settings, is never written: the change goes to the data folder,
/// in a file made from the other one (decision D31), however the path is spelled. The lock, the history and the
/// unfinished files lie in a folder `.guichet` beside the file that is written.
///
/// A new file has the mode of the old one, and its owner where the system lets us set it. Access lists, extended
/// attributes and further hard links are lost: the file is another one.
///
/// # Examples
///
/// ```
/// use guichet_core::{Change, Rules};
/// use guichet_storage::{DirectoryStore, EditNote, ProjectPath, StoreSettings, Target};
///
/// let project = tempfile::tempdir()?;
/// std::fs::create_dir_all(project.path().join("Project"))?;
/// let target = Target::Project { project: ProjectPath::At(project.path().into()), data: None };
/// let store = DirectoryStore::new(target, StoreSettings::default());
/// let note = EditNote { who: "Designer".to_owned(), when: "2026-11-21T12:00:00Z".parse()? };
///
/// store.init(&note)?;
/// let change = Change::AddUser { name: None, startup_method: None, groups: Vec::new() };
/// let edited = store.edit(&note, |directory, _| directory.apply(&[change], &Rules::default()))?;
/// assert_eq!(edited.events[0].to_string(), "user `New user1` (number 3) was added");
/// assert_eq!(store.log()?.len(), 2);
///
/// let undone = store.undo(&note)?;
/// assert_eq!(undone.edited.after.user_count(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct DirectoryStore {
    files: Arc<dyn FileSystem>,
    target: Target,
    settings: StoreSettings,
}

impl DirectoryStore {
    /// Makes a store on the disk.
    pub fn new(target: Target, settings: StoreSettings) -> Self {
        Self::with_files(Arc::new(crate::filesystem::Disk), target, settings)
    }

    /// Makes a store on any file system.
    pub fn with_files(files: Arc<dyn FileSystem>, target: Target, settings: StoreSettings) -> Self {
        Self {
            files,
            target,
            settings,
        }
    }

    /// Says which file counts.
    ///
    /// # Errors
    ///
    /// [`SaveError::Locate`].
    pub fn location(&self) -> Result<Location, SaveError> {
        Ok(locate(self.files(), &self.target)?)
    }

    /// Returns whether a path is that of the file that counts, or of the one that an edit of it writes, however it is
    /// spelled: what is written there is an edit, which goes through this store.
    ///
    /// # Errors
    ///
    /// [`SaveError::Locate`]; [`SaveError::Io`] where the folders on the way cannot be looked at.
    pub fn is_same_file(&self, path: &Path) -> Result<bool, SaveError> {
        let location = self.location()?;
        let same = |other: &Path| {
            crate::filesystem::is_same_file(self.files(), path, other)
                .map_err(|error| PathError::new(Operation::Inspect, path, error))
        };
        if same(&location.path)? {
            return Ok(true);
        }
        match Destination::new(self.files(), &location) {
            Ok(destination) => Ok(same(&destination.directory)?),
            // An edit says so.
            Err(SaveError::ReadOnly { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Reads the file that counts.
    ///
    /// # Errors
    ///
    /// [`SaveError::Locate`], [`SaveError::Read`].
    pub fn load(&self) -> Result<Loaded, SaveError> {
        Ok(read(self.files(), &self.location()?)?)
    }

    /// Works out what an edit would do, without a lock and without writing anything.
    ///
    /// The closure gets the directory and what `guichet.toml` says; it is called once.
    ///
    /// # Errors
    ///
    /// [`EditError::Refused`] with the error of the closure; [`EditError::Save`] where the edit could not be saved.
    pub fn plan<E>(
        &self,
        edit: impl FnOnce(&mut Directory, &OptionsFile) -> Result<Applied, E>,
    ) -> Result<Edited, EditError<E>> {
        let location = self.location()?;
        let destination = Destination::new(self.files(), &location)?;
        let loaded = read(self.files(), &location)?;
        Ok(plan(self.files(), &destination, loaded, edit)?.edited)
    }

    /// Makes an edit, whatever others did to the file since it was looked at.
    ///
    /// As [`edit_expecting`](Self::edit_expecting) with [`Expected::Any`].
    ///
    /// # Errors
    ///
    /// As there.
    pub fn edit<E>(
        &self,
        note: &EditNote,
        edit: impl FnOnce(&mut Directory, &OptionsFile) -> Result<Applied, E>,
    ) -> Result<Edited, EditError<E>> {
        self.edit_expecting(Expected::Any, note, edit)
    }

    /// Makes an edit.
    ///
    /// The closure gets the directory as it is when we have the lock, and what `guichet.toml` says; it is called once.
    /// Linear in the length of the file.
    ///
    /// # Errors
    ///
    /// [`EditError::Refused`] with the error of the closure. [`EditError::Save`]: above all [`SaveError::Locked`],
    /// [`SaveError::Conflict`], [`SaveError::ReadOnly`] and [`SaveError::Io`]. The directory is then as it was; only
    /// where a *folder* could not be flushed the new one is in its place already.
    pub fn edit_expecting<E>(
        &self,
        expected: Expected,
        note: &EditNote,
        edit: impl FnOnce(&mut Directory, &OptionsFile) -> Result<Applied, E>,
    ) -> Result<Edited, EditError<E>> {
        let (held, loaded) = self.hold_expecting(expected)?;
        let plan = plan(self.files(), &held.destination, loaded, edit)?;
        let what = plan.edited.events.iter().map(ToString::to_string).collect();
        Ok(self.save(&held, plan, note, what)?)
    }

    /// Makes the file of a new project, as 4D does: the Designer and the Administrator, no group, and
    /// nobody who changes the structure through SQL.
    ///
    /// # Errors
    ///
    /// [`SaveError::Exists`] where there is one; otherwise as [`edit_expecting`](Self::edit_expecting).
    pub fn init(&self, note: &EditNote) -> Result<Edited, SaveError> {
        let location = self.location()?;
        if location.exists {
            return Err(SaveError::Exists {
                path: location.path,
            });
        }
        let held = self.hold()?;
        if held.location.exists {
            return Err(SaveError::Exists {
                path: held.location.path,
            });
        }
        let options = match &held.location.options {
            Some(path) => read_options(self.files(), path)?,
            None => OptionsFile::default(),
        };
        let plan = plan_new(&held.destination, options, &new_project())?;
        let what = vec!["directory.json was created".to_owned()];
        self.save(&held, plan, note, what)
    }

    /// Returns the changes that the history has, oldest first.
    ///
    /// # Errors
    ///
    /// [`SaveError::Locate`], [`SaveError::Io`].
    pub fn log(&self) -> Result<Vec<HistoryEntry>, SaveError> {
        let destination = Destination::new(self.files(), &self.location()?)?;
        let now = self.revisions(&destination)?;
        let history = History {
            files: self.files(),
            directory: &destination.directory,
        };
        Ok(history.entries(now)?)
    }

    fn files(&self) -> &dyn FileSystem {
        self.files.as_ref()
    }

    fn history<'h>(&'h self, held: &'h LockedFile) -> History<'h> {
        History {
            files: self.files(),
            directory: &held.destination.directory,
        }
    }

    /// Returns the revisions of both files.
    fn revisions(&self, destination: &Destination) -> Result<Revisions, PathError> {
        Ok(Revisions {
            directory: self.revision_of(&destination.directory)?,
            options: self.revision_of(&destination.options)?,
        })
    }

    /// Returns the revision of a file that may be missing.
    fn revision_of(&self, path: &Path) -> Result<Revision, PathError> {
        match self.files().read(path) {
            Ok(bytes) => Ok(Revision::new(&bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Revision::ABSENT),
            Err(error) => Err(PathError::new(Operation::Read, path, error)),
        }
    }
}
