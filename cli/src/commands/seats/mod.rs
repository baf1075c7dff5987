//! `seats`: the licences of plug-ins, and who uses them.

mod explain;
mod import;
mod plan;
mod report;
mod simulate;
mod status;
mod take;

use clap::Subcommand;
use guichet_core::PluginKey;
use guichet_licensing::{Entitlements, Owned};

use crate::context::Context;
use crate::effect::Effect;
use crate::error::Result;
use crate::ledger::LedgerArgs;
use crate::output::Report;

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
    /// Tell per plug-in what is owned, who holds a seat, what was refused and the peak
    Status,
    /// Ask for a seat of a plug-in in a session (exit status 0 granted, 1 refused)
    Take(take::Args),
    /// Tell why a user holds a seat of a plug-in, would get one, or gets none
    Explain(explain::Args),
    /// Tell how much was used between two moments, as a table, CSV, JSON or a chart
    Report(report::Args),
    /// Compare the users who may use each plug-in with the seats owned
    Plan(plan::Args),
    /// Play a recorded trace again with other seats or another directory
    Simulate(simulate::Args),
    /// Read the seats owned from what 4D's command `License info` returns
    ImportLicences(import::Args),
}

/// Runs a command about seats.
pub(crate) fn run(args: &Args, context: &mut Context<'_>) -> Result<Box<dyn Report>> {
    let loaded = context.load()?;
    let ledger = &args.ledger;
    match &args.command {
        Command::Status => status::run(&loaded, ledger),
        Command::Take(args) => take::run(args, &loaded, ledger),
        Command::Explain(args) => explain::run(args, &loaded, ledger),
        Command::Report(args) => report::run(args, &loaded, ledger, context),
        Command::Plan(args) => plan::run(args, &loaded, ledger, context),
        Command::Simulate(args) => simulate::run(args, &loaded, ledger, context),
        Command::ImportLicences(args) => import::run(args, &loaded, ledger, context),
    }
}

/// What stands under a table in which a plug-in has a dash for what is owned.
const NOT_RECORDED: &str =
    "–: nobody said how many seats are owned, so none is given (`seats` in guichet.toml says it)";

/// Says how many seats are owned; nothing when nothing is recorded.
fn owned_words(owned: Owned, plugin: &PluginKey, recorded: &Entitlements) -> String {
    match recorded.get(plugin) {
        Some(entitlement) if !entitlement.rights().is_empty() => owned.to_string(),
        _ => String::new(),
    }
}
