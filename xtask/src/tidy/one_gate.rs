//! What the readme tells people to run is what the gate runs.

use super::finding::Finding;
use crate::tree::Tree;

const GATE: &str = ".ci/run";
const README: &str = "README.md";

/// Checks that the last command of the gate stands alone in a shell block of the readme.
pub(super) fn check(tree: &Tree) -> Vec<(String, Finding)> {
    let gate = tree.text(GATE).unwrap_or_default();
    let readme = tree.text(README).unwrap_or_default();
    let command = gate.lines().rfind(|line| !line.trim().is_empty());
    let promised = command.is_some_and(|line| readme.contains(&format!("```sh\n{line}\n```")));
    if promised {
        return Vec::new();
    }
    let message = format!(
        "the last command of {GATE}, `{}`, is no shell block of {README}",
        command.unwrap_or_default()
    );
    vec![(
        GATE.to_owned(),
        Finding::failure(gate.lines().count(), message),
    )]
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tree::Tree;

    fn count(gate: &str, readme: &str) -> usize {
        check(&Tree::of(&[(".ci/run", gate), ("README.md", readme)])).len()
    }

    #[test]
    fn another_command_or_a_missing_file_is_found() {
        assert_eq!(
            count("set -e\ncargo test\n", "```sh\ncargo test --all\n```\n"),
            1
        );
        assert_eq!(count("cargo test\n", "run cargo test\n"), 1);
        assert_eq!(check(&Tree::default()).len(), 1);
    }

    #[test]
    fn the_same_command_passes() {
        assert_eq!(
            count(
                "set -e\ncargo test\n\n",
                "Test:\n\n```sh\ncargo test\n```\n"
            ),
            0
        );
    }
}
