//! Edits: previewed, applied whole or not at all, remembered, taken back.
//!
//! | module | what is there |
//! |---|---|
//! | here | the edits of a [`Project`] |
//! | `editor` | who edits, and which version an edit is about |
//! | `outcome` | what an edit did, or would do |
//! | `lines` | the lines that change, without stored passwords |
//! | `list` | changes written as JSON, each with its place |
//! | `rewrite` | whole texts put in place: normal form, scrubbed, repaired |
//! | `merge` | two sides of one directory merged, and the conflicts decided |
//! | `authority` | whether the editor may do that |
//! | `asking` | edits that ask first |
//! | `refused` | which changes are refused, and why |

mod asking;
mod authority;
pub(crate) mod editor;
mod lines;
#[cfg(feature = "serde")]
mod list;
mod merge;
pub(crate) mod outcome;
mod refused;
mod rewrite;

use guichet_core::{Applied, Change, Directory, Rules, Wish};
use guichet_storage::{EditNote, HistoryEntry, OptionsFile, Revision, SaveError, UndoReach};

use crate::error::{Error, Result};
use crate::meaning::catalogue;
use crate::names::Names;
use crate::project::Project;
use crate::view::View;
use authority::Asker;
use editor::{Editor, Expected};
use outcome::Outcome;

pub use lines::{DiffLine, FileDiff, FileLife, Hunk, Side};
#[cfg(feature = "serde")]
pub use list::{ChangeList, ChangeListError};
pub use merge::{Decisions, Layout, Merged, Resolved, Sides, UnknownConflict, merge_texts};
pub use outcome::Undone;
pub use refused::{RefusedChange, RefusedChanges};
pub use rewrite::Fixed;

impl Project {
    /// Makes changes, whole or not at all, and saves them.
    ///
    /// The file is locked and read again; if it is not the `expected` version, nothing is changed. The
    /// edit is written to the history, and [`undo`](Self::undo) takes it back byte for byte.
    ///
    /// ```
    /// # let folder = tempfile::tempdir()?;
    /// # std::fs::create_dir_all(folder.path().join("Project"))?;
    /// # let shop = folder.path();
    /// use guichet::{Change, Editor, Project};
    ///
    /// let project = Project::open(shop)?;
    /// let view = project.current();
    /// let change = Change::AddUser { name: None, startup_method: None, groups: vec![] };
    /// let outcome = project.apply(&Editor::Designer, &[change], &view)?;
    /// assert_eq!(outcome.sentences(), ["user `New user1` (number 3) was added"]);
    /// assert_eq!(project.current().directory().user_count(), 3);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Refused`](crate::Error::Refused) with every refused change;
    /// [`Error::Word`](crate::Error::Word): no user has the name of the editor;
    /// [`Error::Save`](crate::Error::Save): above all a conflict, a lock, a file that cannot be written.
    pub fn apply(
        &self,
        editor: &Editor,
        changes: &[Change],
        expected: impl Into<Expected>,
    ) -> Result<Outcome> {
        self.edit(editor, expected, |_| Ok(changes.to_vec()))
    }

    /// Works out what [`apply`](Self::apply) would do, and writes nothing.
    ///
    /// The answer is the one that `apply` then gives, if nobody changes the file in between.
    ///
    /// # Errors
    ///
    /// As `apply`, except what only writing finds out.
    pub fn preview(
        &self,
        editor: &Editor,
        changes: &[Change],
        expected: impl Into<Expected>,
    ) -> Result<Outcome> {
        self.rehearse().apply(editor, changes, expected)
    }

