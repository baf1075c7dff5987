//! `init`: the directory.json of a new project, as 4D makes it.

use crate::context::Context;
use crate::editing::done::Done;
use crate::editing::{note, refused, told};
use crate::error::Result;
use crate::output::Report;

/// Runs `init`.
pub(crate) fn run(context: &Context<'_>) -> Result<Box<dyn Report>> {
    let store = context.store()?;
    let edited = store
        .init(&note(context, &store)?)
        .map_err(|error| refused::not_saved(&error))?;
    let sentences = vec!["the directory of a new project was made".to_owned()];
    let done = Done::saying(context, &edited, sentences);
    Ok(told(context, &edited, done))
}
