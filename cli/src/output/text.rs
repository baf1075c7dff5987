//! Text for people: what is told, and in which ink, as long as it is not printed.
//!
//! A piece of text goes in by [`Text::add`] and its like, which replace whatever would act on a
//! terminal, line ends included, and hide stored passwords. Colours are put between the pieces by the
//! [`Printer`](super::Printer) when all is said. So a name from a file can neither forge a colour nor a
//! line, whoever prints it: there is no other way to standard output for a string.

use std::borrow::Cow;
use std::fmt::{Display, Write as _};

use clap::builder::StyledStr;
use textwrap::core::display_width;

use super::{Ink, Paint, visible};

/// A text under construction, or a piece of one.
#[derive(Debug, Default, Clone)]
pub(crate) struct Text {
    /// What is shown; nothing in it acts but line ends, and tabs before a line.
    shown: String,
    /// Where an ink begins or ends, in bytes of what is shown.
    marks: Vec<(usize, Mark)>,
}

/// What changes at a place of a text.
#[derive(Debug, Clone)]
enum Mark {
    /// An ink begins.
    Ink(Ink),
    /// Whatever was begun ends.
    End,
    /// What a library that draws said in its place: digits and semicolons.
    Drawn(Box<str>),
}

impl Text {
    /// Makes a piece of text, without a line end.
    pub(crate) fn of(piece: impl Display) -> Self {
        let mut text = Self::default();
        text.add(piece);
        text
    }

    /// Makes a piece of text in an ink, without a line end.
    pub(crate) fn inked(ink: Ink, piece: impl Display) -> Self {
        let mut text = Self::default();
        text.ink(ink, piece);
        text
    }

    /// Makes a text of one line.
    pub(crate) fn saying(sentence: impl Display) -> Self {
        let mut text = Self::default();
        text.line(sentence);
        text
    }

    /// Adds a piece.
    pub(crate) fn add(&mut self, piece: impl Display) {
        let start = self.shown.len();
        // Writing to a string cannot fail.
        let _ = write!(self.shown, "{piece}");
        let added = self.shown.get(start..).unwrap_or_default();
        if let Cow::Owned(safe) = visible(added) {
            self.shown.truncate(start);
            self.shown.push_str(&safe);
        }
    }

    /// Adds a piece in an ink.
    pub(crate) fn ink(&mut self, ink: Ink, piece: impl Display) {
        let start = self.shown.len();
        self.add(piece);
        self.inked_from(start, ink);
    }

    fn inked_from(&mut self, start: usize, ink: Ink) {
        if ink != Ink::Plain && self.shown.len() > start {
            self.marks.push((start, Mark::Ink(ink)));
            self.marks.push((self.shown.len(), Mark::End));
        }
    }

    /// Adds a piece and ends the line.
    pub(crate) fn line(&mut self, piece: impl Display) {
        self.add(piece);
        self.end();
    }

    /// Ends the line.
    pub(crate) fn end(&mut self) {
        self.shown.push('\n');
    }

    /// Goes in by tabs, at the start of a line.
    pub(crate) fn indent(&mut self, tabs: usize) {
        self.shown.extend(std::iter::repeat_n('\t', tabs));
    }

    /// Adds a line of a file behind a sign; the tabs that it starts with stay.
    pub(crate) fn source(&mut self, ink: Ink, sign: &str, line: &str) {
        let start = self.shown.len();
        let inside = line.trim_start_matches('\t');
        self.add(sign);
        self.indent(line.len() - inside.len());
        self.add(inside);
        self.inked_from(start, ink);
        self.end();
    }

    /// Adds a line of advice.
    pub(crate) fn help(&mut self, advice: impl Display) {
        self.ink(Ink::Help, "help");
        self.line(format_args!(": {advice}"));
    }

    /// Adds another text.
    pub(crate) fn append(&mut self, other: &Self) {
        let start = self.shown.len();
        self.shown.push_str(&other.shown);
        let marks = other.marks.iter().cloned();
        self.marks
            .extend(marks.map(|(at, mark)| (at + start, mark)));
    }

    /// Adds another text and ends the line.
    pub(crate) fn line_of(&mut self, other: &Self) {
        self.append(other);
        self.end();
    }

