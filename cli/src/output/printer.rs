//! The sink: the one place that writes to a stream, and all that it takes.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, PrettyFormatter};

use super::{Document, Foreign, Page, Text, json, wrapped};

/// A stream and how text is laid out on it.
///
/// There is no way to write a string: what people read is a [`Text`], what programs read is a
/// [`Foreign`] text or JSON, and a directory itself is a [`Document`].
pub(crate) struct Printer<'w> {
    out: &'w mut dyn Write,
    page: Page,
}

impl<'w> Printer<'w> {
    /// Takes a stream.
    pub(crate) const fn new(out: &'w mut dyn Write, page: Page) -> Self {
        Self { out, page }
    }

    /// Returns how text is laid out.
    pub(crate) const fn page(&self) -> Page {
        self.page
    }

    /// Prints text for people; a narrow terminal breaks its lines between words.
    pub(crate) fn text(&mut self, text: &Text) -> io::Result<()> {
        let painted = text.painted(self.page.paint);
        let fitted = wrapped(&painted, self.page.width);
        self.out.write_all(fitted.as_bytes())
    }

    /// Prints text for another program.
    pub(crate) fn foreign(&mut self, text: &Foreign) -> io::Result<()> {
        self.out.write_all(text.printed().as_bytes())
    }

    /// Hands a directory over, byte for byte.
    pub(crate) fn document(&mut self, document: &Document) -> io::Result<()> {
        self.out.write_all(document.text().as_bytes())
    }

    /// Prints JSON.
    pub(crate) fn json(&mut self, value: &(impl Serialize + ?Sized)) -> io::Result<()> {
        json::write(self.out, value, PrettyFormatter::new())
    }

    /// Prints JSON in one line, for a stream of them.
    pub(crate) fn json_line(&mut self, value: &impl Serialize) -> io::Result<()> {
        json::write(self.out, value, CompactFormatter)
    }

    /// Sees to it that everything is written.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
