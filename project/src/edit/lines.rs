//! The lines of a file that an edit changes, without stored passwords.

use std::ops::Range;
use std::path::PathBuf;

use guichet_storage::FileChange;
use guichet_storage::redact::Redacted;
use similar::{Algorithm, DiffOp, capture_diff_slices, group_diff_ops};

/// Unchanged lines kept around a change.
const AROUND: usize = 3;

/// A file before and after an edit, line by line, as `diff -u` shows it.
///
/// Lines are compared as they are and given without secrets: a changed password is two lines that
/// look the same, such as `"password": "[bcrypt]"`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FileDiff {
    /// The file.
    pub path: PathBuf,
    /// Whether the file was there before, is there after, or both.
    pub life: FileLife,
    /// What changes, in the order of the file.
    pub hunks: Vec<Hunk>,
}

/// Whether an edit makes, changes or removes a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileLife {
    /// It makes the file.
    Made,
    /// It changes the file.
    Changed,
    /// It removes the file.
    Removed,
}

/// One stretch of a file that changes, with the lines around it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Hunk {
    /// The lines before, counted from 0.
    pub before: Range<usize>,
    /// The lines after, counted from 0.
    pub after: Range<usize>,
    /// The lines, as a unified diff has them.
    pub lines: Vec<DiffLine>,
}

/// One line of a hunk, without its line end.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DiffLine {
    /// On which side it is.
    pub side: Side,
    /// The text, with `[bcrypt]` and its like in the place of stored passwords; control characters
    /// are as in the file.
    pub text: String,
}

/// On which side a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// On both.
    Both,
    /// Before only.
    Before,
    /// After only.
    After,
}

impl FileDiff {
    /// Compares what a file held with what it holds then.
    pub(super) fn of(change: &FileChange) -> Self {
        let old = Text::of(change.before.as_deref());
        let new = Text::of(change.after.as_deref());
        let operations = capture_diff_slices(Algorithm::Patience, &old.compared, &new.compared);
        let hunks = group_diff_ops(operations, AROUND).into_iter();
        Self {
            path: change.path.clone(),
            life: FileLife::of(change),
            hunks: hunks.map(|hunk| Hunk::of(&hunk, &old, &new)).collect(),
        }
    }
}

impl FileLife {
    pub(super) const fn of(change: &FileChange) -> Self {
        match (&change.before, &change.after) {
            (None, _) => Self::Made,
            (Some(_), Some(_)) => Self::Changed,
            (Some(_), None) => Self::Removed,
        }
    }
}

impl Hunk {
    fn of(operations: &[DiffOp], old: &Text<'_>, new: &Text<'_>) -> Self {
        let mut lines = Vec::new();
        for operation in operations {
            let before = old.shown.get(operation.old_range()).unwrap_or_default();
            let after = new.shown.get(operation.new_range()).unwrap_or_default();
            let of = |side| {
                move |text: &String| DiffLine {
                    side,
                    text: text.clone(),
                }
            };
            if matches!(operation, DiffOp::Equal { .. }) {
                lines.extend(after.iter().map(of(Side::Both)));
            } else {
                lines.extend(before.iter().map(of(Side::Before)));
                lines.extend(after.iter().map(of(Side::After)));
            }
        }
        Self {
            before: whole(operations.iter().map(DiffOp::old_range)),
            after: whole(operations.iter().map(DiffOp::new_range)),
            lines,
        }
    }
}

/// Joins ranges that follow one another.
fn whole(ranges: impl Iterator<Item = Range<usize>>) -> Range<usize> {
    let joined = ranges.reduce(|all, next| all.start..next.end);
    joined.unwrap_or_default()
}

/// The lines of one side.
struct Text<'b> {
    compared: Vec<&'b [u8]>,
    shown: Vec<String>,
}

impl<'b> Text<'b> {
    fn of(bytes: Option<&'b [u8]>) -> Self {
        let bytes = bytes.unwrap_or_default();
        let mut compared: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
        if compared.last().is_some_and(|last| last.is_empty()) {
            compared.pop();
        }
        let text = String::from_utf8_lossy(bytes);
        let shown = Redacted::file(&text)
            .labelled()
            .lines()
            .map(str::to_owned)
            .collect();
        Self { compared, shown }
    }
}
