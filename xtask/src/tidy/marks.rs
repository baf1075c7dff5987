//! Marks of unfinished work: they belong into an issue, not into the source.

use super::finding::Finding;
use super::segments::{Kind, segments};

/// Marks in comments; written in two parts so that a search for them does not find this table.
const IN_COMMENTS: &[&str] = &[
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("X", "XX"),
];

/// Marks in code, likewise.
const IN_CODE: &[&str] = &[concat!("to", "do!("), concat!("unim", "plemented!(")];

/// Checks every comment and every line of code.
pub(super) fn check(_path: &str, text: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    for segment in segments(text) {
        let marks = match segment.kind {
            Kind::Comment => IN_COMMENTS,
            Kind::Code => IN_CODE,
            Kind::Literal => continue,
        };
        for (index, line) in segment.text.lines().enumerate() {
            found.extend(
                marks
                    .iter()
                    .filter(|mark| has_word(line, mark))
                    .map(|mark| {
                        Finding::failure(
                            segment.line + index,
                            format!("`{mark}` marks unfinished work; finish it or file an issue"),
                        )
                    }),
            );
        }
    }
    found
}

/// Returns whether `mark` stands in `line` as a word of its own.
fn has_word(line: &str, mark: &str) -> bool {
    let of_word = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(mark).any(|(at, _)| {
        let before = line.get(..at).unwrap_or_default();
        let after = line.get(at + mark.len()..).unwrap_or_default();
        let open_end = mark.ends_with('(') || !after.starts_with(of_word);
        !before.ends_with(of_word) && open_end
    })
}

#[cfg(test)]
mod tests {
    use super::{IN_CODE, IN_COMMENTS, check};

    fn lines(text: &str) -> Vec<usize> {
        check("a.rs", text).into_iter().map(|f| f.line).collect()
    }

    #[test]
    fn each_mark_is_found_in_its_place() {
        for mark in IN_COMMENTS {
            assert_eq!(lines(&format!("//! A.\n/* b\n{mark}: c */")), [3], "{mark}");
        }
        for mark in IN_CODE {
            assert_eq!(lines(&format!("fn a() {{\n    {mark})\n}}")), [2], "{mark}");
        }
    }

    #[test]
    fn marks_in_texts_and_inside_words_pass() {
        for mark in IN_COMMENTS {
            assert_eq!(
                lines(&format!("// {mark}S are forbidden\n\"{mark}\"")),
                Vec::<usize>::new()
            );
        }
        for mark in IN_CODE {
            assert_eq!(
                lines(&format!("// {mark})\nnot_{mark}\"{mark}\")")),
                Vec::<usize>::new()
            );
        }
    }
}
