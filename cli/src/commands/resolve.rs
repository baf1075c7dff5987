//! `resolve`: the conflicts that a merge left in the file, taken out once they are decided.

use guichet_storage::merge::{StoredConflict, conflicts, without_conflicts};
use guichet_storage::store::Rewrite;

use crate::context::Context;
use crate::editing::rewriting::{patched, rewrite};
use crate::error::Result;
use crate::output::Report;

/// Runs `resolve`.
pub(crate) fn run(context: &Context<'_>) -> Result<Box<dyn Report>> {
    rewrite(context, context.target()?, |document, _| {
        let conflicts = conflicts(document).into_iter();
        Ok(Rewrite {
            text: patched(document, &without_conflicts(document))?,
            what: conflicts.map(|(conflict, _)| sentence(&conflict)).collect(),
        })
    })
}

/// Says what was decided: the file has what ours did, or what was edited since.
fn sentence(conflict: &StoredConflict) -> String {
    let side = |sentences: &[String]| match sentences {
        [] => "nothing".to_owned(),
        _ => sentences.join(", "),
    };
    let (ours, theirs) = (side(&conflict.ours), side(&conflict.theirs));
    format!(
        "resolved: {}; ours: {ours}; theirs: {theirs}",
        conflict.kind
    )
}
