//! `cargo xtask generate`: writes anew every file that is made of others.
//!
//! Tests of the command line write its reference and those of errors, lint and statements, and the
//! pictures. Each is compared by a test or a step of the gate. Snapshots are not among them: `cargo insta
//! review` shows each one before it is taken over.

use anyhow::Result;

use crate::api;
use crate::shell::Command;

/// Writes the files.
///
/// # Errors
///
/// A test or cargo-public-api failed, or a file cannot be written.
pub(crate) fn run() -> Result<()> {
    // The lock files of the other workspaces follow the manifests of the crates.
    for workspace in ["bench", "fuzz"] {
        let manifest = format!("{workspace}/Cargo.toml");
        Command::cargo("update --workspace --manifest-path")
            .arg(manifest)
            .run()?;
    }
    Command::cargo("test --package guichet-cli --test it")
        .env("GUICHET_UPDATE", "1")
        .run()?;
    api::write()
}
