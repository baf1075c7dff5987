//! What a command says: one value, printed as text for people or as JSON for programs.
//!
//! Printing is safe by construction. A stream belongs to a [`Printer`], which takes no string:
//!
//! | what | goes in | and is made safe |
//! |---|---|---|
//! | [`Text`], for people | piece by piece; colours are apart from the pieces | each piece, line ends included, when it goes in |
//! | [`Foreign`], for another program | through a [`Writer`] of its target | each piece by the target's rules; the whole when it is printed |
//! | JSON | as a value | each string, when it is written |
//! | [`Document`], a directory.json | whole | not at all: it is the file itself, and no text for people |
//!
//! What came from a file is never told apart from what did not: everything that is no word of this
//! program in its own text is taken for hostile. Libraries that draw (tables, snippets) are given safe
//! texts, and of what they return only the colours are believed.

mod csv;
mod document;
mod facts;
mod foreign;
mod json;
mod listing;
mod markdown;
mod names;
mod paint;
mod printer;
mod snippet;
mod table;
mod targets;
mod text;
mod toml;
mod visible;
mod wrap;

pub(crate) use csv::csv;
pub(crate) use document::Document;
pub(crate) use facts::{Facts, beside};
pub(crate) use foreign::{Foreign, Target, Writer};
pub(crate) use guichet::Person;
pub(crate) use listing::{Listing, Row, rows, table};
pub(crate) use markdown::Markdown;
pub(crate) use names::{
    Marked, chain, joined, listed, listed_people, listed_texts, shown, some_listed,
};
pub use paint::Paint;
pub(crate) use paint::{Ink, verdict};
pub(crate) use printer::Printer;
pub(crate) use snippet::{coded_snippets, snippet, snippets};
pub(crate) use table::{Column, Content, Table};
pub(crate) use targets::{Dot, Github, Mermaid};
pub(crate) use text::Text;
pub(crate) use visible::visible;
use wrap::wrapped;

use std::io;

use serde::Serialize;
use serde_json::Value;

use crate::effect::Made;
use crate::exit_status::ExitStatus;

/// How text is laid out: its colours and its width.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Page {
    /// Colours, or their absence.
    pub(crate) paint: Paint,
    /// Columns of the terminal; `None` when the text does not go to one.
    pub(crate) width: Option<u16>,
}

/// What a command found: as it is serialised programs get it.
pub(crate) trait Report: std::fmt::Debug + erased_serde::Serialize {
    /// Returns the text for people, with a line end after each line; nothing where something else is
    /// printed.
    fn text(&self, _: Page) -> Text {
        Text::default()
    }

    /// Returns what is printed instead of text, where another program reads it.
    fn foreign(&self) -> Option<Foreign> {
        None
    }

    /// Returns the directory.json that is handed over: it is printed instead of text.
    fn document(&self) -> Option<&Document> {
        None
    }

    /// Prints the text; what is large does so piece by piece.
    fn print(&self, printer: &mut Printer<'_>) -> io::Result<()> {
        if let Some(document) = self.document() {
            printer.document(document)
        } else if let Some(foreign) = self.foreign() {
            printer.foreign(&foreign)
        } else {
            printer.text(&self.text(printer.page()))
        }
    }

    /// Returns what was changed before this is printed; somebody must be told where printing fails.
    fn made(&self) -> Made {
        Made::Nothing
    }

    /// Returns how the process ends.
    fn status(&self) -> ExitStatus {
        ExitStatus::Yes
    }
}

erased_serde::serialize_trait_object!(Report);

/// Turns a serialisable value into JSON; none of ours can fail.
pub(crate) fn to_json(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or(Value::Null)
}

/// Says `1 user`, `2 users`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    if number == 1 {
        format!("1 {noun}")
    } else {
        format!("{number} {noun}s")
    }
}
