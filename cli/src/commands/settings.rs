//! `settings`: the Default User and the generic web users.

use clap::Subcommand;
use guichet::core::WebSide;
use guichet::{Change, Names, SettingsRecord, UserName};

use crate::context::Context;
use crate::editing::edit;
use crate::error::Result;
use crate::help::examples;
use crate::output::{Facts, Page, Report, Text, listed};

/// The commands about settings that name a user.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show the Default User and the generic web users
    Show,
    #[command(flatten)]
    Edit(Edit),
}

/// The edits of settings.
#[derive(Debug, Subcommand)]
pub(crate) enum Edit {
    /// Set the Default User: everyone who connects without a login works as this user
    #[command(after_help = examples!(
        "guichet settings default-user \"Web Guest\"",
        "guichet settings default-user --none",
    ))]
    DefaultUser(UserArgs),
    /// Set the generic web user: requests without a login get this user's access
    #[command(after_help = examples!(
        "guichet settings web-user \"Web Guest\"",
        "guichet settings web-user --remote --none",
    ))]
    WebUser {
        #[command(flatten)]
        user: UserArgs,
        /// For the web server of 4D or 4D Server [the default]
        #[arg(long, conflicts_with = "remote")]
        local: bool,
        /// For the web server of a remote 4D
        #[arg(long)]
        remote: bool,
    },
}

/// Which user, or none.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
pub(crate) struct UserArgs {
    /// The user, by name or as `#3`
    user: Option<String>,
    /// No user
    #[arg(long)]
    none: bool,
}

impl UserArgs {
    fn of(&self, names: &Names<'_>) -> guichet::Result<Option<UserName>> {
        let user = self.user.as_deref().map(|word| names.user_name(word));
        Ok(user.transpose()?)
    }
}

/// Runs a command about settings.
pub(crate) fn run(command: &Command, context: &mut Context<'_>) -> Result<Box<dyn Report>> {
    match command {
        Command::Show => Ok(Box::new(context.load()?.show_settings())),
        Command::Edit(words) => edit(context, |names| Ok(vec![words.change(names)?])),
    }
}

impl Report for SettingsRecord {
    fn text(&self, page: Page) -> Text {
        let mut facts = Facts::new(page);
        facts.add("Default User", listed(&self.default_user));
        facts.add("web user", listed(&self.local_web_user));
        facts.add("web user of a remote 4D", listed(&self.remote_web_user));
        facts.render()
    }
}

impl Edit {
    /// Returns the change that the words mean.
    fn change(&self, names: &Names<'_>) -> guichet::Result<Change> {
        Ok(match self {
            Self::DefaultUser(args) => Change::SetDefaultUser {
                user: args.of(names)?,
            },
            Self::WebUser { user, remote, .. } => Change::SetWebUser {
                side: if *remote {
                    WebSide::Remote
                } else {
                    WebSide::Local
                },
                user: user.of(names)?,
            },
        })
    }
}
