//! Text made line by line.

use std::fmt::{Display, Write as _};

/// A text under construction.
#[derive(Debug, Default)]
pub(crate) struct Lines(String);

impl Lines {
    /// Adds a piece.
    pub(crate) fn add(&mut self, piece: impl Display) {
        // Writing to a string cannot fail.
        let _ = write!(self.0, "{piece}");
    }

    /// Adds a piece and ends the line.
    pub(crate) fn line(&mut self, piece: impl Display) {
        self.add(piece);
        self.0.push('\n');
    }

    /// Returns the text.
    pub(crate) fn finish(self) -> String {
        self.0
    }
}
