//! What a command says: one value, printed as text for people or as JSON for programs.

mod facts;
mod lines;
mod listing;
mod mask;
mod names;
mod paint;
mod snippet;
mod table;
mod wrap;

pub(crate) use facts::Facts;
pub(crate) use lines::Lines;
pub(crate) use listing::{Listing, Row};
pub(crate) use names::{Person, chain, joined, listed, listed_people, shown, some_listed, visible};
pub use paint::Paint;
pub(crate) use paint::{Ink, verdict};
pub(crate) use snippet::{coded_snippets, snippet, snippets};
pub(crate) use table::{Column, Content, Table};
pub(crate) use wrap::wrapped;

use std::io::{self, Write};

use serde_json::Value;

use crate::exit_status::ExitStatus;

/// How text is laid out: its colours and its width.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Page {
    /// Colours, or their absence.
    pub(crate) paint: Paint,
    /// Columns of the terminal; `None` when the text does not go to one.
    pub(crate) width: Option<u16>,
}

/// What a command found.
pub(crate) trait Report: std::fmt::Debug {
    /// Returns the JSON document, members in a stable order.
    fn json(&self) -> Value;

    /// Returns the text, with a line end after each line.
    fn text(&self, page: Page) -> String;

    /// Writes the JSON document; what is large does so piece by piece.
    ///
    /// # Errors
    ///
    /// The stream's.
    fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(json_text(&self.json()).as_bytes())
    }

    /// Tells whether the text is for people alone, so that a narrow terminal may break its lines.
    fn is_prose(&self) -> bool {
        true
    }

    /// Writes the text; what is large does so piece by piece.
    ///
    /// # Errors
    ///
    /// The stream's.
    fn write_text(&self, page: Page, out: &mut dyn Write) -> io::Result<()> {
        let text = self.text(page);
        let width = page.width.filter(|_| self.is_prose());
        out.write_all(wrapped(&text, width).as_bytes())
    }

    /// Returns how the process ends.
    fn status(&self) -> ExitStatus {
        ExitStatus::Yes
    }
}

/// Text that is the same in every format: a drawing, a script, a manual page.
#[derive(Debug)]
pub(crate) struct Raw(pub(crate) String);

impl Report for Raw {
    fn json(&self) -> Value {
        Value::String(self.0.clone())
    }

    fn text(&self, _: Page) -> String {
        self.0.clone()
    }

    fn is_prose(&self) -> bool {
        false
    }
}

/// Turns a serialisable value into JSON; none of ours can fail.
pub(crate) fn to_json(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap_or(Value::Null)
}

/// Returns a JSON document as it is printed.
pub(crate) fn json_text(value: &Value) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

/// Says `1 user`, `2 users`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    if number == 1 {
        format!("1 {noun}")
    } else {
        format!("{number} {noun}s")
    }
}
