//! What an edit did, or would do, as sentences and as JSON.

use guichet::Outcome;
use guichet::core::Event;
use guichet::edit::FileLife;
use guichet::policy::AccessChange;
use serde::Serialize;
use serde_json::{Map, Value};

use super::{DRY_RUN, file_diff};
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
    #[serde(flatten)]
    more: Map<String, Value>,
    /// What it would do, where it was only tried.
    #[serde(flatten)]
    tried: Option<Tried>,
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
            text.append(&people::text(&access));
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
            more: Map::new(),
            tried: (!outcome.is_saved()).then(tried).transpose()?,
            sentences,
            files: files.collect(),
        })
    }

    /// Adds a member to the JSON document.
    #[must_use]
    pub(crate) fn with(mut self, name: &str, value: Value) -> Self {
        self.more.insert(name.to_owned(), value);
        self
    }
}

impl Report for Done {
    fn text(&self, _: Page) -> Text {
        let mut text = Text::default();
        let Some(tried) = &self.tried else {
            let lines = self.sentences.iter().chain(&self.files);
            lines.for_each(|line| text.line(line));
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
