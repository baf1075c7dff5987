//! `verify`: is this the password of a user?

use guichet::core::Verdict;
use serde::Serialize;

use crate::context::Context;
use crate::editing::password;
use crate::error::{CliError, Result};
use crate::exit_status::ExitStatus;
use crate::help::examples;
use crate::output::{Marked as _, Page, Person, Report, Text, verdict};

/// The arguments of `verify`.
#[derive(Debug, clap::Args)]
#[command(after_help = examples!(
    "guichet verify \"Ann Lee\"" => "asks for the password",
    "guichet verify \"Ann Lee\" --password-stdin < file",
))]
pub(crate) struct Args {
    /// The user, by name or as `#3`
    user: String,
    /// Read the password from standard input: its first line
    #[arg(long)]
    password_stdin: bool,
}

#[derive(Debug, Serialize)]
struct Verified {
    user: Person,
    valid: bool,
}

/// Runs `verify`.
pub(crate) fn run(args: &Args, context: &mut Context<'_>) -> Result<Box<dyn Report>> {
    let loaded = context.load()?;
    let user = loaded.user(&args.user)?;
    let attempt = password::attempt(context, args.password_stdin.into())?;
    let told = match loaded.directory().user(user) {
        Some(account) => account.verify(&attempt),
        None => Ok(Verdict::Wrong),
    };
    let told = told.map_err(|error| CliError::from_error(&error))?;
    Ok(Box::new(Verified {
        user: loaded.person(user),
        valid: told == Verdict::Right,
    }))
}

impl Report for Verified {
    fn text(&self, _: Page) -> Text {
        let (ink, word) = verdict(self.valid);
        let not = if self.valid { "" } else { "not " };
        let mut text = Text::inked(ink, word);
        text.add(format_args!(": this is {not}the password of "));
        text.line_of(&self.user.marked());
        text
    }

    fn status(&self) -> ExitStatus {
        ExitStatus::answering(self.valid)
    }
}
