//! A file before and after an edit, line by line, without its stored passwords.

use guichet::storage::redact::Redacted;
use guichet::storage::store::FileChange;
use similar::{Algorithm, DiffOp, capture_diff_slices, group_diff_ops};

use crate::output::{Ink, Text};

/// Unchanged lines shown around a change.
const AROUND: usize = 3;
/// The longest line that is shown whole, in characters.
const LONGEST: usize = 160;
/// Characters shown on either side of what differs in a longer one.
const BESIDE: usize = 40;

/// A unified diff for people; lines are compared as they are and shown without secrets, so that a
/// changed password is two lines that look the same.
#[derive(Debug)]
pub(crate) struct FileDiff {
    lines: Vec<(Ink, &'static str, String)>,
}

impl FileDiff {
    /// Compares what a file held with what it is to hold.
    pub(crate) fn of(change: &FileChange, name: &str) -> Self {
        let side = |bytes: Option<&Vec<u8>>| match bytes {
            Some(_) => name.to_owned(),
            None => "/dev/null".to_owned(),
        };
        let mut lines = vec![
            (Ink::Strong, "--- ", side(change.before.as_ref())),
            (Ink::Strong, "+++ ", side(change.after.as_ref())),
        ];
        let (old, new) = (
            Side::of(change.before.as_deref()),
            Side::of(change.after.as_deref()),
        );
        let operations = capture_diff_slices(Algorithm::Patience, &old.compared, &new.compared);
        for hunk in group_diff_ops(operations, AROUND) {
            lines.push((Ink::Help, "", heading(&hunk)));
            for operation in &hunk {
                add(&mut lines, operation, &old.shown, &new.shown);
            }
        }
        Self { lines }
    }

    /// Returns the text.
    pub(crate) fn text(&self) -> Text {
        let mut text = Text::default();
        for (ink, sign, line) in &self.lines {
            text.source(*ink, sign, line);
        }
        text
    }
}

/// The lines of one side.
struct Side<'b> {
    compared: Vec<&'b [u8]>,
    shown: Vec<String>,
}

impl<'b> Side<'b> {
    fn of(bytes: Option<&'b [u8]>) -> Self {
        let Some(bytes) = bytes else {
            let (compared, shown) = (Vec::new(), Vec::new());
            return Self { compared, shown };
        };
        let mut compared: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
        if compared.last().is_some_and(|last| last.is_empty()) {
            compared.pop();
        }
        let text = String::from_utf8_lossy(bytes);
        let shown = Redacted::file(&text).labelled();
        Self {
            compared,
            shown: shown.lines().map(str::to_owned).collect(),
        }
    }
}

fn heading(hunk: &[DiffOp]) -> String {
    let place = |ranges: &mut dyn Iterator<Item = std::ops::Range<usize>>| {
        let (mut start, mut end) = (usize::MAX, 0);
        for range in ranges {
            start = start.min(range.start);
            end = end.max(range.end);
        }
        let length = end.saturating_sub(start);
        let first = if length == 0 { start } else { start + 1 };
        format!("{first},{length}")
    };
    let old = place(&mut hunk.iter().map(DiffOp::old_range));
    let new = place(&mut hunk.iter().map(DiffOp::new_range));
    format!("@@ -{old} +{new} @@")
}

fn add(
    lines: &mut Vec<(Ink, &'static str, String)>,
    operation: &DiffOp,
    old: &[String],
    new: &[String],
) {
    let (old, new) = (
        old.get(operation.old_range()).unwrap_or_default(),
        new.get(operation.new_range()).unwrap_or_default(),
    );
    if matches!(operation, DiffOp::Equal { .. }) {
        let shown = new.iter().map(|line| cut(line, 0, 0));
        lines.extend(shown.map(|line| (Ink::Plain, " ", line)));
        return;
    }
    let sides = [(Ink::No, "-", old, new), (Ink::Yes, "+", new, old)];
    for (ink, sign, lines_here, lines_there) in sides {
        for (index, line) in lines_here.iter().enumerate() {
            let same = lines_there
                .get(index)
                .map_or((0, 0), |other| common(line, other));
            lines.push((ink, sign, cut(line, same.0, same.1)));
        }
    }
}

/// How many characters two lines have in common at their starts and, behind that, at their ends.
fn common(left: &str, right: &str) -> (usize, usize) {
    let same = |(left, right): &(char, char)| left == right;
    let start = left.chars().zip(right.chars()).take_while(same).count();
    let shorter = left.chars().count().min(right.chars().count()) - start;
    let ends = left.chars().rev().zip(right.chars().rev());
    let end = ends.take(shorter).take_while(same).count();
    (start, end)
}

/// A line as it is shown: of a long one the part that differs, with what is beside it.
fn cut(line: &str, same_start: usize, same_end: usize) -> String {
    let length = line.chars().count();
    let (start, end) = if length <= LONGEST {
        (0, length)
    } else {
        let start = same_start.saturating_sub(BESIDE);
        let end = length - same_end.saturating_sub(BESIDE).min(length);
        (start, end.min(start + LONGEST).max(start))
    };
    let shown: String = line.chars().skip(start).take(end - start).collect();
    let (before, after) = (
        if start > 0 { "…" } else { "" },
        if end < length { "…" } else { "" },
    );
    format!("{before}{shown}{after}")
}

#[cfg(test)]
mod tests {
    use guichet::storage::store::FileChange;

    use super::FileDiff;

    fn diff(before: Option<&str>, after: Option<&str>) -> String {
        let bytes = |text: &str| text.as_bytes().to_vec();
        let change = FileChange {
            path: "d.json".into(),
            before: before.map(bytes),
            after: after.map(bytes),
        };
        let text = FileDiff::of(&change, "d.json").text();
        text.as_plain().to_owned()
    }

    #[test]
    fn a_changed_password_is_two_lines_that_look_the_same() {
        let with = |password: &str| format!("{{\r\n\t\"password\": \"{password}\"\r\n}}");
        assert_eq!(
            diff(Some(&with("one")), Some(&with("two"))),
            "--- d.json\n+++ d.json\n@@ -1,3 +1,3 @@\n {\n-\t\"password\": \"[unknown]\"\n\
             +\t\"password\": \"[unknown]\"\n }\n"
        );
    }

    #[test]
    fn of_a_long_line_the_part_that_differs_is_shown() {
        let line = |middle: &str| {
            format!(
                "[\"{}\", \"{middle}\", \"{}\"]",
                "a".repeat(500),
                "b".repeat(500)
            )
        };
        let text = diff(Some(&line("Ann")), Some(&line("Bob")));
        let changed: Vec<&str> = text.lines().skip(3).collect();
        let around = |sign, middle| {
            format!(
                "{sign}…{}\", \"{middle}\", \"{}…",
                "a".repeat(36),
                "b".repeat(36)
            )
        };
        assert_eq!(changed, [around('-', "Ann"), around('+', "Bob")]);
    }

    #[test]
    fn a_file_that_is_new_has_no_former_name() {
        assert_eq!(
            diff(None, Some("{}\n")),
            "--- /dev/null\n+++ d.json\n@@ -0,0 +1,1 @@\n+{}\n"
        );
    }
}
