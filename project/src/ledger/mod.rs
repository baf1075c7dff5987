//! Sessions and seats of a project, in its durable ledger.
//!
//! | module | what is there |
//! |---|---|
//! | here | which file it is, and what is recorded in it |
//! | `error` | why that cannot be done |
//! | `reading` | how things stand: status, reports, explanations |
//! | `licences` | the seats that 4D says are owned |
//! | `replay` | recorded use, played again under other conditions |
//! | `url` | how people name a ledger |

mod error;
#[cfg(feature = "import")]
mod licences;
mod reading;
mod replay;
mod url;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use guichet_core::suggest::nearest;
use guichet_core::{PluginKey, UserName};
use guichet_licensing::sqlite::{
    ClosedSession, FileFault, Life, LocalProcesses, OpenOptions, SqliteLedger, StoreError,
};
use guichet_licensing::{
    Entitlements, Event, Moment, OpenSession, PluginUse, SessionError, SessionId, Take, When,
};
use guichet_storage::Location;
use guichet_storage::filesystem::{Entry, FileSystem};

use crate::error::{Error, Result};
use crate::project::{Disk, Project};
use crate::view::View;

pub use error::LedgerError;
#[cfg(feature = "import")]
pub use licences::{ImportedLicences, ImportedSeats, OtherProduct};
pub use reading::{SessionRecord, Standing};
pub use replay::{Replay, Replayed, ReplayedPlugin};
pub use url::{LedgerUrl, LedgerUrlError};

type Stored<T> = std::result::Result<T, StoreError>;

/// The ledger of a project, unless another file is named: in its data folder.
const FILE: &str = "Guichet/seats.sqlite";

/// The sessions and seats of a project; made by [`Project::ledger`].
///
/// Threads share it, and a clone is the same ledger. Every call blocks: what writes waits for the
/// disk, and for other processes that write. Who may use a plug-in is asked of the view that counts
/// when the seat is taken.
///
/// Before anything is recorded, sessions that have ended without being closed are closed, and what
/// `guichet.toml` says is owned is recorded. Reading writes nothing.
///
/// ```
/// # let folder = tempfile::tempdir()?;
/// # let shop = folder.path();
/// # std::fs::create_dir_all(shop.join("Project"))?;
/// # std::fs::create_dir_all(shop.join("Settings"))?;
/// # std::fs::create_dir_all(shop.join("Data"))?;
/// # std::fs::write(shop.join("Settings/directory.json"), r#"{"users": {"Ann Lee": {}}}"#)?;
/// # std::fs::write(shop.join("Settings/guichet.toml"), "[plugins.write]\nseats = 1\n")?;
/// use guichet::licensing::sqlite::Life;
/// use guichet::Project;
///
/// let project = Project::open(shop)?;
/// let (ledger, view) = (project.ledger()?, project.current());
/// let ann = ledger.account("Ann Lee")?;
/// let session = ledger.open_session(&ann, None, &Life::until_closed())?.session;
/// assert!(ledger.take(&session, &view.plugin("4D Write")?)?.outcome.is_granted());
/// assert_eq!(ledger.standing()?.status().plugins.len(), 6);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct ProjectLedger {
    project: Project,
    place: Place,
    stated: Option<Moment>,
    store: Arc<Mutex<Option<SqliteLedger>>>,
}

/// Which file the ledger is.
#[derive(Debug, Clone)]
enum Place {
    /// The file that somebody named: it must be there to be read.
    Named(PathBuf),
    /// The file in the data folder, where nothing was recorded as long as it is missing.
    InData(PathBuf),
    /// There is no data folder, so nothing was recorded.
    Nowhere,
}

/// A session that has sent its heartbeat.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Heartbeat {
    /// The session.
    pub session: SessionId,
    /// When it ends unless it sends another one; `None` where it needs none.
    pub deadline: Option<Moment>,
}

/// What to do where no ledger was made yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Absent {
    Create,
    Refuse,
}

