//! `seats simulate`: recorded use, played again with other seats or another directory.

use std::path::PathBuf;

use guichet::licensing::{Entitled, Limit, Share};
use guichet::{Moment, ProjectLedger, Replay, Replayed, View};
use serde::Serialize;

use crate::clock;
use crate::context::Context;
use crate::error::Result;
use crate::files;
use crate::help::examples;
use crate::output::{Column, Page, Report, Table, Text, count};

/// The arguments of `seats simulate`.
#[derive(Debug, clap::Args)]
#[command(after_help = concat!(
    "Sessions begin and end as recorded. The number of seats is that of `--seats`, else the \
     recorded one, else the one owned now.\n\n",
    examples!(
        "guichet seats simulate Data/Guichet/seats.sqlite \\\n    --seats write=1",
        "guichet seats simulate usage.json --refused 2.5%",
        "guichet seats simulate Data/Guichet/seats.sqlite \\\n    --against new/directory.json",
    ),
))]
pub(crate) struct Args {
    /// A ledger, or the collection that 4D's `License usage` returns, as JSON; `-` for standard input
    trace: PathBuf,

    /// Play with this many seats of a plug-in (a number or `unlimited`); repeatable
    #[arg(long, value_name = "PLUGIN=N", value_parser = seats)]
    seats: Vec<(String, Limit)>,

    /// Decide who may use each plug-in by this directory.json
    #[arg(long, value_name = "OTHER_DIRECTORY")]
    against: Option<PathBuf>,

    /// Use that directory from this moment on [default: from the start]
    #[arg(long, value_name = "TIMESTAMP", requires = "against", value_parser = clock::moment)]
    since: Option<Moment>,

    /// Find the fewest seats that refuse at most this share of requests
    #[arg(long, value_name = "SHARE", default_value = "0%")]
    refused: Share,
}

/// Reads `PLUGIN=N`.
fn seats(text: &str) -> std::result::Result<(String, Limit), String> {
    let parsed = text.rsplit_once('=').and_then(|(plugin, seats)| {
        let limit = match seats {
            "unlimited" => Limit::Unlimited,
            number => Limit::from_count(number.parse().ok()?),
        };
        Some((plugin.to_owned(), limit))
    });
    parsed.ok_or_else(|| "write a plug-in, `=` and a number or `unlimited`".to_owned())
}

/// Runs `seats simulate`.
pub(super) fn run(
    args: &Args,
    view: &View,
    ledger: &ProjectLedger,
    context: &mut Context<'_>,
) -> Result<Box<dyn Report>> {
    let recorded = if files::is_standard_input(&args.trace) {
        None
    } else {
        Replay::of_ledger(&args.trace)?
    };
    let mut replay = if let Some(replay) = recorded {
        replay
    } else {
        let text = files::read_text(context, &args.trace)?;
        Replay::of_usage(&text, &args.trace, &ledger.standing()?)?
    };
    for (plugin, seats) in &args.seats {
        replay.set_seats(view.plugin(plugin)?, *seats);
    }
    let other = args.against.as_ref();
    let other = other
        .map(|file| context.load_other(file, view))
        .transpose()?;
    let before = view.admission();
    let after = other.as_ref().map(View::admission);
    let entitled = match (&after, args.since) {
        (None, _) => Entitled::AsRecorded,
        (Some(after), None) => Entitled::By(after),
        (Some(after), Some(at)) => Entitled::Changed {
            before: &before,
            at,
            after,
        },
    };
    Ok(Box::new(Answer(replay.play(entitled, args.refused))))
}

#[derive(Debug, Serialize)]
#[serde(transparent)]
struct Answer(Replayed);

impl Report for Answer {
    fn text(&self, page: Page) -> Text {
        let fewest = "Fewest seats";
        let mut table = Table::new(
            page,
            &[
                Column::Text("Plug-in"),
                Column::Number("Asked"),
                Column::Number("Granted"),
                Column::Number("Held"),
                Column::Number("Not entitled"),
                Column::Number("Short"),
                Column::Number("Peak"),
                Column::Number("At the end"),
                Column::Number(fewest),
            ],
        );
        for row in &self.0.plugins {
            let found = &row.simulation;
            table.row([
                found.plugin.as_str().into(),
                found.asked.to_string().into(),
                found.granted.to_string().into(),
                found.held.to_string().into(),
                found
                    .asked
                    .saturating_sub(found.entitled())
                    .to_string()
                    .into(),
                row.short.to_string().into(),
                found.peak.to_string().into(),
                found.in_use_at_end.to_string().into(),
                row.smallest_seats.to_string().into(),
            ]);
        }
        let mut text = table.render();
        text.line(format_args!(
            "{} replayed; \"Fewest seats\" refuses at most {} of the requests by entitled users",
            count(self.0.steps, "step"),
            self.0.refused
        ));
        if self.0.left_out > 0 {
            text.line(format_args!(
                "{} skipped: unknown plug-in",
                count(self.0.left_out, "licence")
            ));
        }
        text
    }
}
