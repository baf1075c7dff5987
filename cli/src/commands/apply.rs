//! `apply`: a list of changes in a file, made whole or not at all.

use std::path::{Path, PathBuf};

use guichet::core::Position;
use guichet::edit::ChangeList;

use crate::context::Context;
use crate::editing::done::Done;
use crate::editing::make;
use crate::error::{CliError, Result};
use crate::files;
use crate::help::examples;
use crate::output::Report;

/// The arguments of `apply`.
#[derive(Debug, clap::Args)]
#[command(after_help = examples!(
    "guichet apply changes.json --dry-run",
    "echo '[{\"change\": \"add-user\", \"name\": \"Mia Chen\"}]' |\n    guichet apply -",
))]
pub(crate) struct Args {
    /// A JSON array of changes, `-` for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// Runs `apply`.
pub(crate) fn run(args: &Args, context: &mut Context<'_>) -> Result<Box<dyn Report>> {
    let text = files::read_text(context, &args.file)?;
    let list = ChangeList::parse(&text);
    let list = list.map_err(|error| {
        let position = error.position();
        placed(CliError::from_error(&error), &args.file, position)
    })?;
    let project = context.project()?;
    let editor = context.editor_of(&project)?;
    let (outcome, ()) = make(context, &project, |project, expected| {
        let applied = project.apply(&editor, list.changes(), expected);
        let applied = applied.map(|outcome| (outcome, ()));
        applied.map_err(|error| match error {
            guichet::Error::Refused(refused) => {
                let index = refused.first().index();
                let error = CliError::from(guichet::Error::Refused(refused));
                let message = format!("change {}: {}", index + 1, error.message);
                let error = CliError { message, ..error };
                placed(error, &args.file, list.position(index))
            }
            error => error.into(),
        })
    })?;
    Ok(Box::new(Done::new(context, &outcome)?))
}

/// Says where in the list an error is.
fn placed(error: CliError, file: &Path, position: Position) -> CliError {
    let mut error = error.at(file);
    error.place.line = Some(position.line);
    error.place.column = Some(position.column);
    error
}