impl Project {
    /// Returns the ledger in the data folder, `Guichet/seats.sqlite`; it is made when the first
    /// session is opened.
    ///
    /// # Errors
    ///
    /// [`LedgerError::Rehearsal`]: a rehearsal has no ledger.
    pub fn ledger(&self) -> Result<ProjectLedger> {
        let view = self.current();
        let place = data_folder(self.files(), view.location());
        let place = place.map_or(Place::Nowhere, |data| Place::InData(data.join(FILE)));
        self.ledger_in(place)
    }

    /// Returns the ledger in a file that is named.
    ///
    /// # Errors
    ///
    /// As [`ledger`](Self::ledger).
    pub fn ledger_at(&self, file: impl Into<PathBuf>) -> Result<ProjectLedger> {
        self.ledger_in(Place::Named(file.into()))
    }

    fn ledger_in(&self, place: Place) -> Result<ProjectLedger> {
        if self.disk() == Disk::Rehearsal {
            return Err(LedgerError::Rehearsal.into());
        }
        Ok(ProjectLedger {
            project: self.clone(),
            place,
            stated: None,
            store: Arc::default(),
        })
    }
}

/// Returns the folder that a project keeps its data in, where there is one.
fn data_folder<'l>(files: &dyn FileSystem, location: &'l Location) -> Option<&'l Path> {
    let settings = location.data_path.as_deref()?.parent()?;
    let data = settings.parent()?;
    matches!(files.entry(data), Ok(Some(Entry::Folder))).then_some(data)
}

impl ProjectLedger {
    /// Returns the same ledger as of a moment that a person states: reading shows how things stood,
    /// writing records what happened then, which may be neither before the last event nor in the
    /// future.
    #[must_use]
    pub fn at(mut self, moment: Moment) -> Self {
        self.stated = Some(moment);
        self
    }

    /// Returns the file, where there is a place for one.
    pub fn path(&self) -> Option<&Path> {
        match &self.place {
            Place::Named(path) | Place::InData(path) => Some(path),
            Place::Nowhere => None,
        }
    }

    /// Reads how things stand; nothing is written, also where sessions have ended.
    ///
    /// # Errors
    ///
    /// [`Error::Ledger`]: the file cannot be read, or was named and does not exist.
    pub fn standing(&self) -> Result<Standing> {
        let snapshot = match &self.place {
            Place::Named(path) => Some(OpenOptions::existing().read(path)?),
            Place::InData(path) => if_made(OpenOptions::existing().read(path))?,
            Place::Nowhere => None,
        };
        Ok(Standing::new(snapshot, self.project.current(), self.when()))
    }

    /// Finds the account that a word names: the name by which a ledger knows a user of the directory.
    ///
    /// # Errors
    ///
    /// [`Error::Word`]: there is no such user; [`LedgerError::SameName`]: the name means another user
    /// first, so it would not be clear who holds a seat.
    pub fn account(&self, word: &str) -> Result<UserName> {
        account(&self.project.current(), word)
    }

    /// Opens a session for an account; without an id the ledger makes one.
    ///
    /// # Errors
    ///
    /// [`Error::Ledger`]: the id is in use, or the file cannot be written;
    /// [`LedgerError::NoDataFolder`]: there is no place for a ledger.
    pub fn open_session(
        &self,
        user: &UserName,
        id: Option<&SessionId>,
        life: &Life,
    ) -> Result<OpenSession> {
        self.record(Absent::Create, |store, when| {
            store.open_session(id, user, life, when)
        })
    }

    /// Asks for a seat of a plug-in: once, when the session begins to use it.
    ///
    /// # Errors
    ///
    /// [`LedgerError::Session`]: the session is not open; [`Error::Ledger`].
    pub fn take(&self, session: &SessionId, plugin: &PluginKey) -> Result<Take> {
        let view = self.project.current();
        self.record(Absent::Refuse, |store, when| {
            store.take(session, plugin, &view.admission(), when)
        })
    }

    /// Notes that a session with a heartbeat lives, and returns until when it then counts as alive.
    ///
    /// # Errors
    ///
    /// As [`take`](Self::take).
    pub fn heartbeat(&self, session: &SessionId) -> Result<Heartbeat> {
        let heard = |store: &mut SqliteLedger, when| store.heartbeat(session, when);
        Ok(Heartbeat {
            session: session.clone(),
            deadline: self.record(Absent::Refuse, heard)?,
        })
    }

