//! A ledger that is open, to tell how seats stand or to record something.

use std::path::Path;

use guichet::core::Diagnostic as _;
use guichet::core::identity::same_name;
use guichet::core::{PluginKey, UserHandle, UserName};
use guichet::licensing::sqlite::{
    EndedSession, FileFault, LivingSession, LocalProcesses, OpenOptions, Snapshot, SqliteLedger,
    StoreError,
};
use guichet::licensing::{
    Entitlements, Event, Ledger, Moment, OpenSession, PluginUse, SessionError, SessionId, When,
};
use guichet::suggest::{did_you_mean, nearest};

use crate::error::{CliError, Result};
use crate::loaded::Loaded;
use crate::output::shown;

/// How seats stand, for commands that only tell about it.
#[derive(Debug)]
pub(crate) struct Reading {
    snapshot: Option<Snapshot>,
    standing: Ledger,
    at: Moment,
}

/// A ledger that is written to.
#[derive(Debug)]
pub(crate) struct Recording {
    store: SqliteLedger,
    when: When,
}

impl Reading {
    /// Takes a ledger, or none where none was made yet; sessions that have ended without being closed
    /// count as closed. What guichet.toml says is owned counts, even if it was not recorded yet.
    pub(super) fn new(snapshot: Option<Snapshot>, owned: &Entitlements, when: When) -> Self {
        let snapshot = snapshot.map(|snapshot| snapshot.seen_at(&LocalProcesses, when));
        let at = when.given();
        let recorded = snapshot.as_ref().map(Snapshot::ledger);
        let mut standing = recorded.cloned().unwrap_or_default();
        for (plugin, entitlement) in owned.iter() {
            let _: Option<Event> = standing.entitle(plugin, entitlement, at);
        }
        Self {
            snapshot,
            standing,
            at,
        }
    }

    /// Returns how seats stand.
    pub(crate) const fn standing(&self) -> &Ledger {
        &self.standing
    }

    /// Returns the moment of the command.
    pub(crate) const fn at(&self) -> Moment {
        self.at
    }

    /// Returns every event of the ledger.
    ///
    /// # Errors
    ///
    /// The codes of [`StoreError`].
    pub(crate) fn history(&self) -> Result<Vec<Event>> {
        self.snapshot.as_ref().map_or(Ok(Vec::new()), history)
    }

    /// Returns the open sessions, with what may end them.
    pub(crate) fn living_sessions(&self) -> &[LivingSession] {
        let snapshot = self.snapshot.as_ref();
        snapshot.map_or(&[], Snapshot::living_sessions)
    }

    /// Returns the sessions that have ended without being closed.
    pub(crate) fn ended_sessions(&self) -> &[EndedSession] {
        let snapshot = self.snapshot.as_ref();
        snapshot.map_or(&[], Snapshot::ended_sessions)
    }
}

impl Recording {
    /// Takes a ledger; sessions that have ended without being closed are closed, and what guichet.toml
    /// says is owned is recorded.
    ///
    /// # Errors
    ///
    /// The codes of [`StoreError`].
    pub(super) fn new(store: SqliteLedger, owned: &Entitlements, when: When) -> Result<Self> {
        let mut recording = Self { store, when };
        recording.change(|store, when| store.reap(&LocalProcesses, when))?;
        recording.entitle(owned)?;
        Ok(recording)
    }

    /// Returns the file.
    pub(crate) fn path(&self) -> &Path {
        self.store.path()
    }

    /// Returns the moment of the command.
    pub(crate) fn at(&self) -> Moment {
        self.when.given()
    }

    /// Records what is owned, unless it is recorded already.
    ///
    /// # Errors
    ///
    /// The codes of [`StoreError`].
    pub(crate) fn entitle(&mut self, owned: &Entitlements) -> Result<Vec<Event>> {
        let ledger = self.store.ledger();
        let known = |plugin: &PluginKey| ledger.plugin_use(plugin).map(PluginUse::entitlement);
        if owned.iter().all(|(plugin, new)| known(plugin) == Some(new)) {
            return Ok(Vec::new()); // without the write lock
        }
        self.change(|store, when| store.entitle(owned, when))
    }

