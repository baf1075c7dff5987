//! Whole texts put in the place of a directory, told and tried as edits are.

use guichet_storage::encode::Patch;
use guichet_storage::json::Document;
use guichet_storage::locate::Target;
use guichet_storage::read::Loaded;
use guichet_storage::store::{Expected, Rewrite};

use super::done::Done;
use super::preview::Preview;
use super::{failure, note};
use crate::context::Context;
use crate::error::{CliError, Result};
use crate::output::Report;

/// Puts a new text in the place of a directory, or only tries it where `--dry-run` says so.
///
/// # Errors
///
/// There is no file, what the closure says, or why storage cannot save the text.
pub(crate) fn rewrite(
    context: &Context<'_>,
    target: Target,
    make: impl FnOnce(&Document, &Loaded) -> Result<Rewrite>,
) -> Result<Box<dyn Report>> {
    let mut what = Vec::new();
    let make = |loaded: &Loaded| {
        let document = loaded.document.as_ref().ok_or_else(nothing_there)?;
        let rewrite = make(document, loaded)?;
        what.clone_from(&rewrite.what);
        Ok(rewrite)
    };
    let store = context.store_of(target);
    let edited = if context.is_dry_run() {
        store.plan_rewrite(make)
    } else {
        store.rewrite(Expected::Any, &note(context)?, make)
    };
    let edited = edited.map_err(failure)?;
    if edited.files.is_empty() {
        what.clear();
    }
    let done = Done::saying(context, &edited, what);
    Ok(if context.is_dry_run() {
        Box::new(Preview::of_rewrite(context, &edited, done))
    } else {
        Box::new(done)
    })
}

/// Returns the text of a document with a patch of it in it.
///
/// # Errors
///
/// The patch is one of another document: a fault of this program.
pub(crate) fn patched(document: &Document, patch: &Patch) -> Result<String> {
    let unfit = || CliError::new("internal", "the edits do not fit the text");
    patch.apply(document.text()).ok_or_else(unfit)
}

fn nothing_there() -> CliError {
    CliError::new("file-not-found", "the project has no directory.json")
        .help("`guichet init` makes one.")
}
