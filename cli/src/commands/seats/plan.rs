//! `seats plan`: the users who may use each plug-in, against the seats owned.

use std::path::PathBuf;

use guichet::licensing::{Plan, PlanChange, SeatCount};
use guichet::{ProjectLedger, View};
use serde::{Serialize, Serializer};
use serde_json::json;

use super::explain_unknown;
use crate::context::Context;
use crate::demand;
use crate::error::Result;
use crate::help::examples;
use crate::output::{Column, Content, Ink, Page, Report, Table, Text, to_json};
use crate::sentences::grantee_words;

/// The arguments of `seats plan`.
#[derive(Debug, clap::Args)]
#[command(after_help = examples!(
    "guichet seats plan",
    "guichet seats plan --against new/directory.json" => "who would gain or lose a plug-in",
))]
pub(crate) struct Args {
    /// Compare the demand with this directory.json
    #[arg(long, value_name = "OTHER_DIRECTORY")]
    against: Option<PathBuf>,
}

/// Runs `seats plan`.
pub(super) fn run(
    args: &Args,
    view: &View,
    ledger: &ProjectLedger,
    context: &Context<'_>,
) -> Result<Box<dyn Report>> {
    let standing = ledger.standing()?;
    let plan = standing.plan();
    let other = args.against.as_ref();
    let other = other
        .map(|file| context.load_other(file, view))
        .transpose()?;
    Ok(Box::new(Answer {
        change: other.map(|other| plan.change_to(&standing.plan_of(&other))),
        against: args.against.clone(),
        plan,
    }))
}

#[derive(Debug)]
struct Answer {
    plan: Plan,
    against: Option<PathBuf>,
    change: Option<PlanChange>,
}

impl Answer {
    fn table(&self, page: Page) -> Text {
        let mut table = Table::new(
            page,
            &[
                Column::Text("Plug-in"),
                Column::Text("Granted to"),
                Column::Number("Entitled"),
                Column::Number("Owned"),
                Column::Number("Short"),
            ],
        );
        for plugin in &self.plan.plugins {
            let (ink, short) = match plugin.short {
                None => (Ink::Plain, plugin.owned.to_string()),
                Some(SeatCount::ZERO) => (Ink::Plain, "0".to_owned()),
                Some(short) => (Ink::No, short.to_string()),
            };
            table.row([
                plugin.plugin.as_str().into(),
                grantee_words(std::slice::from_ref(&plugin.grantee)).into(),
                plugin.entitled.to_string().into(),
                plugin.owned.to_string().into(),
                Content::inked(ink, short),
            ]);
        }
        let mut text = table.render();
        explain_unknown(
            &mut text,
            self.plan.plugins.iter().map(|plugin| plugin.owned),
        );
        text
    }
}

impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        json!({
            "plugins": to_json(&self.plan.plugins),
            "against": self.against.as_ref().map(|file| file.display().to_string()),
            "change": self.change.as_ref().map(|change| to_json(&change.plugins)),
        })
        .serialize(serializer)
    }
}

impl Report for Answer {
    fn text(&self, page: Page) -> Text {
        let mut text = self.table(page);
        let Some(change) = &self.change else {
            return text;
        };
        let demand = demand::text(change.moved());
        if demand.is_empty() {
            text.line("the other directory gives everyone the same plug-ins");
        }
        text.append(&demand);
        text
    }
}
