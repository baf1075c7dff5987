//! Whole texts put in the place of a directory, told and tried as edits are.

use guichet_storage::locate::Target;
use guichet_storage::read::Loaded;
use guichet_storage::store::{Expected, Rewrite};

use super::done::Done;
use super::preview::Preview;
use super::{failure, note};
use crate::context::Context;
use crate::error::Result;
use crate::output::Report;

/// Puts a new text in the place of a directory, or only tries it where `--dry-run` says so.
///
/// # Errors
///
/// What the closure says, or why storage cannot save the text.
pub(crate) fn rewrite(
    context: &Context<'_>,
    target: Target,
    make: impl FnOnce(&Loaded) -> Result<Rewrite>,
) -> Result<Box<dyn Report>> {
    let mut what = Vec::new();
    let make = |loaded: &Loaded| {
        let rewrite = make(loaded)?;
        what.clone_from(&rewrite.what);
        Ok(rewrite)
    };
    let store = context.store_of(target);
    if context.is_dry_run() {
        let edited = store.plan_rewrite(make).map_err(failure)?;
        what.truncate(if edited.files.is_empty() {
            0
        } else {
            what.len()
        });
        Ok(Box::new(Preview::of_rewrite(context, &edited, what)))
    } else {
        let edited = store.rewrite(Expected::Any, &note(context)?, make);
        let edited = edited.map_err(failure)?;
        what.truncate(if edited.files.is_empty() {
            0
        } else {
            what.len()
        });
        Ok(Box::new(Done::saying(context, &edited, what)))
    }
}
