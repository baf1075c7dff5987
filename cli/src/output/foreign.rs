//! Text for other programs: each target has its own rules of what ends a piece of text, and one module
//! that knows them.
//!
//! A [`Writer`] takes the words of this program as they are, which are part of it, and everything else
//! through its target's rules. A `String` cannot get in another way.

use std::borrow::Cow;
use std::fmt::Display;
use std::marker::PhantomData;

use guichet::core::visible::replaced;
use guichet::storage::redact::hidden;
use serde::{Serialize, Serializer};
use serde_json::ser::PrettyFormatter;

use super::{Report, json};

/// A whole text for another program.
#[derive(Debug, Clone)]
pub(crate) struct Foreign(String);

impl Foreign {
    /// Takes a text that was made of nothing but what this program itself says: a script of a shell, a
    /// page of the manual.
    pub(crate) const fn own(text: String) -> Self {
        Self(text)
    }

    /// Takes a text from a library that escapes what is put into it: a spreadsheet, XML, TOML.
    ///
    /// The library's rules are those of its format, and a terminal has others: what would act on one
    /// is replaced when it is printed.
    pub(crate) const fn escaped_by_library(text: String) -> Self {
        Self(text)
    }

    /// Writes JSON.
    pub(crate) fn json(value: &impl Serialize) -> Self {
        let mut text = Vec::new();
        // Writing to memory cannot fail.
        let _ = json::write(&mut text, value, PrettyFormatter::new());
        Self(String::from_utf8(text).unwrap_or_default())
    }

    /// Returns the text as it is printed, whatever came into it: without stored passwords and without
    /// what acts on a terminal, except line ends and tabs.
    pub(crate) fn printed(&self) -> Cow<'_, str> {
        let safe = replaced(&self.0, |safe, character| match character {
            '\n' | '\t' => safe.push(character),
            _ => safe.extend(character.escape_unicode()),
        });
        match safe {
            Cow::Borrowed(safe) => hidden(safe),
            Cow::Owned(safe) => Cow::Owned(hidden(&safe).into_owned()),
        }
    }
}

impl Serialize for Foreign {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.printed())
    }
}

/// As an answer, it is the same in every format: a drawing, a script, a manual page.
impl Report for Foreign {
    fn foreign(&self) -> Option<Self> {
        Some(self.clone())
    }
}

/// The rules of a target.
pub(crate) trait Target {
    /// Returns a piece of text as it is in the target.
    fn escaped(text: &str) -> String;
}

/// Writes a text for a target.
#[derive(Debug)]
pub(crate) struct Writer<T> {
    text: String,
    target: PhantomData<T>,
}

impl<T: Target> Writer<T> {
    /// Starts an empty text.
    pub(crate) const fn new() -> Self {
        Self {
            text: String::new(),
            target: PhantomData,
        }
    }

    /// Adds words of this program, which are part of the target's language.
    pub(crate) fn own(&mut self, words: &'static str) -> &mut Self {
        self.text.push_str(words);
        self
    }

    /// Adds a number.
    pub(crate) fn number(&mut self, number: usize) -> &mut Self {
        self.text.push_str(&number.to_string());
        self
    }

    /// Adds what came from somewhere else.
    pub(crate) fn given(&mut self, piece: impl Display) -> &mut Self {
        self.text.push_str(&T::escaped(&piece.to_string()));
        self
    }

    /// Adds the texts that fit, so that there are at most so many bytes; returns how many do not.
    pub(crate) fn fitting(&mut self, bytes: usize, texts: impl Iterator<Item = Self>) -> usize {
        let mut fit = |text: &Self| {
            let fits = self.text.len() + text.text.len() <= bytes;
            if fits {
                self.text.push_str(&text.text);
            }
            fits
        };
        texts.filter(|text| !fit(text)).count()
    }

    /// Adds what a module of a target escaped itself.
    pub(super) fn raw(&mut self, escaped: &str) -> &mut Self {
        self.text.push_str(escaped);
        self
    }

    /// Returns the text.
    pub(crate) fn finish(self) -> Foreign {
        Foreign(self.text)
    }
}
