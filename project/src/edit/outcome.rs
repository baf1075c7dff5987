//! What an edit did, or would do: events, lines, people, seats.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use guichet_core::{Directory, Event, Mode};
use guichet_licensing::{Moment, PluginPlanChange};
use guichet_policy::{AccessChange, Effect};
use guichet_storage::{Edited, FileChange, HistoryEntry, OptionsFile, Revision};

use super::lines::{FileDiff, FileLife};
use crate::compare::{self, ControlChange, Matching};
use crate::error::Result;
use crate::meaning::Meaning;
use crate::project::{Disk, Project};

/// An edit that was made, or that was only rehearsed.
#[derive(Debug, Clone)]
pub struct Outcome {
    disk: Disk,
    mode: Mode,
    at: Moment,
    matching: Matching,
    path: PathBuf,
    before: Arc<Directory>,
    after: Arc<Directory>,
    options: OptionsFile,
    events: Vec<Event>,
    what: Vec<String>,
    files: Vec<FileChange>,
    revision_before: Revision,
    revision_after: Revision,
}

/// A change that was taken back.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Undone {
    /// The change, as the history has it.
    pub entry: HistoryEntry,
    /// What taking it back did.
    pub outcome: Outcome,
}

impl Outcome {
    /// Takes what storage says of an edit by changes.
    pub(super) fn of_changes(edited: Edited, project: &Project) -> Self {
        let what = edited.events.iter().map(ToString::to_string).collect();
        Self::of(edited, what, Matching::Handles, project)
    }

    /// Takes what storage says of a whole text that was put in place.
    pub(super) fn of_text(edited: Edited, what: Vec<String>, project: &Project) -> Self {
        Self::of(edited, what, Matching::Names, project)
    }

    fn of(edited: Edited, what: Vec<String>, matching: Matching, project: &Project) -> Self {
        Self {
            disk: project.disk(),
            mode: project.mode(),
            at: project.clock().now(),
            matching,
            path: edited.path,
            before: Arc::new(edited.before),
            after: Arc::new(edited.after),
            options: edited.options,
            events: edited.events,
            what,
            files: edited.files,
            revision_before: edited.revision_before,
            revision_after: edited.revision_after,
        }
    }

    /// Returns whether the edit is saved; a preview and a rehearsal are not.
    pub fn is_saved(&self) -> bool {
        self.disk == Disk::Real
    }

    /// Returns whether a file changes; not where everything is as it should be already.
    pub const fn has_changes(&self) -> bool {
        !self.files.is_empty()
    }

    /// Returns the `directory.json` that is written.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the directory before.
    pub fn before(&self) -> &Directory {
        &self.before
    }

    /// Returns the directory after.
    pub fn after(&self) -> &Directory {
        &self.after
    }

    /// Returns the revision of `directory.json` before.
    pub const fn revision_before(&self) -> Revision {
        self.revision_before
    }

    /// Returns the revision of `directory.json` after.
    pub const fn revision_after(&self) -> Revision {
        self.revision_after
    }

    /// Returns what happened, in order; empty for a whole text and for what is taken back.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// Returns what happened, a sentence for each thing; empty where nothing did.
    pub fn sentences(&self) -> Vec<String> {
        let what = if self.has_changes() {
            self.what.as_slice()
        } else {
            &[]
        };
        let control = ControlChange::between(&self.before, &self.after);
        let control = control.map(|control| control.sentence().to_owned());
        what.iter().cloned().chain(control).collect()
    }

    /// Returns the files that change, in the order in which they are written, and what becomes of
    /// them.
    pub fn files(&self) -> impl Iterator<Item = (&Path, FileLife)> {
        let files = self.files.iter();
        files.map(|change| (change.path.as_path(), FileLife::of(change)))
    }

    /// Returns the lines of each file that change, without stored passwords.
    pub fn diffs(&self) -> Vec<FileDiff> {
        self.files.iter().map(FileDiff::of).collect()
    }

    /// Returns who gains and who loses which access; a user who is renamed is the same user.
    ///
    /// O(accesses × (users + memberships)).
    ///
    /// # Errors
    ///
    /// [`Error::Text`](crate::Error::Text): never after an edit that was made.
    pub fn impact(&self) -> Result<Vec<AccessChange>> {
        let (before, after) = self.meanings()?;
        Ok(compare::impact(&before, &after, self.matching))
    }

    /// Returns the same, with the people who gain or lose the same as one group, the most dangerous
    /// first.
    ///
    /// O([`impact`](Self::impact)).
    ///
    /// # Errors
    ///
    /// As [`impact`](Self::impact).
    pub fn effect(&self) -> Result<Effect> {
        Ok(Effect::new(&self.impact()?))
    }

    /// Returns the plug-ins that somebody gains or loses, and how many seats are then missing.
    ///
    /// O(plug-ins × users).
    ///
    /// # Errors
    ///
    /// As [`impact`](Self::impact).
    pub fn seats(&self) -> Result<Vec<PluginPlanChange>> {
        let (before, after) = self.meanings()?;
        Ok(compare::seats(&before, &after, self.matching, self.at))
    }

    fn meanings(&self) -> Result<(Meaning, Meaning)> {
        let of = |directory: &Arc<Directory>| {
            Meaning::of(Arc::clone(directory), &self.options, None, self.mode)
        };
        Ok((of(&self.before)?, of(&self.after)?))
    }
}
