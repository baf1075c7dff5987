//! One pass over a text, with what a key said of the value that follows it.

use guichet_core::{Credential, PasswordKind};

use super::cursor::{Unit, Units, closes, is_of_digests, is_quotation_mark};
use super::runs::{Run, Whole};
use super::{Nature, Secret};

/// Whether the value of a secret key is still to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Await {
    Nothing,
    /// The key was there.
    Colon(Key),
    /// The key and its colon were there.
    Value(Key),
}

/// How sure it is that the word is a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    /// No quotation mark is at it.
    Bare,
    /// One is before it, or before the key that it ends.
    Opened,
    /// One is after it.
    Closed,
}

/// Returns the secrets of a text in its order.
pub(super) fn secrets(text: &str, nature: Nature) -> Vec<Secret> {
    let mut scan = Scan {
        text,
        whole: Whole::new(text, nature),
        found: Vec::new(),
        awaited: Await::Nothing,
        before_conflict: Await::Nothing,
    };
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.trim_end_matches(['\r', '\n']).len();
        scan.line(start, end);
        start += line.len();
    }
    scan.found
}

struct Scan<'t> {
    text: &'t str,
    whole: Whole<'t>,
    found: Vec<Secret>,
    awaited: Await,
    /// What was awaited when a conflict began: each of its sides goes on from there.
    before_conflict: Await,
}

impl Scan<'_> {
    fn line(&mut self, start: usize, end: usize) {
        let line = self.text.get(start..end).unwrap_or_default();
        if let Some(mark) = conflict_mark(line) {
            match mark {
                '<' => self.before_conflict = self.awaited,
                '>' => {}
                _ => self.awaited = self.before_conflict,
            }
            // The mark ends with the name of a branch.
            let words = self.whole.in_words();
            let whole = std::mem::replace(&mut self.whole, words);
            let awaited = std::mem::replace(&mut self.awaited, Await::Nothing);
            self.walk(start, end);
            (self.awaited, self.whole) = (awaited, whole);
        } else {
            self.walk(start, end);
        }
    }

    /// Goes through a part of a line.
    fn walk(&mut self, start: usize, end: usize) {
        let mut at = start;
        // Whether a quotation mark stands right here, and whether one opened a key that goes on to here.
        let (mut is_mark, mut is_open) = (false, false);
        while let Some(unit) = Units::between(self.text, at, end).next() {
            let character = unit.character;
            at = match self.awaited {
                Await::Value(key) | Await::Colon(key @ Key::Closed)
                    if self.is_sure(key) && is_quotation_mark(character) =>
                {
                    self.quoted(unit, end)
                }
                Await::Value(key) if self.is_sure(key) && self.may_be_bare(unit, end) => {
                    self.bare(unit, end)
                }
                _ => {
                    if let Some(run) = Run::at(self.text, at, end) {
                        let is_opened = is_mark || is_open;
                        self.run(&run, if is_opened { Key::Opened } else { Key::Bare })
                    } else {
                        self.go_on(character);
                        unit.end
                    }
                }
            };
            is_mark = is_quotation_mark(character) && at == unit.end;
            is_open = if is_mark {
                !is_open
            } else {
                is_open && is_of_keys(character)
            };
        }
    }

    /// Takes note of a character that is no part of a digest.
    fn go_on(&mut self, character: char) {
        self.awaited = match self.awaited {
            Await::Colon(key) if character == ':' => Await::Value(key),
            Await::Colon(_) if is_quotation_mark(character) => Await::Colon(Key::Closed),
            Await::Value(key) if character == ':' => Await::Value(key),
            awaited if character.is_whitespace() => awaited,
            awaited if self.is_in_key(awaited) => awaited,
            _ => Await::Nothing,
        };
    }

    /// Returns whether a key with the word in it may still go on, as in `password_old` or `the password of 2024`.
    ///
    /// It does until a quotation mark closes it.
    fn is_in_key(&self, awaited: Await) -> bool {
        match awaited {
            Await::Colon(Key::Opened) => true,
            Await::Colon(Key::Bare) => self.whole.nature == Nature::File,
            _ => false,
        }
    }

    /// Takes a run of characters of digests; returns where it ends.
    fn run(&mut self, run: &Run, key: Key) -> usize {
        self.found.extend(run.secret(self.whole));
        if self.is_in_key(self.awaited) {
            return run.span.end;
        }
        self.awaited = if run.is_key(self.text) {
            Await::Colon(key)
        } else {
            Await::Nothing
        };
        run.span.end
    }

    /// Hides what a quotation mark opens; returns where the closing one ends.
    fn quoted(&mut self, open: Unit, end: usize) -> usize {
        self.awaited = Await::Nothing;
        let mut close = end;
        let mut behind = end;
        let mut escaped = false;
        for unit in Units::between(self.text, open.end, end) {
            if escaped {
                escaped = false;
            } else if unit.character == '\\' {
                escaped = true;
            } else if closes(open.character, unit.character) && !unit.is_escape {
                (close, behind) = (unit.start, unit.end);
                break;
            }
        }
        self.hide(open.end, close);
        behind
    }

    /// Returns whether the word is a key: a message may speak of a password, too.
    fn is_sure(&self, key: Key) -> bool {
        self.whole.nature == Nature::File || key != Key::Bare
    }

    /// Returns whether a value without quotation marks may begin here.
    fn may_be_bare(&self, unit: Unit, end: usize) -> bool {
        let word = Units::between(self.text, unit.start, end).map(|unit| unit.character);
        let word = word.take_while(char::is_ascii_alphabetic);
        let word: String = word.take("false".len() + 1).collect();
        !matches!(word.as_str(), "null" | "true" | "false")
            && !unit.character.is_whitespace()
            && !matches!(unit.character, ':' | ',' | '{' | '}' | '[' | ']')
    }

    /// Hides a value without quotation marks; returns where it ends.
    ///
    /// Where a quotation mark ends it, what that mark opens may be the value as well.
    fn bare(&mut self, first: Unit, end: usize) -> usize {
        let is_over = |unit: &Unit| {
            let character = unit.character;
            character.is_whitespace()
                || is_quotation_mark(character)
                || matches!(character, ',' | '{' | '}' | '[' | ']')
        };
        let over = Units::between(self.text, first.end, end).find(is_over);
        let stop = over.map_or(end, |unit| unit.start);
        if over.is_none_or(|unit| !is_quotation_mark(unit.character)) {
            self.awaited = Await::Nothing;
        }
        self.hide(first.start, stop);
        stop
    }

    fn hide(&mut self, start: usize, end: usize) {
        let Some(text) = self.text.get(start..end).filter(|text| !text.is_empty()) else {
            return;
        };
        let plain: String = Units::between(text, 0, text.len())
            .map(|unit| unit.character)
            .collect();
        let kind = match Credential::from_stored(plain).kind() {
            PasswordKind::None => PasswordKind::Unknown,
            kind => kind,
        };
        self.found.push(Secret {
            span: start..end,
            kind,
        });
    }
}

/// Returns whether a key that is one word may have a character.
const fn is_of_keys(character: char) -> bool {
    is_of_digests(character) || matches!(character, '-' | '_')
}

/// Returns the character of git's mark that a line begins with.
fn conflict_mark(line: &str) -> Option<char> {
    let mut characters = Units::between(line, 0, line.len()).map(|unit| unit.character);
    let first = characters.next()?;
    let again = characters.take(6).filter(|next| *next == first).count();
    (matches!(first, '<' | '|' | '=' | '>') && again == 6).then_some(first)
}
