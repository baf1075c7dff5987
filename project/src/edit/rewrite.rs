//! Whole texts put in the place of a directory: under the lock, asked for, remembered, taken back.

use guichet_core::{Change, Difference};
use guichet_policy::lint::{Fix, LintInput, lint};
use guichet_storage::decode::decode;
use guichet_storage::encode::{Patch, repair};
use guichet_storage::inspect::Neighbours;
use guichet_storage::json::Document;
use guichet_storage::merge::{MergedText, StoredConflict, merge};
use guichet_storage::normalise::normalise;
use guichet_storage::read::Loaded;
use guichet_storage::store::{FileChange, Rewrite};
use guichet_storage::text::{DirectoryText, TextError};

use super::authority::Asker;
use super::{Editor, Expected, Outcome};
use crate::error::{Error, Result};
use crate::lint::{facts, is_repaired_in_text, is_wanted, levels};
use crate::meaning::catalogue;
use crate::names::Names;
use crate::project::Project;

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

impl Project {
    /// Puts a whole text in the place of the directory: under the lock, remembered and taken back as
    /// every edit is.
    ///
    /// The closure gets what the file says then, and returns the new text. The editor must be allowed
    /// to make by changes what the text makes.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`]: the editor may not; [`Error::NoFile`]: there is no file to rewrite;
    /// [`Error::Save`]: the text is no directory, or it cannot be saved; and what the closure returns.
    pub fn rewrite(
        &self,
        editor: &Editor,
        expected: impl Into<Expected>,
        make: impl FnOnce(&Loaded) -> Result<Rewrite>,
    ) -> Result<Outcome> {
        let expected = expected.into();
        let location = self.store().location()?;
        let mut what = Vec::new();
        let make = |loaded: &Loaded| -> Result<Rewrite> {
            self.expect_options(&expected, &loaded.options)?;
            let rewrite = make(loaded)?;
            let options = location.options.as_deref();
            let catalogue = catalogue(&loaded.options, options, &loaded.directory)?;
            let names = Names::new(&loaded.directory, &catalogue, self.mode());
            let asker = Asker {
                actor: editor.actor(&names)?,
                options: loaded.options.policies,
                plugins: catalogue.plugins(),
            };
            let document = Document::parse(rewrite.text.clone().into_bytes());
            let document = document.map_err(|error| Error::Save(TextError::from(error).into()))?;
            let after = decode(&document, &loaded.options)
                .map_err(|refusals| Error::Save(TextError::Refused { refusals }.into()))?;
            let change = FileChange {
                path: location.path.clone(),
                before: loaded
                    .document
                    .as_ref()
                    .map(|text| text.as_bytes().to_vec()),
                after: Some(document.into_bytes()),
            };
            asker.check(&loaded.directory, &after.directory, &[change])?;
            what.clone_from(&rewrite.what);
            Ok(rewrite)
        };
        let note = self.note(editor);
        let edited = self.store().rewrite(expected.of_storage(), &note, make)?;
        Ok(self.finish(Outcome::of_text(edited, what, self)))
    }

    /// Puts the directory in its normal form: one text for one meaning.
    ///
    /// # Errors
    ///
    /// As [`rewrite`](Self::rewrite).
    pub fn normalise(&self, editor: &Editor, expected: impl Into<Expected>) -> Result<Outcome> {
        self.rewrite(editor, expected, |loaded| {
            Ok(Rewrite {
                text: normalise(document(loaded, self)?, &loaded.directory),
                what: vec!["the directory was put in its normal form".to_owned()],
            })
        })
    }

    /// Merges what another side made of a common `base` into the directory.
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
        base: &DirectoryText,
        theirs: &DirectoryText,
    ) -> Result<Merged> {
        let mut kept: Option<MergedText> = None;
        let outcome = self.rewrite(editor, expected, |loaded| {
            let ours = document(loaded, self)?.clone().into_bytes();
            let ours = DirectoryText::parse(ours).map_err(|error| Error::Save(error.into()))?;
            let merged = merge(base, &ours, theirs)?;
            let (text, what) = (merged.text.clone(), merged.what.clone());
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

    /// Repairs what can be repaired without anybody gaining or losing an access: first the text, then
    /// the directory, each an edit of its own that [`undo`](Self::undo) takes back.
    ///
    /// Returns what was done, nothing where there is nothing to repair.
    ///
    /// # Errors
    ///
    /// As [`lint`](Self::lint), [`rewrite`](Self::rewrite) and [`apply`](Self::apply).
    pub fn fix(&self, editor: &Editor) -> Result<Vec<Outcome>> {
        let text = self.fix_text(editor)?;
        let changes = self.fix_directory(editor)?;
        Ok(text.into_iter().chain(changes).collect())
    }

    fn fix_text(&self, editor: &Editor) -> Result<Option<Outcome>> {
        let view = self.reload()?;
        let levels = levels(&view)?;
        let Some(text) = view.document() else {
            return Ok(None);
        };
        let wanted = |loaded: &[_]| -> Vec<_> {
            let problems = loaded.iter();
            problems
                .filter(|problem| is_wanted(*problem, &levels))
                .cloned()
                .collect()
        };
        if repair(text, &wanted(view.problems())).edits().is_empty() {
            return Ok(None);
        }
        let outcome = self.rewrite(editor, Expected::Any, |loaded| {
            let text = document(loaded, self)?;
            let problems = wanted(&loaded.problems);
            let what = problems.iter();
            let what = what
                .filter(|problem| is_repaired_in_text(guichet_core::Diagnostic::code(*problem)));
            Ok(Rewrite {
                what: what.map(|problem| format!("fixed: {problem}")).collect(),
                text: patched(text, &repair(text, &problems))?,
            })
        })?;
        Ok(Some(outcome))
    }

    fn fix_directory(&self, editor: &Editor) -> Result<Option<Outcome>> {
        let view = self.reload()?;
        let levels = levels(&view)?;
        // No fix depends on what the files beside the directory say.
        let facts = facts(&view, &Neighbours::default(), self);
        let findings = lint(&LintInput::new(view.policy(), &facts), &levels).into_iter();
        let fixes = findings.filter_map(|finding| match finding.fix? {
            Fix::Changes(changes) => Some(changes),
            Fix::Text => None,
        });
        let changes: Vec<Change> = fixes.flatten().collect();
        if changes.is_empty() {
            return Ok(None);
        }
        self.apply(editor, &changes, &view).map(Some)
    }
}

fn document<'l>(loaded: &'l Loaded, project: &Project) -> Result<&'l Document> {
    loaded.document.as_ref().ok_or_else(|| Error::NoFile {
        path: project.current().location().path.clone(),
    })
}

/// Returns the text of a document with a patch of it in it.
fn patched(document: &Document, patch: &Patch) -> Result<String> {
    patch.apply(document.text()).ok_or(Error::Patch)
}
