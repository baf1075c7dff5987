//! The reference of errors says what the sources say.

use super::finding::Finding;
use crate::errors::{PAGE, page_of};
use crate::tree::Tree;

/// Checks that the committed page is the one that would be written now.
pub(super) fn check(tree: &Tree) -> Vec<(String, Finding)> {
    let fault = match page_of(tree) {
        Err(failure) => Some((1, failure.to_string())),
        Ok(page) => fault(tree.text(PAGE).unwrap_or_default(), &page),
    };
    let found = fault.map(|(line, message)| (PAGE.to_owned(), Finding::failure(line, message)));
    found.into_iter().collect()
}

/// Returns the first line that differs.
fn fault(committed: &str, page: &str) -> Option<(usize, String)> {
    if committed == page {
        return None;
    }
    let same = committed
        .lines()
        .zip(page.lines())
        .take_while(|(a, b)| a == b)
        .count();
    let message = "not what the sources say; write it anew with `cargo xtask errors`";
    Some((same + 1, message.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::errors::{PAGE, page_of};
    use crate::tree::Tree;

    const SOURCE: (&str, &str) = (
        "core/src/a.rs",
        "struct S;\nimpl Diagnostic for S { fn code(&self) -> &'static str { \"s\" } }\n",
    );

    #[test]
    fn a_page_as_written_passes_and_another_is_found_where_it_differs() {
        let page = page_of(&Tree::of(&[SOURCE])).unwrap();
        assert_eq!(check(&Tree::of(&[SOURCE, (PAGE, &page)])), []);
        let changed = page.replace("# Errors\n\nEvery", "# Errors\n\nAny");
        let found = check(&Tree::of(&[SOURCE, (PAGE, &changed)]));
        assert_eq!(found[0].1.line, 3);
    }
}
