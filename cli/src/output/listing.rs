//! Lists: the same things as rows of a table for people, as an array of objects for programs.

use std::fmt::Debug;

use serde::Serialize;

use super::{Column, Content, Page, Report, Table, Text};
use crate::exit_status::ExitStatus;

/// A thing of a list; as it is serialised programs get it.
pub(crate) trait Row: Debug + Serialize {
    /// The headings of its table.
    const COLUMNS: &'static [Column];
    /// What is printed for an empty list.
    const NONE: &'static str;

    /// Returns its cells, one below each heading.
    fn cells(&self) -> Vec<Content>;

    /// Returns how the process ends for it; a list ends as the first of its things that is not well.
    fn status(&self) -> ExitStatus {
        ExitStatus::Yes
    }
}

/// Every thing of a kind.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct Listing<R>(pub(crate) Vec<R>);

impl<R: Row> Report for Listing<R> {
    fn text(&self, page: Page) -> Text {
        table(&self.0, page)
    }

    fn status(&self) -> ExitStatus {
        let mut statuses = self.0.iter().map(Row::status);
        let bad = statuses.find(|status| *status != ExitStatus::Yes);
        bad.unwrap_or(ExitStatus::Yes)
    }
}

/// Returns things as a table.
pub(crate) fn table<R: Row>(rows: &[R], page: Page) -> Text {
    if rows.is_empty() {
        return Text::saying(R::NONE);
    }
    let mut table = Table::new(page, R::COLUMNS);
    for row in rows {
        table.row(row.cells());
    }
    table.render()
}

/// Makes a type a [`Row`]: each column with its cell, and what is said where there is no row.
macro_rules! rows {
    ($type:ty, $none:literal, |$row:ident| {
        $($kind:ident $heading:literal: $cell:expr),+ $(,)?
    }) => {
        impl $crate::output::Row for $type {
            const COLUMNS: &'static [$crate::output::Column] =
                &[$($crate::output::Column::$kind($heading)),+];
            const NONE: &'static str = $none;

            fn cells(&self) -> Vec<$crate::output::Content> {
                let $row = self;
                vec![$($cell.into()),+]
            }
        }
    };
}

pub(crate) use rows;
