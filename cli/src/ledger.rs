//! The flags of the commands that read or write the ledger of seats.

use clap::Args;
use guichet::{LedgerUrl, Moment, Project, ProjectLedger};

use crate::clock;
use crate::error::Result;

/// The flags of the commands that read or write the ledger.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Ledger options")]
pub(crate) struct LedgerArgs {
    /// The ledger: a path or `sqlite:PATH` [default: `Guichet/seats.sqlite` in the data folder]
    #[arg(long, global = true, value_name = "FILE")]
    ledger: Option<LedgerUrl>,

    /// The moment, such as 2026-11-21T09:00:00Z; recording refuses the future and anything before the
    /// last event [default: now]
    #[arg(long, global = true, value_name = "TIMESTAMP", value_parser = clock::moment)]
    at: Option<Moment>,
}

impl LedgerArgs {
    /// Returns whether one of the flags is given.
    pub(crate) const fn is_given(&self) -> bool {
        self.ledger.is_some() || self.at.is_some()
    }

    /// Returns the ledger that the flags mean, as of the moment that they name.
    ///
    /// # Errors
    ///
    /// As [`Project::ledger`].
    pub(crate) fn of(&self, project: &Project) -> Result<ProjectLedger> {
        let ledger = match &self.ledger {
            Some(url) => project.ledger_at(url.path()),
            None => project.ledger(),
        }?;
        Ok(match self.at {
            Some(moment) => ledger.at(moment),
            None => ledger,
        })
    }
}
