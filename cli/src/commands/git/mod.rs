//! `git`: sets up a repository so that git compares and merges directories by meaning.
//!
//! | module | what is there |
//! |---|---|
//! | here | the commands |
//! | [`setup`] | `install` and `uninstall` |
//! | [`lines`] | our lines of `.gitattributes`, added and removed |
//! | [`external_diff`], [`textconv`] | called by git: two directories compared, one as lines |
//! | [`marks`] | the key of the marks of stored passwords |
//! | [`repository`] | the repository, through the program `git` itself |

mod external_diff;
mod lines;
mod marks;
mod repository;
mod setup;
mod textconv;

use clap::Subcommand;
use serde::{Serialize, Serializer};

use crate::context::Context;
use crate::effect::Effect;
use crate::error::Result;
use crate::output::{Page, Report, Text};

/// The commands below `git`.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Set up this repository: attributes, merge driver, filter, readable diffs
    Install(setup::InstallArgs),
    /// Remove what `install` added
    Uninstall,
    /// Called by git: print who gains and loses what
    Diff(external_diff::Args),
    /// Called by git: print a directory, one fact a line
    Textconv(textconv::Args),
}

impl Command {
    /// Returns what the command changes.
    pub(crate) const fn effect(&self) -> Effect {
        match self {
            Self::Install(_) | Self::Uninstall => Effect::SetsUp,
            Self::Diff(_) | Self::Textconv(_) => Effect::Reads,
        }
    }
}

/// Runs a command below `git`.
pub(crate) fn run(command: &Command, context: &mut Context<'_>) -> Result<Box<dyn Report>> {
    match command {
        Command::Install(args) => setup::run(Some(args), context),
        Command::Uninstall => setup::run(None, context),
        Command::Diff(args) => Ok(external_diff::run(args, context)),
        Command::Textconv(args) => textconv::run(args, context),
    }
}

/// A text for git; in JSON it is one string.
impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.as_plain())
    }
}

impl Report for Text {
    fn text(&self, _: Page) -> Text {
        self.clone()
    }
}
