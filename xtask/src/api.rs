//! `cargo xtask api`: what each library crate promises, compared with the listing in `docs/api/`.
//!
//! By cargo-public-api with a nightly toolchain. A commit that changes what others can use changes
//! the listing too, so that a reviewer sees it; `--update` writes it anew.

use std::fs;

use crate::failure::{Failure, Outcome};
use crate::workspace::Workspace;
use crate::{shell, tools};

/// Where the listings are, from the root.
const FOLDER: &str = "docs/api";

/// Whether the listings are compared or written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Compare,
    Update,
}

impl Mode {
    fn parse(args: &[String]) -> Outcome<Self> {
        match args {
            [] => Ok(Self::Compare),
            [only] if only == "--update" => Ok(Self::Update),
            _ => Err(Failure::usage("usage: cargo xtask api [--update]")),
        }
    }
}

/// Compares the listings, or writes them.
///
/// # Errors
///
/// cargo-public-api or a nightly toolchain is missing, a crate does not compile, or a listing is
/// not what the crate promises now.
pub(crate) fn run(args: &[String]) -> Outcome {
    let mode = Mode::parse(args)?;
    tools::CARGO_PUBLIC_API.find()?;
    let folder = shell::workspace_root().join(FOLDER);
    let mut changed = Vec::new();
    for package in Workspace::load()?.libraries() {
        // Twice without: derived and blanket implementations say nothing that a person would read.
        let listing = shell::nightly_output(&[
            "public-api",
            "--package",
            &package.name,
            "--all-features",
            "-sss",
        ])?;
        let path = folder.join(format!("{}.txt", package.name));
        let committed = fs::read_to_string(&path).unwrap_or_default();
        if committed == listing {
            continue;
        }
        if mode == Mode::Update {
            fs::create_dir_all(&folder).map_err(|error| Failure::io(&folder, &error))?;
            fs::write(&path, &listing).map_err(|error| Failure::io(&path, &error))?;
        }
        for line in difference(&committed, &listing) {
            println!("{}: {line}", package.name);
        }
        changed.push(package.name.clone());
    }
    if changed.is_empty() || mode == Mode::Update {
        return Ok(());
    }
    Err(Failure::failed(format!(
        "the public items of {} are not those of {FOLDER}; look at them, then `cargo xtask api --update`",
        changed.join(", ")
    )))
}

/// Returns the items that went and those that came, the listings being sorted sets of lines.
fn difference<'a>(old: &'a str, new: &'a str) -> Vec<String> {
    let gone = |line: &&'a str| !new.lines().any(|other| other == *line);
    let came = |line: &&'a str| !old.lines().any(|other| other == *line);
    let gone = old.lines().filter(gone).map(|line| format!("- {line}"));
    let came = new.lines().filter(came).map(|line| format!("+ {line}"));
    gone.chain(came).collect()
}

#[cfg(test)]
mod tests {
    use super::{Mode, difference};

    #[test]
    fn items_that_go_and_come_are_shown() {
        assert_eq!(difference("a\nb\n", "b\nc\n"), ["- a", "+ c"]);
        assert!(difference("a\n", "a\n").is_empty());
    }

    #[test]
    fn only_update_may_follow() {
        assert_eq!(Mode::parse(&["--update".to_owned()]), Ok(Mode::Update));
        assert!(Mode::parse(&["--force".to_owned()]).is_err());
    }
}
