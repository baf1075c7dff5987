//! Characters of a text with the bytes they take, JSON escapes read as what they stand for.

/// A character of a text, or an escape that stands for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) character: char,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Walks over the characters of a part of a text.
#[derive(Clone, Debug)]
pub(super) struct Units<'t> {
    text: &'t str,
    at: usize,
    end: usize,
}

impl<'t> Units<'t> {
    pub(super) const fn between(text: &'t str, at: usize, end: usize) -> Self {
        Self { text, at, end }
    }
}

impl Iterator for Units<'_> {
    type Item = Unit;

    fn next(&mut self) -> Option<Unit> {
        let rest = self.text.get(self.at..self.end)?;
        let first = rest.chars().next()?;
        let (character, length) = match escape(rest) {
            Some(escape) if first == '\\' => escape,
            _ => (first, first.len_utf8()),
        };
        let start = self.at;
        self.at += length;
        Some(Unit {
            character,
            start,
            end: self.at,
        })
    }
}

/// Returns the ASCII character that an escape at the beginning of a text stands for, and the length of the escape.
///
/// A backslash before anything else is taken as itself, since the text may be broken.
fn escape(text: &str) -> Option<(char, usize)> {
    let behind = text.strip_prefix('\\')?;
    if behind.starts_with('/') {
        return Some(('/', 2));
    }
    let digits = behind.strip_prefix('u')?.get(..4)?;
    let code = u8::from_str_radix(digits, 16).ok();
    let code = code.filter(|code| code.is_ascii_graphic() && digits.starts_with("00"))?;
    Some((char::from(code), 6))
}

/// Tells whether a stored password may have a character, in any of its shapes.
pub(super) const fn is_of_digests(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '.' | '/' | '+' | '=' | '$')
}

/// Tells whether a character is a quotation mark, of JSON or of a word processor.
pub(super) const fn is_quotation_mark(character: char) -> bool {
    matches!(
        character,
        '"' | '\'' | '`' | '\u{ab}' | '\u{bb}' | '\u{2018}'
            ..='\u{201f}' | '\u{2039}' | '\u{203a}' | '\u{ff02}' | '\u{ff07}'
    )
}

/// Tells whether a quotation mark may close what another one opens.
///
/// A double one closes everything, since a broken text may have lost the right one.
pub(super) const fn closes(open: char, close: char) -> bool {
    match open {
        '"' => close == '"',
        _ => is_quotation_mark(close),
    }
}
