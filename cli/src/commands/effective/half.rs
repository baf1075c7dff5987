//! A table whose second column is written as it is found.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::output::{Column, Ink, Page, Table};

/// A table of which only the first column is laid out; each list is written as it is found.
pub(super) struct Half {
    page: Page,
    heading: &'static str,
    margin: std::vec::IntoIter<String>,
}

impl Half {
    /// Lays out the first column.
    pub(super) fn new<'a>(
        page: Page,
        [first, second]: [&'static str; 2],
        names: impl Iterator<Item = Cow<'a, str>>,
    ) -> Self {
        let mut table = Table::new(page, &[Column::Text(first)]);
        for name in names {
            table.row([name.into_owned().into()]);
        }
        Self {
            page,
            heading: second,
            margin: table.margin().into_iter(),
        }
    }

    /// Writes the line of headings.
    pub(super) fn heading(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let margin = self.margin.next().unwrap_or_default();
        let heading = self.page.paint.ink(Ink::Strong, self.heading);
        writeln!(out, "{margin}{heading}")
    }

    /// Writes the next line: the names that have these ranks.
    pub(super) fn line(
        &mut self,
        ranks: &[u32],
        names: &[impl AsRef<str>],
        out: &mut dyn Write,
    ) -> io::Result<()> {
        out.write_all(self.margin.next().unwrap_or_default().as_bytes())?;
        if ranks.is_empty() {
            out.write_all(b"none")?;
        }
        let mut comma = "";
        for name in ranks.iter().filter_map(|rank| names.get(*rank as usize)) {
            out.write_all(comma.as_bytes())?;
            out.write_all(name.as_ref().as_bytes())?;
            comma = ", ";
        }
        out.write_all(b"\n")
    }
}
