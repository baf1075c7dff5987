//! Puts measured tables into a page, each between two marks.

use std::fs;
use std::path::Path;

use crate::failure::{Failure, Outcome};

/// Replaces what is in a file between the marks of this name.
///
/// # Errors
///
/// The file cannot be read or written, or has not exactly one pair of these marks.
pub(crate) fn replace(file: &Path, mark: &str, table: &str) -> Outcome {
    let old = fs::read_to_string(file).map_err(|error| Failure::io(file, &error))?;
    let new = with_table(&old, mark, table)?;
    fs::write(file, new).map_err(|error| Failure::io(file, &error))
}

/// Returns the page with another table between the marks.
fn with_table(page: &str, mark: &str, table: &str) -> Outcome<String> {
    let begin = format!("<!-- {mark}: begin -->\n");
    let end = format!("<!-- {mark}: end -->");
    let parts = page
        .split_once(&begin)
        .and_then(|(before, rest)| Some((before, rest.split_once(&end)?.1)));
    match parts {
        Some((before, after)) if !after.contains(&begin) => {
            Ok(format!("{before}{begin}\n{}\n\n{end}{after}", table.trim()))
        }
        _ => Err(Failure::new(format!(
            "the page needs one line `{}` and one `{end}` behind it",
            begin.trim_end()
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::with_table;

    #[test]
    fn only_what_is_between_the_marks_changes() {
        let page = "# P\n<!-- a: begin -->\n\nold\n\n<!-- a: end -->\nrest\n";
        let new = with_table(page, "a", "new\n").unwrap();
        assert_eq!(new, page.replace("old", "new"));
        assert_eq!(with_table(&new, "a", "new\n").unwrap(), new);
    }

    #[test]
    fn a_page_without_the_marks_is_left_alone() {
        assert!(with_table("# P\n", "a", "new\n").is_err());
        assert!(with_table("<!-- b: begin -->\n<!-- b: end -->\n", "a", "n\n").is_err());
        assert!(with_table("<!-- a: end -->\n<!-- a: begin -->\n", "a", "n\n").is_err());
    }
}
