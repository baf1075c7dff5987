//! `users`: list and show them, add, duplicate, rename and delete them, set their passwords.

mod editing;
mod passwords;
mod reading;

use clap::Subcommand;

use crate::context::Context;
use crate::effect::Effect;
use crate::error::Result;
use crate::help::examples;
use crate::output::Report;

pub(crate) use editing::AddArgs;
pub(crate) use passwords::PasswdArgs;

/// The commands about users.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List every user
    List,
    /// Show one user, with all the groups that it is in
    #[command(after_help = examples!("guichet users show \"Ann Lee\"", "guichet users show \"#3\""))]
    Show {
        /// The user, by name or as `#3`
        user: String,
    },
    /// Add a user
    #[command(after_help = examples!(
        "guichet users add \"Mia Chen\" --group Finance --group Devs",
        "guichet users add" => "it is called `New user1`",
    ))]
    Add(AddArgs),
    /// Add a user with the startup method and the groups of another, without its password
    #[command(after_help = examples!("guichet users duplicate \"Ann Lee\" \"Mia Chen\""))]
    Duplicate {
        /// The user to copy, by name or as `#3`
        user: String,
        /// The name of the copy [default: the first free of `New user1`, `New user2`, …]
        name: Option<String>,
    },
    /// Rename a user, in every reference too
    #[command(after_help = examples!("guichet users rename \"Ann Lee\" \"Ann Lee-Chen\""))]
    Rename {
        /// The user, by name or as `#3`
        user: String,
        /// Its new name
        name: String,
    },
    /// Delete a user and every reference to it; the numbers behind it shift
    #[command(after_help = examples!(
        "guichet users delete \"Paul Durand\" --dry-run" => "who would lose what; it is not done",
    ))]
    Delete {
        /// The user, by name or as `#3`
        user: String,
    },
    /// Set a user's password, or remove it; it is asked for, never given on the command line
    #[command(after_help = examples!(
        "guichet users passwd \"Ann Lee\"" => "asks for it, twice",
        "guichet users passwd \"Ann Lee\" --password-stdin < file",
        "guichet users passwd \"Ann Lee\" --remove",
    ))]
    Passwd(PasswdArgs),
    /// Set the method that 4D runs when a user opens the application, or remove it
    #[command(after_help = examples!(
        "guichet users startup-method \"Ann Lee\" ShowDashboard",
        "guichet users startup-method \"Ann Lee\"" => "removes it",
    ))]
    StartupMethod {
        /// The user, by name or as `#3`
        user: String,
        /// The method; left out, none
        method: Option<String>,
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
            | Self::Delete { .. }
            | Self::Passwd(_)
            | Self::StartupMethod { .. } => Effect::Edits,
        }
    }
}

/// Runs a command about users.
pub(crate) fn run(command: &Command, context: &mut Context<'_>) -> Result<Box<dyn Report>> {
    match command {
        Command::List => reading::list(context),
        Command::Show { user } => reading::show(user, context),
        Command::Add(args) => editing::add(args, context),
        Command::Duplicate { user, name } => editing::duplicate(user, name.as_deref(), context),
        Command::Rename { user, name } => editing::rename(user, name, context),
        Command::Delete { user } => editing::delete(user, context),
        Command::Passwd(args) => passwords::passwd(args, context),
        Command::StartupMethod { user, method } => {
            editing::startup_method(user, method.as_deref(), context)
        }
    }
}
