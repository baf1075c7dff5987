//! `cargo xtask tidy`: house rules that neither rustfmt nor clippy knows.
//!
//! Each rule is a pure function in a file of its own; the two tables below are the list of them.

mod book_pages;
mod changelog;
mod empty_tests;
mod error_messages;
mod error_reference;
mod finding;
mod forgotten_tests;
mod idle_statements;
mod length;
mod links;
mod machine_paths;
mod marks;
mod module_docs;
mod one_gate;
mod segments;
mod test_attributes;

use crate::failure::{Failure, Outcome, no_arguments};
use crate::shell;
use crate::tree::Tree;
use finding::{Finding, Level};

/// A rule over one file: its path from the root, with `/`, and its text.
type FileCheck = fn(path: &str, text: &str) -> Vec<Finding>;

/// A rule that needs to see several files.
type TreeCheck = fn(&Tree) -> Vec<(String, Finding)>;

/// The rules over each Rust source file.
const RUST_CHECKS: &[(&str, FileCheck)] = &[
    ("module-docs", module_docs::check),
    ("length", length::check),
    ("error-messages", error_messages::check),
    ("idle-statements", idle_statements::check),
    ("test-attributes", test_attributes::check),
    ("marks", marks::check),
];

/// The rules over each text file, Rust or not.
const TEXT_CHECKS: &[(&str, FileCheck)] = &[("machine-paths", machine_paths::check)];

/// The rules over the whole tree.
const TREE_CHECKS: &[(&str, TreeCheck)] = &[
    ("forgotten-tests", forgotten_tests::check),
    ("empty-tests", empty_tests::check),
    ("changelog", changelog::check),
    ("links", links::check),
    ("book-pages", book_pages::check),
    ("error-reference", error_reference::check),
    ("one-gate", one_gate::check),
];

/// Checks every file of the work tree.
///
/// # Errors
///
/// A rule is broken, or the tree cannot be read.
pub(crate) fn run(args: &[String]) -> Outcome {
    no_arguments("tidy", args)?;
    let tree = Tree::read(&shell::workspace_root())?;
    let mut failures = 0_usize;
    let mut warnings = 0_usize;
    for (rule, path, finding) in findings(&tree) {
        let word = match finding.level {
            Level::Warning => {
                warnings += 1;
                "warning: "
            }
            Level::Failure => {
                failures += 1;
                ""
            }
        };
        println!(
            "{path}:{}: {word}{} [{rule}]",
            finding.line, finding.message
        );
    }
    println!(
        "tidy: {} rules over {} files, {failures} finding(s), {warnings} warning(s)",
        RUST_CHECKS.len() + TEXT_CHECKS.len() + TREE_CHECKS.len(),
        tree.files().len()
    );
    if failures == 0 {
        Ok(())
    } else {
        Err(Failure::failed(format!("{failures} finding(s)")))
    }
}

/// Applies every rule; the result is in the order of files, then of rules.
fn findings(tree: &Tree) -> Vec<(&'static str, String, Finding)> {
    let mut all = Vec::new();
    for file in tree.files() {
        let rust_checks: &[_] = if file.is_rust() { RUST_CHECKS } else { &[] };
        for (rule, check) in TEXT_CHECKS.iter().chain(rust_checks) {
            let found = check(&file.path, &file.text).into_iter();
            all.extend(found.map(|finding| (*rule, file.path.clone(), finding)));
        }
    }
    for (rule, check) in TREE_CHECKS {
        let found = check(tree).into_iter();
        all.extend(found.map(|(path, finding)| (*rule, path, finding)));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::findings;
    use crate::errors;
    use crate::tree::Tree;

    #[test]
    fn rust_rules_look_at_rust_files_only() {
        let changelog = "## [Unreleased]\n- a\n";
        let errors = errors::page_of(&Tree::default()).unwrap();
        let tree = Tree::of(&[
            (".ci/run", "cargo test\n"),
            ("CHANGELOG.md", changelog),
            ("README.md", "```sh\ncargo test\n```\n"),
            ("a.rs", "fn a() {}\n"),
            ("core/README.md", "# core\n"),
            (
                "docs/SUMMARY.md",
                "- [E](errors.md)\n- [C](cli.md)\n- [K](../core/README.md)\n",
            ),
            ("docs/cli.md", "# JSON\n"),
            ("docs/errors.md", &errors),
        ]);
        let found: Vec<_> = findings(&tree)
            .into_iter()
            .map(|(rule, path, _)| (rule, path))
            .collect();
        assert_eq!(found, [("module-docs", "a.rs".to_owned())]);
    }
}
