//! JSON as it is printed: stored passwords hidden, and nothing raw in it that acts on a terminal.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::{CharEscape, CompactFormatter, Formatter, PrettyFormatter};

use super::Document;
use super::secrets::hidden;
use super::visible::unsafe_characters;

/// Writes a value, indented and with a line end; `document` is a string in it that is handed over
/// whole.
///
/// # Errors
///
/// The stream's.
pub(super) fn write_pretty(
    out: &mut dyn Write,
    value: &(impl Serialize + ?Sized),
    document: Option<&Document>,
) -> io::Result<()> {
    write(out, value, document, PrettyFormatter::new())
}

/// Writes a value in one line.
///
/// # Errors
///
/// The stream's.
pub(super) fn write_line(out: &mut dyn Write, value: &(impl Serialize + ?Sized)) -> io::Result<()> {
    write(out, value, None, CompactFormatter)
}

fn write(
    out: &mut dyn Write,
    value: &(impl Serialize + ?Sized),
    document: Option<&Document>,
    layout: impl Formatter,
) -> io::Result<()> {
    let formatter = Safe {
        layout,
        document,
        string: String::new(),
    };
    value.serialize(&mut Serializer::with_formatter(&mut *out, formatter))?;
    out.write_all(b"\n")
}

/// A layout whose strings are looked at before they are written: each is gathered from the fragments
/// that the serialiser makes of it.
struct Safe<'d, L> {
    layout: L,
    document: Option<&'d Document>,
    string: String,
}

impl<L> Safe<'_, L> {
    fn write_string(&self, out: &mut (impl Write + ?Sized)) -> io::Result<()> {
        let is_document = self.document.is_some_and(|one| one.text() == self.string);
        let text = if is_document {
            Cow::Borrowed(self.string.as_str())
        } else {
            hidden(&self.string)
        };
        out.write_all(b"\"")?;
        out.write_all(escaped(&text).as_bytes())?;
        out.write_all(b"\"")
    }
}

/// Returns a string as it stands between its quotation marks.
fn escaped(text: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\';
    if text.bytes().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    let mut unsafe_ones = unsafe_characters(text).peekable();
    for (at, character) in text.char_indices() {
        let is_unsafe = unsafe_ones.next_if(|(next, _)| *next == at).is_some();
        match character {
            '"' => escaped.push_str("\\\""),
            '\\' => escaped.push_str("\\\\"),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\t' => escaped.push_str("\\t"),
            '\u{8}' => escaped.push_str("\\b"),
            '\u{c}' => escaped.push_str("\\f"),
            character if is_unsafe => {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    // Writing to a string cannot fail.
                    let _ = write!(escaped, "\\u{unit:04x}");
                }
            }
            character => escaped.push(character),
        }
    }
    Cow::Owned(escaped)
}

impl<L: Formatter> Formatter for Safe<'_, L> {
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

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.layout.begin_array(out)
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.layout.end_array(out)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.layout.begin_array_value(out, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.layout.end_array_value(out)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.layout.begin_object(out)
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.layout.end_object(out)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.layout.begin_object_key(out, first)
    }

    fn end_object_key<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.layout.end_object_key(out)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.layout.begin_object_value(out)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.layout.end_object_value(out)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{write_line, write_pretty};
    use crate::output::Document;

    #[test]
    fn what_acts_on_a_terminal_is_escaped_and_the_value_stays_the_same() {
        let value =
            json!({"a\u{202e}": "\u{9b}31m\u{7f} \"é\" \\ \n\u{1b}\u{0}\u{e0041}\u{fffe} 😀"});
        let mut line = Vec::new();
        write_line(&mut line, &value).unwrap();
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
        write_pretty(&mut text, &value, None).unwrap();
        let expected = serde_json::to_string_pretty(&value).unwrap() + "\n";
        assert_eq!(String::from_utf8(text).unwrap(), expected);
    }

    #[test]
    fn a_document_is_handed_over_whole_and_nothing_beside_it() {
        let bcrypt = format!("$2b$10${}", "a".repeat(53));
        let document = Document::new(format!("{{\"password\": \"{bcrypt}\"}}"));
        let value = json!({"text": document.text(), "beside": bcrypt});
        let mut text = Vec::new();
        write_pretty(&mut text, &value, Some(&document)).unwrap();
        let read: Value = serde_json::from_slice(&text).unwrap();
        assert_eq!(read["text"], document.text());
        assert_eq!(read["beside"], "[bcrypt]");
    }
}
