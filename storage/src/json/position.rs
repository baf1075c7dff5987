//! From byte offsets to the lines and columns that people use.

use std::fmt;

/// The distance between two remembered places, in bytes.
const STRIDE: usize = 512;

/// The byte order mark, which takes no column.
pub(crate) const BOM: &str = "\u{feff}";

/// A place in a text as an editor shows it.
///
/// Lines end with a line feed, with a carriage return and a line feed, or with a carriage return alone.
/// A byte order mark at the very beginning takes no column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line, one-based.
    pub line: u32,
    /// The column, one-based, in Unicode scalar values.
    pub column: u32,
}

impl Position {
    /// The first character of a text.
    pub const START: Self = Self { line: 1, column: 1 };

    /// Returns the position of the byte offset `offset` in `bytes`, counting from the beginning; linear.
    ///
    /// The bytes need not be UTF-8 after `offset`; an offset past the end gives the position of the end.
    pub fn new(bytes: &[u8], offset: usize) -> Self {
        let mut cursor = Cursor::default();
        cursor.advance(bytes, offset);
        cursor.position
    }
}

impl fmt::Display for Position {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "line {}, column {}", self.line, self.column)
    }
}

/// A place that moves forward through the bytes.
#[derive(Clone, Copy, Debug)]
struct Cursor {
    offset: usize,
    position: Position,
}

impl Default for Cursor {
    fn default() -> Self {
        Self {
            offset: 0,
            position: Position::START,
        }
    }
}

impl Cursor {
    /// Moves to `target`, or to the end of `bytes` where that comes first.
    fn advance(&mut self, bytes: &[u8], target: usize) {
        if self.offset == 0 && bytes.starts_with(BOM.as_bytes()) {
            self.offset = BOM.len();
        }
        let target = target.min(bytes.len());
        let Position {
            mut line,
            mut column,
        } = self.position;
        for (step, &byte) in bytes
            .get(self.offset..target)
            .unwrap_or_default()
            .iter()
            .enumerate()
        {
            let ends_line = match byte {
                b'\n' => true,
                b'\r' => bytes.get(self.offset + step + 1) != Some(&b'\n'),
                _ => false,
            };
            if ends_line {
                line = line.saturating_add(1);
                column = 1;
            } else if byte & 0b1100_0000 != 0b1000_0000 {
                column = column.saturating_add(1);
            }
        }
        self.offset = self.offset.max(target);
        self.position = Position { line, column };
    }
}

/// Remembered places of a text, so that each question costs at most [`STRIDE`] bytes of counting.
#[derive(Clone, Debug)]
pub(crate) struct LineIndex {
    marks: Vec<Cursor>,
}

impl LineIndex {
    /// Walks through `text` once.
    pub(crate) fn new(text: &str) -> Self {
        let mut marks = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut cursor = Cursor::default();
        marks.push(cursor);
        while cursor.offset + STRIDE < text.len() {
            cursor.advance(text.as_bytes(), cursor.offset + STRIDE);
            marks.push(cursor);
        }
        Self { marks }
    }

    /// Returns the position of a byte offset of the text that the index was made from.
    pub(crate) fn position(&self, text: &str, offset: usize) -> Position {
        let after = self.marks.partition_point(|mark| mark.offset <= offset);
        let mut cursor = after
            .checked_sub(1)
            .and_then(|index| self.marks.get(index))
            .copied()
            .unwrap_or_default();
        cursor.advance(text.as_bytes(), offset);
        cursor.position
    }
}

#[cfg(test)]
mod tests {
    use super::{LineIndex, Position, STRIDE};

    fn at(text: &str, offset: usize) -> (u32, u32) {
        let position = Position::new(text.as_bytes(), offset);
        (position.line, position.column)
    }

    #[test]
    fn every_kind_of_line_end_counts_once() {
        let text = "a\nb\r\nc\rd";
        assert_eq!(at(text, 0), (1, 1));
        assert_eq!(at(text, 2), (2, 1));
        assert_eq!(
            at(text, 3),
            (2, 2),
            "the carriage return of a pair still belongs to its line"
        );
        assert_eq!(at(text, 5), (3, 1));
        assert_eq!(at(text, 7), (4, 1));
        assert_eq!(at(text, 99), (4, 2));
    }

    #[test]
    fn columns_are_scalar_values_and_a_byte_order_mark_takes_none() {
        for offset in 0..=3 {
            assert_eq!(at("\u{feff}{", offset), (1, 1), "{offset}");
        }
        assert_eq!(at("é😀x", 6), (1, 3));
    }

    #[test]
    fn the_index_agrees_with_counting_from_the_beginning() {
        let line = "\u{feff}öé\r\n\t\"ab\"\rx\n".repeat(STRIDE / 8);
        let long = format!("{line}{}", "é".repeat(STRIDE));
        let index = LineIndex::new(&long);
        for offset in (0..=long.len()).step_by(7) {
            assert_eq!(
                index.position(&long, offset),
                Position::new(long.as_bytes(), offset),
                "{offset}"
            );
        }
    }
}
