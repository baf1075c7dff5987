//! Edits: words become changes, changes are made under the lock or only tried, and what happened is told.
//!
//! | module | what is there |
//! |---|---|
//! | here | one edit, from its words to its report |
//! | [`authority`] | who edits, and whether they may |
//! | [`desk`] | the words of an edit, looked up in the directory that is edited |
//! | [`done`] | what an edit did |
//! | [`preview`], [`file_diff`] | what it would do: `--dry-run`, with stored passwords hidden |
//! | [`rewriting`] | whole texts put in the place of a directory |
//! | [`trial`] | the disk that a dry run writes to |
//! | [`refused`] | why it was not made |
//! | [`password`], [`salt`] | typed passwords, and the randomness that goes into stored ones |

mod authority;
pub(crate) mod desk;
pub(crate) mod done;
pub(crate) mod file_diff;
pub(crate) mod password;
pub(crate) mod preview;
pub(crate) mod refused;
pub(crate) mod rewriting;
mod salt;
pub(crate) mod trial;

use std::sync::Arc;

use guichet::core::{Applied, Change, Directory, Rules};
use guichet::storage::guichet_toml::OptionsFile;
use guichet::storage::store::{DirectoryStore, EditError, EditNote, Edited, StoreSettings, Undone};

use crate::clock;
use crate::context::Context;
use crate::error::{CliError, Result};
use crate::loaded::catalogue;
use crate::output::Report;
use crate::words;
use authority::{Written, actor};
use desk::Desk;
use done::Done;
use preview::Preview;
use trial::Trial;

/// What the history calls the account that edits unless `--as` says otherwise.
const DESIGNER: &str = "Designer";

/// Makes an edit, or only tries it where `--dry-run` says so.
///
/// The closure turns the words of the command line into changes; it is given the directory as it is
/// when the edit has its lock.
///
/// # Errors
///
/// What the closure says, why core refuses the changes, or why storage cannot save them.
pub(crate) fn edit(
    context: &Context<'_>,
    changes: impl FnOnce(&Desk<'_>) -> Result<Vec<Change>>,
) -> Result<Box<dyn Report>> {
    edit_list(context, changes, |_, error| error)
}

/// Makes an edit of several changes; the second closure adds to a refusal which change it is about,
/// counted from 0.
///
/// # Errors
///
/// As [`edit`].
pub(crate) fn edit_list(
    context: &Context<'_>,
    changes: impl FnOnce(&Desk<'_>) -> Result<Vec<Change>>,
    place: impl FnOnce(usize, CliError) -> CliError,
) -> Result<Box<dyn Report>> {
    let options_path = context.locate()?.options;
    let make = |directory: &mut Directory, options: &OptionsFile| -> Result<Applied> {
        let catalogue = catalogue(&options.plugins, options_path.as_deref(), directory)?;
        let actor = actor(context, directory)?;
        let changes = changes(&Desk::new(directory, &catalogue, context.mode()))?;
        let rules = Rules {
            actor,
            options: options.policies,
            plugins: catalogue.plugins(),
        };
        directory
            .apply(&changes, &rules)
            .map_err(|error| place(error.index(), refused::told(directory, error.refusal())))
    };
    let store = context.store()?;
    let edited = if context.is_dry_run() {
        store.plan(make)
    } else {
        store.edit(&note(context, &store)?, make)
    };
    let edited = edited.map_err(failure)?;
    Ok(told(context, &edited, Done::of(context, &edited)))
}

/// Tells what was made, or what would be where `--dry-run` says so.
pub(crate) fn told(context: &Context<'_>, edited: &Edited, done: Done) -> Box<dyn Report> {
    if context.is_dry_run() {
        Box::new(Preview::of(context, edited, done))
    } else {
        Box::new(done)
    }
}

/// Takes the last change back, if the editor could have made the former directory by changes.
///
/// # Errors
///
/// As [`edit`], and `nothing-to-undo`.
pub(crate) fn undo(context: &Context<'_>) -> Result<Undone> {
    let store = context.store()?;
    let note = note(context, &store)?;
    let ask = || {
        // What it would do is found out in memory, while nobody else can edit.
        let memory = Arc::new(Trial::default());
        let trial = DirectoryStore::on(memory, context.target()?, StoreSettings::default());
        let tried = trial.undo(&note);
        let Edited {
            before,
            after,
            files,
            ..
        } = tried.map_err(|error| refused::not_saved(&error))?.edited;
        let now = store.load().map_err(|error| refused::not_saved(&error))?;
        authority::ask(context, &before, &now.options, || {
            Ok(Written {
                directory: after,
                files,
            })
        })
    };
    store.undo_asking(&note, ask).map_err(failure)
}

/// Says who edits and when, for the history.
///
/// # Errors
///
/// Where the directory cannot be read, and `unknown-user` where it has no user called as `--as` says.
pub(crate) fn note(context: &Context<'_>, store: &DirectoryStore) -> Result<EditNote> {
    let who = match context.editor() {
        None => DESIGNER.to_owned(),
        Some(word) => {
            let directory = store
                .load()
                .map_err(|error| refused::not_saved(&error))?
                .directory;
            let user = directory.user(words::user(&directory, word)?);
            user.map(|user| user.name().to_string()).unwrap_or_default()
        }
    };
    let when = clock::now().timestamp();
    Ok(EditNote { who, when })
}

/// Tells why an edit was not made.
fn failure(error: EditError<CliError>) -> CliError {
    match error {
        EditError::Refused(error) => error,
        EditError::Save(error) => refused::not_saved(&error),
    }
}
