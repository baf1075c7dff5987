//! What an edit did, or would do, as sentences and as JSON.

use guichet::Outcome;
use guichet::edit::FileLife;
use guichet::policy::AccessChange;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use super::file_diff;
use crate::context::Context;
use crate::effect::Made;
use crate::error::Result;
use crate::output::{Page, Report, Text, to_json};
use crate::people;

/// An edit that was made, that was only tried, or that found nothing to do.
#[derive(Debug)]
pub(crate) struct Done {
    /// What happened.
    sentences: Vec<String>,
    /// What became of which file.
    files: Vec<String>,
    document: Map<String, Value>,
    /// What it would do, where it was only tried.
    tried: Option<Tried>,
    made: Made,
}

/// What an edit would do.
#[derive(Debug)]
struct Tried {
    diff: Text,
    access: Vec<AccessChange>,
}

impl Done {
    /// Takes what an edit did, or would do.
    ///
    /// # Errors
    ///
    /// As [`Outcome::impact`].
    pub(crate) fn new(context: &Context<'_>, outcome: &Outcome) -> Result<Self> {
        let files = outcome.files().map(|(path, life)| {
            let verb = match life {
                FileLife::Made | FileLife::Changed => "saved in",
                FileLife::Removed => "removed",
            };
            format!("{verb} {}", context.near(path))
        });
        let document = json!({
            "changed": outcome.has_changes(),
            "path": outcome.path().display().to_string(),
            "before": outcome.revision_before().to_string(),
            "after": outcome.revision_after().to_string(),
            "events": outcome.events().iter().map(to_json).collect::<Vec<_>>(),
        });
        let tried = || -> Result<Tried> {
            let diffs = outcome.diffs();
            Ok(Tried {
                diff: file_diff::text(&diffs, |path| context.near(path)),
                access: outcome.impact()?,
            })
        };
        Ok(Self {
            sentences: outcome.sentences(),
            files: files.collect(),
            document: document.as_object().cloned().unwrap_or_default(),
            made: match (outcome.is_saved(), outcome.has_changes()) {
                (true, true) => Made::Edit,
                _ => Made::Nothing,
            },
            tried: (!outcome.is_saved()).then(tried).transpose()?,
        })
    }

    /// Adds a member to the JSON document.
    #[must_use]
    pub(crate) fn with(mut self, name: &str, value: Value) -> Self {
        self.document.insert(name.to_owned(), value);
        self
    }

    /// Returns the sentences, or the one that says that nothing was done.
    fn sentences(&self) -> impl Iterator<Item = &str> {
        let nothing = "Nothing to change.";
        let none = self.sentences.is_empty().then_some(nothing);
        self.sentences.iter().map(String::as_str).chain(none)
    }
}

impl Serialize for Done {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut document = self.document.clone();
        if let Some(tried) = &self.tried {
            document.insert("dry_run".to_owned(), Value::Bool(true));
            document.insert("diff".to_owned(), tried.diff.as_plain().into());
            document.insert("access".to_owned(), to_json(&tried.access));
        }
        document.serialize(serializer)
    }
}

impl Report for Done {
    fn text(&self, _: Page) -> Text {
        let mut text = Text::default();
        let Some(tried) = &self.tried else {
            let lines = self
                .sentences()
                .chain(self.files.iter().map(String::as_str));
            lines.for_each(|line| text.line(line));
            return text;
        };
        text.line("dry run: nothing is saved; guichet would do this:");
        for sentence in self.sentences() {
            text.line(format_args!("  {sentence}"));
        }
        text.append(&tried.diff);
        text.append(&people::text(&tried.access));
        text
    }

    fn made(&self) -> Made {
        self.made
    }
}
