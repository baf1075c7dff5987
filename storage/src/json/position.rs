//! From byte offsets to the lines and columns that people use.

use guichet_core::Position;

/// The distance between two remembered places, in bytes.
const STRIDE: usize = 512;

/// The byte order mark, which takes no column.
pub(crate) const BOM: &str = "\u{feff}";

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
        let target = target.min(bytes.len());
        self.position = self.position.walked(bytes, self.offset, target);
        self.offset = self.offset.max(target);
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
    use guichet_core::Position;

    use super::{LineIndex, STRIDE};

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
