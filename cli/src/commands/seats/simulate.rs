//! `seats simulate`: recorded use, played again with other seats or another directory.

use std::path::PathBuf;

use guichet::licensing::{Entitled, Limit, Refusal, Share};
use guichet::{Moment, ProjectLedger, Replay, Replayed, ReplayedPlugin, View};

use crate::clock;
use crate::context::Context;
use crate::error::Result;
use crate::files;
use crate::help::examples;
use crate::output::{Page, Report, Text, count, rows, table};

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

impl Args {
    /// Runs `seats simulate`.
    pub(super) fn run(
        &self,
        view: &View,
        ledger: &ProjectLedger,
        context: &mut Context<'_>,
    ) -> Result<Replayed> {
        let is_input = files::is_standard_input(&self.trace);
        let recorded = (!is_input).then(|| Replay::from_ledger(&self.trace));
        let mut replay = if let Some(replay) = recorded.transpose()?.flatten() {
            replay
        } else {
            let text = files::read_text(context, &self.trace)?;
            Replay::from_usage(&text, &self.trace, &ledger.standing()?)?
        };
        for (plugin, seats) in &self.seats {
            replay.set_seats(view.plugin(plugin)?, *seats);
        }
        let other = self.against.as_ref();
        let other = other.map(|file| context.load_other(file, view));
        let other = other.transpose()?;
        let before = view.admission();
        let after = other.as_ref().map(View::admission);
        let entitled = match (&after, self.since) {
            (None, _) => Entitled::AsRecorded,
            (Some(after), None) => Entitled::By(after),
            (Some(after), Some(at)) => Entitled::Changed {
                before: &before,
                at,
                after,
            },
        };
        Ok(replay.play(entitled, self.refused))
    }
}

rows!(ReplayedPlugin, "no plug-in was asked for", |played| {
    Text "Plug-in": played.simulation.plugin.as_str(),
    Number "Asked": played.simulation.asked.to_string(),
    Number "Granted": played.simulation.granted.to_string(),
    Number "Held": played.simulation.held.to_string(),
    Number "Not entitled": played.simulation.refusals.of(Refusal::NotEntitled).to_string(),
    Number "Short": played.short.to_string(),
    Number "Peak": played.simulation.peak.to_string(),
    Number "At the end": played.simulation.in_use_at_end.to_string(),
    Number "Fewest seats": played.smallest_seats.to_string(),
});

impl Report for Replayed {
    fn text(&self, page: Page) -> Text {
        let mut text = table(&self.plugins, page);
        text.line(format_args!(
            "{} replayed; \"Fewest seats\" refuses at most {} of the requests by entitled users",
            count(self.steps, "step"),
            self.refused
        ));
        if self.left_out > 0 {
            text.line(format_args!(
                "{} skipped: unknown plug-in",
                count(self.left_out, "licence")
            ));
        }
        text
    }
}
