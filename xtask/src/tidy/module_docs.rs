//! Every Rust file starts by saying what it is for.

use super::finding::Finding;

/// Checks that the first line of the file is `//!` documentation with words in it.
pub(super) fn check(_path: &str, text: &str) -> Vec<Finding> {
    let documented = text
        .lines()
        .next()
        .and_then(|line| line.strip_prefix("//!"))
        .is_some_and(|words| !words.trim().is_empty());
    if documented {
        return Vec::new();
    }
    vec![Finding::failure(
        1,
        "the first line is no `//!` documentation; say there what the file is for",
    )]
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn a_file_that_starts_with_anything_else_is_found() {
        for text in [
            "",
            "use std::fs;\n",
            "//! \n",
            "// Reads.\n",
            "\n//! Reads.\n",
        ] {
            assert_eq!(check("a.rs", text).len(), 1, "{text:?}");
        }
    }

    #[test]
    fn a_file_that_starts_with_its_purpose_passes() {
        assert_eq!(check("a.rs", "//! Reads.\n"), []);
    }
}
