//! `log`: the changes made by this tool, oldest first.

use guichet::storage::HistoryEntry;

use crate::context::Context;
use crate::error::Result;
use crate::output::{Ink, Page, Report, Text, shown};

/// Runs `log`.
pub(crate) fn run(context: &Context<'_>) -> Result<Box<dyn Report>> {
    Ok(Box::new(context.project()?.history()?))
}

impl Report for Vec<HistoryEntry> {
    fn text(&self, _: Page) -> Text {
        let mut text = Text::default();
        for entry in self {
            let heading = format!("{}  {}", entry.when, shown(&entry.who));
            text.ink(Ink::Strong, heading);
            text.end();
            for sentence in &entry.what {
                text.line(format_args!("  {sentence}"));
            }
        }
        if self.is_empty() {
            text.line("no changes recorded (4D's own changes are not)");
        }
        text
    }
}
