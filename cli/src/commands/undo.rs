//! `undo`: the last change made by this tool, taken back byte for byte.

use guichet::UndoReach;

use crate::context::Context;
use crate::editing::done::Done;
use crate::editing::make;
use crate::error::Result;
use crate::help::examples;
use crate::output::Report;

/// The arguments of `undo`.
#[derive(Debug, clap::Args)]
#[command(after_help = examples!("guichet undo --dry-run" => "what would be undone"))]
pub(crate) struct Args {
    /// Also undo the creation of directory.json: without the file, everybody has every access
    #[arg(long)]
    init: bool,
}

/// Runs `undo`.
pub(crate) fn run(args: &Args, context: &mut Context<'_>) -> Result<Box<dyn Report>> {
    let reach = if args.init {
        UndoReach::Creation
    } else {
        UndoReach::Edits
    };
    let project = context.project()?;
    let editor = context.editor_of(&project)?;
    let (outcome, entry) = make(context, &project, |project, expected| {
        let undone = project.undo(&editor, reach, expected)?;
        Ok((undone.outcome, undone.entry))
    })?;
    Ok(Box::new(Done::new(context, &outcome)?.undoing(entry)))
}
