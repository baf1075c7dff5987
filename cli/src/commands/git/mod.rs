//! `git`: sets up a repository so that git compares and merges directories by meaning.
//!
//! | module | what is there |
//! |---|---|
//! | here | the commands |
//! | [`setup`] | `install` and `uninstall` |
//! | [`lines`] | our lines of `.gitattributes` and `.gitignore`, put in and taken out of their texts |
//! | [`external_diff`], [`textconv`] | called by git: two directories compared, one as lines |
//! | [`repository`] | the repository, through the program `git` itself |

mod external_diff;
mod lines;
mod repository;
mod setup;
mod textconv;

use clap::Subcommand;

use crate::context::Context;
use crate::error::Result;
use crate::output::Report;

/// The commands below `git`.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Set up the repository around this folder: attributes, merge driver, filter, readable diffs
    Install(setup::InstallArgs),
    /// Take out what `install` put in, and nothing else
    Uninstall,
    /// Called by git: tell who gains and who loses what between two revisions
    Diff(external_diff::Args),
    /// Called by git: print what a directory says, a fact a line
    Textconv(textconv::Args),
}

impl Command {
    /// Tells whether the command writes, so that it can be tried without being done.
    pub(crate) const fn is_edit(&self) -> bool {
        matches!(self, Self::Install(_) | Self::Uninstall)
    }
}

/// Runs a command below `git`.
pub(crate) fn run(command: &Command, context: &mut Context<'_>) -> Result<Box<dyn Report>> {
    match command {
        Command::Install(args) => setup::install(args, context),
        Command::Uninstall => setup::uninstall(context),
        Command::Diff(args) => Ok(external_diff::run(args, context)),
        Command::Textconv(args) => textconv::run(args, context),
    }
}
