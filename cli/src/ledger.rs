//! The ledger of seats: which file it is, opened for reading or for recording.

use std::path::{Path, PathBuf};

use clap::Args;
use guichet_core::Diagnostic as _;
use guichet_core::identity::same_name;
use guichet_core::{PluginKey, UserName};
use guichet_licensing::sqlite::{
    FileFault, LivingSession, LocalProcesses, OpenOptions, SqliteLedger, StoreError,
};
use guichet_licensing::{
    Entitlements, Event, Ledger, Moment, OpenSession, PluginUse, SessionError, SessionId,
};

use crate::clock;
use crate::error::{CliError, Result};
use crate::loaded::Loaded;
use crate::suggest::nearest;

/// The flags of the commands that read or write the ledger.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Ledger options")]
pub(crate) struct LedgerArgs {
    /// The ledger: a path or `sqlite:PATH` [default: `Guichet/seats.sqlite` in the data folder]
    #[arg(long, global = true, value_name = "URL", value_parser = ledger_path)]
    ledger: Option<PathBuf>,

    /// When it happens, for recording the past and for tests: 2026-11-21T09:00:00Z [default: now]
    #[arg(long, global = true, value_name = "TIMESTAMP", value_parser = clock::moment)]
    at: Option<Moment>,
}

/// Takes the path out of `--ledger`.
fn ledger_path(text: &str) -> std::result::Result<PathBuf, String> {
    let (scheme, path) = text.split_once(':').unwrap_or(("", text));
    match scheme {
        "sqlite" => Ok(path.strip_prefix("//").unwrap_or(path).into()),
        "memory" => {
            Err("a ledger in memory would be gone when this command ends; name a file".to_owned())
        }
        // A single letter is a drive of Windows.
        _ if scheme.len() > 1 && scheme.chars().all(|c| c.is_ascii_alphanumeric()) => Err(format!(
            "ledgers are SQLite files, not `{scheme}:`; a file of that name is `sqlite:{text}`"
        )),
        _ => Ok(text.into()),
    }
}

/// What to do where no ledger was made yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Absent {
    /// Make it.
    Create,
    /// Say that no session is open.
    Refuse,
}

/// How seats stand, for commands that only tell about it.
#[derive(Debug)]
pub(crate) struct Reading {
    store: Option<SqliteLedger>,
    standing: Ledger,
    at: Moment,
}

/// A ledger that is written to.
#[derive(Debug)]
pub(crate) struct Recording {
    store: SqliteLedger,
    at: Moment,
}

impl LedgerArgs {
    /// Returns when the command happens.
    pub(crate) fn at(&self) -> Moment {
        self.at.unwrap_or_else(clock::now)
    }

    /// Returns the file: the one that was named, or the one in the data folder.
    fn path(&self, loaded: &Loaded) -> Result<PathBuf> {
        if let Some(path) = &self.ledger {
            return Ok(path.clone());
        }
        let data = data_folder(loaded).ok_or_else(|| {
            CliError::new(
                "no-data-folder",
                "there is no data folder to keep a ledger in",
            )
            .help("Name the data folder with `--data` or the ledger with `--ledger`.")
        })?;
        Ok(data.join("Guichet/seats.sqlite"))
    }

    /// Opens the ledger to tell how seats stand; where none was made yet, nothing has happened.
    ///
    /// What guichet.toml says is owned counts, even if it was not recorded yet. Sessions that have
    /// ended without being closed are closed first.
    ///
    /// # Errors
    ///
    /// The codes of [`StoreError`]; `ledger-missing` only for a ledger that was named.
    pub(crate) fn read(&self, loaded: &Loaded) -> Result<Reading> {
        let at = self.at();
        let named = self.ledger.is_some();
        let store = match self.path(loaded) {
            Err(_) => None, // no data folder, so nothing was recorded in it
            Ok(path) => match OpenOptions::existing().open(&path) {
                Err(StoreError::File {
                    fault: FileFault::Missing,
                    ..
                }) if !named => None,
                opened => Some(opened.map_err(|error| told(&error, &path))?),
            },
        };
        let mut reading = Reading {
            store,
            standing: Ledger::new(),
            at,
        };
        if let Some(store) = &mut reading.store {
            let path = store.path().to_owned();
            store
                .reap(&LocalProcesses, at)
                .map_err(|error| told(&error, &path))?;
            reading.standing = store.ledger().clone();
        }
        for (plugin, entitlement) in loaded.entitlements().iter() {
            let _: Option<Event> = reading.standing.entitle(plugin, entitlement, at);
        }
        Ok(reading)
    }

