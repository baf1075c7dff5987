//! Whole texts put in the place of a directory, told and tried as edits are.

use std::path::Path;

use guichet::storage::decode::decode;
use guichet::storage::encode::Patch;
use guichet::storage::json::Document;
use guichet::storage::locate::Target;
use guichet::storage::read::Loaded;
use guichet::storage::store::{Expected, FileChange, Rewrite};

use super::authority::{self, Written};
use super::done::Done;
use super::preview::Preview;
use super::{failure, note, refused};
use crate::context::Context;
use crate::error::{CliError, Result};
use crate::output::Report;

/// Puts a new text in the place of a directory, if the editor could have made it by changes, or only tries
/// it where `--dry-run` says so.
///
/// # Errors
///
/// There is no file, what the closure says, `not-allowed`, or why storage cannot save the text.
pub(crate) fn rewrite(
    context: &Context<'_>,
    target: Target,
    make: impl FnOnce(&Document, &Loaded) -> Result<Rewrite>,
) -> Result<Box<dyn Report>> {
    let store = context.store_of(target);
    let path = store.location();
    let path = path.map_err(|error| refused::not_saved(&error))?.path;
    let mut what = Vec::new();
    let make = |loaded: &Loaded| {
        let document = loaded.document.as_ref().ok_or_else(nothing_there)?;
        let rewrite = make(document, loaded)?;
        authority::ask(context, &loaded.directory, &loaded.options, || {
            written(&path, document, loaded, &rewrite.text)
        })?;
        what.clone_from(&rewrite.what);
        Ok(rewrite)
    };
    let edited = if context.is_dry_run() {
        store.plan_rewrite(make)
    } else {
        store.rewrite(Expected::Any, &note(context, &store)?, make)
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

/// Returns what a new text means.
fn written(path: &Path, document: &Document, loaded: &Loaded, text: &str) -> Result<Written> {
    let after = Document::parse(text.into()).map_err(|error| CliError::from_diagnostic(&error))?;
    let unfit = |_| CliError::new("internal", "the new text is not a directory");
    let decoded = decode(&after, &loaded.options).map_err(unfit)?;
    Ok(Written {
        directory: decoded.directory,
        files: vec![FileChange {
            path: path.to_owned(),
            before: Some(document.as_bytes().to_vec()),
            after: Some(after.into_bytes()),
        }],
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
