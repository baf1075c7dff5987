//! `seats`: the licences of plug-ins, and who uses them.

mod explain;
mod import;
mod plan;
mod report;
mod simulate;
mod status;
mod take;

use clap::Subcommand;
use guichet::licensing::Owned;

use crate::context::Context;
use crate::effect::Effect;
use crate::error::Result;
use crate::ledger::LedgerArgs;
use crate::output::{Ink, Report, Text};

/// The arguments of `seats`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    ledger: LedgerArgs,
    #[command(subcommand)]
    command: Command,
}

impl Args {
    /// Returns what the command changes.
    pub(crate) const fn effect(&self) -> Effect {
        match self.command {
            Command::Status
            | Command::Explain(_)
            | Command::Report(_)
            | Command::Plan(_)
            | Command::Simulate(_) => Effect::Reads,
            Command::Take(_) | Command::ImportLicences(_) => Effect::Records,
        }
    }
}

/// The commands about seats.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show each plug-in: seats owned, holders, refusals, peak
    Status,
    /// Take a seat of a plug-in for a session
    ///
    /// The exit status is 0 if the session gets it and 1 if not.
    Take(take::Args),
    /// Explain why a user has a seat or gets none
    Explain(explain::Args),
    /// Report the use between two moments: table, CSV, JSON, chart
    Report(report::Args),
    /// Compare the users of each plug-in with the seats owned
    Plan(plan::Args),
    /// Replay recorded sessions with other seats or another directory
    Simulate(simulate::Args),
    /// Import the seats owned from 4D's `License info`
    ImportLicences(import::Args),
}

/// Runs a command about seats.
pub(crate) fn run(args: &Args, context: &mut Context<'_>) -> Result<Box<dyn Report>> {
    let project = context.project()?;
    let ledger = args.ledger.of(&project)?;
    let view = project.current();
    match &args.command {
        Command::Status => status::run(&ledger),
        Command::Take(args) => take::run(args, &view, &ledger),
        Command::Explain(args) => explain::run(args, &view, &ledger),
        Command::Report(args) => report::run(args, &view, &ledger, context),
        Command::Plan(args) => plan::run(args, &view, &ledger, context),
        Command::Simulate(args) => simulate::run(args, &view, &ledger, context),
        Command::ImportLicences(args) => import::run(args, &ledger, context),
    }
}

/// Adds what to do about seats that nobody counted, under a table that shows some.
fn explain_unknown(text: &mut Text, mut owned: impl Iterator<Item = Owned>) {
    if owned.any(|owned| owned == Owned::Unknown) {
        text.ink(
            Ink::Faint,
            "unknown: number of seats not set, so no seat is given (set `seats` in guichet.toml)",
        );
        text.end();
    }
}
