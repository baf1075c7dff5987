//! Who changed what and when, and what takes it back: two small files beside the directory.
//!
//! `directory.history.jsonl` is for people: one JSON line per change, never a stored password. `directory.undo.jsonl`
//! holds the text patches that give the former bytes back; these may hold stored passwords, so the file is closed to all
//! but the directory's owner. Both are written whole and put in place at once, before the directory itself: a line whose
//! change never came true is known by its revisions, and is dropped.

use std::io;
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::replace::{Model, replace};
use crate::encode::{Patch, TextEdit};
use crate::error::{Operation, PathError};
use crate::filesystem::FileSystem;
use crate::layout::{history_file, undo_file};
use crate::revision::Revision;

/// The most changes that the history tells.
pub const MOST_CHANGES: usize = 1000;

/// The most changes that can be taken back.
pub const MOST_UNDOS: usize = 100;

/// The most bytes of changes that can be taken back; the latest one is kept whatever its length.
pub const MOST_UNDO_BYTES: usize = 8 << 20;

/// One line of the history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryEntry {
    /// When the change was made.
    pub when: Timestamp,
    /// Who made it.
    pub who: String,
    /// What happened, a sentence for each thing.
    pub what: Vec<String>,
    /// The revision of `directory.json` before.
    pub before: Revision,
    /// The revision of `directory.json` after.
    pub after: Revision,
    /// The revision of `guichet.toml` before; none where the change did not touch it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub options_before: Option<Revision>,
    /// The revision of `guichet.toml` after; none where the change did not touch it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub options_after: Option<Revision>,
}

/// The revisions of both files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Revisions {
    pub(super) directory: Revision,
    pub(super) options: Revision,
}

impl Revisions {
    /// Returns the revision of one of them.
    pub(super) const fn of(self, part: Part) -> Revision {
        match part {
            Part::Directory => self.directory,
            Part::Options => self.options,
        }
    }
}

impl HistoryEntry {
    /// Makes the line of a change; `directory` is the revision of a `directory.json` that the change does not touch.
    pub(super) fn new(
        (who, when): (&str, Timestamp),
        what: Vec<String>,
        parts: &[UndoPart],
        directory: Revision,
    ) -> Self {
        let of = |wanted| parts.iter().find(|part| part.part == wanted);
        let (main, options) = (of(Part::Directory), of(Part::Options));
        Self {
            when,
            who: who.to_owned(),
            what,
            before: main.map_or(directory, |part| part.before),
            after: main.map_or(directory, |part| part.after),
            options_before: options.map(|part| part.before),
            options_after: options.map(|part| part.after),
        }
    }

    /// Returns the line of taking this change back.
    pub(super) fn taken_back(&self, (who, when): (&str, Timestamp)) -> Self {
        let what = self.what.iter().map(|what| format!("taken back: {what}"));
        Self {
            when,
            who: who.to_owned(),
            what: what.collect(),
            before: self.after,
            after: self.before,
            options_before: self.options_after,
            options_after: self.options_before,
        }
    }

    /// Tells whether the change was written down and then not made: the files are still what they were before.
    fn never_came_true(&self, now: Revisions) -> bool {
        let untouched = self
            .options_before
            .is_none_or(|before| before == now.options);
        let nothing = self.before == self.after && self.options_before == self.options_after;
        self.before == now.directory && untouched && !nothing
    }
}

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
    /// Returns what was there before; none where the bytes are not those that the change made.
    pub(super) fn undo(&self, bytes: &[u8]) -> Option<Former> {
        if Revision::of(bytes) != self.after {
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
        (Revision::of(&former) == self.before).then_some(Former::Bytes(former))
    }
}

impl UndoEntry {
    /// Tells whether the files are what the change made of them.
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

/// The two files beside a directory.
#[derive(Debug)]
pub(super) struct History<'h> {
    pub(super) files: &'h dyn FileSystem,
    pub(super) directory: &'h Path,
}

impl History<'_> {
    /// Returns the changes, oldest first; those that never came true are left out.
    ///
    /// A line that cannot be read is passed over.
    pub(super) fn entries(&self, now: Revisions) -> Result<Vec<HistoryEntry>, PathError> {
        let lines = self.lines(&history_file(self.directory))?;
        let mut entries: Vec<HistoryEntry> = lines.iter().filter_map(|line| parse(line)).collect();
        while entries.last().is_some_and(|last| last.never_came_true(now)) {
            entries.pop();
        }
        Ok(entries)
    }

    /// Returns what can be taken back, oldest first.
    pub(super) fn undos(&self) -> Result<Vec<UndoEntry>, PathError> {
        let lines = self.lines(&undo_file(self.directory))?;
        Ok(lines.iter().filter_map(|line| parse(line)).collect())
    }

    /// Adds a line to the history.
    pub(super) fn add(
        &self,
        entry: &HistoryEntry,
        now: Revisions,
        model: Model<'_>,
    ) -> Result<(), PathError> {
        let mut lines = self.lines(&history_file(self.directory))?;
        let stale =
            |line: &String| parse(line).is_some_and(|last: HistoryEntry| last.never_came_true(now));
        while lines.last().is_some_and(stale) {
            lines.pop();
        }
        lines.extend(serde_json::to_string(entry).ok());
        let surplus = lines.len().saturating_sub(MOST_CHANGES);
        self.write(
            &history_file(self.directory),
            lines.get(surplus..).unwrap_or_default(),
            model,
        )
    }

    /// Writes what can be taken back, closed to others than `model` says; the oldest that are too many are left out.
    pub(super) fn write_undos(
        &self,
        entries: &[UndoEntry],
        model: Model<'_>,
    ) -> Result<(), PathError> {
        let mut bytes = 0;
        let mut lines: Vec<String> = entries
            .iter()
            .rev()
            .take(MOST_UNDOS)
            .filter_map(|entry| serde_json::to_string(entry).ok())
            .enumerate()
            .take_while(|(index, line)| {
                bytes += line.len();
                *index == 0 || bytes <= MOST_UNDO_BYTES
            })
            .map(|(_, line)| line)
            .collect();
        lines.reverse();
        self.write(&undo_file(self.directory), &lines, model.closed())
    }

    fn write(&self, path: &Path, lines: &[String], model: Model<'_>) -> Result<(), PathError> {
        let mut text = lines.join("\n");
        text.push('\n');
        replace(self.files, path, text.as_bytes(), model)
    }

    fn lines(&self, path: &Path) -> Result<Vec<String>, PathError> {
        let bytes = match self.files.read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(PathError::new(Operation::Read, path, error)),
        };
        let text = String::from_utf8_lossy(&bytes);
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        Ok(lines.map(str::to_owned).collect())
    }
}

fn parse<'l, T: Deserialize<'l>>(line: &'l str) -> Option<T> {
    serde_json::from_str(line).ok()
}
