//! Labelled facts, one a line, for showing a single thing.

use super::{Ink, Page};

/// A list of labels and values, aligned.
#[derive(Debug)]
pub(crate) struct Facts {
    page: Page,
    rows: Vec<(String, Ink, String)>,
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
    pub(crate) fn add(&mut self, label: &str, value: impl Into<String>) {
        self.rows.push((label.to_owned(), Ink::Plain, value.into()));
    }

    /// Adds a fact whose value is inked.
    pub(crate) fn add_inked(&mut self, label: &str, ink: Ink, value: &str) {
        self.rows.push((label.to_owned(), ink, value.to_owned()));
    }

    /// Returns the text.
    pub(crate) fn render(&self) -> String {
        let width = self
            .rows
            .iter()
            .map(|(label, ..)| label.chars().count())
            .max()
            .unwrap_or(0);
        let mut text = String::new();
        for (label, ink, value) in &self.rows {
            let label = self.page.paint.ink(Ink::Faint, &format!("{label:width$}"));
            let value = self.page.paint.ink(*ink, value);
            text.push_str(format!("{label}  {value}").trim_end());
            text.push('\n');
        }
        text
    }
}

/// Joins names for people; says `none` when there are none.
pub(crate) fn listed(names: &[String]) -> String {
    if names.is_empty() {
        "none".to_owned()
    } else {
        names.join(", ")
    }
}
