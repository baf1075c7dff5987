//! The pages make a site: none is left out, and none leads to what the site does not show.

use super::finding::Finding;
use crate::book;
use crate::tree::Tree;

/// Checks every page of `docs/`, and every other one that the table of contents names.
pub(super) fn check(tree: &Tree) -> Vec<(String, Finding)> {
    let faults = book::faults(tree).into_iter();
    faults
        .map(|(page, line, message)| (page, Finding::failure(line, message)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::book::SUMMARY;
    use crate::tree::Tree;

    #[test]
    fn a_page_that_no_reader_would_find_is_found() {
        let page = ("docs/a.md", "# A\n");
        assert_eq!(check(&Tree::of(&[(SUMMARY, "- [A](a.md)\n"), page])), []);
        assert_eq!(check(&Tree::of(&[(SUMMARY, ""), page])).len(), 1);
    }
}
