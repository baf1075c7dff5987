//! Two sides of one directory merged by meaning, and the conflicts that are left decided.

use std::collections::HashSet;

use guichet_core::{Diagnostic, Difference, compare};
use guichet_storage::{
    DirectoryText, MergedText, Rewrite, StoredConflict, merge, normalise, with_conflicts,
    without_conflicts,
};

use super::rewrite::{document, patched};
use super::{Editor, Expected, Outcome};
use crate::error::{Error, Result};
use crate::project::Project;
use crate::view::View;

/// What is merged into a directory.
#[derive(Debug, Clone, Copy)]
pub struct Sides<'t> {
    /// What both sides come from.
    pub base: &'t DirectoryText,
    /// Our side, where it is another text than that of the directory.
    pub ours: Option<&'t DirectoryText>,
    /// The other side.
    pub theirs: &'t DirectoryText,
    /// How the result is laid out.
    pub layout: Layout,
}

/// How the text of a merge is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Layout {
    /// As our side is.
    #[default]
    Ours,
    /// In its normal form: one text for one meaning.
    Normal,
}

/// A merge that was made in place.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Merged {
    /// What it did.
    pub outcome: Outcome,
    /// What was taken over from the other side.
    pub taken: Difference,
    /// What is left to be decided; the file lists it.
    pub conflicts: Vec<StoredConflict>,
}

/// Which conflicts are decided for what the file says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Decisions<'n> {
    /// All of them.
    All,
    /// Those of these numbers, counted from 1 in the order of the file.
    Numbered(&'n [usize]),
}

/// Conflicts that were decided.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Resolved {
    /// What it did.
    pub outcome: Outcome,
    /// What is left to be decided.
    pub left: Vec<StoredConflict>,
}

/// The file does not list the conflict to decide.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no conflict {number}: {}", numbers(*.open))]
pub struct UnknownConflict {
    /// The number that was asked for.
    pub number: usize,
    /// How many there are.
    pub open: usize,
}

fn numbers(open: usize) -> String {
    match open {
        0 => "none is open".to_owned(),
        _ => format!("they are numbered from 1 to {open}"),
    }
}

impl Diagnostic for UnknownConflict {
    fn code(&self) -> &'static str {
        "unknown-conflict"
    }

    fn help(&self) -> Option<String> {
        Some("`guichet resolve --list` lists them.".to_owned())
    }
}

/// Merges two texts of one directory, and lays the result out.
///
/// # Errors
///
/// [`Error::Merge`]: the texts cannot be merged.
pub fn merge_texts(
    base: &DirectoryText,
    ours: &DirectoryText,
    theirs: &DirectoryText,
    layout: Layout,
) -> Result<MergedText> {
    let mut merged = merge(base, ours, theirs)?;
    if layout == Layout::Normal {
        let text = parsed(merged.text)?;
        merged.text = normalise(&text.document, &text.directory);
    }
    Ok(merged)
}

impl Project {
    /// Merges what another side made of a common base into the directory.
    ///
    /// Where both disagree the directory keeps what it has, and the conflict is written down in the
    /// file.
    ///
    /// # Errors
    ///
    /// As [`rewrite`](Self::rewrite); [`Error::Merge`]: the texts cannot be merged.
    pub fn merge(
        &self,
        editor: &Editor,
        expected: impl Into<Expected>,
        sides: &Sides<'_>,
    ) -> Result<Merged> {
        let mut kept: Option<MergedText> = None;
        let outcome = self.rewrite(editor, expected, |view| {
            let before = parsed(document(view)?.text().to_owned())?;
            let ours = sides.ours.unwrap_or(&before);
            let merged = merge_texts(sides.base, ours, sides.theirs, sides.layout)?;
            // Text by text: what guichet.toml says besides is the same before and after.
            let after = parsed(merged.text.clone())?;
            let changes = compare(&before.directory, &after.directory);
            let mut what: Vec<String> = changes.deltas().map(ToString::to_string).collect();
            if sides.ours.is_none() || what.is_empty() {
                what.clone_from(&merged.what);
            }
            let text = merged.text.clone();
            kept = Some(merged);
            Ok(Rewrite { text, what })
        })?;
        let (taken, conflicts) = match kept {
            Some(merged) => (merged.merge.difference().clone(), merged.conflicts),
            None => (Difference::default(), Vec::new()),
        };
        Ok(Merged {
            outcome,
            taken,
            conflicts,
        })
    }

    /// Decides conflicts that a merge left in the file, for what the file says now.
    ///
    /// # Errors
    ///
    /// As [`rewrite`](Self::rewrite); [`Error::Conflict`]: a conflict is to be decided that the file
    /// does not list.
    pub fn resolve(
        &self,
        editor: &Editor,
        expected: impl Into<Expected>,
        decisions: Decisions<'_>,
    ) -> Result<Resolved> {
        let mut left = Vec::new();
        let outcome = self.rewrite(editor, expected, |view| {
            let (decided, rest) = decisions.split(view)?;
            let text = document(view)?;
            let patch = if rest.is_empty() {
                without_conflicts(text)
            } else {
                with_conflicts(text, &rest)
            };
            left = rest;
            Ok(Rewrite {
                text: patched(text, &patch)?,
                what: (decided.iter())
                    .map(|one| format!("kept what the file has: {one}"))
                    .collect(),
            })
        })?;
        Ok(Resolved { outcome, left })
    }
}

impl Decisions<'_> {
    /// Splits the conflicts of a file into those that are decided and the others.
    fn split(self, view: &View) -> Result<(Vec<StoredConflict>, Vec<StoredConflict>)> {
        let conflicts = view.conflicts();
        let open = conflicts.len();
        let Self::Numbered(numbers) = self else {
            return Ok((conflicts, Vec::new()));
        };
        let mut unknown = numbers.iter().filter(|number| !(1..=open).contains(number));
        if let Some(&number) = unknown.next() {
            return Err(Error::Conflict(UnknownConflict { number, open }));
        }
        let numbers: HashSet<usize> = numbers.iter().copied().collect();
        let (mut decided, mut rest) = (Vec::new(), Vec::new());
        for (number, conflict) in (1..).zip(conflicts) {
            let side = if numbers.contains(&number) {
                &mut decided
            } else {
                &mut rest
            };
            side.push(conflict);
        }
        Ok((decided, rest))
    }
}

fn parsed(text: String) -> Result<DirectoryText> {
    let text = DirectoryText::parse(text.into_bytes());
    text.map_err(|error| Error::Save(error.into()))
}
