//! `log`: the changes made by this tool, oldest first.

use guichet::storage::store::HistoryEntry;
use serde::Serialize;

use crate::context::Context;
use crate::error::Result;
use crate::output::{Ink, Page, Report, Text, shown};

#[derive(Debug, Serialize)]
#[serde(transparent)]
struct Log(Vec<HistoryEntry>);

/// Runs `log`.
pub(crate) fn run(context: &Context<'_>) -> Result<Box<dyn Report>> {
    Ok(Box::new(Log(context.project()?.history()?)))
}

impl Report for Log {
    fn text(&self, _: Page) -> Text {
        let mut text = Text::default();
        for entry in &self.0 {
            let heading = format!("{}  {}", entry.when, shown(&entry.who));
            text.ink(Ink::Strong, heading);
            text.end();
            for sentence in &entry.what {
                text.line(format_args!("  {sentence}"));
            }
        }
        if self.0.is_empty() {
            text.line("no changes: only those made by guichet are remembered");
        }
        text
    }
}
