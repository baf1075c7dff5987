//! `who-can`: the users who have an access.

use guichet::Audience;

use crate::context::Context;
use crate::error::Result;
use crate::help::access_and_examples;
use crate::output::{Marked as _, Page, Report, Text, count};
use crate::sentences::audience_sentence;

/// The arguments of `who-can`.
#[derive(Debug, clap::Args)]
#[command(after_help = access_and_examples!(
    "guichet who-can plugin:write",
    "guichet who-can sql:DEFAULT_SCHEMA:all --format json",
))]
pub(crate) struct Args {
    /// What users want to reach, as listed below
    pub(crate) access: String,
}

/// Runs `who-can`.
pub(crate) fn run(args: &Args, context: &Context<'_>) -> Result<Box<dyn Report>> {
    let view = context.project()?.current();
    Ok(Box::new(view.audience(&view.access(&args.access)?)?))
}

impl Report for Audience {
    fn text(&self, _: Page) -> Text {
        let have = match self.users.len() {
            0 => "no user has".to_owned(),
            1 => "1 user has".to_owned(),
            several => format!("{} have", count(several, "user")),
        };
        let why = audience_sentence(self);
        let mut text = Text::saying(format_args!("{have} {}: {why}", self.access));
        for user in &self.users {
            text.add("  ");
            text.line_of(&user.marked());
        }
        text
    }
}
