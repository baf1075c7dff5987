//! Tables of `guichet.toml` taken apart, with everything wrong noted at its place.

use guichet_core::suggest::nearest;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem::OptionsProblem;
use crate::json::{LineIndex, Pointer};
use crate::located::{Located, Place, SourceFile};

/// A value of the file with its address.
#[derive(Debug)]
pub(super) struct Value<'t> {
    pub(super) content: &'t DeValue<'t>,
    pub(super) span: Range<usize>,
    pub(super) pointer: Pointer,
}

/// Collects what is wrong with a text.
#[derive(Debug)]
pub(super) struct Reader<'t> {
    text: &'t str,
    lines: LineIndex,
    pub(super) problems: Vec<Located<OptionsProblem>>,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            lines: LineIndex::new(text),
            problems: Vec::new(),
        }
    }

    /// Returns the place of a byte offset.
    pub(super) fn place(&self, offset: usize, pointer: &Pointer) -> Place {
        Place {
            file: SourceFile::Options,
            position: self.lines.position(self.text, offset),
            pointer: pointer.clone(),
        }
    }

    /// Notes something wrong.
    pub(super) fn problem(&mut self, offset: usize, pointer: &Pointer, problem: OptionsProblem) {
        let place = self.place(offset, pointer);
        self.problems.push(Located {
            diagnostic: problem,
            place,
        });
    }

    /// Returns the values of the known keys of a table, and notes the others as unknown.
    ///
    /// `words` says in words which table it is.
    pub(super) fn fields<const N: usize>(
        &mut self,
        table: &'t DeTable<'t>,
        pointer: &Pointer,
        known: &[&'static str; N],
        words: &str,
    ) -> [Option<Value<'t>>; N] {
        let mut values = [const { None }; N];
        for (key, value) in table {
            let name: &str = key.get_ref();
            let pointer = pointer.member(name);
            let index = known.iter().position(|known| *known == name);
            if let Some(place) = index.and_then(|index| values.get_mut(index)) {
                *place = Some(Value {
                    content: value.get_ref(),
                    span: value.span(),
                    pointer,
                });
                continue;
            }
            let problem = OptionsProblem::UnknownKey {
                key: name.to_owned(),
                table: words.to_owned(),
                suggestion: nearest(name, known.iter().copied()).first().copied(),
            };
            self.problem(key.span().start, &pointer, problem);
        }
        values
    }

    /// Returns the table of a key; notes another kind.
    pub(super) fn table(&mut self, value: &Value<'t>, key: &str) -> Option<&'t DeTable<'t>> {
        let table = value.content.as_table();
        if table.is_none() {
            self.wrong_kind(value, key, "a table");
        }
        table
    }

    /// Returns the string of a key; notes another kind.
    pub(super) fn string(&mut self, value: &Value<'t>, key: &str) -> Option<&'t str> {
        let text = value.content.as_str();
        if text.is_none() {
            self.wrong_kind(value, key, "a string");
        }
        text
    }

    /// Returns the yes or no of a key; notes another kind.
    pub(super) fn boolean(&mut self, value: &Value<'t>, key: &str) -> Option<bool> {
        let truth = value.content.as_bool();
        if truth.is_none() {
            self.wrong_kind(value, key, "true or false");
        }
        truth
    }

    /// Returns the whole number of a key; notes another kind, a negative or a larger number.
    pub(super) fn number(&mut self, value: &Value<'t>, key: &'static str) -> Option<u32> {
        let Some(integer) = value.content.as_integer() else {
            self.wrong_kind(value, key, "a whole number");
            return None;
        };
        let number = u32::from_str_radix(integer.as_str(), integer.radix()).ok();
        if number.is_none() {
            self.problem(
                value.span.start,
                &value.pointer,
                OptionsProblem::OutOfRange { key },
            );
        }
        number
    }

    /// Returns which of some words is of a key; notes another word.
    pub(super) fn word<T: Copy, const N: usize>(
        &mut self,
        value: &Value<'t>,
        key: &str,
        words: &'static [&'static str; N],
        meanings: [T; N],
    ) -> Option<T> {
        let text = self.string(value, key)?;
        let meaning = words.iter().zip(meanings).find(|(word, _)| **word == text);
        if meaning.is_none() {
            let problem = OptionsProblem::UnknownWord {
                key: key.to_owned(),
                word: text.to_owned(),
                words,
            };
            self.problem(value.span.start, &value.pointer, problem);
        }
        meaning.map(|(_, meaning)| meaning)
    }

    fn wrong_kind(&mut self, value: &Value<'t>, key: &str, expected: &'static str) {
        let found = match value.content {
            DeValue::String(_) => "a string",
            DeValue::Integer(_) => "a whole number",
            DeValue::Float(_) => "a number with a point",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date or a time",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        let problem = OptionsProblem::WrongKind {
            key: key.to_owned(),
            expected,
            found,
        };
        self.problem(value.span.start, &value.pointer, problem);
    }
}

/// Returns the entries of a table in the order of the text, each with the place of its key.
pub(super) fn in_order<'t>(
    table: &'t DeTable<'t>,
) -> Vec<(&'t str, usize, &'t Spanned<DeValue<'t>>)> {
    let mut entries: Vec<_> = table
        .iter()
        .map(|(key, value)| (key.get_ref().as_ref(), key.span().start, value))
        .collect();
    entries.sort_by_key(|(_, offset, _)| *offset);
    entries
}
