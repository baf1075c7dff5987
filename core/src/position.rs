//! Places in a text, in the lines and columns that people use.

use std::fmt;

/// The byte order mark, which takes no column.
const BOM: &[u8] = "\u{feff}".as_bytes();

/// A place in a text as an editor shows it.
///
/// Lines end with a line feed, with a carriage return and a line feed, or with a carriage return alone.
/// A byte order mark at the very beginning takes no column.
///
/// ```
/// use guichet_core::Position;
///
/// let text = "{\n\t\"é\": 1,\r\n}";
/// let comma = Position::new(text.as_bytes(), text.find(',').unwrap());
/// assert_eq!(comma, Position { line: 2, column: 8 });
/// assert_eq!(comma.to_string(), "line 2, column 8");
/// ```
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
        Self::START.walked(bytes, 0, offset)
    }

    /// Returns the position of the byte offset `to`, where this one is that of the byte offset `from`;
    /// linear in the bytes between them.
    #[must_use]
    pub fn walked(self, bytes: &[u8], from: usize, to: usize) -> Self {
        let from = if from == 0 && bytes.starts_with(BOM) {
            BOM.len()
        } else {
            from
        };
        let to = to.min(bytes.len());
        let Self {
            mut line,
            mut column,
        } = self;
        let between = bytes.get(from..to).unwrap_or_default();
        for (next, &byte) in (from.saturating_add(1)..).zip(between) {
            let ends_line = match byte {
                b'\n' => true,
                b'\r' => bytes.get(next) != Some(&b'\n'),
                _ => false,
            };
            if ends_line {
                line = line.saturating_add(1);
                column = 1;
            } else if byte & 0b1100_0000 != 0b1000_0000 {
                column = column.saturating_add(1);
            }
        }
        Self { line, column }
    }

    /// Returns the position of a byte of a line, both counted from 1 and lines by their line feeds, as
    /// readers such as `serde_json` count; linear. After the end of the text it is the end.
    pub fn from_line_and_byte(text: &str, line: usize, byte: usize) -> Self {
        let lines = text.split_inclusive('\n');
        let before: usize = lines.take(line.saturating_sub(1)).map(str::len).sum();
        let offset = before.saturating_add(byte.saturating_sub(1));
        let offset = text.floor_char_boundary(offset.min(text.len()));
        Self::new(text.as_bytes(), offset)
    }
}

impl fmt::Display for Position {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "line {}, column {}", self.line, self.column)
    }
}

#[cfg(test)]
mod tests {
    use super::Position;

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
    fn a_byte_of_a_line_is_a_character_of_it() {
        let at = |line, byte| Position::from_line_and_byte("né\nà b\n", line, byte).to_string();
        assert_eq!(at(1, 2), "line 1, column 2");
        assert_eq!(at(2, 4), "line 2, column 3");
        assert_eq!(at(9, 9), "line 3, column 1");
    }
}
