//! `cargo xtask layers`: the direction of dependencies, executed.
//!
//! Every normal, build and dev dependency between members of the workspace must stand in
//! [`table`]; outside crates that carry a concern (JSON, files, SQL) may be used only where that
//! concern has its home. A new edge fails until the table changes in the same commit.

mod check;
mod table;

use crate::failure::{Failure, Outcome, no_arguments};
use crate::workspace::Workspace;

/// Checks this workspace against the table.
///
/// # Errors
///
/// An edge is not allowed, the table names a package that is no member, or cargo failed.
pub(crate) fn run(args: &[String]) -> Outcome {
    no_arguments("layers", args)?;
    let workspace = Workspace::load()?;
    let report = check::check(&workspace, &table::RULES);
    for (from, to) in &report.unused {
        println!("layers: note: {from} may depend on {to} but does not, which is fine");
    }
    if report.problems.is_empty() {
        println!(
            "layers: {} members, {} declared dependencies, all allowed",
            workspace.members.len(),
            workspace.edges.len()
        );
        return Ok(());
    }
    for problem in &report.problems {
        println!("layers: {problem}");
    }
    Err(Failure::failed(format!(
        "{} wrong edge(s); the allowed ones stand in xtask/src/layers/table.rs",
        report.problems.len()
    )))
}
