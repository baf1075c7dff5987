//! `watch`: one line for each change of the directory that counts, as long as it runs.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use guichet::storage::filesystem::Disk;
use guichet::storage::watch::{DirectoryWatch, WatchEvent};
use serde_json::json;

use crate::args::Format;
use crate::context::Context;
use crate::error::{CliError, Result};
use crate::exit_status::ExitStatus;
use crate::help::examples;
use crate::output::{Printer, Text};

/// How long nothing must happen before a change is told.
const CALM: Duration = Duration::from_millis(100);
/// How long is waited at a time; the next wait follows at once.
const PATIENCE: Duration = Duration::from_hours(1);

/// The arguments of `watch`.
#[derive(Debug, clap::Args)]
#[command(after_help = examples!(
    "guichet watch --format json |\n    while read -r change; do guichet show; done",
    "guichet watch --count 1" => "waits for the next change",
))]
pub(crate) struct Args {
    /// End after so many changes [default: when it is interrupted]
    #[arg(long, value_name = "N")]
    count: Option<u64>,
}

/// Runs `watch`: the one command that answers more than once.
///
/// # Errors
///
/// What watching says. A reader that goes away ends it and is no failure.
pub(crate) fn run(
    args: &Args,
    context: &Context<'_>,
    printer: &mut Printer<'_>,
) -> Result<ExitStatus> {
    let failed = |error| CliError::from_error(&error);
    let mut watch = DirectoryWatch::new(Arc::new(Disk), context.target()?, CALM).map_err(failed)?;
    let mut told = 0;
    while args.count.is_none_or(|count| told < count) {
        let Some(event) = watch.next(PATIENCE).map_err(failed)? else {
            continue;
        };
        told += 1;
        match tell(&event, context.format(), printer) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => break,
            Err(error) => {
                let message = format!("cannot write the answer: {error}");
                return Err(CliError::new("input-output", message));
            }
        }
    }
    Ok(ExitStatus::Yes)
}

fn tell(event: &WatchEvent, format: Format, printer: &mut Printer<'_>) -> io::Result<()> {
    let when = guichet::Clock::System.now().timestamp();
    let (kind, path) = (event.kind.as_str(), event.path.display().to_string());
    if format == Format::Json {
        let line = json!({
            "when": when,
            "kind": kind,
            "path": path,
            "revision": event.revision.to_string(),
        });
        printer.json_line(&line)?;
    } else {
        printer.text(&Text::saying(format_args!("{when}  {kind}  {path}")))?;
    }
    printer.flush()
}