    /// Makes a change.
    ///
    /// # Errors
    ///
    /// The codes of [`StoreError`]; `unknown-session` with a suggestion.
    pub(crate) fn change<T>(
        &mut self,
        change: impl FnOnce(&mut SqliteLedger, When) -> std::result::Result<T, StoreError>,
    ) -> Result<T> {
        change(&mut self.store, self.when).map_err(|error| match &error {
            StoreError::Session(SessionError::NotOpen { session }) => {
                unknown_session(self.store.ledger(), session)
            }
            _ => told(&error, self.store.path()),
        })
    }
}

/// Reads every event of a ledger.
///
/// # Errors
///
/// The codes of [`StoreError`].
pub(crate) fn history(snapshot: &Snapshot) -> Result<Vec<Event>> {
    let read = snapshot.history();
    read.map_err(|error| told(&error, snapshot.path()))
}

/// Reads a ledger that somebody recorded.
///
/// # Errors
///
/// The codes of [`StoreError`].
pub(crate) fn recorded(path: &Path) -> Result<Snapshot> {
    let read = OpenOptions::existing().read(path);
    read.map_err(|error| told(&error, path))
}

/// Reads a ledger, if there is one.
///
/// # Errors
///
/// The codes of [`StoreError`].
pub(super) fn recorded_if_made(path: &Path) -> Result<Option<Snapshot>> {
    if_made(OpenOptions::existing().read(path), path)
}

/// Opens a ledger, if there is one.
///
/// # Errors
///
/// The codes of [`StoreError`].
pub(super) fn open_if_made(path: &Path) -> Result<Option<SqliteLedger>> {
    if_made(OpenOptions::existing().open(path), path)
}

fn if_made<T>(found: std::result::Result<T, StoreError>, path: &Path) -> Result<Option<T>> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(StoreError::File {
            fault: FileFault::Missing,
            ..
        }) => Ok(None),
        Err(error) => Err(told(&error, path)),
    }
}

/// Opens a ledger, and makes it where there is none.
///
/// # Errors
///
/// The codes of [`StoreError`].
pub(super) fn make_or_open(path: &Path) -> Result<SqliteLedger> {
    let opened = OpenOptions::create().open(path);
    opened.map_err(|error| told(&error, path))
}

/// Finds the account that a word names: a user of the directory, or one whom the ledger remembers.
///
/// # Errors
///
/// `unknown-user`, with a suggestion; `ambiguous-name`.
pub(crate) fn account(loaded: &Loaded, events: &[Event], word: &str) -> Result<UserName> {
    match loaded.user(word) {
        Ok(user) => account_of(loaded, user),
        Err(error) => {
            let mut names = events.iter().filter_map(|event| event.kind.user());
            let found = names.find(|name| same_name(name.as_str(), word));
            found.cloned().ok_or_else(|| error.into())
        }
    }
}

/// Returns the name by which the ledger knows a user.
///
/// # Errors
///
/// `ambiguous-name` where that name, in any case, means another user first: who holds a seat could not
/// be told.
pub(crate) fn account_of(loaded: &Loaded, user: UserHandle) -> Result<UserName> {
    if let Some(name) = loaded.admission().account(user) {
        return Ok(name.clone());
    }
    let name = loaded.name_of_user(user).to_owned();
    let message = format!("the name {} means another user first", shown(&name));
    Err(CliError::new("ambiguous-name", message)
        .help("Seats are held by name: rename one of the two with `guichet users rename`."))
}

fn unknown_session(ledger: &Ledger, session: &SessionId) -> CliError {
    let error = SessionError::NotOpen {
        session: session.clone(),
    };
    let open: Vec<OpenSession> = ledger.sessions();
    let ids = open.iter().map(|open| open.session.as_str());
    let near = did_you_mean(&nearest(session.as_str(), ids));
    CliError::new(error.code(), error.to_string())
        .help(near.unwrap_or_else(|| "`guichet session list` shows the open sessions.".to_owned()))
}

fn told(error: &StoreError, path: &Path) -> CliError {
    let told = CliError::from_error(error);
    match error {
        StoreError::Session(_) => told,
        _ => told.at(path),
    }
}
