//! Taking the latest change back.

use guichet_core::Directory;

use super::history::{Former, HistoryEntry, Part, UndoEntry};
use super::plan::{Edited, FileChange, read as read_bytes};
use super::{DirectoryStore, EditNote, Held, SaveError};
use crate::guichet_toml::OptionsFile;
use crate::read::read;
use crate::revision::Revision;

/// A change that was taken back.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Undone {
    /// The change, as the history told it.
    pub entry: HistoryEntry,
    /// What taking it back did; it has no events.
    pub edited: Edited,
}

impl DirectoryStore {
    /// Takes back the latest change that this tool made, byte for byte; called again, the one before it.
    ///
    /// A file that the change made is taken away. It can be done while both files are what the change made of them:
    /// when 4D, or somebody with an editor, has changed one since, nothing is taken back. The history tells it as a
    /// change of its own.
    ///
    /// # Errors
    ///
    /// [`SaveError::NothingToUndo`]; otherwise as [`edit_expecting`](Self::edit_expecting).
    pub fn undo(&self, note: &EditNote) -> Result<Undone, SaveError> {
        let held = self.hold()?;
        let history = self.history(&held);
        let mut undos = history.undos()?;
        let Some(entry) = self
            .drop_stale(&held, &mut undos)?
            .and_then(|()| undos.pop())
        else {
            let path = held.place.directory.clone();
            return Err(SaveError::NothingToUndo { path });
        };
        let loaded = read(self.files(), &held.location)?;
        let changes = self.former_files(&held, &entry)?;
        let revision = |before: bool| {
            let part = entry.parts.iter().find(|part| part.part == Part::Directory);
            part.map_or(loaded.revision, |part| {
                if before { part.after } else { part.before }
            })
        };
        let what = entry.what.iter().map(|what| format!("taken back: {what}"));
        history.add(
            &HistoryEntry {
                when: note.when,
                who: note.who.clone(),
                what: what.collect(),
                before: revision(true),
                after: revision(false),
            },
            held.model(),
        )?;
        self.write(&held, &changes)?;
        let (after, options) = self.read_again()?;
        let model = held.place.directory.as_path();
        let there = changes
            .iter()
            .all(|change| change.path != model || change.after.is_some());
        history.write_undos(&undos, (there && held.place.exists).then_some(model))?;
        Ok(Undone {
            entry: HistoryEntry {
                when: entry.when,
                who: entry.who,
                what: entry.what,
                before: revision(false),
                after: revision(true),
            },
            edited: Edited {
                path: held.place.directory.clone(),
                before: loaded.directory,
                after,
                options,
                events: Vec::new(),
                files: changes,
                revision_before: revision(true),
                revision_after: revision(false),
            },
        })
    }

    /// Drops the changes behind the latest one that the files still show; says whether there is one.
    ///
    /// Those behind it never came true, or were taken back by hand.
    pub(super) fn drop_stale(
        &self,
        held: &Held,
        undos: &mut Vec<UndoEntry>,
    ) -> Result<Option<()>, SaveError> {
        let directory = self.revision_of(&held.place.directory)?;
        let options = self.revision_of(&held.place.options)?;
        let revision = |part| match part {
            Part::Directory => directory,
            Part::Options => options,
        };
        let latest = undos.iter().rposition(|entry| entry.fits(revision));
        if let Some(latest) = latest {
            undos.truncate(latest + 1);
        }
        Ok(latest.map(drop))
    }

    /// Returns both files as they were before a change.
    fn former_files(&self, held: &Held, entry: &UndoEntry) -> Result<Vec<FileChange>, SaveError> {
        let mut changes = Vec::new();
        for part in &entry.parts {
            let path = match part.part {
                Part::Directory => held.place.directory.clone(),
                Part::Options => held.place.options.clone(),
            };
            let bytes = read_bytes(self.files(), &path)?;
            let Some(former) = part.undo(&bytes) else {
                return Err(SaveError::Conflict {
                    path,
                    expected: part.after,
                    found: Revision::of(&bytes),
                });
            };
            changes.push(FileChange {
                path,
                before: Some(bytes),
                after: match former {
                    Former::Absent => None,
                    Former::Bytes(bytes) => Some(bytes),
                },
            });
        }
        Ok(changes)
    }

    fn read_again(&self) -> Result<(Directory, OptionsFile), SaveError> {
        let location = self.location()?;
        if !location.exists {
            let options = location
                .options
                .as_ref()
                .map(|path| crate::read::read_options(self.files(), path))
                .transpose()?
                .unwrap_or_default();
            let directory = crate::decode::without_file(&options).directory;
            return Ok((directory, options));
        }
        let loaded = read(self.files(), &location)?;
        Ok((loaded.directory, loaded.options))
    }
}
