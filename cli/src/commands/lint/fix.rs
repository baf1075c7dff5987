//! `lint --fix`: what can be fixed without anybody gaining or losing an access.
//!
//! First what is fixed in the text, such as a member that is listed twice, then what takes a change of
//! the directory, such as a membership that another one implies. Each is an edit of its own, which
//! `undo` takes back.

use guichet::core::Change;
use guichet::policy::lint::{Finding, Fix, LintInput, lint};
use guichet::storage::encode::repair;
use guichet::storage::inspect::Neighbours;
use guichet::storage::json::Document;
use guichet::storage::place::Located;
use guichet::storage::store::Rewrite;

use super::gather;
use crate::context::Context;
use crate::editing;
use crate::editing::rewriting::{patched, rewrite};
use crate::error::Result;
use crate::loaded::Loaded;
use crate::output::Report;

/// Fixes what can be fixed, and returns what was done.
///
/// # Errors
///
/// As an edit.
pub(super) fn run(context: &Context<'_>) -> Result<Vec<Box<dyn Report>>> {
    let mut done = Vec::new();
    done.extend(text(context, &context.load()?)?);
    done.extend(changes(context, &context.load()?)?);
    Ok(done)
}

/// Repairs the text.
fn text(context: &Context<'_>, loaded: &Loaded) -> Result<Option<Box<dyn Report>>> {
    let levels = gather::levels(loaded)?;
    let wanted = |problem: &&Located<_>| {
        let found = Finding::reported((), *problem);
        found.is_ok_and(|found| levels.settle(found).is_some())
    };
    let repaired = |document: &Document, problems: &[_]| {
        let problems: Vec<_> = problems.iter().filter(wanted).cloned().collect();
        patched(document, &repair(document, &problems))
    };
    let Some(document) = loaded.document() else {
        return Ok(None);
    };
    if repaired(document, loaded.problems())? == document.text() {
        return Ok(None);
    }
    let report = rewrite(context, context.target()?, |document, read| {
        let text = repaired(document, &read.problems)?;
        let what = read.problems.iter().filter(wanted);
        let what = what.filter(|problem| gather::is_fixed_in_text(problem));
        Ok(Rewrite {
            text,
            what: what.map(|problem| format!("fixed: {problem}")).collect(),
        })
    })?;
    Ok(Some(report))
}

/// Makes the changes that findings of the directory propose.
fn changes(context: &Context<'_>, loaded: &Loaded) -> Result<Option<Box<dyn Report>>> {
    let levels = gather::levels(loaded)?;
    // No fix hangs on what the files beside the directory say.
    let facts = gather::facts(loaded, &Neighbours::default());
    let findings = lint(&LintInput::new(loaded.policy(), &facts), &levels);
    let fixes = findings
        .into_iter()
        .filter_map(|finding| match finding.fix? {
            Fix::Changes(changes) => Some(changes),
            Fix::Text => None,
        });
    let changes: Vec<Change> = fixes.flatten().collect();
    if changes.is_empty() {
        return Ok(None);
    }
    editing::edit(context, |_| Ok(changes)).map(Some)
}
