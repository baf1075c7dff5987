//! `watch`: one line for each change of the directory that counts, as long as it runs.

use std::io;

use guichet::Clock;
use guichet::storage::WatchKind;
use serde_json::json;

use crate::args::Format;
use crate::context::Context;
use crate::error::{CliError, Result};
use crate::help::examples;
use crate::output::{Printer, Text};

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
pub(crate) fn run(args: &Args, context: &Context<'_>, printer: &mut Printer<'_>) -> Result<()> {
    let mut watch = context.project()?.watch()?;
    let mut told = 0;
    while args.count.is_none_or(|count| told < count) {
        let Some(update) = watch.next() else { break };
        let Some(event) = watch.event() else {
            update?;
            continue;
        };
        told += 1;
        let kind = update
            .map_or(WatchKind::Unreadable, |_| event.kind)
            .as_str();
        let when = Clock::System.now().timestamp();
        let path = event.path.display().to_string();
        let result = if context.format() == Format::Json {
            let revision = event.revision.to_string();
            let line = json!({"when": when, "kind": kind, "path": path, "revision": revision});
            printer.json_line(&line)
        } else {
            printer.text(&Text::saying(format_args!("{when}  {kind}  {path}")))
        };
        match result.and_then(|()| printer.flush()) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => break,
            Err(error) => {
                let message = format!("cannot print the answer: {error}");
                return Err(CliError::new("input-output", message));
            }
        }
    }
    Ok(())
}
