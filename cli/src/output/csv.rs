//! Comma-separated values for spreadsheets.

use super::{Foreign, visible};

/// Writes rows under their titles; the only way from a command to CSV.
///
/// A spreadsheet takes a cell that starts with `=`, `+`, `-` or `@` for a formula, and runs it. Such a
/// cell gets an apostrophe in front, as OWASP advises: it is then shown as the text that it is.
pub(crate) fn csv(titles: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> Foreign {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail.
    let _ = writer.write_record(titles);
    for row in rows {
        let _ = writer.write_record(row.iter().map(|cell| text_cell(cell)));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    Foreign::escaped_by_library(String::from_utf8(bytes).unwrap_or_default())
}

/// Keeps a cell from being a formula. White space before the sign is cut by some spreadsheets, and some
/// take the wide forms of the signs too.
fn text_cell(cell: &str) -> String {
    const SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    let is_blank = |character: char| character.is_whitespace() || character.is_control();
    // What a character that is replaced hid is at the start no more.
    let is_formula = cell.trim_start_matches(is_blank).starts_with(SIGNS);
    let cell = visible(cell);
    if is_formula {
        format!("'{cell}")
    } else {
        cell.into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::{text_cell, visible};

    #[test]
    fn no_cell_is_a_formula() {
        for formula in [
            "=1", "+1", "-1", "@a", "\t=1", "\r\n@a", " -1", "＝1", "\0=1",
        ] {
            let shown = visible(formula);
            assert_eq!(text_cell(formula), format!("'{shown}"));
        }
        for text in ["", "1", "a=b", "'=1", "Ann", "2026-11-21T09:00:00Z"] {
            assert_eq!(text_cell(text), text);
        }
    }
}
