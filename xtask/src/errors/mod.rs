//! `cargo xtask generate`: the reference of errors, `docs/errors.md`, written from the sources.
//!
//! Every error type says its own code, message and advice; this page collects them. It is read from
//! the text of the sources, since this program knows no crate of the product. `cargo xtask tidy`
//! fails when the page is not what would be written.

mod facts;
mod join;
mod page;
mod scan;

use std::fs;

use anyhow::{Result, anyhow, ensure};

use crate::shell::root;
use crate::tree::Tree;
use facts::Facts;

/// The page, from the root.
const PAGE: &str = "docs/errors.md";

/// The crates that have errors, in the order in which one rests on another.
const CRATES: &[&str] = &["core", "storage", "policy", "licensing", "project", "cli"];

/// Writes the page.
///
/// # Errors
///
/// A source file is not Rust, or the page cannot be written.
pub(crate) fn write() -> Result<()> {
    let page = page_of(&Tree::read()?)?;
    Ok(fs::write(root().join(PAGE), page)?)
}

/// Compares the page.
///
/// # Errors
///
/// A source file is not Rust, or the page is not what would be written.
pub(crate) fn check() -> Result<()> {
    let tree = Tree::read()?;
    let same = tree.text(PAGE) == page_of(&tree)?;
    ensure!(
        same,
        "not what the sources say: {PAGE}; `cargo xtask generate`"
    );
    Ok(())
}

/// Returns the page that the sources of a tree make.
///
/// # Errors
///
/// A source file is not Rust.
fn page_of(tree: &Tree) -> Result<String> {
    let mut facts = Facts::default();
    for krate in CRATES {
        let sources = format!("{krate}/src/");
        let of_crate = |path: &str| path.starts_with(&sources);
        for file in tree
            .files()
            .iter()
            .filter(|f| f.is_rust() && of_crate(&f.path))
        {
            scan::file(krate, &file.path, &file.text, &mut facts)
                .map_err(|error| anyhow!("{}: {error}", file.path))?;
        }
    }
    let command_line = tree.text("docs/cli.md");
    Ok(page::write(
        &join::entries(&facts),
        &page::meanings(command_line),
    ))
}

#[cfg(test)]
mod tests {
    use super::page_of;
    use crate::tree::Tree;

    #[test]
    fn a_page_is_made_of_types_of_the_command_line_and_of_its_reference() {
        let types = r#"
            /// Why not.
            #[derive(thiserror::Error)]
            pub enum Refusal {
                /// No such user.
                #[error("there is no user `{name}`")]
                UnknownUser { name: String },
                /// The name is
                /// taken.
                #[error("`{0}` is taken")]
                Taken(String),
                #[error(transparent)]
                Other(Other),
            }
            impl Diagnostic for Refusal {
                fn code(&self) -> &'static str {
                    match self {
                        Self::UnknownUser { .. } => "unknown-user",
                        Self::Taken(_) => "name-taken",
                        Self::Other(other) => other.code(),
                    }
                }
                fn help(&self) -> Option<String> {
                    match self {
                        Self::Taken(name) => Some(format!("Choose another than {name}.")),
                        _ => None,
                    }
                }
            }"#;
        let command = r#"
            fn find() {
                let message = format!("there is no user `{word}`, \
                    or | none");
                CliError::new("unknown-user", message).help("Look again.");
            }"#;
        let reference = "## Error codes\n\n| code | when |\n|---|---|\n\
                         | `unknown-user` | no user has this name |\n\n## Other\n";
        let tree = Tree::of(&[
            ("cli/src/words.rs", command),
            ("core/src/refusal.rs", types),
            ("docs/cli.md", reference),
        ]);
        let page = page_of(&tree).unwrap();
        let (_, entries) = page.split_once("## Errors\n").unwrap();
        assert_eq!(
            entries,
            "\n### name-taken\n\nThe name is taken.\n\n\
             | message | advice | from |\n|---|---|---|\n\
             | `…` is taken | Choose another than …. | [`Refusal::Taken`](../core/src/refusal.rs) |\n\
             \n### unknown-user\n\nNo user has this name.\n\n\
             | message | advice | from |\n|---|---|---|\n\
             | there is no user `…` | | [`Refusal::UnknownUser`](../core/src/refusal.rs) |\n\
             | there is no user `…`, or \\| none | Look again. | [cli](../cli/src/words.rs) |\n"
        );
    }

    #[test]
    fn a_file_that_is_not_rust_is_named() {
        let failure = page_of(&Tree::of(&[("core/src/a.rs", "fn")])).unwrap_err();
        assert!(failure.to_string().starts_with("core/src/a.rs: "));
    }
}
