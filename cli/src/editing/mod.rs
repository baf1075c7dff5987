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

use guichet::{Change, Effect, Expected, Names, Outcome, Project};

use crate::context::Context;
use crate::error::{CliError, Result};
use crate::output::{Report, count};
use crate::people;
use done::Done;

/// How a dry run begins to tell what it would do.
pub(crate) const DRY_RUN: &str = "dry run: nothing is saved;";
/// How many users may lose something without a question, unless `--ask-above` says it.
const ASK_ABOVE: usize = 20;

/// Makes an edit, or only tries it where `--dry-run` says so.
///
/// The closure turns the words of the command line into changes, which are made all or none; it is
/// given the names of the directory as it is when the edit has its lock.
///
/// # Errors
///
/// What the closure says, why a change is refused, or why it cannot be saved.
pub(crate) fn edit(
    context: &mut Context<'_>,
    changes: impl Fn(&Names<'_>) -> guichet::Result<Vec<Change>>,
) -> Result<Box<dyn Report>> {
    let project = context.project()?;
    let editor = context.editor_of(&project)?;
    let (outcome, ()) = make(context, &project, |project, expected| {
        let outcome = project.edit(&editor, expected, &changes)?;
        Ok((outcome, ()))
    })?;
    Ok(Box::new(Done::new(context, &outcome)?))
}

/// Makes an edit; on a terminal it asks first where many users lose something.
///
/// # Errors
///
/// `not-confirmed`; what the closure says.
pub(crate) fn make<T>(
    context: &mut Context<'_>,
    project: &Project,
    edit: impl Fn(&Project, Expected) -> Result<(Outcome, T)>,
) -> Result<(Outcome, T)> {
    if context.questions.is_none() || context.global.yes || context.is_dry_run() {
        return edit(project, Expected::Any);
    }
    project.edit_asking(edit, |effect| confirm(context, effect))
}

/// Asks whether to make an edit that takes access from many users.
fn confirm(context: &mut Context<'_>, effect: &Effect) -> Result<()> {
    let (Some(printer), true) = (
        &mut context.questions,
        effect.losing > context.global.ask_above.unwrap_or(ASK_ABOVE),
    ) else {
        return Ok(());
    };
    let losing = count(effect.losing, "user");
    let mut question = people::text(effect, "`--dry-run --format json`");
    question.end();
    question.add(format_args!("Take access from {losing}? [y/N] "));
    let mut answer = String::new();
    let asked = printer.text(&question).and_then(|()| printer.flush());
    if let (Ok(()), Some(input)) = (asked, &mut context.stdin) {
        // What cannot be read is no yes.
        let _ = input.read_line(&mut answer);
    }
    if matches!(answer.trim(), "y" | "Y" | "yes") {
        return Ok(());
    }
    let message = format!("nothing was saved: the edit takes access from {losing}");
    Err(CliError::new("not-confirmed", message).help("Answer `y`, or give `--yes`."))
}
