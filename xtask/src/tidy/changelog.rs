//! The change log has something to say about what is not released yet.

use super::finding::Finding;
use crate::tree::Tree;

const PATH: &str = "CHANGELOG.md";

/// Checks that there is a change log with an entry under its Unreleased heading.
pub(super) fn check(tree: &Tree) -> Vec<(String, Finding)> {
    let fault = match tree.text(PATH) {
        None => Some("there is no change log".to_owned()),
        Some(text) => fault(text),
    };
    fault
        .map(|message| (PATH.to_owned(), Finding::failure(1, message)))
        .into_iter()
        .collect()
}

fn fault(text: &str) -> Option<String> {
    let mut lines = text.lines();
    if !lines.any(|line| line.trim_end() == "## [Unreleased]") {
        return Some("no heading `## [Unreleased]`".to_owned());
    }
    let has_entry = lines
        .take_while(|line| !line.starts_with("## "))
        .any(|line| line.starts_with("- ") && line.len() > 2);
    (!has_entry).then(|| "no entry under `## [Unreleased]`; say what a user gets".to_owned())
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tree::Tree;

    fn messages(text: &str) -> Vec<String> {
        let found = check(&Tree::of(&[("CHANGELOG.md", text)]));
        found
            .into_iter()
            .map(|(_, finding)| finding.message)
            .collect()
    }

    #[test]
    fn a_missing_file_heading_or_entry_is_found() {
        assert_eq!(check(&Tree::default()).len(), 1);
        assert_eq!(messages("# Changelog\n## [0.1.0]\n- a\n").len(), 1);
        assert_eq!(
            messages("## [Unreleased]\n### Added\n\n## [0.1.0]\n- a\n"),
            ["no entry under `## [Unreleased]`; say what a user gets"]
        );
    }

    #[test]
    fn an_entry_under_any_kind_of_change_passes() {
        assert_eq!(
            messages("## [Unreleased]\n\n### Fixed\n\n- a\n"),
            Vec::<String>::new()
        );
    }
}
