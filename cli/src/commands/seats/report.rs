//! `seats report`: what was used between two moments.

use std::path::PathBuf;

use guichet::core::UserName;
use guichet::licensing::{Report as Use, use_chart};
use guichet::{Moment, ProjectLedger, View};
use serde::Serialize;

use crate::clock;
use crate::context::Context;
use crate::error::{CliError, Result};
use crate::files;
use crate::help::examples;
use crate::output::{Column, Foreign, Page, Report, Table, Text, csv, listed};

/// The arguments of `seats report`.
#[derive(Debug, clap::Args)]
#[command(after_help = examples!(
    "guichet seats report --from 2026-11-01 --to 2026-12-01",
    "guichet seats report --csv > november.csv",
    "guichet seats report --plugin write --svg write.svg",
))]
pub(crate) struct Args {
    /// The start, a timestamp or a day [default: the first event]
    #[arg(long, value_name = "MOMENT", value_parser = clock::moment)]
    from: Option<Moment>,

    /// The end (not included) [default: now]
    #[arg(long, value_name = "MOMENT", value_parser = clock::moment)]
    to: Option<Moment>,

    /// Report this plug-in only
    #[arg(long, value_name = "PLUGIN")]
    plugin: Option<String>,

    /// Print comma-separated values instead of a table
    #[arg(long)]
    csv: bool,

    /// Also draw a chart into this file
    #[arg(long, value_name = "FILE", requires = "plugin")]
    svg: Option<PathBuf>,
}

/// Runs `seats report`.
pub(super) fn run(
    args: &Args,
    view: &View,
    ledger: &ProjectLedger,
    context: &Context<'_>,
) -> Result<Box<dyn Report>> {
    let mut found = ledger.standing()?.report(args.from, args.to)?;
    if let Some(word) = &args.plugin {
        let plugin = view.plugin(word)?;
        found.plugins.retain(|one| one.plugin == plugin);
    }
    if let Some(file) = &args.svg {
        let plugin = found.plugins.first().ok_or_else(|| {
            let message = "nothing to draw: no event of this plug-in in that time";
            CliError::new("usage", message)
        })?;
        files::put_other(context, file, use_chart(&found, plugin).as_bytes())?;
    }
    Ok(Box::new(Answer {
        found,
        style: if args.csv { Style::Csv } else { Style::Table },
    }))
}

#[derive(Debug, Clone, Copy)]
enum Style {
    Table,
    Csv,
}

#[derive(Debug, Serialize)]
#[serde(transparent)]
struct Answer {
    found: Use,
    #[serde(skip)]
    style: Style,
}

impl Report for Answer {
    fn text(&self, page: Page) -> Text {
        let mut text = Text::default();
        text.line(format_args!("{} to {}", self.found.from, self.found.to));
        let mut table = Table::new(
            page,
            &[
                Column::Text("Plug-in"),
                Column::Number("Owned"),
                Column::Number("Peak"),
                Column::Text("Peak at"),
                Column::Number("Granted"),
                Column::Number("Held"),
                Column::Number("Refused"),
                Column::Number("Users"),
                Column::Number("Seat-minutes"),
            ],
        );
        for plugin in &self.found.plugins {
            table.row([
                plugin.plugin.as_str().into(),
                plugin.owned.to_string().into(),
                plugin.peak.to_string().into(),
                plugin.peak_at.to_string().into(),
                plugin.granted.to_string().into(),
                plugin.held.to_string().into(),
                plugin.refusals.total().to_string().into(),
                plugin.accounts.to_string().into(),
                (plugin.seat_seconds / 60).to_string().into(),
            ]);
        }
        text.append(&table.render());
        for plugin in &self.found.plugins {
            let users: Vec<String> = plugin.peak_users.iter().map(UserName::to_string).collect();
            if !users.is_empty() {
                text.line(format_args!(
                    "the peak of {} was made by {}",
                    plugin.plugin,
                    listed(&users)
                ));
            }
        }
        match self.found.out_of_order {
            0 => {}
            1 => text.line("1 event was recorded late; it counts at its own time"),
            many => text.line(format_args!(
                "{many} events were recorded late; each counts at its own time"
            )),
        }
        text
    }

    fn foreign(&self) -> Option<Foreign> {
        match self.style {
            Style::Csv => Some(csv(Use::columns(), self.found.rows())),
            Style::Table => None,
        }
    }
}
