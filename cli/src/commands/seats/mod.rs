//! `seats`: the licences of plug-ins, and who uses them.

mod answers;
mod plan;
mod report;
mod simulate;

use std::path::PathBuf;

use clap::Subcommand;
use guichet::SessionId;

use crate::context::Context;
use crate::effect::Effect;
use crate::error::Result;
use crate::files;
use crate::help::examples;
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
            | Command::Explain { .. }
            | Command::Report(_)
            | Command::Plan(_)
            | Command::Simulate(_) => Effect::Reads,
            Command::Take { .. } | Command::ImportLicences { .. } => Effect::Records,
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
    #[command(after_help = examples!(
        "guichet seats take desk-7 \"4D Write license\"",
        "guichet seats take desk-7 write || echo \"no seat\"",
    ))]
    Take {
        /// The session that asks, as `session open` named it
        #[arg(value_name = "SESSION", value_parser = SessionId::new)]
        session: SessionId,
        /// The plug-in: `write`, 808464697, `4D Write license`, or a name from guichet.toml
        plugin: String,
    },
    /// Explain why a user has a seat or gets none
    #[command(after_help = examples!("guichet seats explain \"Ann Lee\" write"))]
    Explain {
        /// The user, by name or as `#3`; also one who was deleted and whose name is in the ledger
        user: String,
        /// The plug-in: `write`, 808464697, `4D Write license`, or a name from guichet.toml
        plugin: String,
    },
    /// Report the use between two moments: table, CSV, JSON, chart
    Report(report::Args),
    /// Compare the users of each plug-in with the seats owned
    Plan(plan::Args),
    /// Replay recorded sessions with other seats or another directory
    Simulate(simulate::Args),
    /// Import the seats owned from 4D's `License info`
    #[command(after_help = concat!(
        "In 4D:\n  File(\"/DATA/licences.json\").setText(JSON Stringify(License info))\n\n",
        "The ledger keeps what you import, with its dates of expiry. `seats` of a \
         plug-in in guichet.toml has priority.\n\n",
        examples!("guichet seats import-licences Data/licences.json"),
    ))]
    ImportLicences {
        /// The object that `License info` returns, as JSON; `-` for standard input
        file: PathBuf,
    },
}

/// Runs a command about seats.
pub(crate) fn run(args: &Args, context: &mut Context<'_>) -> Result<Box<dyn Report>> {
    let project = context.project()?;
    let ledger = args.ledger.of(&project)?;
    let view = project.current();
    Ok(match &args.command {
        Command::Status => Box::new(ledger.standing()?.status()),
        Command::Take { session, plugin } => Box::new(ledger.take(session, &view.plugin(plugin)?)?),
        Command::Explain { user, plugin } => {
            let standing = ledger.standing()?;
            let user = standing.account(user)?;
            Box::new(standing.explain(&user, &view.plugin(plugin)?)?)
        }
        Command::Report(args) => Box::new(args.run(&view, &ledger, context)?),
        Command::Plan(args) => Box::new(args.run(&view, &ledger, context)?),
        Command::Simulate(args) => Box::new(args.run(&view, &ledger, context)?),
        Command::ImportLicences { file } => {
            let text = files::read_text(context, file)?;
            Box::new(ledger.import_licences(&text, file)?)
        }
    })
}
