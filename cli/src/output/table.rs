//! Aligned tables, through comfy-table.

use comfy_table::{Attribute, Cell, CellAlignment, Color, ContentArrangement, presets};

use super::paint::{Ink, Paint};
use super::{Page, visible};

/// A column: its heading and how its cells are aligned.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Column {
    /// Words, to the left.
    Text(&'static str),
    /// Numbers, to the right.
    Number(&'static str),
}

/// A table for people: a heading, rows, no lines between them.
#[derive(Debug)]
pub(crate) struct Table {
    table: comfy_table::Table,
    paint: Paint,
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
        if let Some(width) = page.width {
            table
                .set_content_arrangement(ContentArrangement::Dynamic)
                .set_width(width);
        }
        table.set_header(columns.iter().map(|column| {
            let (Column::Text(heading) | Column::Number(heading)) = column;
            Cell::new(heading).add_attribute(Attribute::Bold)
        }));
        for (column, shown) in columns.iter().zip(table.column_iter_mut()) {
            shown.set_padding((0, 2));
            if matches!(column, Column::Number(_)) {
                shown.set_cell_alignment(CellAlignment::Right);
            }
        }
        Self {
            table,
            paint: page.paint,
        }
    }

    /// Adds a row of one ink; an empty cell is shown as a dash.
    pub(crate) fn row(&mut self, ink: Ink, cells: impl IntoIterator<Item = String>) {
        let coloured = cells.into_iter().map(|text| {
            let cell = if text.is_empty() {
                Cell::new("–")
            } else {
                Cell::new(visible(&text))
            };
            match (self.paint, ink) {
                (Paint::Plain, _) | (Paint::Colour, Ink::Plain) => cell,
                (Paint::Colour, Ink::Designer | Ink::No) => cell.fg(Color::DarkRed),
                (Paint::Colour, Ink::Administrator | Ink::Yes) => cell.fg(Color::DarkGreen),
                (Paint::Colour, Ink::Help) => cell.fg(Color::DarkCyan),
                (Paint::Colour, Ink::Strong) => cell.add_attribute(Attribute::Bold),
                (Paint::Colour, Ink::Faint) => cell.add_attribute(Attribute::Dim),
            }
        });
        let row: Vec<Cell> = coloured.collect();
        self.table.add_row(row);
    }

    /// Returns the table's text, each line without trailing spaces.
    pub(crate) fn render(&self) -> String {
        let mut text = String::new();
        for line in self.table.lines() {
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}
