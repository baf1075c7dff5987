//! `cargo xtask package`: every crate can be packaged, in order, and holds what it must.
//!
//! Needs no network and publishes nothing.

use crate::failure::{Failure, Outcome, no_arguments};
use crate::shell;
use crate::workspace::Workspace;

/// What every package holds: a registry shows the readme, a licence asks for its text.
const WANTED: &[&str] = &["README.md", "LICENSE-MIT", "LICENSE-APACHE"];

/// Packages every crate.
///
/// # Errors
///
/// A crate cannot be packaged, or lacks its readme or a licence text.
pub(crate) fn run(args: &[String]) -> Outcome {
    no_arguments("package", args)?;
    let mut missing = Vec::new();
    for package in Workspace::load()?.packages {
        if !package.is_published {
            continue;
        }
        let command = ["package", "--list", "--allow-dirty", "--offline", "--quiet"];
        let list = [&command[..], &["--package", &package.name]].concat();
        let files = shell::cargo_output(&list)?;
        missing.extend(lacks(&files).map(|file| format!("{} lacks {file}", package.name)));
    }
    if !missing.is_empty() {
        return Err(Failure::failed(missing.join("; ")));
    }
    shell::cargo(
        &[
            "package",
            "--workspace",
            "--exclude",
            "xtask",
            "--no-verify", // compiling them again is what the other steps do
            "--allow-dirty",
            "--offline",
            "--quiet",
        ],
        &[],
    )
}

/// Returns what a list of files lacks.
fn lacks(files: &str) -> impl Iterator<Item = &'static str> {
    WANTED
        .iter()
        .copied()
        .filter(move |wanted| !files.lines().any(|file| file == *wanted))
}

#[cfg(test)]
mod tests {
    use super::lacks;

    #[test]
    fn a_missing_text_is_named() {
        let lacking: Vec<_> = lacks("Cargo.toml\nREADME.md\nLICENSE-MIT\n").collect();
        assert_eq!(lacking, ["LICENSE-APACHE"]);
        let complete = "LICENSE-APACHE\nLICENSE-MIT\nREADME.md\nsrc/lib.rs\n";
        assert_eq!(lacks(complete).count(), 0);
    }
}
