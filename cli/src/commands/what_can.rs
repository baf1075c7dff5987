//! `what-can`: everything that a user has access to.

use serde::Serialize;
use serde_json::Value;

use crate::context::Context;
use crate::error::Result;
use crate::help::examples;
use crate::output::{Column, Content, Page, Person, Report, Table, Text, to_json, verdict};
use crate::sentences::reason_sentence;

/// The arguments of `what-can`.
#[derive(Debug, clap::Args)]
#[command(after_help = examples!(
    "guichet what-can \"Ann Lee\"",
    "guichet what-can \"#3\" --format json",
))]
pub(crate) struct Args {
    /// The user, by name or as `#3`
    pub(crate) user: String,
}

#[derive(Debug, Serialize)]
struct WhatCan {
    user: Person,
    access: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    access: String,
    allowed: bool,
    reason: &'static str,
    #[serde(skip)]
    sentence: String,
}

/// Runs `what-can`.
pub(crate) fn run(args: &Args, context: &Context<'_>) -> Result<Box<dyn Report>> {
    let loaded = context.load()?;
    let user = loaded.user(&args.user)?;
    let policy = loaded.policy();
    let access = policy
        .what_can(user)
        .into_iter()
        .map(|(access, decision)| Row {
            access: loaded.describe(&access),
            allowed: decision.allowed(),
            reason: decision.reason().as_str(),
            sentence: reason_sentence(&loaded, &access, &decision),
        });
    Ok(Box::new(WhatCan {
        user: loaded.person(user),
        access: access.collect(),
    }))
}

impl Report for WhatCan {
    fn json(&self) -> Value {
        to_json(self)
    }

    fn text(&self, page: Page) -> Text {
        let mut table = Table::new(page, &["Allowed", "Access", "Why"].map(Column::Text));
        for row in &self.access {
            let (ink, word) = verdict(row.allowed);
            table.row([
                Content::inked(ink, word),
                row.access.as_str().into(),
                row.sentence.as_str().into(),
            ]);
        }
        let mut text = Text::default();
        text.line_of(&self.user.marked());
        text.append(&table.render());
        text
    }
}
