//! Whole texts put in the place of a directory: under the lock, asked for, remembered, taken back.

use guichet_core::{Actor, Change};
use guichet_policy::lint::{Fix, LintInput, lint};
use guichet_storage::json::Document;
use guichet_storage::{
    DirectoryText, FileChange, Loaded, Located, Neighbours, Patch, Problem, Rewrite, ScrubKey,
    TextError, decode, is_repairable, normalise, repair, scrub,
};

use super::authority::Asker;
use super::{Editor, Expected, Outcome};
use crate::error::{Error, Result};
use crate::lint::{facts, is_wanted, levels};
use crate::project::Project;
use crate::view::View;

/// What was repaired.
#[derive(Debug)]
#[non_exhaustive]
pub struct Fixed {
    /// The edits that were made, at most two: first of the text, then of the directory.
    pub outcomes: Vec<Outcome>,
    /// Why there was no further one, where it failed; those before it stay made.
    pub failure: Option<Error>,
}

impl Project {
    /// Puts a whole text in the place of the directory: under the lock, remembered and taken back as
    /// every edit is.
    ///
    /// The closure gets what the file says, and returns the new text. The editor must be allowed to
    /// make by changes what the text makes. The text is made before the lock is taken, and made anew
    /// only where somebody else changes the file meanwhile: a rewrite that is refused waits for nobody
    /// and writes nothing.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`]: the editor may not; [`Error::NoFile`]: there is no file to rewrite;
    /// [`Error::Save`]: the text is not a directory, or it cannot be saved; and what the closure returns.
    pub fn rewrite(
        &self,
        editor: &Editor,
        expected: impl Into<Expected>,
        mut make: impl FnMut(&View) -> Result<Rewrite>,
    ) -> Result<Outcome> {
        let expected = expected.into();
        let mut allowed = |view: &View| -> Result<Rewrite> {
            let rewrite = make(view)?;
            ask_for_text(editor, view, &rewrite.text)?;
            Ok(rewrite)
        };
        let seen = self.reload()?;
        self.expect(&expected, &seen)?;
        let mut first = Some(allowed(&seen)?);
        let mut what = Vec::new();
        let in_the_lock = |loaded: &Loaded| -> Result<Rewrite> {
            self.expect_options(&expected, &loaded.options)?;
            let rewrite = match first.take() {
                Some(rewrite) if seen.is_of(loaded) => rewrite,
                _ => allowed(&self.view_of(loaded)?)?,
            };
            what.clone_from(&rewrite.what);
            Ok(rewrite)
        };
        let note = self.note(editor);
        let edited = self
            .store()
            .rewrite(expected.of_storage(), &note, in_the_lock)?;
        Ok(self.finish(Outcome::of_text(edited, what, self)))
    }

    /// Puts the directory in its normal form: one text for one meaning.
    ///
    /// # Errors
    ///
    /// As [`rewrite`](Self::rewrite).
    pub fn normalise(&self, editor: &Editor, expected: impl Into<Expected>) -> Result<Outcome> {
        self.rewrite(editor, expected, |view| {
            Ok(Rewrite {
                text: normalise(document(view)?, view.directory()),
                what: vec!["the directory was rewritten in its normal form".to_owned()],
            })
        })
    }

    /// Replaces every name and stored password in the directory, or puts such a copy of another text in
    /// its place.
    ///
    /// # Errors
    ///
    /// As [`rewrite`](Self::rewrite).
    pub fn scrub(
        &self,
        editor: &Editor,
        expected: impl Into<Expected>,
        source: Option<&DirectoryText>,
        key: Option<&ScrubKey>,
    ) -> Result<Outcome> {
        self.rewrite(editor, expected, |view| {
            let own = document(view)?;
            Ok(Rewrite {
                text: match source {
                    Some(text) => scrub(&text.document, &text.directory, key),
                    None => scrub(own, view.directory(), key),
                },
                what: vec!["all names and stored passwords were replaced".to_owned()],
            })
        })
    }

    /// Repairs what can be repaired without anybody gaining or losing an access: first the text, then
    /// the directory, each an edit of its own that [`undo`](Self::undo) takes back.
    ///
    /// # Errors
    ///
    /// As [`lint`](Self::lint), [`rewrite`](Self::rewrite) and [`apply`](Self::apply), where nothing
    /// was repaired before; otherwise the error is in [`Fixed::failure`].
    pub fn fix(&self, editor: &Editor) -> Result<Fixed> {
        let mut outcomes: Vec<Outcome> = self.fix_text(editor)?.into_iter().collect();
        let failure = match self.fix_directory(editor) {
            Ok(outcome) => {
                outcomes.extend(outcome);
                None
            }
            Err(error) if outcomes.is_empty() => return Err(error),
            Err(error) => Some(error),
        };
        Ok(Fixed { outcomes, failure })
    }

    fn fix_text(&self, editor: &Editor) -> Result<Option<Outcome>> {
        let view = self.reload()?;
        let levels = levels(&view)?;
        let repairs = |view: &View| -> Vec<Located<Problem>> {
            let problems = view.problems().iter();
            let wanted = problems.filter(|problem| is_wanted(*problem, &levels));
            wanted.cloned().collect()
        };
        let text = view.document();
        if text.is_none_or(|text| repair(text, &repairs(&view)).is_empty()) {
            return Ok(None);
        }
        let outcome = self.rewrite(editor, Expected::Any, |view| {
            let problems = repairs(view);
            let text = document(view)?;
            let what = problems.iter();
            let what = what.filter(|problem| is_repairable(problem));
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

/// Refuses a text of a directory that the editor could not have made by changes.
fn ask_for_text(editor: &Editor, view: &View, text: &str) -> Result<()> {
    let actor = editor.actor(&view.names())?;
    if actor == Actor::Designer {
        return Ok(());
    }
    let document = Document::parse(text.as_bytes().to_vec());
    let document = document.map_err(|error| Error::Save(TextError::from(error).into()))?;
    let after = decode(&document, view.options())
        .map_err(|refusals| Error::Save(TextError::Refused { refusals }.into()))?;
    let change = FileChange {
        path: view.location().path.clone(),
        before: view.document().map(|text| text.as_bytes().to_vec()),
        after: Some(document.into_bytes()),
    };
    let asker = Asker {
        actor,
        options: view.options().policies,
        plugins: view.catalogue().plugins(),
    };
    asker.check(view.directory(), &after.directory, &[change])
}

/// Returns the text of the file to rewrite.
pub(super) fn document(view: &View) -> Result<&Document> {
    view.document().ok_or_else(|| Error::NoFile {
        path: view.location().path.clone(),
    })
}

/// Returns the text of a document with a patch of it in it.
pub(super) fn patched(document: &Document, patch: &Patch) -> Result<String> {
    patch.apply(document.text()).ok_or(Error::Patch)
}
