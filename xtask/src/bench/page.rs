//! Puts the measured table into a page, between two marks.

use crate::failure::{Failure, Outcome};

const BEGIN: &str = "<!-- bench: begin -->\n";
const END: &str = "<!-- bench: end -->";

/// Returns the page with another table between the marks.
///
/// # Errors
///
/// The page has not exactly one pair of marks.
pub(super) fn with_table(page: &str, table: &str) -> Outcome<String> {
    let parts = page
        .split_once(BEGIN)
        .and_then(|(before, rest)| Some((before, rest.split_once(END)?.1)));
    match parts {
        Some((before, after)) if !after.contains(BEGIN) => {
            Ok(format!("{before}{BEGIN}{table}{END}{after}"))
        }
        _ => Err(Failure::failed(format!(
            "the page needs one line `{}` and one `{END}` behind it",
            BEGIN.trim_end()
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::with_table;

    #[test]
    fn only_what_is_between_the_marks_changes() {
        let page = "# P\n<!-- bench: begin -->\nold\n<!-- bench: end -->\nrest\n";
        let new = with_table(page, "new\n").unwrap();
        assert_eq!(new, page.replace("old", "new"));
        assert_eq!(with_table(&new, "new\n").unwrap(), new);
    }

    #[test]
    fn a_page_without_marks_is_left_alone() {
        assert!(with_table("# P\n", "new\n").is_err());
        assert!(with_table("<!-- bench: end -->\n<!-- bench: begin -->\n", "n\n").is_err());
    }
}
