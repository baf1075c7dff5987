//! How one change is taken back: for each of the two files what it was, as a patch of what it became.

use serde::{Deserialize, Serialize};

use super::entry::HistoryEntry;
use super::history::Revisions;
use crate::encode::{Patch, TextEdit};
use crate::revision::Revision;

/// Which of the two files a part of a change is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Part {
    /// `directory.json`.
    Directory,
    /// `guichet.toml`.
    Options,
}

/// What brings a file back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Back {
    /// It was not there.
    Remove,
    /// Edits: start, end, text.
    Edits(Vec<(usize, usize, String)>),
}

/// How one file is taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct UndoPart {
    pub(super) part: Part,
    pub(super) before: Revision,
    pub(super) after: Revision,
    pub(super) back: Back,
}

/// What a file was.
#[derive(Debug)]
pub(super) enum Former {
    /// It was not there.
    Absent,
    /// It held these bytes.
    Bytes(Vec<u8>),
}

/// How one change is taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct UndoEntry {
    pub(super) entry: HistoryEntry,
    pub(super) parts: Vec<UndoPart>,
}

impl UndoPart {
    /// Returns what was there before; `None` if the bytes are not those that the change made.
    pub(super) fn undo(&self, bytes: &[u8]) -> Option<Former> {
        if Revision::new(bytes) != self.after {
            return None;
        }
        let Back::Edits(edits) = &self.back else {
            return Some(Former::Absent);
        };
        let edits = edits.iter().map(|(start, end, text)| TextEdit {
            start: *start,
            end: *end,
            text: text.clone(),
        });
        let text = std::str::from_utf8(bytes).ok()?;
        let former = Patch::new(edits.collect()).apply(text)?.into_bytes();
        (Revision::new(&former) == self.before).then_some(Former::Bytes(former))
    }
}

impl UndoEntry {
    /// Returns whether the files are what the change made of them.
    pub(super) fn fits(&self, now: Revisions) -> bool {
        !self.parts.is_empty()
            && self
                .parts
                .iter()
                .all(|part| now.of(part.part) == part.after)
    }
}

/// Returns what brings a text back.
pub(super) fn back(before: Option<&[u8]>, after: &[u8]) -> Option<Back> {
    let Some(before) = before else {
        return Some(Back::Remove);
    };
    let before = std::str::from_utf8(before).ok()?;
    let after = std::str::from_utf8(after).ok()?;
    Some(edits_of(&Patch::between(after, before)))
}

/// Returns a patch as it is written.
pub(super) fn edits_of(patch: &Patch) -> Back {
    let edits = patch.edits().iter();
    Back::Edits(
        edits
            .map(|edit| (edit.start, edit.end, edit.text.clone()))
            .collect(),
    )
}
