//! Aligned tables, through comfy-table.

use comfy_table::{
    Attribute, Cell, CellAlignment, Color, ColumnConstraint, ContentArrangement, Width, presets,
};

use super::paint::{Ink, Paint};
use super::{Page, visible};

/// Spaces between two columns.
const GAP: u16 = 2;
/// The longest word that a column keeps whole at the cost of the others, in characters.
const LONGEST_WORD: usize = 24;

/// A column: its heading and how its cells are aligned.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Column {
    /// Words, to the left.
    Text(&'static str),
    /// Numbers, to the right.
    Number(&'static str),
}

/// What stands in one cell; nothing is shown as a dash.
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
}

impl<T: Into<String>> From<T> for Content {
    fn from(text: T) -> Self {
        Self::inked(Ink::Plain, text)
    }
}

/// A table for people: a heading, rows, no lines between them.
#[derive(Debug)]
pub(crate) struct Table {
    inner: comfy_table::Table,
    page: Page,
    /// The longest word of each column, in characters.
    words: Vec<usize>,
}

impl Table {
    /// Starts a table with these columns.
    pub(crate) fn new(page: Page, columns: &[Column]) -> Self {
        let mut table = comfy_table::Table::new();
        table.load_style(presets::NOTHING);
        match page.paint {
            Paint::Colour => table.enforce_styling(),
            Paint::Plain => table.force_no_tty(),
        };
        let headings = columns.iter().map(|column| {
            let (Column::Text(heading) | Column::Number(heading)) = column;
            *heading
        });
        table.set_header(
            headings
                .clone()
                .map(|heading| Cell::new(heading).add_attribute(Attribute::Bold)),
        );
        for (column, shown) in columns.iter().zip(table.column_iter_mut()) {
            shown.set_padding((0, GAP));
            if matches!(column, Column::Number(_)) {
                shown.set_cell_alignment(CellAlignment::Right);
            }
        }
        Self {
            inner: table,
            page,
            words: headings.map(longest_word).collect(),
        }
    }

    /// Adds a row.
    pub(crate) fn row<const N: usize>(&mut self, contents: [Content; N]) {
        for (longest, content) in self.words.iter_mut().zip(&contents) {
            *longest = (*longest).max(longest_word(&content.text));
        }
        let paint = self.page.paint;
        let row = contents.map(|content| {
            let cell = if content.text.is_empty() {
                Cell::new("–")
            } else {
                Cell::new(visible(&content.text))
            };
            match (paint, content.ink) {
                (Paint::Plain, _) | (Paint::Colour, Ink::Plain) => cell,
                (Paint::Colour, Ink::Designer | Ink::No) => cell.fg(Color::DarkRed),
                (Paint::Colour, Ink::Administrator | Ink::Yes) => cell.fg(Color::DarkGreen),
                (Paint::Colour, Ink::Help) => cell.fg(Color::DarkCyan),
                (Paint::Colour, Ink::Strong) => cell.add_attribute(Attribute::Bold),
                (Paint::Colour, Ink::Faint) => cell.add_attribute(Attribute::Dim),
            }
        });
        self.inner.add_row(row);
    }

    /// Returns the table's text, each line without trailing spaces.
    pub(crate) fn render(mut self) -> String {
        if let Some(width) = self.page.width {
            self.fit(width);
        }
        let mut text = String::new();
        for line in self.inner.lines() {
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }

    /// Returns the lines, each with the spaces that another column would stand behind.
    pub(crate) fn margin(&self) -> Vec<String> {
        self.inner.lines().collect()
    }

    /// Wraps cells so that the table keeps to a width, between words where the width allows it.
    fn fit(&mut self, width: u16) {
        self.inner
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(width);
        let words = self.words.iter().map(|word| (*word).min(LONGEST_WORD));
        let least = words.filter_map(|word| u16::try_from(word).ok()?.checked_add(GAP));
        let least: Vec<u16> = least.collect();
        let sum = least
            .iter()
            .fold(0, |sum: u16, one| sum.saturating_add(*one));
        if sum <= width {
            for (column, least) in self.inner.column_iter_mut().zip(least) {
                column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(least)));
            }
        }
    }
}

fn longest_word(text: &str) -> usize {
    let words = text.split_whitespace().map(|word| word.chars().count());
    words.max().unwrap_or(1)
}
