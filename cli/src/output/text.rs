//! Text for people: its words and its ink, until it is printed.
//!
//! A piece of text goes in by [`Text::add`] and its like, which replace whatever would act on a
//! terminal, line ends included, and hide stored passwords. Only inks put escape sequences between the
//! pieces, and the [`Printer`](super::Printer) leaves them out where there are no colours. So a name
//! from a file can neither forge a colour nor a line, whoever prints it: there is no other way to
//! standard output for a string.

use std::borrow::Cow;
use std::fmt::{Display, Write as _};

use anstream::adapter::strip_str;
use clap::builder::StyledStr;
use textwrap::core::display_width;

use super::{Ink, Paint, visible};

/// A text under construction, or a piece of one: nothing in it acts but its colours, line ends, and
/// tabs before a line.
#[derive(Debug, Default, Clone)]
pub(crate) struct Text(String);

impl Text {
    /// Makes a piece of text, without a line end.
    pub(crate) fn of(piece: impl Display) -> Self {
        Self::inked(Ink::Plain, piece)
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
        let start = self.0.len();
        // Writing to a string cannot fail.
        let _ = write!(self.0, "{piece}");
        let added = self.0.get(start..).unwrap_or_default();
        if let Cow::Owned(safe) = visible(added) {
            self.0.truncate(start);
            self.0.push_str(&safe);
        }
    }

    /// Adds a piece in an ink.
    pub(crate) fn ink(&mut self, ink: Ink, piece: impl Display) {
        let piece = piece.to_string();
        if !piece.is_empty() {
            self.in_ink(ink, |text| text.add(piece));
        }
    }

    fn in_ink(&mut self, ink: Ink, fill: impl FnOnce(&mut Self)) {
        let style = ink.style();
        let _ = write!(self.0, "{}", style.render());
        fill(self);
        let _ = write!(self.0, "{}", style.render_reset());
    }

    /// Adds a piece and ends the line.
    pub(crate) fn line(&mut self, piece: impl Display) {
        self.add(piece);
        self.end();
    }

    /// Ends the line.
    pub(crate) fn end(&mut self) {
        self.0.push('\n');
    }

    /// Goes in by tabs, at the start of a line.
    pub(crate) fn indent(&mut self, tabs: usize) {
        self.0.extend(std::iter::repeat_n('\t', tabs));
    }

    /// Adds a line of a file after a sign; the tabs that it starts with stay.
    pub(crate) fn source(&mut self, ink: Ink, sign: &str, line: &str) {
        let inside = line.trim_start_matches('\t');
        self.in_ink(ink, |text| {
            text.add(sign);
            text.indent(line.len() - inside.len());
            text.add(inside);
        });
        self.end();
    }

    /// Adds a line of advice.
    pub(crate) fn help(&mut self, advice: impl Display) {
        self.ink(Ink::Help, "help");
        self.line(format_args!(": {advice}"));
    }

    /// Adds another text.
    pub(crate) fn append(&mut self, other: &Self) {
        self.0.push_str(&other.0);
    }

    /// Adds another text and ends the line.
    pub(crate) fn line_of(&mut self, other: &Self) {
        self.append(other);
        self.end();
    }

    /// Returns whether nothing is said.
    pub(crate) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns how many columns a line takes.
    pub(crate) fn columns(&self) -> usize {
        display_width(&self.0)
    }

    /// Returns the text without its colours.
    pub(crate) fn as_plain(&self) -> Cow<'_, str> {
        self.painted(Paint::Plain)
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
            let rest = style_before(piece).map_or(piece, |(style, rest)| {
                let _ = write!(text.0, "\u{1b}[{style}m");
                rest
            });
            text.add_drawn(rest);
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
        if paint == Paint::Colour || !self.0.contains('\u{1b}') {
            return Cow::Borrowed(&self.0);
        }
        Cow::Owned(strip_str(&self.0).to_string())
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
