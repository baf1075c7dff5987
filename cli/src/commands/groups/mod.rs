//! `groups`: list and show them, add, duplicate, rename and empty them.

mod editing;
mod reading;

use clap::Subcommand;

use crate::context::Context;
use crate::effect::Effect;
use crate::error::Result;
use crate::help::examples;
use crate::output::Report;

pub(crate) use editing::AddArgs;

/// The commands about groups.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List every group
    List,
    /// Show one group, with everyone who is in it through nesting
    #[command(after_help = examples!("guichet groups show Finance", "guichet groups show \"#15002\""))]
    Show {
        /// The group, by name or as `#15001`
        group: String,
    },
    /// Add a group, with the Administrator in it as in 4D's editor
    #[command(after_help = examples!(
        "guichet groups add Warehouse",
        "guichet groups add Warehouse --no-administrator",
    ))]
    Add(AddArgs),
    /// Add a group with the members of another; its access does not come along
    #[command(after_help = examples!("guichet groups duplicate Finance \"Finance Lyon\""))]
    Duplicate {
        /// The group to copy, by name or as `#15001`
        group: String,
        /// The name of the copy [default: the first free of `New group1`, `New group2`, …]
        name: Option<String>,
    },
    /// Rename a group, in every reference too
    #[command(after_help = examples!("guichet groups rename Devs Developers"))]
    Rename {
        /// The group, by name or as `#15001`
        group: String,
        /// Its new name
        name: String,
    },
    /// Take every member out of a group: what 4D offers in place of a deletion
    #[command(after_help = examples!(
        "guichet groups empty Finance --dry-run" => "who would lose what; it is not done",
    ))]
    Empty {
        /// The group, by name or as `#15001`
        group: String,
    },
    /// Tell why a group is not deleted: 4D cannot, empty it instead
    Delete {
        /// The group, by name or as `#15001`
        group: String,
    },
}

impl Command {
    /// Returns what the command changes.
    pub(crate) const fn effect(&self) -> Effect {
        match self {
            Self::List | Self::Show { .. } => Effect::Reads,
            Self::Add(_)
            | Self::Duplicate { .. }
            | Self::Rename { .. }
            | Self::Empty { .. }
            | Self::Delete { .. } => Effect::Edits,
        }
    }
}

/// Runs a command about groups.
pub(crate) fn run(command: &Command, context: &Context<'_>) -> Result<Box<dyn Report>> {
    match command {
        Command::List => reading::list(context),
        Command::Show { group } => reading::show(group, context),
        Command::Add(args) => editing::add(args, context),
        Command::Duplicate { group, name } => editing::duplicate(group, name.as_deref(), context),
        Command::Rename { group, name } => editing::rename(group, name, context),
        Command::Empty { group } => editing::empty(group, context),
        Command::Delete { group } => editing::delete(group, context),
    }
}
