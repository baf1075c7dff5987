//! Lists: the same things as rows of a table for people, as an array of objects for programs.

use std::fmt::Debug;

use serde::Serialize;
use serde_json::Value;

use super::{Column, Content, Page, Report, Table, Text, to_json};

/// A thing of a list; as it is serialised programs get it.
pub(crate) trait Row: Debug + Serialize {
    /// The headings of its table.
    const COLUMNS: &'static [Column];
    /// What is said where there is none.
    const NONE: &'static str;

    /// Returns its cells, one below each heading.
    fn cells(&self) -> Vec<Content>;
}

/// Every thing of a kind.
#[derive(Debug)]
pub(crate) struct Listing<R>(pub(crate) Vec<R>);

impl<R: Row> Report for Listing<R> {
    fn json(&self) -> Value {
        to_json(&self.0)
    }

    fn text(&self, page: Page) -> Text {
        if self.0.is_empty() {
            return Text::saying(R::NONE);
        }
        let mut table = Table::new(page, R::COLUMNS);
        for row in &self.0 {
            table.row(row.cells());
        }
        table.render()
    }
}
