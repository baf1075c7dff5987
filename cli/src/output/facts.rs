//! Labelled facts, one a line, for showing a single thing.

use super::wrap::behind_margin;
use super::{Ink, Page, visible};

/// Spaces between a label and its value.
const GAP: usize = 2;

/// A list of labels and values, aligned.
#[derive(Debug)]
pub(crate) struct Facts {
    page: Page,
    rows: Vec<(&'static str, String)>,
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
    pub(crate) fn add(&mut self, label: &'static str, value: impl AsRef<str>) {
        self.add_painted(label, visible(value.as_ref()));
    }

    /// Adds a fact whose value is inked.
    pub(crate) fn add_inked(&mut self, label: &'static str, ink: Ink, value: &str) {
        self.add_painted(label, self.page.paint.ink(ink, &visible(value)));
    }

    /// Adds a fact whose value has its colours already.
    pub(crate) fn add_painted(&mut self, label: &'static str, value: impl Into<String>) {
        self.rows.push((label, value.into()));
    }

    /// Returns the text.
    pub(crate) fn render(&self) -> String {
        let width = self
            .rows
            .iter()
            .map(|(label, _)| label.chars().count())
            .max()
            .unwrap_or(0);
        let mut text = String::new();
        for (label, value) in &self.rows {
            let value = behind_margin(value, width + GAP, self.page.width);
            let label = self.page.paint.ink(Ink::Faint, &format!("{label:width$}"));
            text.push_str(format!("{label}{:GAP$}{value}", "").trim_end());
            text.push('\n');
        }
        text
    }
}