    /// Makes the changes that a closure returns, which is given the names of the locked file.
    ///
    /// For words that must be looked up in the file as it is when the edit has its lock. The
    /// changes are tried before, without the lock: an edit that is refused waits for nobody, and
    /// writes nothing at all.
    ///
    /// # Errors
    ///
    /// As [`apply`](Self::apply), and what the closure returns.
    pub fn edit(
        &self,
        editor: &Editor,
        expected: impl Into<Expected>,
        changes: impl Fn(&Names<'_>) -> Result<Vec<Change>>,
    ) -> Result<Outcome> {
        let expected = expected.into();
        let view = self.reload()?;
        self.expect(&expected, &view)?;
        let options_path = view.location().options.clone();
        let make = |directory: &mut Directory, options: &OptionsFile| -> Result<Applied> {
            self.expect_options(&expected, options)?;
            let catalogue = catalogue(options, options_path.as_deref(), directory)?;
            let names = Names::new(directory, &catalogue, self.mode());
            let actor = editor.actor(&names)?;
            let changes = changes(&names)?;
            let rules = Rules {
                actor,
                options: options.policies,
                plugins: catalogue.plugins(),
            };
            directory
                .apply(&changes, &rules)
                .map_err(|first| RefusedChanges::of(directory, &changes, &rules, first).into())
        };
        let _tried = make(&mut view.directory().clone(), view.options())?;
        let edited =
            self.store()
                .edit_expecting(expected.of_storage(), &self.note(editor), make)?;
        Ok(self.finish(Outcome::of_changes(edited, self)))
    }

    /// Makes true what another source wishes, such as an LDAP dump: what the wish does not say stays as
    /// it is. Where it is true already, nothing is written.
    ///
    /// # Errors
    ///
    /// [`Error::Wish`](crate::Error::Wish): a member of the wish is nobody; otherwise as
    /// [`apply`](Self::apply).
    pub fn apply_wish(
        &self,
        editor: &Editor,
        wish: &Wish,
        expected: impl Into<Expected>,
    ) -> Result<Outcome> {
        self.edit(editor, expected, |names| {
            Ok(wish.changes(names.directory())?)
        })
    }

    /// Makes the file of a project that has none, as 4D does.
    ///
    /// # Errors
    ///
    /// [`Error::Save`](crate::Error::Save): there is a file already, or it cannot be written.
    pub fn init(&self, editor: &Editor) -> Result<Outcome> {
        let edited = self.store().init(&self.note(editor))?;
        let what = vec!["directory.json was created".to_owned()];
        Ok(self.finish(Outcome::of_text(edited, what, self)))
    }

    /// Takes the latest change back that was made by this crate, byte for byte; called again, the one
    /// before it, as far as `reach` says.
    ///
    /// # Errors
    ///
    /// [`Error::Save`](crate::Error::Save): there is nothing to take back, it goes past the reach,
    /// the file is not the expected version, somebody else changed it since, or it cannot be written.
    pub fn undo(
        &self,
        editor: &Editor,
        reach: UndoReach,
        expected: impl Into<Expected>,
    ) -> Result<Undone> {
        let (note, expected) = (self.note(editor), expected.into());
        let ask = || self.ask_for_undo(editor, &note, reach, &expected);
        let undone = self.store().undo_asking(&note, reach, ask)?;
        let what = undone.entry.what.iter();
        let what = what.map(|sentence| format!("undone: {sentence}"));
        let outcome = Outcome::of_text(undone.edited, what.collect(), self);
        Ok(Undone {
            entry: undone.entry,
            outcome: self.finish(outcome),
        })
    }

    /// Returns the changes that were made by this crate, oldest first.
    ///
    /// # Errors
    ///
    /// [`Error::Save`](crate::Error::Save): the history cannot be read.
    pub fn history(&self) -> Result<Vec<HistoryEntry>> {
        Ok(self.store().log()?)
    }

    /// Refuses an undo on another version than the expected one, and one of what the editor could not
    /// have made: found out by rehearsing it while nobody else can edit.
    fn ask_for_undo(
        &self,
        editor: &Editor,
        note: &EditNote,
        reach: UndoReach,
        expected: &Expected,
    ) -> Result<()> {
        let is_designer = *editor == Editor::Designer;
        if is_designer && matches!(expected, Expected::Any) {
            return Ok(());
        }
        let view = self.reload()?;
        self.expect(expected, &view)?;
        if is_designer {
            return Ok(());
        }
        let asker = Asker {
            actor: editor.actor(&view.names())?,
            options: view.options().policies,
            plugins: view.catalogue().plugins(),
        };
        let granted = || Ok::<_, Error>(());
        let rehearsed = self.rehearse().store().undo_asking(note, reach, granted);
        let edited = rehearsed?.edited;
        asker.check(&edited.before, &edited.after, &edited.files)
    }

    fn note(&self, editor: &Editor) -> EditNote {
        EditNote {
            who: editor.name().to_owned(),
            when: self.clock().now().timestamp(),
        }
    }

    /// Publishes what is on the disk after an edit.
    fn finish(&self, outcome: Outcome) -> Outcome {
        // The edit is made: that it cannot be read again is for the next reload to report.
        let _ = self.reload();
        outcome
    }

    /// Refuses another version than the expected one.
    fn expect(&self, expected: &Expected, now: &View) -> Result<()> {
        match expected.of_storage() {
            guichet_storage::Expected::Revision(expected) if expected != now.revision() => {
                let (path, found) = (now.location().path.clone(), now.revision());
                let error = SaveError::Conflict {
                    path,
                    expected,
                    found,
                };
                Err(error.into())
            }
            _ => self.expect_options(expected, now.options()),
        }
    }

    /// Refuses other options than those of the expected view.
    fn expect_options(&self, expected: &Expected, found: &OptionsFile) -> Result<()> {
        let Expected::View(view) = expected else {
            return Ok(());
        };
        if view.options() == found {
            return Ok(());
        }
        let location = self.store().location()?;
        let path = location.options.unwrap_or(location.path);
        let bytes = self.files().read(&path);
        let error = SaveError::Conflict {
            path,
            expected: view.options_revision(),
            found: bytes.map_or(Revision::ABSENT, |bytes| Revision::new(&bytes)),
        };
        Err(error.into())
    }
}
