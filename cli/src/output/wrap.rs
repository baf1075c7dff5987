//! Lines broken between words, so that a narrow terminal does not break them inside of one.

use std::borrow::Cow;

use textwrap::core::display_width;
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

/// How much further in a line goes on than it starts.
const HANGING: usize = 2;

/// Breaks every line that is longer than the width; where there is no width, none.
///
/// A line goes on a little further in than it starts. A word that is longer than the width stays
/// whole: it may be a path or a name that somebody copies.
pub(crate) fn wrapped(text: &str, width: Option<u16>) -> Cow<'_, str> {
    let width = width.map_or(usize::MAX, usize::from);
    if text.lines().all(|line| display_width(line) <= width) {
        return Cow::Borrowed(text);
    }
    let mut broken = String::with_capacity(text.len() + 64);
    for line in text.split_inclusive('\n') {
        let (line, end) = line
            .strip_suffix('\n')
            .map_or((line, ""), |line| (line, "\n"));
        let start = line.chars().take_while(|character| *character == ' ');
        let indent = " ".repeat(start.count() + HANGING);
        let pieces = pieces(line, width, &indent);
        broken.push_str(&pieces.join("\n"));
        broken.push_str(end);
    }
    Cow::Owned(broken)
}

/// Breaks a value that is after a margin; it goes on after a margin of spaces.
pub(crate) fn behind_margin(value: &str, margin: usize, width: Option<u16>) -> Cow<'_, str> {
    let room = width
        .map(usize::from)
        .and_then(|all| all.checked_sub(margin));
    match room {
        Some(room) if display_width(value) > room => {
            let end = format!("\n{}", " ".repeat(margin));
            Cow::Owned(pieces(value, room, "").join(&end))
        }
        _ => Cow::Borrowed(value),
    }
}

/// Returns the pieces of a line, all but the first one indented.
fn pieces<'l>(line: &'l str, width: usize, indent: &'l str) -> Vec<Cow<'l, str>> {
    let options = Options::new(width)
        .subsequent_indent(indent)
        .break_words(false)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    textwrap::wrap(line, options)
}

#[cfg(test)]
mod tests {
    use super::{behind_margin, wrapped};
    use crate::output::{Ink, Paint, Text};

    #[test]
    fn long_lines_are_broken_between_words_and_go_on_further_in() {
        let text = "help: one two three\n  four five six seven\nshort\n";
        assert_eq!(
            wrapped(text, Some(14)),
            "help: one two\n  three\n  four five\n    six seven\nshort\n"
        );
        assert_eq!(wrapped(text, None), text);
    }

    #[test]
    fn a_long_word_stays_whole_and_colours_take_no_room() {
        assert_eq!(
            wrapped("see /a/very/long/path now", Some(10)),
            "see\n  /a/very/long/path\n  now"
        );
        let mut coloured = Text::inked(Ink::No, "error");
        coloured.add(": no user");
        let coloured = coloured.painted(Paint::Colour);
        assert_eq!(wrapped(&coloured, Some(14)), coloured);
    }

    #[test]
    fn a_value_goes_on_behind_its_margin() {
        assert_eq!(
            behind_margin("one two three", 6, Some(14)),
            "one two\n      three"
        );
        assert_eq!(behind_margin("one two", 6, Some(4)), "one two");
    }
}
