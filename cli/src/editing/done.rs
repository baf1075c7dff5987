//! What an edit did, or would do, as sentences and as JSON.

use guichet::core::Event;
use guichet::edit::FileLife;
use guichet::policy::AccessChange;
use guichet::storage::HistoryEntry;
use guichet::{Effect, Outcome};
use serde::Serialize;

use super::{DRY_RUN, file_diff};
use crate::args::Format;
use crate::context::Context;
use crate::effect::Made;
use crate::error::Result;
use crate::output::{Page, Report, Text};
use crate::people;

/// An edit that was made, that was only tried, or that found nothing to do.
#[derive(Debug, Serialize)]
pub(crate) struct Done {
    changed: bool,
    path: String,
    before: String,
    after: String,
    events: Vec<Event>,
    /// The change that was undone, where it is an undo.
    #[serde(skip_serializing_if = "Option::is_none")]
    undone: Option<HistoryEntry>,
    /// What it would do, where it was only tried.
    #[serde(flatten)]
    tried: Option<Tried>,
    /// What it means for people, where it was made.
    #[serde(skip)]
    effect: Effect,
    /// What happened.
    #[serde(skip)]
    sentences: Vec<String>,
    /// What became of which file.
    #[serde(skip)]
    files: Vec<String>,
}

/// What an edit would do.
#[derive(Debug, Serialize)]
struct Tried {
    dry_run: bool,
    diff: String,
    access: Vec<AccessChange>,
    #[serde(skip)]
    text: Text,
}

impl Done {
    /// Takes what an edit did, or would do.
    pub(crate) fn new(context: &Context<'_>, outcome: &Outcome) -> Result<Self> {
        let files = outcome.files().map(|(path, life)| {
            let verb = match life {
                FileLife::Made | FileLife::Changed => "saved in",
                FileLife::Removed => "removed",
            };
            format!("{verb} {}", context.near(path))
        });
        let mut sentences = outcome.sentences();
        if sentences.is_empty() {
            sentences.push("Nothing to change.".to_owned());
        }
        let tried = || -> Result<Tried> {
            let mut text = file_diff::text(&outcome.diffs(), |path| context.near(path));
            let diff = text.as_plain().into_owned();
            let access = outcome.impact()?;
            text.line_of(&people::text(&Effect::new(&access), "`--format json`"));
            Ok(Tried {
                dry_run: true,
                diff,
                access,
                text,
            })
        };
        Ok(Self {
            changed: outcome.has_changes(),
            path: outcome.path().display().to_string(),
            before: outcome.revision_before().to_string(),
            after: outcome.revision_after().to_string(),
            events: outcome.events().to_vec(),
            undone: None,
            // The edit is made: that its effect cannot be told is no failure of it.
            effect: if outcome.is_saved() && context.format() == Format::Text {
                outcome.effect().unwrap_or_default()
            } else {
                Effect::default()
            },
            tried: (!outcome.is_saved()).then(tried).transpose()?,
            sentences,
            files: files.collect(),
        })
    }

    /// Says which change was undone.
    #[must_use]
    pub(crate) fn undoing(self, entry: HistoryEntry) -> Self {
        let undone = Some(entry);
        Self { undone, ..self }
    }
}

impl Report for Done {
    fn text(&self, _: Page) -> Text {
        let mut text = Text::default();
        let Some(tried) = &self.tried else {
            let lines = self.sentences.iter().chain(&self.files);
            lines.for_each(|line| text.line(line));
            if self.effect.affected > 0 {
                let whole = "`guichet undo --dry-run --format json`";
                text.append(&people::text(&self.effect, whole));
                text.line(match self.undone {
                    None => " (`guichet undo` undoes it)",
                    Some(_) => "",
                });
            }
            return text;
        };
        text.line(format_args!("{DRY_RUN} guichet would do this:"));
        for sentence in &self.sentences {
            text.line(format_args!("  {sentence}"));
        }
        text.append(&tried.text);
        text
    }

    fn made(&self) -> Made {
        if self.changed && self.tried.is_none() {
            Made::Edit
        } else {
            Made::Nothing
        }
    }
}
