//! Characters of a text with the bytes they take, JSON escapes read as what they stand for.

/// A character of a text, or an escape that stands for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) character: char,
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether an escape stands for it.
    pub(super) is_escape: bool,
}

/// Walks over the characters of a part of a text.
///
/// A U+0000 belongs to the character before it: in UTF-16 that is read as UTF-8, one is at every ASCII character.
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
        let characters = rest.char_indices();
        let mut characters = characters.filter(|(_, character)| *character != '\0');
        let (offset, first) = characters.next()?;
        let behind = characters.clone().map(|(_, character)| character);
        let escape = (first == '\\').then(|| escape(behind)).flatten();
        let (character, more) = escape.unwrap_or((first, 0));
        let length = characters.nth(more).map_or(rest.len(), |(next, _)| next);
        let start = self.at + offset;
        self.at += length;
        Some(Unit {
            character,
            start,
            end: self.at,
            is_escape: escape.is_some(),
        })
    }
}

/// Returns the ASCII character that an escape stands for, and how many characters the escape has after its backslash.
///
/// A backslash before anything else is taken as itself, since the text may be broken.
fn escape(mut behind: impl Iterator<Item = char>) -> Option<(char, usize)> {
    match behind.next()? {
        '/' => Some(('/', 1)),
        'u' => {
            let code = behind
                .take(4)
                .try_fold((0, 0), |(code, digits), character| {
                    Some((code * 16 + character.to_digit(16)?, digits + 1))
                });
            let (code, 4) = code? else { return None };
            let code = u8::try_from(code).ok();
            let code = code.filter(u8::is_ascii_graphic)?;
            Some((char::from(code), 5))
        }
        _ => None,
    }
}

/// Returns whether a stored password may have a character, in any of its shapes.
pub(super) const fn is_of_digests(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '.' | '/' | '+' | '=' | '$')
}

/// Returns whether a character is a quotation mark, of JSON or of a word processor.
pub(super) const fn is_quotation_mark(character: char) -> bool {
    matches!(
        character,
        '"' | '\'' | '`' | '\u{ab}' | '\u{bb}' | '\u{2018}'
            ..='\u{201f}' | '\u{2039}' | '\u{203a}' | '\u{ff02}' | '\u{ff07}'
    )
}

/// Returns whether a quotation mark may close what another one opens.
///
/// A double one closes everything, since a broken text may have lost the right one.
pub(super) const fn closes(open: char, close: char) -> bool {
    match open {
        '"' => close == '"',
        _ => is_quotation_mark(close),
    }
}