    /// Tells whether nothing is said.
    pub(crate) const fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }

    /// Returns how many columns a line takes.
    pub(crate) fn columns(&self) -> usize {
        display_width(&self.shown)
    }

    /// Returns the text without its colours.
    pub(crate) fn as_plain(&self) -> &str {
        &self.shown
    }

    /// Takes what the parser of the command line says: its own words, and those that it was given.
    pub(crate) fn of_parser(said: &StyledStr) -> Self {
        Self::drawn(&said.ansi().to_string())
    }

    /// Takes what a library drew of texts that were made safe before: its colours are kept, and
    /// whatever else would act is replaced.
    pub(super) fn drawn(drawing: &str) -> Self {
        let mut text = Self::default();
        let mut pieces = drawing.split('\u{1b}');
        text.add_drawn(pieces.next().unwrap_or_default());
        for piece in pieces {
            match style_before(piece) {
                Some((style, rest)) => {
                    text.marks
                        .push((text.shown.len(), Mark::Drawn(style.into())));
                    text.add_drawn(rest);
                }
                None => text.add_drawn(piece),
            }
        }
        text
    }

    /// Adds a piece with its line ends.
    fn add_drawn(&mut self, piece: &str) {
        let mut lines = piece.split('\n');
        self.add(lines.next().unwrap_or_default());
        for line in lines {
            self.end();
            self.add(line);
        }
    }

    /// Returns the text as a terminal gets it.
    pub(super) fn painted(&self, paint: Paint) -> Cow<'_, str> {
        if paint == Paint::Plain || self.marks.is_empty() {
            return Cow::Borrowed(&self.shown);
        }
        let mut painted = String::with_capacity(self.shown.len() + self.marks.len() * 5);
        let mut end = 0;
        for (at, mark) in &self.marks {
            painted.push_str(self.shown.get(end..*at).unwrap_or_default());
            end = *at;
            // Writing to a string cannot fail.
            let _ = match mark {
                Mark::Ink(ink) => write!(painted, "{}", ink.style().render()),
                Mark::End => write!(painted, "{}", anstyle::Reset.render()),
                Mark::Drawn(style) => write!(painted, "\u{1b}[{style}m"),
            };
        }
        painted.push_str(self.shown.get(end..).unwrap_or_default());
        Cow::Owned(painted)
    }
}

/// Splits what follows an escape character into the numbers of a style and the rest.
fn style_before(piece: &str) -> Option<(&str, &str)> {
    let (style, rest) = piece.strip_prefix('[')?.split_once('m')?;
    let is_style = |character: char| character.is_ascii_digit() || character == ';';
    style.chars().all(is_style).then_some((style, rest))
}

#[cfg(test)]
mod tests {
    use super::Text;
    use crate::output::{Ink, Paint};

    #[test]
    fn a_piece_can_forge_neither_a_colour_nor_a_line() {
        let mut text = Text::default();
        text.ink(Ink::No, "error");
        text.line(format_args!(
            ": no user {}",
            "Ann\u{1b}[31m\nyes: all is well"
        ));
        let shown = ": no user Ann\\u{1b}[31m\\u{a}yes: all is well\n";
        assert_eq!(text.painted(Paint::Plain), format!("error{shown}"));
        assert_eq!(
            text.painted(Paint::Colour),
            format!("\u{1b}[1m\u{1b}[31merror\u{1b}[0m{shown}")
        );
    }

    #[test]
    fn colours_stay_where_they_are_when_texts_are_put_together() {
        let mut text = Text::of("é ");
        text.append(&Text::inked(Ink::Strong, "two"));
        text.line_of(&Text::of(" three"));
        assert_eq!(text.painted(Paint::Plain), "é two three\n");
        assert_eq!(
            text.painted(Paint::Colour),
            "é \u{1b}[1mtwo\u{1b}[0m three\n"
        );
    }

    #[test]
    fn of_a_drawing_the_colours_are_kept_and_nothing_else_that_acts() {
        let text = Text::drawn("a\u{1b}[1;31mb\u{1b}[0m\nc\u{1b}[2Jd\u{1b}]0;e\u{7}\r\n");
        assert_eq!(text.painted(Paint::Plain), "ab\nc[2Jd]0;e\\u{7}\\u{d}\n");
        assert_eq!(
            text.painted(Paint::Colour),
            "a\u{1b}[1;31mb\u{1b}[0m\nc[2Jd]0;e\\u{7}\\u{d}\n"
        );
    }
}
