//! `undo`: the last change made by this tool, taken back byte for byte.

use crate::context::Context;
use crate::editing::done::Done;
use crate::error::Result;
use crate::output::{Report, to_json};

/// Runs `undo`.
pub(crate) fn run(context: &Context<'_>) -> Result<Box<dyn Report>> {
    let project = context.project()?;
    let undone = project.undo(&context.editor_of(&project)?)?;
    let done = Done::new(context, &undone.outcome)?;
    Ok(Box::new(done.with("undone", to_json(&undone.entry))))
}
