//! The steps of a save: lock, remember, look again, put in place.

use super::destination::Destination;
use super::entry::HistoryEntry;
use super::error::SaveError;
use super::lock::lock;
use super::plan::{Edited, FileChange, Plan};
use super::replace::{Model, make_folders, remove, replace};
use super::side::{clear_unfinished, make_side_folder, take_over};
use super::undo_entry::UndoEntry;
use super::{DirectoryStore, EditNote};
use crate::error::PathError;
use crate::filesystem::{Access, HeldLock, Likeness, folder_of};
use crate::locate::Location;
use crate::revision::Revision;

/// How often it is looked again which file counts, when that changes while waiting for the lock.
const ATTEMPTS: usize = 5;

/// The file that counts, locked.
#[derive(Debug)]
pub(super) struct LockedFile {
    pub(super) location: Location,
    pub(super) destination: Destination,
    _lock: Box<dyn HeldLock>,
}

impl LockedFile {
    /// Returns what new files get their access from: the directory, or what that is made from.
    pub(super) fn model(&self) -> Model<'_> {
        if self.destination.exists {
            Model::Like(&self.destination.directory, Likeness::Same)
        } else if self.location.exists {
            // A built server's file may be read-only; that of the data folder is not.
            Model::Like(&self.location.path, Likeness::Writable)
        } else {
            Model::Fresh(Access::Default)
        }
    }
}

impl DirectoryStore {
    /// Waits for the lock of the file that counts.
    pub(super) fn hold(&self) -> Result<LockedFile, SaveError> {
        let files = self.files();
        let mut location = self.location()?;
        for _ in 0..ATTEMPTS {
            let destination = Destination::new(files, &location)?;
            let folder = destination.folder().to_owned();
            make_folders(files, &folder)?;
            make_side_folder(files, &folder)?;
            let lock = lock(files, &folder, &self.owner(), self.settings.lock_timeout)?;
            location = self.location()?;
            let destination = Destination::new(files, &location)?;
            if destination.folder() == folder {
                clear_unfinished(files, &folder)?;
                let held = LockedFile {
                    location,
                    destination,
                    _lock: lock,
                };
                take_over(files, &held.destination.directory, held.model())?;
                return Ok(held);
            }
        }
        Err(SaveError::Conflict {
            expected: Revision::ABSENT,
            found: self.revision_of(&location.path)?,
            path: location.path,
        })
    }

    /// Returns what others read who wait for us.
    fn owner(&self) -> String {
        format!("{} (process {})", self.settings.owner, std::process::id())
    }

    /// Writes what was worked out.
    pub(super) fn save(
        &self,
        held: &LockedFile,
        plan: Plan,
        note: &EditNote,
        what: Vec<String>,
    ) -> Result<Edited, SaveError> {
        let Plan { edited, undo } = plan;
        if edited.files.is_empty() {
            return Ok(edited);
        }
        let _second = self.lock_options(held, &edited.files)?;
        let history = self.history(held);
        let model = held.model();
        let now = self.revisions(&held.destination)?;
        let mut undos = history.undos_to_add_to()?;
        let _ = undos.drop_stale(now);
        let origin = &self.settings.origin;
        let entry = HistoryEntry::new(note, origin, what, &undo, edited.revision_before);
        let parts = undo;
        let undo = UndoEntry {
            entry: entry.clone(),
            parts,
        };
        history.push_undo(undos, undo, model)?;
        history.begin(&entry, now, model)?;
        self.write(held, &edited.files)?;
        history.made(entry, model);
        Ok(edited)
    }

    /// Puts the new files in place, after looking whether the old ones are still what was read.
    pub(super) fn write(&self, held: &LockedFile, changes: &[FileChange]) -> Result<(), SaveError> {
        for change in changes {
            let found = self.revision_of(&change.path)?;
            let expected = change
                .before
                .as_deref()
                .map_or(Revision::ABSENT, Revision::new);
            if found != expected {
                let path = change.path.clone();
                return Err(SaveError::Conflict {
                    path,
                    expected,
                    found,
                });
            }
        }
        for (index, change) in changes.iter().enumerate() {
            if let Err(error) = self.put(held, change) {
                self.put_back(held, changes, index);
                return Err(error.into());
            }
        }
        Ok(())
    }

    /// Takes back what is in place already of a change that failed, if that can be done: the two files belong together.
    ///
    /// A last file that is in its place, and only not known to be on the disk, is no reason to.
    fn put_back(&self, held: &LockedFile, changes: &[FileChange], failed: usize) {
        let is_in_place = |change: &FileChange| {
            let now = change
                .after
                .as_deref()
                .map_or(Revision::ABSENT, Revision::new);
            self.revision_of(&change.path)
                .is_ok_and(|found| found == now)
        };
        if changes.last().is_some_and(is_in_place) {
            return;
        }
        for change in changes.iter().take(failed + 1).rev() {
            if is_in_place(change) {
                let _ = self.put(held, &change.reversed());
            }
        }
    }

    /// Puts one new file in place, or takes one away.
    fn put(&self, held: &LockedFile, change: &FileChange) -> Result<(), PathError> {
        let model = match change.before {
            Some(_) => Model::Like(&change.path, Likeness::Same),
            None => held.model(),
        };
        match &change.after {
            Some(bytes) => replace(self.files(), &change.path, bytes, model),
            None => remove(self.files(), &change.path),
        }
    }

    /// Locks the folder of `guichet.toml` where that is written and lies elsewhere.
    pub(super) fn lock_options(
        &self,
        held: &LockedFile,
        changes: &[FileChange],
    ) -> Result<Option<Box<dyn HeldLock>>, SaveError> {
        let elsewhere = changes
            .iter()
            .map(|change| folder_of(&change.path))
            .find(|folder| *folder != held.destination.folder());
        let Some(folder) = elsewhere else {
            return Ok(None);
        };
        let (files, patience) = (self.files(), self.settings.lock_timeout);
        make_folders(files, folder)?;
        make_side_folder(files, folder)?;
        let lock = lock(files, folder, &self.owner(), patience)?;
        clear_unfinished(files, folder)?;
        Ok(Some(lock))
    }
}
