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
            let label = Text::inked(Ink::Faint, format_args!("{label:width$}"));
            text.append(&beside(&label, width, value, self.page));
        }
        text
    }
}

/// Returns a line with a value beside a label of at most so many columns; where the page ends, the
/// value goes on below itself.
pub(crate) fn beside(label: &Text, columns: usize, value: &Text, page: Page) -> Text {
    let mut line = label.clone();
    if !value.is_empty() {
        let gap = columns.saturating_sub(label.columns()) + GAP;
        line.add(format_args!("{:gap$}", ""));
        if page.width.is_some() {
            let value = value.painted(page.paint);
            let fitted = behind_margin(&value, columns + GAP, page.width);
            line.append(&Text::drawn(&fitted));
        } else {
            line.append(value);
        }
    }
    line.end();
    line
}
