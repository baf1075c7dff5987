//! `cargo xtask api`: what each library crate promises, compared with the listing in `docs/api/`.
//!
//! By cargo-public-api, which reads a form of rustdoc that is not stable yet: `RUSTC_BOOTSTRAP` lets
//! the stable compiler write it, in a target folder of its own, since it makes cargo build anew. A
//! commit that changes what others can use changes the listing too, so that a reviewer sees it.

use std::fs;

use anyhow::{Context as _, Result, bail};

use crate::shell::{Command, root};

/// The library crates.
pub(crate) const CRATES: &[&str] = &[
    "guichet-core",
    "guichet-storage",
    "guichet-policy",
    "guichet-licensing",
    "guichet",
];

/// Compares the listings.
///
/// # Errors
///
/// cargo-public-api failed, or a listing is not what the crate promises now.
pub(crate) fn check() -> Result<()> {
    let mut changed = Vec::new();
    for krate in CRATES {
        let (now, path) = (listing(krate)?, format!("docs/api/{krate}.txt"));
        let committed = fs::read_to_string(root().join(&path)).unwrap_or_default();
        for line in difference(&committed, &now) {
            println!("{krate}: {line}");
        }
        if committed != now {
            changed.push(path);
        }
    }
    if changed.is_empty() {
        return Ok(());
    }
    bail!(
        "not what is public now: {}; `cargo xtask generate`",
        changed.join(", ")
    )
}

/// Writes the listings.
///
/// # Errors
///
/// cargo-public-api failed, or a file cannot be written.
pub(crate) fn write() -> Result<()> {
    for krate in CRATES {
        let path = root().join(format!("docs/api/{krate}.txt"));
        let context = || path.display().to_string();
        fs::write(&path, listing(krate)?).with_context(context)?;
    }
    Ok(())
}

fn listing(krate: &str) -> Result<String> {
    // Thrice: derived, automatic and blanket implementations say nothing that a person would read.
    Command::cargo("public-api --all-features -sss --target-dir target/api --package")
        .arg(krate)
        .env("RUSTC_BOOTSTRAP", "1")
        .output()
}

/// Returns the items that went and those that came.
fn difference(old: &str, new: &str) -> Vec<String> {
    let only = |these: &str, those: &str, sign: &str| -> Vec<String> {
        let missing = these
            .lines()
            .filter(|line| !those.lines().any(|other| other == *line));
        missing.map(|line| format!("{sign} {line}")).collect()
    };
    [only(old, new, "-"), only(new, old, "+")].concat()
}

#[cfg(test)]
mod tests {
    use super::difference;

    #[test]
    fn items_that_go_and_come_are_shown() {
        assert_eq!(difference("a\nb\n", "b\nc\n"), ["- a", "+ c"]);
        assert!(difference("a\n", "a\n").is_empty());
    }
}
