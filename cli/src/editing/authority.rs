//! Who edits, and whether they may (decision D27): the one place of the command line that asks.
//!
//! Changes are asked for one by one, when core applies them. What is written in any other way, a merge,
//! an undo, a whole text, is asked for here.

use guichet::core::authority::Rewrite;
use guichet::core::{Actor, Directory};
use guichet::storage::besides::besides;
use guichet::storage::guichet_toml::OptionsFile;
use guichet::storage::store::FileChange;

use super::refused;
use crate::context::Context;
use crate::error::Result;
use crate::loaded::catalogue;
use crate::words;

/// Says as whom an edit is made: by default the Designer.
///
/// # Errors
///
/// `unknown-user` where the directory has no user called as `--as` says.
pub(super) fn actor(context: &Context<'_>, directory: &Directory) -> Result<Actor> {
    match context.editor() {
        None => Ok(Actor::Designer),
        Some(word) => {
            let user = words::user(directory, word)?;
            Ok(Actor::of(directory, context.mode(), user))
        }
    }
}

/// Refuses what the editor could not have made by changes of the directory as it is; `after` is called
/// where that must be known.
///
/// # Errors
///
/// As [`actor`]; `not-allowed`; where guichet.toml declares a plug-in that there is already; what `after`
/// says.
pub(super) fn ask(
    context: &Context<'_>,
    before: &Directory,
    options: &OptionsFile,
    after: impl FnOnce() -> Result<Written>,
) -> Result<()> {
    let actor = actor(context, before)?;
    if actor == Actor::Designer {
        return Ok(());
    }
    let written = after()?;
    let catalogue = catalogue(&options.plugins, None, before)?;
    let rewrite = Rewrite {
        before,
        after: &written.directory,
        besides: besides(&written.files, catalogue.plugins()),
    };
    let asked = rewrite.check(actor, &options.policies);
    asked.map_err(|refusal| refused::told(before, &refusal))
}

/// What is to be written.
pub(super) struct Written {
    /// The directory that it means.
    pub(super) directory: Directory,
    /// The files.
    pub(super) files: Vec<FileChange>,
}