    /// Closes a session, and frees the seats that no other session of its account uses.
    ///
    /// # Errors
    ///
    /// As [`take`](Self::take).
    pub fn close_session(&self, session: &SessionId) -> Result<ClosedSession> {
        self.record(Absent::Refuse, |store, when| {
            store.close_session(session, when)
        })
    }

    /// Records how many seats are owned; plug-ins that are not named keep what they have. Returns the
    /// events, none where it is recorded already.
    ///
    /// # Errors
    ///
    /// [`Error::Ledger`]; [`LedgerError::NoDataFolder`].
    pub fn entitle(&self, owned: &Entitlements) -> Result<Vec<Event>> {
        self.record(Absent::Create, |store, when| entitle(store, owned, when))
    }

    fn when(&self) -> When {
        let clock = self.project.clock().now();
        self.stated
            .map_or(When::now(clock), |at| When::stated(at, clock))
    }

    /// Records something under the write lock.
    fn record<T>(
        &self,
        absent: Absent,
        request: impl FnOnce(&mut SqliteLedger, When) -> Stored<T>,
    ) -> Result<T> {
        let when = self.when();
        let mut slot = self.slot();
        let store = match slot.as_mut() {
            Some(store) => store,
            None => slot.insert(self.open(absent)?),
        };
        let view = self.project.current();
        let answer = store
            .reap(&LocalProcesses, when)
            .and_then(|_| entitle(store, view.entitlements(), when))
            .and_then(|_| request(store, when));
        answer.map_err(|error| match error {
            StoreError::Session(error) => unknown_session(store, error),
            error => error.into(),
        })
    }

    fn open(&self, absent: Absent) -> Result<SqliteLedger> {
        match (self.path(), absent) {
            (None, Absent::Create) => Err(LedgerError::NoDataFolder.into()),
            (Some(path), Absent::Create) => Ok(OpenOptions::create().open(path)?),
            (None, Absent::Refuse) => Err(LedgerError::NotMade { path: None }.into()),
            (Some(path), Absent::Refuse) => {
                let found = if_made(OpenOptions::existing().open(path))?;
                found.ok_or_else(|| {
                    let path = Some(path.to_owned());
                    LedgerError::NotMade { path }.into()
                })
            }
        }
    }

    fn slot(&self) -> MutexGuard<'_, Option<SqliteLedger>> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Finds a user, and the name by which a ledger knows that user.
fn account(view: &View, word: &str) -> Result<UserName> {
    let user = view.user(word)?;
    let account = view.admission().account(user).cloned();
    account.ok_or_else(|| {
        let name = view.name_of_user(user).to_owned();
        LedgerError::SameName { name }.into()
    })
}

/// Records what is owned, unless it is recorded already.
fn entitle(store: &mut SqliteLedger, owned: &Entitlements, when: When) -> Stored<Vec<Event>> {
    let ledger = store.ledger();
    let known = |plugin: &PluginKey| ledger.plugin_use(plugin).map(PluginUse::entitlement);
    if owned.iter().all(|(plugin, new)| known(plugin) == Some(new)) {
        return Ok(Vec::new()); // without the write lock
    }
    store.entitle(owned, when)
}

/// Turns a ledger that was not made yet into none.
fn if_made<T>(found: Stored<T>) -> Result<Option<T>> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(StoreError::File {
            fault: FileFault::Missing,
            ..
        }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Adds the open sessions that an unknown one resembles.
fn unknown_session(store: &SqliteLedger, error: SessionError) -> Error {
    let near = match &error {
        SessionError::NotOpen { session } => {
            let open = store.ledger().sessions();
            let ids = open.iter().map(|open| open.session.as_str());
            let near = nearest(session.as_str(), ids).into_iter();
            near.map(str::to_owned).collect()
        }
        _ => Vec::new(),
    };
    LedgerError::Session { error, near }.into()
}
