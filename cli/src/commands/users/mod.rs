//! `users`: list and show them, add, duplicate, rename and delete them, set their passwords.

mod passwords;
mod reading;

use clap::Subcommand;
use guichet::core::MethodName;
use guichet::{Change, UserName};

use crate::context::Context;
use crate::editing::edit;
use crate::effect::Effect;
use crate::error::Result;
use crate::help::examples;
use crate::output::{Listing, Report};

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
    /// Delete a user and every reference to it; the numbers of later users move up by one
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

/// The arguments of `users add`.
#[derive(Debug, clap::Args)]
pub(crate) struct AddArgs {
    /// The user's name [default: the first free of `New user1`, `New user2`, …]
    name: Option<String>,
    /// The method that 4D runs when the user opens the application
    #[arg(long, value_name = "METHOD")]
    startup_method: Option<String>,
    /// A group to place the user in; may be said several times
    #[arg(long = "group", value_name = "GROUP")]
    groups: Vec<String>,
}

/// Runs a command about users.
pub(crate) fn run(command: &Command, context: &mut Context<'_>) -> Result<Box<dyn Report>> {
    match command {
        Command::List => Ok(Box::new(Listing(context.load()?.list_users()))),
        Command::Show { user } => {
            let loaded = context.load()?;
            Ok(Box::new(loaded.show_user(loaded.user(user)?)))
        }
        Command::Add(args) => edit(context, |names| {
            let groups = args.groups.iter().map(|group| names.group_name(group));
            Ok(Change::AddUser {
                name: args.name.as_deref().map(UserName::stored),
                startup_method: args.startup_method.as_deref().map(MethodName::stored),
                groups: groups.collect::<Result<_, _>>()?,
            })
        }),
        Command::Duplicate { user, name } => edit(context, |names| {
            Ok(Change::DuplicateUser {
                user: names.user_name(user)?,
                name: name.as_deref().map(UserName::stored),
            })
        }),
        Command::Rename { user, name } => edit(context, |names| {
            Ok(Change::RenameUser {
                user: names.user_name(user)?,
                name: UserName::stored(name),
            })
        }),
        Command::Delete { user } => edit(context, |names| {
            Ok(Change::DeleteUser {
                user: names.user_name(user)?,
            })
        }),
        Command::Passwd(args) => passwords::passwd(args, context),
        Command::StartupMethod { user, method } => edit(context, |names| {
            Ok(Change::SetStartupMethod {
                user: names.user_name(user)?,
                method: method.as_deref().map(MethodName::stored),
            })
        }),
    }
}
