//! Taking the latest change back.

use std::convert::Infallible;

use guichet_core::Directory;

use super::commit::LockedFile;
use super::entry::HistoryEntry;
use super::plan::{Edited, FileChange};
use super::replace::Model;
use super::undo_entry::{Back, Former, Part, UndoEntry, UndoPart};
use super::{DirectoryStore, EditError, EditNote, SaveError};
use crate::error::{Operation, PathError};
use crate::filesystem::{Access, Likeness};
use crate::guichet_toml::OptionsFile;
use crate::read::read;
use crate::revision::Revision;

/// How far an undo may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UndoReach {
    /// Not past the making of the file: without a file everybody has access to everything.
    Edits,
    /// Past it too: the file is removed.
    Creation,
}

/// A change that was taken back.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Undone {
    /// The change, as the history has it.
    pub entry: HistoryEntry,
    /// What taking it back did; it has no events.
    pub edited: Edited,
}

impl DirectoryStore {
    /// Takes back the latest change that this tool made, byte for byte; called again, the one before it.
    ///
    /// A file that the change made is taken away, unless no `directory.json` would be left
    /// ([`undo_asking`](Self::undo_asking) can do that too). It can be done while both files are what the change made of
    /// them: when 4D, or somebody with an editor, has changed one since, nothing is taken back. The history lists it as
    /// a change of its own.
    ///
    /// # Errors
    ///
    /// [`SaveError::NothingToUndo`], [`SaveError::UndoesCreation`]; otherwise as [`edit_expecting`](Self::edit_expecting).
    pub fn undo(&self, note: &EditNote) -> Result<Undone, SaveError> {
        let undone = self.undo_asking(note, UndoReach::Edits, || Ok::<_, Infallible>(()));
        undone.map_err(|error| match error {
            EditError::Save(error) => error,
            EditError::Refused(never) => match never {},
        })
    }

    /// Takes back the latest change within reach, if that may be: the closure is called when the lock is held and nothing is written.
    ///
    /// It can find out what would be undone by an undo on another file system, such as one in memory that reads
    /// this one.
    ///
    /// # Errors
    ///
    /// [`EditError::Refused`] with the error of the closure; otherwise as [`undo`](Self::undo).
    pub fn undo_asking<E>(
        &self,
        note: &EditNote,
        reach: UndoReach,
        ask: impl FnOnce() -> Result<(), E>,
    ) -> Result<Undone, EditError<E>> {
        let held = self.hold()?;
        ask().map_err(EditError::Refused)?;
        Ok(self.undo_held(&held, note, reach)?)
    }

    fn undo_held(
        &self,
        held: &LockedFile,
        note: &EditNote,
        reach: UndoReach,
    ) -> Result<Undone, SaveError> {
        let history = self.history(held);
        let now = self.revisions(&held.destination)?;
        let mut undos = history.undos()?;
        let latest = undos.drop_stale(now).and_then(|()| undos.entries.pop());
        let Some(UndoEntry { entry, parts }) = latest else {
            let path = held.destination.directory.clone();
            return Err(SaveError::NothingToUndo { path });
        };
        let makes = |part: &UndoPart| part.part == Part::Directory && part.back == Back::Remove;
        // Where another file is shadowed, that one counts then.
        let is_only = held.location.shadowed.is_empty();
        if reach == UndoReach::Edits && is_only && parts.iter().any(makes) {
            let path = held.destination.directory.clone();
            return Err(SaveError::UndoesCreation { path });
        }
        let before = read(self.files(), &held.location)?.directory;
        let changes = self.former_files(held, &parts)?;
        let _second = self.lock_options(held, &changes)?;
        let line = entry.taken_back(note, &self.settings.origin);
        history.begin(&line, now, held.model())?;
        self.write(held, &changes)?;
        let (after, options) = self.read_again()?;
        let directory = held.destination.directory.as_path();
        let model = match self.files().entry(directory) {
            Ok(Some(_)) => Model::Like(directory, Likeness::Same),
            _ => Model::Fresh(Access::Default),
        };
        history.made(line, model);
        // A change that stays in the list is known by its revisions: what was asked for is done.
        let _ = history.write_undos(&undos.entries, model);
        Ok(Undone {
            edited: Edited {
                path: held.destination.directory.clone(),
                before,
                after,
                options,
                events: Vec::new(),
                files: changes,
                revision_before: entry.after,
                revision_after: entry.before,
            },
            entry,
        })
    }

    /// Returns both files as they were before a change.
    fn former_files(
        &self,
        held: &LockedFile,
        parts: &[UndoPart],
    ) -> Result<Vec<FileChange>, SaveError> {
        let mut changes = Vec::new();
        for part in parts {
            let path = match part.part {
                Part::Directory => held.destination.directory.clone(),
                Part::Options => held.destination.writable_options()?,
            };
            let bytes = self.files().read(&path);
            let bytes = bytes.map_err(|error| PathError::new(Operation::Read, &path, error))?;
            let Some(former) = part.undo(&bytes) else {
                return Err(SaveError::Conflict {
                    path,
                    expected: part.after,
                    found: Revision::new(&bytes),
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
