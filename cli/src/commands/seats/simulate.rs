//! `seats simulate`: a trace played again with other seats or another directory.

use std::path::{Path, PathBuf};

use guichet::core::PluginKey;
use guichet::licensing::import::UsageImport;
use guichet::licensing::{
    Entitled, Entitlement, Entitlements, Limit, Moment, PluginSimulation, Scenario, SeatCount,
    Share, Simulation, Trace,
};
use serde::Serialize;
use serde_json::Value;

use super::import::import_error;
use crate::clock;
use crate::context::Context;
use crate::error::{CliError, Result};
use crate::files;
use crate::help::examples;
use crate::ledger::{LedgerArgs, history, recorded};
use crate::loaded::Loaded;
use crate::output::{Column, Page, Report, Table, Text, count, to_json};

/// How a SQLite file starts.
const SQLITE: &[u8] = b"SQLite format 3\0";

/// The arguments of `seats simulate`.
#[derive(Debug, clap::Args)]
#[command(after_help = concat!(
    "Sessions begin and end as they did. The seats are those of the trace, or those owned now where \
     it says none, but for `--seats`.\n\n",
    examples!(
        "guichet seats simulate Data/Guichet/seats.sqlite \\\n    --seats write=1",
        "guichet seats simulate usage.json --refused 2.5%",
        "guichet seats simulate Data/Guichet/seats.sqlite \\\n    --against new/directory.json",
    ),
))]
pub(crate) struct Args {
    /// A ledger, or the collection that 4D's `License usage` returns, as JSON; `-` for standard input
    trace: PathBuf,

    /// Play with so many seats of a plug-in (a number or `unlimited`); repeatable
    #[arg(long, value_name = "PLUGIN=N", value_parser = seats)]
    seats: Vec<(String, Limit)>,

    /// Entitle whom this directory.json entitles, instead of those who were when it was recorded
    #[arg(long, value_name = "OTHER_DIRECTORY")]
    against: Option<PathBuf>,

    /// From when on that directory counts; until then it is the present one
    #[arg(long, value_name = "TIMESTAMP", requires = "against", value_parser = clock::moment)]
    since: Option<Moment>,

    /// Find the fewest seats with which at most this share of requests is refused
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
    loaded: &Loaded,
    ledger: &LedgerArgs,
    context: &mut Context<'_>,
) -> Result<Box<dyn Report>> {
    let (trace, mut owned, left_out) = read_trace(&args.trace, loaded, ledger, context)?;
    for (plugin, seats) in &args.seats {
        owned.set(loaded.plugin(plugin)?, Entitlement::from_limit(*seats));
    }
    let other = args.against.as_ref();
    let other = other.map(|file| context.load_other(file, loaded));
    let other = other.transpose()?;
    let before = loaded.admission();
    let after = other.as_deref().map(guichet::View::admission);
    let entitled = match (&after, args.since) {
        (None, _) => Entitled::AsRecorded,
        (Some(after), None) => Entitled::By(after),
        (Some(after), Some(at)) => Entitled::Changed {
            before: &before,
            at,
            after,
        },
    };
    let scenario = Scenario {
        seats: owned,
        entitled,
    };
    let simulation = Simulation::new(&trace, &scenario);
    let smallest = Simulation::smallest_seats_of_each(&trace, &scenario, args.refused);
    let rows = simulation.plugins.into_iter().zip(smallest);
    let rows = rows.map(|(found, (_, smallest_seats))| Row {
        smallest_seats,
        short: found.short(),
        found,
    });
    Ok(Box::new(Answer {
        steps: trace.steps().len(),
        plugins: rows.collect(),
        refused: args.refused.to_string(),
        left_out,
    }))
}

/// Reads a trace, what is owned throughout it, and how many of its licences are no plug-ins.
fn read_trace(
    file: &Path,
    loaded: &Loaded,
    ledger: &LedgerArgs,
    context: &mut Context<'_>,
) -> Result<(Trace, Entitlements, usize)> {
    if is_ledger(file) {
        let events = history(&recorded(file)?)?;
        let trace = Trace::from_events(events);
        let trace = trace.map_err(|error| CliError::from_error(&error).at(file))?;
        return Ok((trace, Entitlements::new(), 0));
    }
    let text = files::read_text(context, file)?;
    let usage = UsageImport::read(&text).map_err(|error| import_error(&error, file))?;
    let (trace, left_out) = usage
        .trace(loaded.catalogue())
        .map_err(|error| import_error(&error, file))?;
    let owned: Vec<PluginKey> = trace.plugins();
    let standing = ledger.read(loaded)?.standing().entitlements();
    let known = owned.into_iter().filter_map(|plugin| {
        let entitlement = standing.get(&plugin)?.clone();
        Some((plugin, entitlement))
    });
    Ok((trace, known.collect(), left_out.len()))
}

fn is_ledger(file: &Path) -> bool {
    let mut start = [0; SQLITE.len()];
    std::fs::File::open(file)
        .and_then(|mut file| std::io::Read::read_exact(&mut file, &mut start))
        .is_ok_and(|()| start == *SQLITE)
}

#[derive(Debug, Serialize)]
struct Answer {
    steps: usize,
    refused: String,
    plugins: Vec<Row>,
    left_out: usize,
}

#[derive(Debug, Serialize)]
struct Row {
    #[serde(flatten)]
    found: PluginSimulation,
    short: u64,
    smallest_seats: SeatCount,
}

impl Report for Answer {
    fn json(&self) -> Value {
        to_json(self)
    }

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
        for row in &self.plugins {
            let found = &row.found;
            table.row([
                found.plugin.as_str().into(),
                found.asked.to_string().into(),
                found.granted.to_string().into(),
                found.held.to_string().into(),
                found.refusals.not_entitled.to_string().into(),
                row.short.to_string().into(),
                found.peak.to_string().into(),
                found.in_use_at_end.to_string().into(),
                row.smallest_seats.to_string().into(),
            ]);
        }
        let mut text = table.render();
        text.line(format_args!(
            "{} played; the fewest seats are those with which at most {} of the entitled requests \
             are refused",
            count(self.steps, "step"),
            self.refused
        ));
        if self.left_out > 0 {
            text.line(format_args!(
                "{} left out: not of a plug-in that is known here",
                count(self.left_out, "licence")
            ));
        }
        text
    }
}
