//! `log`: the edits made by this tool, oldest first.

use guichet::Moment;
use guichet::storage::HistoryEntry;

use crate::clock;
use crate::context::Context;
use crate::error::Result;
use crate::help::examples;
use crate::output::{Ink, Page, Report, Text, shown};

/// The arguments of `log`.
#[derive(Debug, clap::Args)]
#[command(after_help = examples!(
    "guichet log --limit 10",
    "guichet log --since 2026-11-21 --format json",
))]
pub(crate) struct Args {
    /// List only the latest N changes
    #[arg(long, value_name = "N")]
    limit: Option<usize>,

    /// List only changes from this moment on, such as 2026-11-21 or 2026-11-21T09:00:00Z
    #[arg(long, value_name = "WHEN", value_parser = clock::moment)]
    since: Option<Moment>,
}

/// Runs `log`.
pub(crate) fn run(args: &Args, context: &Context<'_>) -> Result<Box<dyn Report>> {
    let mut history = context.project()?.history()?;
    if let Some(since) = args.since {
        history.retain(|entry| entry.when >= since.timestamp());
    }
    let surplus = history
        .len()
        .saturating_sub(args.limit.unwrap_or(usize::MAX));
    Ok(Box::new(history.split_off(surplus)))
}

impl Report for Vec<HistoryEntry> {
    fn text(&self, _: Page) -> Text {
        let mut text = Text::default();
        for entry in self {
            let heading = format!("{}  {}  {}", entry.id, entry.when, shown(&entry.who));
            text.ink(Ink::Strong, heading);
            if let Some(account) = &entry.account {
                text.add(format_args!(" ({}", shown(account)));
                if let Some(host) = &entry.host {
                    text.add(format_args!(" on {}", shown(host)));
                }
                text.add(")");
            }
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
