//! JSON as it is printed: stored passwords hidden, and nothing raw in it that acts on a terminal.

use std::fmt;
use std::io::{self, Write};

use guichet::storage::redact::hidden;
use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::{CharEscape, Formatter};

use super::visible;

/// Writes a value in a layout and a line end.
pub(super) fn write(
    out: &mut dyn Write,
    value: &(impl Serialize + ?Sized),
    layout: impl Formatter,
) -> io::Result<()> {
    let formatter = Safe {
        layout,
        string: String::new(),
    };
    value.serialize(&mut Serializer::with_formatter(&mut *out, formatter))?;
    out.write_all(b"\n")
}

/// A layout whose strings are looked at before they are written: each is gathered from the fragments
/// that the serialiser makes of it.
struct Safe<L> {
    layout: L,
    string: String,
}

impl<L> Safe<L> {
    fn write_string(&self, out: &mut (impl Write + ?Sized)) -> io::Result<()> {
        let text = hidden(&self.string);
        let is_plain = |byte: u8| matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\';
        if text.bytes().all(is_plain) {
            out.write_all(b"\"")?;
            out.write_all(text.as_bytes())?;
            out.write_all(b"\"")
        } else {
            out.write_all(quoted(&text).as_bytes())
        }
    }
}

/// Returns a string between quotation marks; what acts is written by its numbers in UTF-16.
pub(super) fn quoted(text: &str) -> String {
    visible::quoted(text, |safe, character| {
        for unit in character.encode_utf16(&mut [0; 2]) {
            // Writing to a string cannot fail.
            let _ = fmt::Write::write_fmt(safe, format_args!("\\u{unit:04x}"));
        }
    })
}

/// Leaves what is between the strings to the layout.
macro_rules! laid_out {
    ($($method:ident($($first:ident)?)),+ $(,)?) => {$(
        fn $method<W: ?Sized + Write>(&mut self, out: &mut W $(, $first: bool)?) -> io::Result<()> {
            self.layout.$method(out $(, $first)?)
        }
    )+};
}

impl<L: Formatter> Formatter for Safe<L> {
    fn begin_string<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.string.clear();
        Ok(())
    }

    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        _: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        self.string.push_str(fragment);
        Ok(())
    }

    fn write_char_escape<W: ?Sized + Write>(
        &mut self,
        _: &mut W,
        escape: CharEscape,
    ) -> io::Result<()> {
        self.string.push(match escape {
            CharEscape::Quote => '"',
            CharEscape::ReverseSolidus => '\\',
            CharEscape::Solidus => '/',
            CharEscape::Backspace => '\u{8}',
            CharEscape::FormFeed => '\u{c}',
            CharEscape::LineFeed => '\n',
            CharEscape::CarriageReturn => '\r',
            CharEscape::Tab => '\t',
            CharEscape::AsciiControl(byte) => byte.into(),
        });
        Ok(())
    }

    fn end_string<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.write_string(out)
    }

    laid_out!(
        begin_array(),
        end_array(),
        begin_array_value(first),
        end_array_value(),
        begin_object(),
        end_object(),
        begin_object_key(first),
        end_object_key(),
        begin_object_value(),
        end_object_value(),
    );
}

#[cfg(test)]
mod tests {
    use serde_json::ser::{CompactFormatter, PrettyFormatter};
    use serde_json::{Value, json};

    use super::write;
    use crate::output::Document;

    #[test]
    fn what_acts_on_a_terminal_is_escaped_and_the_value_stays_the_same() {
        let value =
            json!({"a\u{202e}": "\u{9b}31m\u{7f} \"é\" \\ \n\u{1b}\u{0}\u{e0041}\u{fffe} 😀"});
        let mut line = Vec::new();
        write(&mut line, &value, CompactFormatter).unwrap();
        let line = String::from_utf8(line).unwrap();
        assert_eq!(
            line,
            concat!(
                r#"{"a\u202e":"\u009b31m\u007f \"é\" \\ \n\u001b\u0000\udb40\udc41\ufffe 😀"}"#,
                "\n"
            )
        );
        assert_eq!(serde_json::from_str::<Value>(&line).unwrap(), value);
    }

    #[test]
    fn the_layout_is_that_of_the_library() {
        let value = json!({"a": [1, {}, [], null], "b": {"c": true, "d": "e"}});
        let mut text = Vec::new();
        write(&mut text, &value, PrettyFormatter::new()).unwrap();
        let expected = serde_json::to_string_pretty(&value).unwrap() + "\n";
        assert_eq!(String::from_utf8(text).unwrap(), expected);
    }

    #[test]
    fn a_document_is_handed_over_whole_and_nothing_beside_it() {
        let bcrypt = format!("$2b$10${}", "a".repeat(53));
        let document = Document::new(format!("{{\"password\": \"{bcrypt}\"}}"));
        let mut text = Vec::new();
        let value = (&document, &bcrypt);
        write(&mut text, &value, PrettyFormatter::new()).unwrap();
        let read: Value = serde_json::from_slice(&text).unwrap();
        assert_eq!(read[0], document.text());
        assert_eq!(read[1], "[bcrypt]");
    }
}
