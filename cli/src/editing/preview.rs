//! What an edit would do: `--dry-run`.

use std::sync::Arc;

use guichet_core::Directory;
use guichet_licensing::PluginCatalogue;
use guichet_policy::{AccessChange, Policy, impact_of_edit};
use guichet_storage::store::Edited;
use serde_json::{Value, json};

use super::done::{Done, near};
use super::file_diff::FileDiff;
use crate::context::Context;
use crate::output::{Ink, Lines, Page, Paint, Report, count, shown, visible};

/// An edit that was worked out and not made.
#[derive(Debug)]
pub(crate) struct Preview {
    done: Done,
    diffs: Vec<FileDiff>,
    access: Vec<AccessChange>,
}

impl Preview {
    /// Takes what storage worked out.
    pub(crate) fn of(context: &Context<'_>, edited: &Edited) -> Self {
        Self::saying(context, edited, Done::of(context, edited))
    }

    /// Takes what storage worked out, told in other words.
    pub(crate) fn saying(context: &Context<'_>, edited: &Edited, done: Done) -> Self {
        let files = edited.files.iter();
        let diffs = files.map(|change| FileDiff::of(change, &near(context, &change.path)));
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
            access: impact_of_edit(&policy(&edited.before), &policy(&edited.after)),
        }
    }
}

impl Report for Preview {
    fn json(&self) -> Value {
        let diff: String = self
            .diffs
            .iter()
            .map(|diff| diff.text(Paint::Plain))
            .collect();
        let access = self.access.iter().map(|change| {
            json!({
                "user": change.user.as_str(),
                "access": change.access,
                "before": change.before,
                "after": change.after,
            })
        });
        let done = self.done.json();
        let mut document = done.as_object().cloned().unwrap_or_default();
        document.insert("dry_run".to_owned(), Value::Bool(true));
        document.insert("diff".to_owned(), Value::String(diff));
        document.insert("access".to_owned(), Value::Array(access.collect()));
        Value::Object(document)
    }

    fn text(&self, page: Page) -> String {
        let mut text = Lines::default();
        text.line("dry run, nothing is written; this would be done:");
        for sentence in self.done.sentences().lines() {
            text.line(format_args!("  {sentence}"));
        }
        for diff in &self.diffs {
            text.add(diff.text(page.paint));
        }
        let users = self.access.chunk_by(|left, right| left.user == right.user);
        for changes in users {
            let name = changes.first().map(|change| shown(change.user.as_str()));
            let name = name.unwrap_or_default();
            for (gained, ink, verb) in [(true, Ink::Yes, "gains"), (false, Ink::No, "loses")] {
                let accesses = changes.iter().filter(|change| change.after == gained);
                let accesses: Vec<_> = accesses.map(|change| visible(&change.access)).collect();
                if !accesses.is_empty() {
                    let verb = page.paint.ink(ink, verb);
                    text.line(format_args!("{name} {verb} {}", accesses.join(", ")));
                }
            }
        }
        let users = self.access.chunk_by(|left, right| left.user == right.user);
        match users.count() {
            0 => text.line("nobody gains or loses access"),
            some => text.line(format_args!("{} affected", count(some, "user"))),
        }
        text.finish()
    }
}
