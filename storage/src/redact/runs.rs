//! Runs of characters that stored passwords are made of, and what in them is one.

use std::ops::Range;

use guichet_core::PasswordKind;

use super::cursor::{Units, is_of_digests};
use super::{Nature, Secret};

/// The text that a run is in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Whole<'t> {
    pub(super) text: &'t str,
    pub(super) nature: Nature,
    /// Where it begins, after a byte order mark.
    start: usize,
    /// Where it ends, without white space and half an escape.
    end: usize,
}

impl<'t> Whole<'t> {
    pub(super) fn new(text: &'t str, nature: Nature) -> Self {
        // U+FFFD is what a mark of UTF-16 is read as.
        let behind = text.trim_start_matches(['\u{feff}', '\u{fffd}', '\0']);
        let until = text.trim_end_matches(['\\', '\r', '\n', ' ', '\t', '\0']);
        Self {
            text,
            nature,
            start: text.len() - behind.len(),
            end: until.len(),
        }
    }

    /// Takes a part of it for words.
    pub(super) const fn in_words(self) -> Self {
        Self {
            nature: Nature::Words,
            ..self
        }
    }

    fn begins_or_ends_with(self, span: &Range<usize>) -> bool {
        span.start <= self.start || span.end >= self.end
    }
}

/// How many digits of base64 are before the `==` of 4D's former digest.
const LEGACY_DIGITS: usize = 22;

/// From this length on a run of mixed characters is taken for what is left of a digest: bcrypt has 31 after its salt.
const LONG: usize = 31;

/// From this length on a run that a cut file begins or ends with is taken for what is left of a digest.
const REST: usize = 8;

/// The word in a key whose value is a secret.
const KEY: &str = "password";

/// The longest run that is looked through for the word; a key is shorter.
const LONGEST_KEY: usize = 400;

/// Characters of digests in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) span: Range<usize>,
    length: usize,
}

impl Run {
    /// Returns the run that begins at an offset, within `..end`; `None` if another character stands.
    pub(super) fn at(text: &str, offset: usize, end: usize) -> Option<Self> {
        let units = Units::between(text, offset, end);
        let mut run = Self {
            span: offset..offset,
            length: 0,
        };
        for unit in units.take_while(|unit| is_of_digests(unit.character)) {
            if run.length == 0 {
                run.span.start = unit.start;
            }
            run.span.end = unit.end;
            run.length += 1;
        }
        (run.length > 0).then_some(run)
    }

    /// Returns whether a key that is this run, or ends or begins with it, has a secret value.
    pub(super) fn is_key(&self, text: &str) -> bool {
        if self.length > LONGEST_KEY {
            return false;
        }
        let units = Units::between(text, self.span.start, self.span.end);
        let word: String = units
            .map(|unit| unit.character.to_ascii_lowercase())
            .collect();
        word.contains(KEY)
    }

    /// Returns the part of the run that is a secret.
    pub(super) fn secret(&self, whole: Whole<'_>) -> Option<Secret> {
        let digest = self.digest(whole.text);
        let Nature::File = whole.nature else {
            return digest;
        };
        let is_rest = self.span.len() >= REST && whole.begins_or_ends_with(&self.span);
        let is_long = || self.length >= LONG && self.is_mixed(whole.text);
        if !is_rest && !is_long() {
            return digest;
        }
        Some(Secret {
            span: self.span.clone(),
            kind: digest.map_or(PasswordKind::Unknown, |digest| digest.kind),
        })
    }

    /// Returns the part that looks like a whole digest, or like the beginning of one.
    fn digest(&self, text: &str) -> Option<Secret> {
        let to_the_end = |start, kind| Secret {
            span: start..self.span.end,
            kind,
        };
        let mut dollar = None;
        // Digits of base64 in a row, and the `=` after them.
        let (mut digits, mut first, mut marks) = (0, self.span.start, 0);
        for unit in Units::between(text, self.span.start, self.span.end) {
            match unit.character {
                '$' => {
                    let mark = dollar.filter(|start| is_mark(text, *start, unit.start));
                    if let Some(start) = mark {
                        return Some(to_the_end(start, PasswordKind::Bcrypt));
                    }
                    (dollar, digits, marks) = (Some(unit.start), 0, 0);
                }
                '.' => (digits, marks) = (0, 0),
                '=' => {
                    marks += 1;
                    if digits >= LEGACY_DIGITS && marks == 2 {
                        return Some(to_the_end(first, PasswordKind::Legacy));
                    }
                }
                _ => {
                    if digits == 0 || marks > 0 {
                        (digits, first, marks) = (0, unit.start, 0);
                    }
                    digits += 1;
                }
            }
        }
        None
    }

    fn is_mixed(&self, text: &str) -> bool {
        let units = || Units::between(text, self.span.start, self.span.end);
        let has = |is: fn(&char) -> bool| units().any(|unit| is(&unit.character));
        has(char::is_ascii_lowercase) && has(char::is_ascii_uppercase) && has(char::is_ascii_digit)
    }
}

/// Returns whether `$2`, `$2a` or the like is between a `$` and the next one.
fn is_mark(text: &str, dollar: usize, next: usize) -> bool {
    let mut units = Units::between(text, dollar, next).map(|unit| unit.character);
    let (_, version, letter, more) = (units.next(), units.next(), units.next(), units.next());
    version == Some('2')
        && letter.is_none_or(|letter| letter.is_ascii_lowercase())
        && more.is_none()
}
