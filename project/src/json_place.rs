//! Where a reader of JSON stopped, as people count: the reader counts bytes of a line.

use guichet_storage::json::Position;

/// Returns the place of a line and a byte of it, both from 1; the last place where the text ends before.
pub(crate) fn position(text: &str, line: usize, byte: usize) -> Position {
    let lines = text.split_inclusive('\n');
    let before: usize = lines.take(line.saturating_sub(1)).map(str::len).sum();
    let offset = (before + byte.saturating_sub(1)).min(text.len());
    Position::new(text.as_bytes(), text.floor_char_boundary(offset))
}
