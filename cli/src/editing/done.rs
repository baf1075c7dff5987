//! What an edit did, told as sentences and as JSON.

use guichet::storage::store::Edited;
use serde_json::{Map, Value, json};

use crate::context::Context;
use crate::output::{Page, Report, Text, to_json};
use crate::sentences::control_sentence;

/// An edit that was made, or that found nothing to do.
#[derive(Debug)]
pub(crate) struct Done {
    /// The sentences of the events, or of what takes their place.
    sentences: Vec<String>,
    /// What became of which file.
    files: Vec<String>,
    document: Map<String, Value>,
}

impl Done {
    /// Takes what storage says of an edit.
    pub(crate) fn of(context: &Context<'_>, edited: &Edited) -> Self {
        let sentences = edited.events.iter().map(ToString::to_string);
        Self::saying(context, edited, sentences.collect())
    }

    /// Takes what storage says of an edit, and other sentences than those of its events.
    pub(crate) fn saying(
        context: &Context<'_>,
        edited: &Edited,
        mut sentences: Vec<String>,
    ) -> Self {
        let changed = !edited.files.is_empty();
        let before = edited.before.access_control();
        let control = control_sentence(before, edited.after.access_control());
        sentences.extend(control.map(str::to_owned));
        let files = edited.files.iter().map(|change| {
            let verb = change.after.as_ref().map_or("removed", |_| "saved in");
            format!("{verb} {}", context.near(&change.path))
        });
        let files = files.collect();
        let mut document = Map::new();
        let path = edited.path.display().to_string();
        let events = edited.events.iter().map(to_json).collect();
        document.insert("changed".to_owned(), Value::Bool(changed));
        document.insert("path".to_owned(), Value::String(path));
        document.insert(
            "before".to_owned(),
            json!(edited.revision_before.to_string()),
        );
        document.insert("after".to_owned(), json!(edited.revision_after.to_string()));
        document.insert("events".to_owned(), Value::Array(events));
        Self {
            sentences,
            files,
            document,
        }
    }

    /// Adds a member to the JSON document.
    #[must_use]
    pub(crate) fn with(mut self, name: &str, value: Value) -> Self {
        self.document.insert(name.to_owned(), value);
        self
    }

    /// Returns the sentences, or the one that says that nothing was done.
    pub(crate) fn sentences(&self) -> impl Iterator<Item = &str> {
        let nothing = "nothing to do: the directory is as it should be already";
        let none = self.sentences.is_empty().then_some(nothing);
        self.sentences.iter().map(String::as_str).chain(none)
    }
}

impl Report for Done {
    fn json(&self) -> Value {
        Value::Object(self.document.clone())
    }

    fn text(&self, _: Page) -> Text {
        let mut text = Text::default();
        for sentence in self.sentences() {
            text.line(sentence);
        }
        for file in &self.files {
            text.line(file);
        }
        text
    }
}
