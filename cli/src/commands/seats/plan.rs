//! `seats plan`: the users who may use each plug-in, against the seats owned.

use std::path::PathBuf;

use guichet::licensing::{Plan, PlanChange, SeatCount};
use serde_json::{Value, json};

use super::explain_unknown;
use crate::context::Context;
use crate::demand;
use crate::error::Result;
use crate::help::examples;
use crate::ledger::LedgerArgs;
use crate::loaded::Loaded;
use crate::output::{Column, Content, Ink, Page, Report, Table, Text, to_json};
use crate::sentences::grantee_words;

/// The arguments of `seats plan`.
#[derive(Debug, clap::Args)]
#[command(after_help = examples!(
    "guichet seats plan",
    "guichet seats plan --against new/directory.json" => "who would gain or lose a plug-in",
))]
pub(crate) struct Args {
    /// Another directory.json: what its taking the place of this one does to the demand
    #[arg(long, value_name = "OTHER_DIRECTORY")]
    against: Option<PathBuf>,
}

/// Runs `seats plan`.
pub(super) fn run(
    args: &Args,
    loaded: &Loaded,
    ledger: &LedgerArgs,
    context: &Context<'_>,
) -> Result<Box<dyn Report>> {
    let reading = ledger.read(loaded)?;
    let recorded = reading.standing().entitlements();
    let plan = |loaded: &Loaded, catalogue| {
        Plan::new(catalogue, &recorded, &loaded.admission(), reading.at())
    };
    let now = plan(loaded, loaded.catalogue());
    let change = match &args.against {
        None => None,
        Some(file) => {
            let other = context.load_other(file, loaded)?;
            Some(now.change_to(&plan(&other, loaded.catalogue())))
        }
    };
    Ok(Box::new(Answer {
        plan: now,
        against: args.against.clone(),
        change,
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

impl Report for Answer {
    fn json(&self) -> Value {
        json!({
            "plugins": to_json(&self.plan.plugins),
            "against": self.against.as_ref().map(|file| file.display().to_string()),
            "change": self.change.as_ref().map(|change| to_json(&change.plugins)),
        })
    }

    fn text(&self, page: Page) -> Text {
        let mut text = self.table(page);
        let Some(change) = &self.change else {
            return text;
        };
        let demand = demand::text(change);
        if demand.is_empty() {
            text.line("the other directory changes nobody's plug-ins");
        }
        text.append(&demand);
        text
    }
}
