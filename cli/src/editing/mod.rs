//! Edits: the words of the command line become changes, and what happened is printed.
//!
//! | module | what is there |
//! |---|---|
//! | here | one edit, from its words to its report |
//! | [`grantee`] | who gets an access |
//! | [`done`], [`file_diff`] | what an edit did, or would do: `--dry-run` |
//! | [`output`] | where a directory goes that is made of others: `-o` |
//! | [`password`] | typed passwords, and the randomness that goes into stored ones |

pub(crate) mod done;
mod file_diff;
pub(crate) mod grantee;
pub(crate) mod output;
pub(crate) mod password;

use guichet::{Change, Expected, Names};

use crate::context::Context;
use crate::error::Result;
use crate::output::Report;
use done::Done;

/// How a dry run begins to tell what it would do.
pub(crate) const DRY_RUN: &str = "dry run: nothing is saved;";

/// Makes an edit, or only tries it where `--dry-run` says so.
///
/// The closure turns the words of the command line into a change; it is given the names of the
/// directory as it is when the edit has its lock.
///
/// # Errors
///
/// What the closure says, why the change is refused, or why it cannot be saved.
pub(crate) fn edit(
    context: &Context<'_>,
    change: impl Fn(&Names<'_>) -> guichet::Result<Change>,
) -> Result<Box<dyn Report>> {
    let project = context.project()?;
    let editor = context.editor_of(&project)?;
    let outcome = project.edit(&editor, Expected::Any, |names| Ok(vec![change(names)?]))?;
    Ok(Box::new(Done::new(context, &outcome)?))
}
