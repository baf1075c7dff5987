//! Aligned tables, through comfy-table; where the terminal is too narrow for one, each row by itself.

use std::borrow::Cow;

use comfy_table::{
    Attribute, Cell, CellAlignment, Color, ColumnConstraint, ContentArrangement, Width, presets,
};
use textwrap::core::display_width;

use super::paint::{Ink, Paint};
use super::{Facts, Page, Text, visible};

/// Spaces between two columns.
const GAP: u16 = 2;
/// The longest word that is kept whole, in columns: some more than a moment has.
const LONGEST_WORD: usize = 32;

/// A column: its heading and how its cells are aligned.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Column {
    /// Words, to the left.
    Text(&'static str),
    /// Numbers, to the right.
    Number(&'static str),
}

impl Column {
    const fn heading(self) -> &'static str {
        let (Self::Text(heading) | Self::Number(heading)) = self;
        heading
    }
}

/// What is in one cell; nothing is shown as a dash.
#[derive(Debug)]
pub(crate) struct Content {
    ink: Ink,
    text: String,
}

impl Content {
    /// Makes a cell in an ink.
    pub(crate) fn inked(ink: Ink, text: impl Into<String>) -> Self {
        let text = text.into();
        Self { ink, text }
    }

    fn shown(&self) -> Cow<'_, str> {
        if self.text.is_empty() {
            Cow::Borrowed("–")
        } else {
            visible(&self.text)
        }
    }

    fn cell(&self, paint: Paint) -> Cell {
        let cell = Cell::new(self.shown());
        match (paint, self.ink) {
            (Paint::Plain, _) | (Paint::Colour, Ink::Plain) => cell,
            (Paint::Colour, Ink::Designer | Ink::No) => cell.fg(Color::DarkRed),
            (Paint::Colour, Ink::Administrator | Ink::Yes) => cell.fg(Color::DarkGreen),
            (Paint::Colour, Ink::Help) => cell.fg(Color::DarkCyan),
            (Paint::Colour, Ink::Strong) => cell.add_attribute(Attribute::Bold),
            (Paint::Colour, Ink::Faint) => cell.add_attribute(Attribute::Dim),
        }
    }
}

impl<T: Into<String>> From<T> for Content {
    fn from(text: T) -> Self {
        Self::inked(Ink::Plain, text)
    }
}

/// A table for people: a heading, rows, no lines between them.
#[derive(Debug)]
pub(crate) struct Table {
    page: Page,
    columns: Vec<Column>,
    rows: Vec<Vec<Content>>,
}

impl Table {
    /// Starts a table with these columns.
    pub(crate) fn new(page: Page, columns: &[Column]) -> Self {
        Self {
            page,
            columns: columns.to_vec(),
            rows: Vec::new(),
        }
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, contents: impl IntoIterator<Item = Content>) {
        self.rows.push(contents.into_iter().collect());
    }

    /// Returns the table's text, each line without trailing spaces.
    ///
    /// The library is given cells that are safe already; of what it draws the colours are kept.
    ///
    /// On a terminal cells are wrapped between words. Where not even the longest words are beside
    /// each other, each row is a list of its own.
    pub(crate) fn render(&self) -> Text {
        let mut table = self.aligned();
        if let Some(width) = self.page.width {
            let least: Vec<u16> = self.least_widths().collect();
            let sum = least.iter().copied().fold(0, u16::saturating_add);
            if sum > width && !self.rows.is_empty() {
                return self.row_by_row();
            }
            table
                .set_content_arrangement(ContentArrangement::Dynamic)
                .set_width(width);
            for (column, least) in table.column_iter_mut().zip(least) {
                column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(least)));
            }
        }
        let mut text = Text::default();
        for line in table.lines() {
            text.line_of(&Text::drawn(line.trim_end()));
        }
        text
    }

    fn aligned(&self) -> comfy_table::Table {
        let mut table = comfy_table::Table::new();
        table.load_style(presets::NOTHING);
        match self.page.paint {
            Paint::Colour => table.enforce_styling(),
            Paint::Plain => table.force_no_tty(),
        };
        let headings = self.columns.iter().map(|column| column.heading());
        table.set_header(headings.map(|heading| Cell::new(heading).add_attribute(Attribute::Bold)));
        for (column, shown) in self.columns.iter().zip(table.column_iter_mut()) {
            shown.set_padding((0, GAP));
            if matches!(column, Column::Number(_)) {
                shown.set_cell_alignment(CellAlignment::Right);
            }
        }
        for row in &self.rows {
            table.add_row(row.iter().map(|content| content.cell(self.page.paint)));
        }
        table
    }

    /// The width that each column needs for its longest word, with the gap after it.
    fn least_widths(&self) -> impl Iterator<Item = u16> {
        self.columns.iter().enumerate().map(|(index, column)| {
            let cells = self.rows.iter().filter_map(move |row| row.get(index));
            let texts = cells.map(Content::shown);
            let texts = texts.chain([Cow::Borrowed(column.heading())]);
            let words = texts.map(|text| longest_word(&text)).max();
            let least = words.unwrap_or(1).min(LONGEST_WORD);
            u16::try_from(least).unwrap_or(u16::MAX).saturating_add(GAP)
        })
    }

    fn row_by_row(&self) -> Text {
        let mut text = Text::default();
        for (index, row) in self.rows.iter().enumerate() {
            if index > 0 {
                text.end();
            }
            let mut facts = Facts::new(self.page);
            for (column, content) in self.columns.iter().zip(row) {
                facts.add_inked(column.heading(), content.ink, content.shown());
            }
            text.append(&facts.render());
        }
        text
    }
}

fn longest_word(text: &str) -> usize {
    let words = text.split_whitespace().map(display_width);
    words.max().unwrap_or(1)
}
