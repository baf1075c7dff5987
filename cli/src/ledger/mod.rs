//! The ledger of seats.
//!
//! | module | what is there |
//! |---|---|
//! | here | the flags, and which file it is |
//! | [`opened`] | the file, opened to tell how seats stand or to record something |

mod opened;

use std::path::{Path, PathBuf};

use clap::Args;
use guichet::licensing::{Moment, When};

use crate::clock;
use crate::error::{CliError, Result};
use crate::loaded::Loaded;
pub(crate) use opened::{Reading, Recording, account, account_of, history, recorded};
use opened::{make_or_open, open_if_made, recorded_if_made};

/// The flags of the commands that read or write the ledger.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Ledger options")]
pub(crate) struct LedgerArgs {
    /// The ledger: a path or `sqlite:PATH` [default: `Guichet/seats.sqlite` in the data folder]
    #[arg(long, global = true, value_name = "URL", value_parser = ledger_path)]
    ledger: Option<PathBuf>,

    /// When it happens, not before the last event and not in the future; commands that only read take
    /// any moment: 2026-11-21T09:00:00Z [default: now]
    #[arg(long, global = true, value_name = "TIMESTAMP", value_parser = clock::moment)]
    at: Option<Moment>,
}

/// Takes the path out of `--ledger`.
fn ledger_path(text: &str) -> std::result::Result<PathBuf, String> {
    let (scheme, path) = text.split_once(':').unwrap_or(("", text));
    match scheme {
        "sqlite" => Ok(of_url(path).into()),
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

/// Returns the path of a URL without its scheme: of `///C:/x` it is `C:/x`, which is a path of Windows.
fn of_url(text: &str) -> &str {
    let path = text.strip_prefix("//").unwrap_or(text);
    let on_a_drive = path.strip_prefix('/').filter(|rest| {
        let mut start = rest.chars();
        start
            .next()
            .is_some_and(|letter| letter.is_ascii_alphabetic())
            && start.next() == Some(':')
    });
    on_a_drive.unwrap_or(path)
}

/// What to do where no ledger was made yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Absent {
    /// Make it.
    Create,
    /// Say that no session is open.
    Refuse,
}

impl LedgerArgs {
    /// Returns when a command happens, or which moment it is about.
    fn when(&self, loaded: &Loaded) -> When {
        let clock = loaded.now();
        self.at
            .map_or(When::now(clock), |at| When::stated(at, clock))
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
    /// What guichet.toml says is owned counts, even if it was not recorded yet, and sessions that have
    /// ended without being closed count as closed. Nothing is written.
    ///
    /// # Errors
    ///
    /// The codes of [`StoreError`]; `ledger-missing` only for a ledger that was named.
    pub(crate) fn read(&self, loaded: &Loaded) -> Result<Reading> {
        let snapshot = match self.path(loaded) {
            Err(_) => None, // no data folder, so nothing was recorded in it
            Ok(path) if self.ledger.is_some() => Some(recorded(&path)?),
            Ok(path) => recorded_if_made(&path)?,
        };
        Ok(Reading::new(
            snapshot,
            loaded.entitlements(),
            self.when(loaded),
        ))
    }

    /// Opens the ledger to record something.
    ///
    /// What guichet.toml says is owned is recorded first, and sessions that have ended without being
    /// closed are closed.
    ///
    /// # Errors
    ///
    /// The codes of [`StoreError`], among them `past-moment` and `future-moment`; `no-data-folder`; `unknown-session` when there is no ledger
    /// and none is to be made.
    pub(crate) fn record(&self, loaded: &Loaded, absent: Absent) -> Result<Recording> {
        let path = self.path(loaded)?;
        let when = self.when(loaded);
        let store = match absent {
            Absent::Create => make_or_open(&path)?,
            Absent::Refuse => open_if_made(&path)?.ok_or_else(|| {
                let message = "no session is open: there is no ledger yet";
                CliError::new("unknown-session", message)
                    .help("`guichet session open USER` makes it.")
                    .at(&path)
            })?,
        };
        Recording::new(store, loaded.entitlements(), when)
    }
}

/// The folder that a project keeps its data in, where there is one.
fn data_folder(loaded: &Loaded) -> Option<&Path> {
    let settings = loaded.location().data_path.as_deref()?.parent()?;
    settings.parent().filter(|folder| folder.is_dir())
}

#[cfg(test)]
mod tests {
    use super::{Path, ledger_path};

    #[test]
    fn a_url_names_a_path_also_on_a_drive() {
        for (text, path) in [
            ("sqlite:///C:/x/seats.sqlite", "C:/x/seats.sqlite"),
            ("sqlite:C:/x", "C:/x"),
            ("C:/x", "C:/x"),
            ("sqlite:///data/seats.sqlite", "/data/seats.sqlite"),
            ("sqlite:seats.sqlite", "seats.sqlite"),
            ("seats.sqlite", "seats.sqlite"),
        ] {
            assert_eq!(ledger_path(text).as_deref(), Ok(Path::new(path)), "{text}");
        }
    }
}
