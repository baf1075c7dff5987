//! `seats status`: how the seats of every plug-in stand.

use guichet::ProjectLedger;
use guichet::licensing::{HolderStatus, Status};
use serde::Serialize;

use super::explain_unknown;
use crate::error::Result;
use crate::output::{Column, Ink, Page, Report, Table, Text, listed, shown};

/// Runs `seats status`.
pub(super) fn run(ledger: &ProjectLedger) -> Result<Box<dyn Report>> {
    Ok(Box::new(Answer(ledger.standing()?.status())))
}

#[derive(Debug, Serialize)]
#[serde(transparent)]
struct Answer(Status);

/// Returns one holder in a line.
pub(super) fn holder_line(holder: &HolderStatus) -> Text {
    let sessions: Vec<String> = holder.sessions.iter().map(ToString::to_string).collect();
    let mut line = Text::of(format_args!(
        "{}, since {}, in {}",
        shown(holder.user.as_str()),
        holder.since,
        listed(&sessions)
    ));
    if !holder.entitled_now {
        let words = format!("no longer entitled ({})", holder.standing);
        line.add("; ");
        line.ink(Ink::No, words);
        line.add(", keeps the seat until the session ends");
    }
    line
}

impl Report for Answer {
    fn text(&self, page: Page) -> Text {
        let mut table = Table::new(
            page,
            &[
                Column::Text("Plug-in"),
                Column::Number("Owned"),
                Column::Number("In use"),
                Column::Number("Refused"),
                Column::Number("Peak"),
                Column::Text("Peak at"),
            ],
        );
        for plugin in &self.0.plugins {
            table.row([
                plugin.plugin.as_str().into(),
                plugin.owned.to_string().into(),
                plugin.in_use.to_string().into(),
                plugin.refused.to_string().into(),
                plugin.peak.to_string().into(),
                plugin
                    .peak_at
                    .map(|at| at.to_string())
                    .unwrap_or_default()
                    .into(),
            ]);
        }
        let mut text = table.render();
        explain_unknown(&mut text, self.0.plugins.iter().map(|plugin| plugin.owned));
        for plugin in &self.0.plugins {
            if !plugin.holders.is_empty() {
                text.line(format_args!("{} is held by", plugin.plugin));
            }
            for holder in &plugin.holders {
                text.add("  ");
                text.line_of(&holder_line(holder));
            }
            if plugin.refused > 0 {
                let by_reason = plugin.refusals.iter();
                let by_reason = by_reason.map(|(reason, count)| format!("{count} {reason}"));
                let by_reason: Vec<String> = by_reason.collect();
                let plugin = &plugin.plugin;
                text.line(format_args!(
                    "{plugin} was refused: {}",
                    by_reason.join(", ")
                ));
            }
        }
        text
    }
}
