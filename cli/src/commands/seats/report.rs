//! `seats report`: what was used between two moments.

use std::path::PathBuf;

use guichet::licensing::{PluginReport, Report as Use, use_chart};
use guichet::{Moment, ProjectLedger, View};
use serde::Serialize;

use crate::clock;
use crate::context::Context;
use crate::error::{CliError, Result};
use crate::files;
use crate::help::examples;
use crate::output::{Foreign, Page, Report, Text, csv, listed, rows, table};

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

/// A report, as people want it.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(super) struct Answer {
    found: Use,
    #[serde(skip)]
    style: Style,
}

#[derive(Debug, Clone, Copy)]
enum Style {
    Table,
    Csv,
}

impl Args {
    /// Runs `seats report`.
    pub(super) fn run(
        &self,
        view: &View,
        ledger: &ProjectLedger,
        context: &Context<'_>,
    ) -> Result<Answer> {
        let mut found = ledger.standing()?.report(self.from, self.to)?;
        if let Some(word) = &self.plugin {
            let plugin = view.plugin(word)?;
            found.plugins.retain(|one| one.plugin == plugin);
        }
        if let Some(file) = &self.svg {
            let plugin = found.plugins.first().ok_or_else(|| {
                let message = "nothing to draw: no event of this plug-in in that time";
                CliError::new("usage", message)
            })?;
            files::put_other(context, file, use_chart(&found, plugin).as_bytes())?;
        }
        let style = if self.csv { Style::Csv } else { Style::Table };
        Ok(Answer { found, style })
    }
}

rows!(PluginReport, "no plug-in was used", |plugin| {
    Text "Plug-in": plugin.plugin.as_str(),
    Number "Owned": plugin.owned.to_string(),
    Number "Peak": plugin.peak.to_string(),
    Text "Peak at": plugin.peak_at.to_string(),
    Number "Granted": plugin.granted.to_string(),
    Number "Held": plugin.held.to_string(),
    Number "Refused": plugin.refusals.total().to_string(),
    Number "Users": plugin.accounts.to_string(),
    Number "Seat-minutes": (plugin.seat_seconds / 60).to_string(),
});

impl Report for Answer {
    fn text(&self, page: Page) -> Text {
        let mut text = Text::saying(format_args!("{} to {}", self.found.from, self.found.to));
        text.append(&table(&self.found.plugins, page));
        for plugin in &self.found.plugins {
            if !plugin.peak_users.is_empty() {
                let (users, plugin) = (listed(&plugin.peak_users), &plugin.plugin);
                text.line(format_args!("the peak of {plugin} was made by {users}"));
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
            Style::Csv => Some(csv(&Use::COLUMNS, self.found.rows())),
            Style::Table => None,
        }
    }
}
