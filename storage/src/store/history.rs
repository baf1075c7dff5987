//! Who changed what and when, and what takes it back: two files in the folder beside the directory.
//!
//! `directory.json.history.jsonl` is for people, never with a stored password: a JSON line when a change begins, and one
//! when it was made. `directory.json.undo.jsonl` holds the text patches that give the former bytes back; these may hold
//! stored passwords, so the file is open to nobody who may not read the directory.
//!
//! A line is added at the end; the files are written anew only where they have become twice as long as they may be, or
//! where a line is to go. Both are on the disk before the directory itself is. A change that began, and of which no line
//! says that it was made, is listed if the files, or the change after it, show that it was.

use std::io;
use std::path::{Path, PathBuf};

use super::entry::HistoryEntry;
use super::lines::{Line, joined, latest, made};
use super::replace::{Model, replace};
use super::side::FORMER_HISTORY;
use super::undo_entry::{Part, UndoEntry};
use crate::error::{Operation, PathError};
use crate::filesystem::{Entry, FileSystem};
use crate::layout::{history_file, undo_file};
use crate::revision::Revision;
use crate::steps::step;

/// The most changes that the history lists.
const MOST_CHANGES: usize = 1000;

/// The most bytes of changes that the history lists; it grows to twice as much before the oldest are dropped.
const MOST_HISTORY_BYTES: usize = 1 << 20;

/// The most changes that can be taken back.
const MOST_UNDOS: usize = 100;

/// The most bytes of changes that can be taken back; the latest one is kept whatever its length.
const MOST_UNDO_BYTES: usize = 8 << 20;

/// The most histories of other accounts that are set aside; then who cannot read the latest cannot edit.
const MOST_ASIDE: usize = 1000;

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

/// The two files of a directory's past.
#[derive(Debug)]
pub(super) struct History<'h> {
    pub(super) files: &'h dyn FileSystem,
    pub(super) directory: &'h Path,
}

/// What can be taken back, and whether the file holds more than that.
#[derive(Debug, Default)]
pub(super) struct Undos {
    /// Oldest first.
    pub(super) entries: Vec<UndoEntry>,
    on_disk: OnDisk,
}

/// What has to happen to the file of [`Undos`] before another one is in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum OnDisk {
    /// Nothing: a line is added.
    #[default]
    Current,
    /// It holds more than the undos, and is written anew.
    Outdated,
    /// We may not read it, and it is set aside.
    Closed,
}

impl Undos {
    /// Drops the changes after the latest one that the files still show; says whether there is one.
    ///
    /// Those after it never came true, or were taken back by hand.
    pub(super) fn drop_stale(&mut self, now: Revisions) -> Option<()> {
        let latest = self.entries.iter().rposition(|entry| entry.fits(now))?;
        if latest + 1 < self.entries.len() && self.on_disk == OnDisk::Current {
            self.on_disk = OnDisk::Outdated;
        }
        self.entries.truncate(latest + 1);
        Some(())
    }
}

