//! Whole texts put in the place of the directory: under the lock, remembered and taken back, exactly as edits are.

use std::fmt;

use super::commit::LockedFile;
use super::destination::Destination;
use super::error::{EditError, SaveError};
use super::plan::{Edited, FileChange, Plan, part};
use super::undo_entry::Part;
use super::{DirectoryStore, EditNote, Expected};
use crate::decode::decode;
use crate::directory_text::TextError;
use crate::json::Document;
use crate::read::{Loaded, read};
use crate::revision::Revision;

/// A new text of a directory, and what the history says of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Rewrite {
    /// The text, every byte of it.
    pub text: String,
    /// What happened, a sentence for each thing; never a stored password.
    pub what: Vec<String>,
}

impl fmt::Debug for Rewrite {
    /// Shows the length, not the text, which holds stored passwords.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (length, what) = (self.text.len(), &self.what);
        write!(formatter, "Rewrite({length} bytes, {what:?})")
    }
}

impl DirectoryStore {
    /// Works out what [`rewrite`](Self::rewrite) would do, without a lock and without writing anything.
    ///
    /// # Errors
    ///
    /// As there, without those of writing.
    pub fn plan_rewrite<E>(
        &self,
        rewrite: impl FnOnce(&Loaded) -> Result<Rewrite, E>,
    ) -> Result<Edited, EditError<E>> {
        let location = self.location()?;
        let destination = Destination::new(self.files(), &location)?;
        let loaded = read(self.files(), &location)?;
        let rewrite = rewrite(&loaded).map_err(EditError::Refused)?;
        Ok(plan(&destination, loaded, rewrite.text)?.edited)
    }

    /// Puts a new text in the place of the directory: its normal form, a merge, a text that was repaired.
    ///
    /// The closure gets what is there when we have the lock, and is called once. The text must be a directory; it may
    /// mean anything, so whoever gives it answers for it. A text that is there already writes nothing. In what comes
    /// back the handles before and after have nothing to do with one another, and there are no events. `guichet.toml`
    /// stays as it is.
    ///
    /// # Errors
    ///
    /// [`EditError::Refused`] with the error of the closure; [`SaveError::Text`] where the text is no directory;
    /// otherwise as [`edit_expecting`](Self::edit_expecting).
    ///
    /// # Examples
    ///
    /// ```
    /// use std::convert::Infallible;
    ///
    /// use guichet_storage::{DirectoryStore, EditNote, Expected, Rewrite, StoreSettings, Target, normalise};
    ///
    /// let folder = tempfile::tempdir()?;
    /// let file = folder.path().join("directory.json");
    /// std::fs::write(&file, r#"{"groups": {"Sales": {}, "Devs": {}}}"#)?;
    /// let store = DirectoryStore::new(Target::File(file.clone()), StoreSettings::default());
    /// let note = EditNote { who: "Designer".to_owned(), when: "2026-11-21T12:00:00Z".parse()? };
    ///
    /// let edited = store.rewrite(Expected::Any, &note, |loaded| {
    ///     let document = loaded.document.as_ref();
    ///     let text = document.map(|document| normalise(document, &loaded.directory));
    ///     let what = vec!["the file was put in its normal order".to_owned()];
    ///     Ok::<_, Infallible>(Rewrite { text: text.unwrap_or_default(), what })
    /// })?;
    /// assert_eq!(edited.files.len(), 1);
    /// assert!(std::fs::read_to_string(&file)?.starts_with("{\n\t\"groups\": {\n\t\t\"Devs\""));
    /// store.undo(&note)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn rewrite<E>(
        &self,
        expected: Expected,
        note: &EditNote,
        rewrite: impl FnOnce(&Loaded) -> Result<Rewrite, E>,
    ) -> Result<Edited, EditError<E>> {
        let (held, loaded) = self.hold_expecting(expected)?;
        let Rewrite { text, what } = rewrite(&loaded).map_err(EditError::Refused)?;
        let plan = plan(&held.destination, loaded, text)?;
        Ok(self.save(&held, plan, note, what)?)
    }

    /// Waits for the lock and reads what is there then.
    pub(super) fn hold_expecting(
        &self,
        expected: Expected,
    ) -> Result<(LockedFile, Loaded), SaveError> {
        let held = self.hold()?;
        let loaded = read(self.files(), &held.location)?;
        match expected {
            Expected::Revision(expected) if expected != loaded.revision => {
                Err(SaveError::Conflict {
                    path: held.location.path.clone(),
                    expected,
                    found: loaded.revision,
                })
            }
            _ => Ok((held, loaded)),
        }
    }
}

/// Works a new text out.
fn plan(destination: &Destination, loaded: Loaded, text: String) -> Result<Plan, SaveError> {
    let document = Document::parse(text.into_bytes()).map_err(TextError::from)?;
    let after = decode(&document, &loaded.options)
        .map_err(|refusals| TextError::Refused { refusals })?
        .directory;
    let read = loaded.document.map(Document::into_bytes);
    let new = document.into_bytes();
    let (mut files, mut undo) = (Vec::new(), Vec::new());
    let same = read.as_deref() == Some(new.as_slice());
    let before = read.filter(|_| destination.exists);
    let revision_before = before.as_deref().map_or(Revision::ABSENT, Revision::new);
    let mut revision_after = revision_before;
    if !same {
        let back = part(Part::Directory, before.as_deref(), &new, None)?;
        revision_after = back.after;
        undo.push(back);
        files.push(FileChange {
            path: destination.directory.clone(),
            before,
            after: Some(new),
        });
    }
    Ok(Plan {
        edited: Edited {
            path: destination.directory.clone(),
            before: loaded.directory,
            after,
            options: loaded.options,
            events: Vec::new(),
            files,
            revision_before,
            revision_after,
        },
        undo,
    })
}
