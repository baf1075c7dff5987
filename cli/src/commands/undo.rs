//! `undo`: the last change made by this tool, taken back byte for byte.

use crate::context::Context;
use crate::editing::done::Done;
use crate::editing::make;
use crate::error::Result;
use crate::output::Report;

/// Runs `undo`.
pub(crate) fn run(context: &mut Context<'_>) -> Result<Box<dyn Report>> {
    let project = context.project()?;
    let editor = context.editor_of(&project)?;
    let (outcome, entry) = make(context, &project, |project, _| {
        let undone = project.undo(&editor)?;
        Ok((undone.outcome, undone.entry))
    })?;
    Ok(Box::new(Done::new(context, &outcome)?.undoing(entry)))
}
