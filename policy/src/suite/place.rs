//! Where a case stands in its file.

/// A value that comes with its place in the text.
pub(super) trait Placed {
    type Value;

    /// Returns line and column, from 1, and the value.
    fn placed(self, text: &str) -> (Option<(usize, usize)>, Self::Value);
}

impl<T> Placed for toml::Spanned<T> {
    type Value = T;

    fn placed(self, text: &str) -> (Option<(usize, usize)>, T) {
        (Some(place(text, self.span().start)), self.into_inner())
    }
}

impl<T> Placed for serde_saphyr::Spanned<T> {
    type Value = T;

    fn placed(self, _text: &str) -> (Option<(usize, usize)>, T) {
        (known(&self.referenced), self.value)
    }
}

/// The line and the column that the YAML reader knows.
pub(super) fn known(location: &serde_saphyr::Location) -> Option<(usize, usize)> {
    let number = |number: u64| usize::try_from(number).ok().filter(|number| *number > 0);
    number(location.line()).zip(number(location.column()))
}

/// The line and the column, in characters, of a byte of a text.
pub(super) fn place(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.matches('\n').count().saturating_add(1);
    let column = before.chars().rev().take_while(|one| *one != '\n').count();
    (line, column.saturating_add(1))
}

#[cfg(test)]
mod tests {
    use super::{known, place};

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
            // Behind the end is the end.
            (99, (3, 1)),
        ] {
            assert_eq!(place(text, offset), expected, "{offset}");
        }
    }

    #[test]
    fn what_the_reader_does_not_know_is_nowhere() {
        assert_eq!(known(&serde_saphyr::Location::UNKNOWN), None);
    }
}
