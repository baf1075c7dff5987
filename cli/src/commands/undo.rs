//! `undo`: the last change made by this tool, taken back byte for byte.

use crate::context::Context;
use crate::editing::done::Done;
use crate::editing::{told, undo};
use crate::error::Result;
use crate::output::{Report, to_json};

/// Runs `undo`.
pub(crate) fn run(context: &Context<'_>) -> Result<Box<dyn Report>> {
    let undone = undo(context)?;
    let what = undone.entry.what.iter();
    let sentences = what.map(|sentence| format!("taken back: {sentence}"));
    let done = Done::saying(context, &undone.edited, sentences.collect());
    let done = done.with("undone", to_json(&undone.entry));
    Ok(told(context, &undone.edited, done))
}
