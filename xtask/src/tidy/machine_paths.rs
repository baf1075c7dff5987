//! A path of one machine means nothing on the next.

use super::finding::Finding;

/// The starts of home folders; written in two parts so that this file passes its own rule.
const HOMES: &[&str] = &[concat!("/ho", "me/"), concat!("/ro", "ot/")];

/// The folder beside the project that only tests may look for (and skip loudly without).
const BESIDE: &str = concat!("/sha", "red");

/// Checks every line of a text file.
pub(super) fn check(path: &str, text: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if let Some(home) = HOMES.iter().find(|home| is_absolute(line, home)) {
            found.push(Finding::failure(
                index + 1,
                format!("`{home}…` is a path of one machine; use a relative one or a variable"),
            ));
        }
        if names_the_folder_beside(line) && !may_look_beside(path) {
            found.push(Finding::failure(
                index + 1,
                format!("`..{BESIDE}` may be named in tests and in docs/testing only"),
            ));
        }
    }
    found
}

/// Returns whether `start` stands in `line` as the start of a path, not in the middle of one.
fn is_absolute(line: &str, start: &str) -> bool {
    line.match_indices(start).any(|(at, _)| {
        let before = line.get(..at).unwrap_or_default();
        !before.ends_with(|c: char| c.is_alphanumeric() || "_-.}>".contains(c))
    })
}

fn names_the_folder_beside(line: &str) -> bool {
    line.match_indices(BESIDE).any(|(at, found)| {
        let after = line.get(at + found.len()..).unwrap_or_default();
        !after.starts_with(|c: char| c.is_alphanumeric() || "_-".contains(c))
    })
}

fn may_look_beside(path: &str) -> bool {
    path.split('/').any(|part| part == "tests") || path.starts_with("docs/testing")
}

#[cfg(test)]
mod tests {
    use super::{BESIDE, HOMES, check};

    fn count(path: &str, line: &str) -> usize {
        check(path, &format!("first\n{line}\n"))
            .iter()
            .filter(|finding| finding.line == 2)
            .count()
    }

    #[test]
    fn a_home_folder_is_found_wherever_it_stands() {
        for home in HOMES {
            assert_eq!(count("README.md", &format!("see {home}ann/x")), 1);
            assert_eq!(count("core/tests/it/a.rs", &format!("\"{home}ann\"")), 1);
        }
    }

    #[test]
    fn the_middle_of_a_path_or_an_address_passes() {
        for home in HOMES {
            assert_eq!(count("README.md", &format!("docs{home}a")), 0);
            assert_eq!(count("README.md", &format!("https://example.org{home}")), 0);
            assert_eq!(count("README.md", &format!("${{PREFIX}}{home}")), 0);
        }
    }

    #[test]
    fn the_folder_beside_is_for_tests_and_their_page_only() {
        let line = format!("..{BESIDE}/outside-cases");
        assert_eq!(count("policy/src/graph.rs", &line), 1);
        assert_eq!(count("docs/performance.md", &line), 1);
        assert_eq!(count("policy/tests/it/outside.rs", &line), 0);
        assert_eq!(count("docs/testing.md", &line), 0);
        assert_eq!(count("policy/src/graph.rs", &format!("a{BESIDE}-lock")), 0);
    }
}
