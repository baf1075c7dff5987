//! `cargo xtask deny`: licences, bans and sources of every dependency, by cargo-deny.
//!
//! Advisories are not asked for: they change from day to day, and a change that passed yesterday
//! must pass today. `cargo deny check advisories` asks for them.

use crate::failure::{Outcome, no_arguments};
use crate::{shell, tools};

/// Runs the checks of `deny.toml`.
///
/// # Errors
///
/// cargo-deny is not installed, or found something.
pub(crate) fn run(args: &[String]) -> Outcome {
    no_arguments("deny", args)?;
    tools::CARGO_DENY.find()?;
    let quiet = ["--log-level", "error"];
    let checks = ["check", "bans", "licenses", "sources"];
    shell::cargo(&[&["deny"], &quiet[..], &checks[..]].concat(), &[])
}
