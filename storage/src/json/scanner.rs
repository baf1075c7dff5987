//! From text to tape, in one pass and without recursion.

use super::error::{Fault, SyntaxErrorKind};
use super::position::BOM;
use super::tape::{Tag, Tape};
use super::{escape, number};

/// The most brackets and braces that may stand inside one another.
///
/// A directory needs five; the rest is room for members that 4D may add.
pub const MAX_DEPTH: usize = 64;

/// The longest text that is read, in bytes: 4 GiB less one.
pub const MAX_BYTES: usize = u32::MAX as usize;

/// A container that is still open.
#[derive(Clone, Copy, Debug)]
struct Frame {
    /// The tape index of its opening bracket.
    open: usize,
    /// How many members or elements it holds so far.
    children: usize,
    /// [`Tag::Object`] or [`Tag::Array`].
    tag: Tag,
}

impl Frame {
    /// Returns the bracket that closes the container.
    const fn closing(self) -> u8 {
        if matches!(self.tag, Tag::Object) {
            b'}'
        } else {
            b']'
        }
    }

    /// Returns what may follow a member or an element, in words.
    const fn expected(self) -> &'static str {
        if matches!(self.tag, Tag::Object) {
            "`,` or `}` after the member"
        } else {
            "`,` or `]` after the element"
        }
    }
}

/// Reads a whole text.
pub(super) fn scan(text: &str) -> Result<Tape, Fault> {
    if text.len() > MAX_BYTES {
        return Err(Fault::new(SyntaxErrorKind::TooLarge, 0));
    }
    let start = if text.starts_with(BOM) { BOM.len() } else { 0 };
    let scanner = Scanner {
        text,
        at: start,
        tape: Tape::for_text(text.len()),
        frames: Vec::with_capacity(MAX_DEPTH),
    };
    scanner.run()
}

#[derive(Debug)]
struct Scanner<'t> {
    text: &'t str,
    at: usize,
    tape: Tape,
    frames: Vec<Frame>,
}

impl Scanner<'_> {
    fn run(mut self) -> Result<Tape, Fault> {
        loop {
            if self.value()? {
                continue;
            }
            if self.after_value()? {
                self.tape.shrink();
                return Ok(self.tape);
            }
        }
    }

    /// Reads one value; true when it opened a container whose first value comes next.
    fn value(&mut self) -> Result<bool, Fault> {
        match self.peek() {
            Some(b'"') => self.string().map(|()| false),
            Some(b'{') => self.open(Tag::Object),
            Some(b'[') => self.open(Tag::Array),
            Some(b'-' | b'0'..=b'9') => {
                let end = number::end(self.text.as_bytes(), self.at)?;
                self.tape.push(Tag::Number, self.at, end - self.at)?;
                self.at = end;
                Ok(false)
            }
            Some(b't') => self.literal("true", Tag::True),
            Some(b'f') => self.literal("false", Tag::False),
            Some(b'n') => self.literal("null", Tag::Null),
            Some(bracket @ (b']' | b'}'))
                if self.frames.last().is_some_and(|frame| frame.children > 0) =>
            {
                Err(Fault::new(
                    SyntaxErrorKind::TrailingComma {
                        found: char::from(bracket),
                    },
                    self.at,
                ))
            }
            None if self.frames.is_empty() => Err(Fault::new(SyntaxErrorKind::Empty, self.at)),
            _ => Err(self.unexpected("a value")),
        }
    }

    /// Reads what follows a value, up to the next one; true when the text is at its end.
    fn after_value(&mut self) -> Result<bool, Fault> {
        loop {
            let next = self.peek();
            let Some(frame) = self.frames.last_mut() else {
                return match self.character() {
                    None => Ok(true),
                    Some(found) => {
                        Err(Fault::new(SyntaxErrorKind::TrailingText { found }, self.at))
                    }
                };
            };
            if next == Some(b',') {
                self.at += 1;
                frame.children += 1;
                if matches!(frame.tag, Tag::Object) {
                    self.key()?;
                }
                return Ok(false);
            }
            if next != Some(frame.closing()) {
                let expected = frame.expected();
                return Err(self.unexpected(expected));
            }
            frame.children += 1;
            self.close()?;
        }
    }

    /// Opens a container, and closes it at once where it is empty; true when its first value comes next.
    fn open(&mut self, tag: Tag) -> Result<bool, Fault> {
        if self.frames.len() == MAX_DEPTH {
            return Err(Fault::new(SyntaxErrorKind::TooDeep, self.at));
        }
        let open = self.tape.push(tag, self.at, 0)?;
        let frame = Frame {
            open,
            children: 0,
            tag,
        };
        self.frames.push(frame);
        self.at += 1;
        if self.peek() == Some(frame.closing()) {
            self.close()?;
            return Ok(false);
        }
        if matches!(tag, Tag::Object) {
            self.key()?;
        }
        Ok(true)
    }

    /// Closes the innermost container, whose closing bracket comes next.
    fn close(&mut self) -> Result<(), Fault> {
        if let Some(frame) = self.frames.pop() {
            self.tape.close(frame.open, self.at, frame.children)?;
            self.at += 1;
        }
        Ok(())
    }

    /// Reads a key and the colon after it.
    fn key(&mut self) -> Result<(), Fault> {
        match self.peek() {
            Some(b'"') => self.string()?,
            Some(b'}') if self.frames.last().is_some_and(|frame| frame.children > 0) => {
                return Err(Fault::new(
                    SyntaxErrorKind::TrailingComma { found: '}' },
                    self.at,
                ));
            }
            _ => return Err(self.unexpected("a key in quotation marks")),
        }
        if self.peek() == Some(b':') {
            self.at += 1;
            Ok(())
        } else {
            Err(self.unexpected("`:` after the key"))
        }
    }

    /// Reads a string.
    fn string(&mut self) -> Result<(), Fault> {
        let quoted = escape::quoted(self.text.as_bytes(), self.at)?;
        let tag = if quoted.escaped {
            Tag::Escaped
        } else {
            Tag::Plain
        };
        self.tape.push(tag, self.at, quoted.length)?;
        self.at += quoted.length + 2;
        Ok(())
    }

    /// Reads one of the three words.
    fn literal(&mut self, word: &str, tag: Tag) -> Result<bool, Fault> {
        let behind = self.text.as_bytes().get(self.at..).unwrap_or_default();
        if !behind.starts_with(word.as_bytes()) {
            return Err(self.unexpected("a value"));
        }
        self.tape.push(tag, self.at, word.len())?;
        self.at += word.len();
        Ok(false)
    }

    /// Passes over white space and returns the byte after it.
    #[inline]
    fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Some(byte);
            }
            self.at += 1;
        }
        None
    }

    /// Returns the character at the current place.
    fn character(&self) -> Option<char> {
        self.text
            .get(self.at..)
            .and_then(|rest| rest.chars().next())
    }

    /// Says that something else was expected at the current place.
    fn unexpected(&self, expected: &'static str) -> Fault {
        let kind = match self.character() {
            Some(found) => SyntaxErrorKind::Unexpected { expected, found },
            None => SyntaxErrorKind::UnexpectedEnd { expected },
        };
        Fault::new(kind, self.at)
    }
}
