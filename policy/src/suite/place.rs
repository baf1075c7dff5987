//! Where a case is in its file.

use guichet_core::Position;

/// A value that comes with its place in the text.
pub(super) trait Placed {
    type Value;

    /// Returns where it begins.
    fn start(&self) -> Start;

    /// Returns the value.
    fn value(self) -> Self::Value;
}

/// Where something begins, as the reader reports it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    /// At a byte of the text.
    Byte(usize),
    /// At a position; `None` if the reader does not know.
    Place(Option<Position>),
}

impl<T> Placed for toml::Spanned<T> {
    type Value = T;

    fn start(&self) -> Start {
        Start::Byte(self.span().start)
    }

    fn value(self) -> T {
        self.into_inner()
    }
}

impl<T> Placed for serde_saphyr::Spanned<T> {
    type Value = T;

    fn start(&self) -> Start {
        Start::Place(known(&self.referenced))
    }

    fn value(self) -> T {
        self.value
    }
}

/// A text whose lines are known.
#[derive(Debug)]
pub(super) struct Lines<'t> {
    text: &'t str,
    /// Where each line but the first begins.
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    /// Finds the lines, in time linear in the text.
    pub(super) fn new(text: &'t str) -> Self {
        let ends = text.match_indices('\n');
        Self {
            text,
            starts: ends.map(|(end, _)| end.saturating_add(1)).collect(),
        }
    }

    /// Returns the line, from 1, in time logarithmic in the number of lines.
    pub(super) fn line(&self, start: Start) -> Option<u32> {
        match start {
            Start::Byte(offset) => u32::try_from(self.line_of(offset, || ())).ok(),
            Start::Place(place) => place.map(|position| position.line),
        }
    }

    fn line_of(&self, offset: usize, mut looked_at: impl FnMut()) -> usize {
        let is_before = |start: &usize| {
            looked_at();
            *start <= offset
        };
        self.starts.partition_point(is_before).saturating_add(1)
    }

    /// Returns line and column, in time linear in the text.
    pub(super) fn place(&self, start: Start) -> Option<Position> {
        match start {
            Start::Byte(offset) => Some(Position::new(self.text.as_bytes(), offset)),
            Start::Place(place) => place,
        }
    }
}

/// The line and the column that the YAML reader knows.
pub(super) fn known(location: &serde_saphyr::Location) -> Option<Position> {
    let number = |number: u64| u32::try_from(number).ok().filter(|number| *number > 0);
    let (line, column) = number(location.line()).zip(number(location.column()))?;
    Some(Position { line, column })
}

#[cfg(test)]
mod tests {
    use super::{Lines, Position, Start, known};

    #[test]
    fn lines_and_characters_are_counted_from_one() {
        let text = "né\nà b\n";
        for (offset, expected) in [
            (0, (1, 1)),
            (3, (1, 3)),
            (4, (2, 1)),
            (6, (2, 2)),
            (8, (2, 4)),
            (9, (3, 1)),
            // After the end is the end.
            (99, (3, 1)),
        ] {
            let (lines, start) = (Lines::new(text), Start::Byte(offset));
            let (line, column) = expected;
            let expected = Position { line, column };
            assert_eq!(lines.place(start), Some(expected), "{offset}");
            assert_eq!(lines.line(start), Some(line), "{offset}");
        }
    }

    /// Found by a trial: a suite of 32,000 cases took 71 s to read, each counted from the start.
    #[test]
    fn a_line_is_found_without_counting_from_the_start() {
        for (lines, most) in [(1_024, 11), (2_048, 12), (4_096, 13)] {
            let text = "case\n".repeat(lines);
            let known = Lines::new(&text);
            for line in (0..lines).step_by(97) {
                let mut steps = 0;
                let found = known.line_of(line * 5, || steps += 1);
                assert_eq!(found, line + 1);
                assert!(steps <= most, "{steps}");
            }
        }
    }

    #[test]
    fn what_the_reader_does_not_know_is_nowhere() {
        assert_eq!(known(&serde_saphyr::Location::UNKNOWN), None);
    }
}