impl History<'_> {
    /// Returns the latest changes, oldest first; those that were begun and never came true are left out.
    ///
    /// A line that cannot be read is passed over.
    pub(super) fn entries(&self, now: Revisions) -> Result<Vec<HistoryEntry>, PathError> {
        let mut entries = made(&self.history_lines()?, now);
        let surplus = entries.len().saturating_sub(MOST_CHANGES);
        Ok(entries.split_off(surplus))
    }

    /// Returns what can be taken back.
    pub(super) fn undos(&self) -> Result<Undos, PathError> {
        let lines = self.lines(&undo_file(self.directory))?;
        let kept = latest(&lines, MOST_UNDOS, MOST_UNDO_BYTES);
        let length: usize = lines.iter().map(String::len).sum();
        let is_long = lines.len() > 2 * MOST_UNDOS || length > 2 * MOST_UNDO_BYTES;
        let parsed = kept.iter().map(|line| serde_json::from_str(line));
        Ok(Undos {
            entries: parsed.filter_map(Result::ok).collect(),
            on_disk: if is_long {
                OnDisk::Outdated
            } else {
                OnDisk::Current
            },
        })
    }

    /// Returns the same for an edit; `None` if we may not read them, for whoever may write to the folder may edit.
    pub(super) fn undos_to_add_to(&self) -> Result<Undos, PathError> {
        match self.undos() {
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Ok(Undos {
                entries: Vec::new(),
                on_disk: OnDisk::Closed,
            }),
            undos => undos,
        }
    }

    /// Writes down that a change is about to be made.
    pub(super) fn begin(
        &self,
        entry: &HistoryEntry,
        now: Revisions,
        model: Model<'_>,
    ) -> Result<(), PathError> {
        let line = Line::Begun {
            begun: entry.clone(),
            options: Some(now.options),
        };
        self.add(&line, model)
    }

    /// Writes down that it was made.
    ///
    /// Where that fails, the change is listed all the same as long as the files show it.
    pub(super) fn made(&self, entry: HistoryEntry, model: Model<'_>) {
        let _ = self.add(&Line::Made(entry), model);
    }

    fn add(&self, line: &Line, model: Model<'_>) -> Result<(), PathError> {
        let Ok(line) = serde_json::to_string(line) else {
            return Ok(());
        };
        let path = history_file(self.directory);
        let is_long = match self.files.entry(&path) {
            Ok(Some(Entry::File { length })) => length > 2 * MOST_HISTORY_BYTES as u64,
            _ => false,
        };
        if !is_long && append(self.files, &path, &line, model.recorded())? {
            return Ok(());
        }
        let mut lines = match self.lines(&path) {
            // Whoever may write to the folder may edit, and deletes nobody's history by that.
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                self.set_aside(&path)?;
                Vec::new()
            }
            lines => lines?,
        };
        lines.push(line);
        // Each change has two lines.
        let kept = latest(&lines, 2 * MOST_CHANGES, MOST_HISTORY_BYTES);
        self.write(&path, kept, model.recorded())
    }

    /// Adds what takes a change back, and forgets what is stale or too old.
    pub(super) fn push_undo(
        &self,
        mut undos: Undos,
        entry: UndoEntry,
        model: Model<'_>,
    ) -> Result<(), PathError> {
        let path = undo_file(self.directory);
        if undos.on_disk == OnDisk::Closed {
            self.set_aside(&path)?;
        }
        if undos.on_disk == OnDisk::Current
            && let Ok(line) = serde_json::to_string(&entry)
            && append(self.files, &path, &line, model.closed())?
        {
            return Ok(());
        }
        undos.entries.push(entry);
        self.write_undos(&undos.entries, model)
    }

    /// Writes what can be taken back, closed to others than `model` says; the oldest that are too many are left out.
    pub(super) fn write_undos(
        &self,
        entries: &[UndoEntry],
        model: Model<'_>,
    ) -> Result<(), PathError> {
        let lines = entries.iter().map(serde_json::to_string);
        let lines: Vec<String> = lines.filter_map(Result::ok).collect();
        let kept = latest(&lines, MOST_UNDOS, MOST_UNDO_BYTES);
        self.write(&undo_file(self.directory), kept, model.closed())
    }

    fn write(&self, path: &Path, lines: &[String], model: Model<'_>) -> Result<(), PathError> {
        let mut text = String::new();
        for line in lines {
            step();
            text.push_str(line);
            text.push('\n');
        }
        replace(self.files, path, text.as_bytes(), model)
    }

    /// Gives a file that we may not read another name: its own with the first number that is free.
    fn set_aside(&self, path: &Path) -> Result<(), PathError> {
        let failed = |error| PathError::new(Operation::Replace, path, error);
        for number in 1..=MOST_ASIDE {
            let mut name = path.as_os_str().to_owned();
            name.push(format!(".{number}"));
            let aside = PathBuf::from(name);
            if self.files.entry(&aside).map_err(failed)?.is_none() {
                return self.files.rename(path, &aside).map_err(failed);
            }
        }
        Err(failed(io::ErrorKind::PermissionDenied.into()))
    }

    /// Returns the lines of the history, those of a former version that no edit has taken over yet among them.
    fn history_lines(&self) -> Result<Vec<String>, PathError> {
        let former = self.directory.with_extension(FORMER_HISTORY);
        let former = self.lines(&former)?;
        Ok(joined(former, self.lines(&history_file(self.directory))?))
    }

    fn lines(&self, path: &Path) -> Result<Vec<String>, PathError> {
        Ok(lines_of(self.files, path)?.unwrap_or_default())
    }
}

/// Returns the lines of a file that is ours; `None` where something else lies in its place, such as a pipe, or a link to
/// what others may not read.
pub(super) fn lines_of(
    files: &dyn FileSystem,
    path: &Path,
) -> Result<Option<Vec<String>>, PathError> {
    let bytes = files
        .read_ours(path)
        .map_err(|error| PathError::new(Operation::Read, path, error))?;
    Ok(bytes.map(|bytes| {
        let text = String::from_utf8_lossy(&bytes);
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        lines.map(str::to_owned).collect()
    }))
}

/// Adds a line to a file that is there; says whether that could be done, or the file has to be written anew.
fn append(
    files: &dyn FileSystem,
    path: &Path,
    line: &str,
    model: Model<'_>,
) -> Result<bool, PathError> {
    // Not ours, a link, or in a file system that cannot do it.
    let Ok(mut file) = files.append(path) else {
        return Ok(false);
    };
    if let Model::Like(other, likeness) = model
        && file.resemble(other, likeness).is_err()
    {
        return Ok(false);
    }
    let failed = |operation| move |error| PathError::new(operation, path, error);
    step();
    file.write(format!("{line}\n").as_bytes())
        .map_err(failed(Operation::Write))?;
    file.sync().map_err(failed(Operation::Sync))?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]

    use super::{History, HistoryEntry, Line, UndoEntry, Undos};
    use crate::filesystem::{Access, Disk};
    use crate::layout::side_folder;
    use crate::revision::Revision;
    use crate::steps::assert_linear;
    use crate::store::replace::Model;
    use crate::store::{EditNote, Origin};

    /// A bug once: both files were written whole at each edit.
    #[test]
    fn what_many_edits_write_is_as_long_as_they_are_many() {
        assert_linear(50, |edits| {
            let folder = tempfile::tempdir().unwrap();
            std::fs::create_dir(side_folder(folder.path())).unwrap();
            let directory = folder.path().join("directory.json");
            let history = History {
                files: &Disk,
                directory: &directory,
            };
            let model = Model::Fresh(Access::Default);
            let entry = HistoryEntry::new(
                &EditNote {
                    who: "Ann".to_owned(),
                    when: "2026-11-21T12:00:00Z".parse().unwrap(),
                },
                &Origin::default(),
                vec!["something happened".to_owned()],
                &[],
                Revision::ABSENT,
            );
            for _ in 0..edits {
                let undo = UndoEntry {
                    entry: entry.clone(),
                    parts: Vec::new(),
                };
                history.push_undo(Undos::default(), undo, model).unwrap();
                history.add(&Line::Made(entry.clone()), model).unwrap();
            }
        });
    }
}
