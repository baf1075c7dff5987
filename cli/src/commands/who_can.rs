//! `who-can`: the users who have an access.

use guichet::core::Grantee;
use serde::Serialize;
use serde_json::Value;

use crate::context::Context;
use crate::error::{CliError, Result};
use crate::help::access_and_examples;
use crate::output::{Page, Person, Report, Text, count, to_json};
use crate::sentences::audience_sentence;

/// The arguments of `who-can`.
#[derive(Debug, clap::Args)]
#[command(after_help = access_and_examples!(
    "guichet who-can plugin:write",
    "guichet who-can sql:DEFAULT_SCHEMA:all --format json",
))]
pub(crate) struct Args {
    /// What may be reached, as listed below
    pub(crate) access: String,
}

#[derive(Debug, Serialize)]
struct WhoCan {
    access: String,
    grantee: &'static str,
    group: Option<String>,
    groups: Vec<String>,
    users: Vec<Person>,
    #[serde(skip)]
    why: String,
}

/// Runs `who-can`.
pub(crate) fn run(args: &Args, context: &Context<'_>) -> Result<Box<dyn Report>> {
    let loaded = context.load()?;
    let access = loaded.access(&args.access)?;
    let found = loaded.policy().who_can(&access);
    let found = found.map_err(|error| CliError::from_diagnostic(&error))?;
    let grantee = found.grantees.first().unwrap_or(&Grantee::Nobody);
    let groups = found.grantees.iter().filter_map(Grantee::group);
    let groups: Vec<String> = groups.map(ToString::to_string).collect();
    Ok(Box::new(WhoCan {
        access: loaded.describe(&access),
        grantee: grantee.kind(),
        group: groups.first().cloned(),
        groups,
        users: loaded.people(&found.users),
        why: audience_sentence(&loaded, &access, &found.grantees),
    }))
}

impl Report for WhoCan {
    fn json(&self) -> Value {
        to_json(self)
    }

    fn text(&self, _: Page) -> Text {
        let mut text = Text::default();
        let have = match self.users.len() {
            0 => "no user has".to_owned(),
            1 => "1 user has".to_owned(),
            several => format!("{} have", count(several, "user")),
        };
        text.line(format_args!("{have} {}: {}", self.access, self.why));
        for user in &self.users {
            text.add("  ");
            text.line_of(&user.marked());
        }
        text
    }
}
