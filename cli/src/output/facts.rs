//! Labelled facts, one a line, for showing a single thing.

use std::fmt::Display;

use super::wrap::behind_margin;
use super::{Ink, Page, Text};

/// Spaces between a label and its value.
const GAP: usize = 2;

/// A list of labels and values, aligned.
#[derive(Debug)]
pub(crate) struct Facts {
    page: Page,
    rows: Vec<(&'static str, Text)>,
}

impl Facts {
    /// Starts an empty list.
    pub(crate) const fn new(page: Page) -> Self {
        Self {
            page,
            rows: Vec::new(),
        }
    }

    /// Adds a fact.
    pub(crate) fn add(&mut self, label: &'static str, value: impl Display) {
        self.add_text(label, Text::of(value));
    }

    /// Adds a fact whose value is inked.
    pub(crate) fn add_inked(&mut self, label: &'static str, ink: Ink, value: impl Display) {
        self.add_text(label, Text::inked(ink, value));
    }

    /// Adds a fact whose value is a text.
    pub(crate) fn add_text(&mut self, label: &'static str, value: Text) {
        self.rows.push((label, value));
    }

    /// Returns the text.
    pub(crate) fn render(&self) -> Text {
        let width = self
            .rows
            .iter()
            .map(|(label, _)| label.chars().count())
            .max()
            .unwrap_or(0);
        let mut text = Text::default();
        for (label, value) in &self.rows {
            text.ink(Ink::Faint, format_args!("{label:width$}"));
            if !value.is_empty() {
                text.add(format_args!("{:GAP$}", ""));
                let value = value.painted(self.page.paint);
                let fitted = behind_margin(&value, width + GAP, self.page.width);
                text.append(&Text::drawn(&fitted));
            }
            text.end();
        }
        text
    }
}
