//! `who-can`: the users who have an access.

use guichet_core::{Grantee, UserKind};
use serde::Serialize;
use serde_json::Value;

use crate::context::Context;
use crate::error::Result;
use crate::output::{Ink, Lines, Page, Report, count, to_json};
use crate::sentences::grantee_words;

/// The arguments of `who-can`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The access: design, http, rest, `sql[:SCHEMA[:RIGHT]]`, plugin:KEY, group:NAME, …
    pub(crate) access: String,
}

#[derive(Debug, Serialize)]
struct WhoCan {
    access: String,
    grantee: &'static str,
    group: Option<String>,
    users: Vec<String>,
    #[serde(skip)]
    kinds: Vec<UserKind>,
    #[serde(skip)]
    granted_to: String,
}

/// Runs `who-can`.
pub(crate) fn run(args: &Args, context: &Context<'_>) -> Result<Box<dyn Report>> {
    let loaded = context.load()?;
    let access = loaded.access(&args.access)?;
    let policy = loaded.policy();
    let found = policy.who_can(&access);
    let grantee = found.grantees.first().cloned().unwrap_or(Grantee::Nobody);
    let kind_of = |user: &guichet_core::UserHandle| {
        loaded
            .directory()
            .user(*user)
            .map_or(UserKind::User, guichet_core::User::kind)
    };
    Ok(Box::new(WhoCan {
        access: loaded.describe(&access),
        grantee: grantee.kind(),
        group: grantee.group().map(ToString::to_string),
        users: loaded.user_names(&found.users),
        kinds: found.users.iter().map(kind_of).collect(),
        granted_to: grantee_words(&found.grantees),
    }))
}

impl Report for WhoCan {
    fn json(&self) -> Value {
        to_json(self)
    }

    fn text(&self, page: Page) -> String {
        let mut text = Lines::default();
        text.line(format_args!(
            "{} is granted to {}: {}",
            self.access,
            self.granted_to,
            count(self.users.len(), "user")
        ));
        for (user, kind) in self.users.iter().zip(&self.kinds) {
            let name = page.paint.ink(Ink::of_user(*kind), user);
            let marker = match kind {
                UserKind::User => String::new(),
                built_in => format!(" ({built_in})"),
            };
            text.line(format_args!("  {name}{marker}"));
        }
        text.finish()
    }
}
