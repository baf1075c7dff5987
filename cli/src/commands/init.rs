//! `init`: the directory.json of a new project, as 4D makes it.

use crate::context::Context;
use crate::editing::done::Done;
use crate::error::Result;
use crate::output::Report;

/// Runs `init`.
pub(crate) fn run(context: &Context<'_>) -> Result<Box<dyn Report>> {
    let project = context.project()?;
    let outcome = project.init(&context.editor_of(&project)?)?;
    Ok(Box::new(Done::new(context, &outcome)?))
}
