//! What an edit would do: `--dry-run`.

use std::sync::Arc;

use guichet::core::Directory;
use guichet::licensing::PluginCatalogue;
use guichet::policy::{AccessChange, Policy, impact, impact_of_edit};
use guichet::storage::store::Edited;
use serde_json::Value;

use super::done::Done;
use super::file_diff::FileDiff;
use crate::context::Context;
use crate::output::{Page, Report, Text};
use crate::people;

/// An edit that was worked out and not made.
#[derive(Debug)]
pub(crate) struct Preview {
    done: Done,
    diffs: Vec<FileDiff>,
    access: Vec<AccessChange>,
}

impl Preview {
    /// Takes what storage worked out, and how it is told.
    pub(crate) fn of(context: &Context<'_>, edited: &Edited, done: Done) -> Self {
        Self::comparing(context, edited, done, impact_of_edit)
    }

    /// Takes what storage worked out of a whole text, whose users are known by their names alone.
    pub(crate) fn of_rewrite(context: &Context<'_>, edited: &Edited, done: Done) -> Self {
        Self::comparing(context, edited, done, impact)
    }

    fn comparing(
        context: &Context<'_>,
        edited: &Edited,
        done: Done,
        impact: impl FnOnce(&Policy, &Policy) -> Vec<AccessChange>,
    ) -> Self {
        let files = edited.files.iter();
        let diffs = files.map(|change| FileDiff::of(change, &context.near(&change.path)));
        let policy = |directory: &Directory| {
            let options = &edited.options;
            // What is declared twice was refused when the edit was worked out.
            let catalogue = PluginCatalogue::new(&options.plugins).unwrap_or_default();
            let plugins = catalogue.plugins().iter().map(|plugin| plugin.key.clone());
            let directory = Arc::new(directory.clone());
            Policy::new(directory, context.mode(), options.policies).with_plugins(plugins)
        };
        Self {
            done,
            diffs: diffs.collect(),
            access: impact(&policy(&edited.before), &policy(&edited.after)),
        }
    }
}

impl Preview {
    fn diff(&self) -> Text {
        let mut text = Text::default();
        for diff in &self.diffs {
            text.append(&diff.text());
        }
        text
    }
}

impl Report for Preview {
    fn json(&self) -> Value {
        let diff = self.diff();
        let done = self.done.json();
        let mut document = done.as_object().cloned().unwrap_or_default();
        document.insert("dry_run".to_owned(), Value::Bool(true));
        document.insert("diff".to_owned(), Value::String(diff.as_plain().to_owned()));
        document.insert("access".to_owned(), people::json(&self.access));
        Value::Object(document)
    }

    fn text(&self, _: Page) -> Text {
        let mut text = Text::default();
        text.line("dry run, nothing is written; this would be done:");
        for sentence in self.done.sentences() {
            text.line(format_args!("  {sentence}"));
        }
        text.append(&self.diff());
        text.append(&people::text(&self.access));
        text
    }
}