    /// Opens the ledger to record something.
    ///
    /// What guichet.toml says is owned is recorded first, and sessions that have ended without being
    /// closed are closed.
    ///
    /// # Errors
    ///
    /// The codes of [`StoreError`]; `no-data-folder`; `unknown-session` when there is no ledger
    /// and none is to be made.
    pub(crate) fn record(&self, loaded: &Loaded, absent: Absent) -> Result<Recording> {
        let path = self.path(loaded)?;
        let options = match absent {
            Absent::Create => OpenOptions::create(),
            Absent::Refuse => OpenOptions::existing(),
        };
        let at = self.at();
        let opened = options.open(&path);
        let store = opened.map_err(|error| match &error {
            StoreError::File {
                fault: FileFault::Missing,
                ..
            } => CliError::new(
                "unknown-session",
                "no session is open: there is no ledger yet",
            )
            .help("`guichet session open USER` makes it.")
            .at(&path),
            _ => told(&error, &path),
        })?;
        let mut recording = Recording { store, at };
        recording.change(|store, at| store.reap(&LocalProcesses, at))?;
        recording.entitle(loaded.entitlements())?;
        Ok(recording)
    }
}

impl Reading {
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
    pub(crate) fn history(&mut self) -> Result<Vec<Event>> {
        self.store.as_mut().map_or(Ok(Vec::new()), history)
    }

    /// Returns the open sessions, with what may end them.
    ///
    /// # Errors
    ///
    /// The codes of [`StoreError`].
    pub(crate) fn living_sessions(&mut self) -> Result<Vec<LivingSession>> {
        let Some(store) = &mut self.store else {
            return Ok(Vec::new());
        };
        let read = store.living_sessions();
        read.map_err(|error| told(&error, store.path()))
    }
}

impl Recording {
    /// Returns the file.
    pub(crate) fn path(&self) -> &Path {
        self.store.path()
    }

    /// Returns the moment of the command.
    pub(crate) const fn at(&self) -> Moment {
        self.at
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
        self.change(|store, at| store.entitle(owned, at))
    }

    /// Makes a change.
    ///
    /// # Errors
    ///
    /// The codes of [`StoreError`]; `unknown-session` with a suggestion.
    pub(crate) fn change<T>(
        &mut self,
        change: impl FnOnce(&mut SqliteLedger, Moment) -> std::result::Result<T, StoreError>,
    ) -> Result<T> {
        change(&mut self.store, self.at).map_err(|error| match &error {
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
pub(crate) fn history(store: &mut SqliteLedger) -> Result<Vec<Event>> {
    let read = store.history();
    read.map_err(|error| told(&error, store.path()))
}

/// Opens a ledger that somebody recorded, to look at it.
///
/// # Errors
///
/// The codes of [`StoreError`].
pub(crate) fn open_recorded(path: &Path) -> Result<SqliteLedger> {
    let opened = OpenOptions::existing().open(path);
    opened.map_err(|error| told(&error, path))
}

/// Finds the account that a word names: a user of the directory, or one whom the ledger remembers.
///
/// # Errors
///
/// `unknown-user`, with a suggestion.
pub(crate) fn account(loaded: &Loaded, events: &[Event], word: &str) -> Result<UserName> {
    loaded.user(word).map_or_else(
        |error| {
            let mut names = events.iter().filter_map(|event| event.kind.user());
            let found = names.find(|name| same_name(name.as_str(), word));
            found.cloned().ok_or(error)
        },
        |user| Ok(UserName::stored(loaded.user_name(user))),
    )
}

fn unknown_session(ledger: &Ledger, session: &SessionId) -> CliError {
    let error = SessionError::NotOpen {
        session: session.clone(),
    };
    let open: Vec<OpenSession> = ledger.sessions();
    let ids = open.iter().map(|open| open.session.as_str());
    let near = nearest(session.as_str(), ids);
    CliError::new(error.code(), error.to_string())
        .help(near.unwrap_or_else(|| "`guichet session list` shows the open sessions.".to_owned()))
}

fn told(error: &StoreError, path: &Path) -> CliError {
    let told = CliError::from_error(error);
    match error {
        StoreError::File { .. } => told.at(path),
        _ => told,
    }
}

/// The folder that a project keeps its data in, where there is one.
fn data_folder(loaded: &Loaded) -> Option<&Path> {
    let settings = loaded.location().data_path.as_deref()?.parent()?;
    settings.parent().filter(|folder| folder.is_dir())
}
