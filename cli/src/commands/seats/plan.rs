//! `seats plan`: the users who may use each plug-in, against the seats owned.

use std::path::PathBuf;
use std::slice;

use guichet::licensing::{PlanChange, PluginPlan, SeatCount};
use guichet::{ProjectLedger, View};
use serde::Serialize;

use super::answers::explain_unknown;
use crate::context::Context;
use crate::demand;
use crate::error::Result;
use crate::help::examples;
use crate::output::{Content, Ink, Page, Report, Text, rows, table};
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

/// The demand for seats, and what becomes of it with another directory.
#[derive(Debug, Serialize)]
pub(super) struct Answer {
    plugins: Vec<PluginPlan>,
    against: Option<String>,
    change: Option<PlanChange>,
}

impl Args {
    /// Runs `seats plan`.
    pub(super) fn run(
        &self,
        view: &View,
        ledger: &ProjectLedger,
        context: &Context<'_>,
    ) -> Result<Answer> {
        let standing = ledger.standing()?;
        let plan = standing.plan();
        let against = self.against.as_ref();
        let other = against.map(|file| context.load_other(file, view));
        let other = other.transpose()?;
        Ok(Answer {
            change: other.map(|other| plan.change_to(&standing.plan_of(&other))),
            against: against.map(|file| file.display().to_string()),
            plugins: plan.plugins,
        })
    }
}

rows!(PluginPlan, "no plug-ins", |plugin| {
    Text "Plug-in": plugin.plugin.as_str(),
    Text "Granted to": grantee_words(slice::from_ref(&plugin.grantee)),
    Number "Entitled": plugin.entitled.to_string(),
    Number "Owned": plugin.owned.to_string(),
    Number "Short": short(plugin),
});

fn short(plugin: &PluginPlan) -> Content {
    match plugin.short {
        None => plugin.owned.to_string().into(),
        Some(SeatCount::ZERO) => "0".into(),
        Some(short) => Content::inked(Ink::No, short.to_string()),
    }
}

impl Report for Answer {
    fn text(&self, page: Page) -> Text {
        let mut text = table(&self.plugins, page);
        explain_unknown(&mut text, self.plugins.iter().map(|plugin| plugin.owned));
        if let Some(change) = &self.change {
            let demand = demand::text(change.moved());
            if demand.is_empty() {
                text.line("the other directory gives everyone the same plug-ins");
            }
            text.append(&demand);
        }
        text
    }
}
