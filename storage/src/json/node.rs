//! Views of the values of a document.

use std::borrow::Cow;
use std::fmt;
use std::iter::FusedIterator;
use std::ops::Range;

use super::document::Document;
use super::pointer::Pointer;
use super::tape::{Entry, Tag};

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

impl Kind {
    /// Returns the kind in words, with its article.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "true or false",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
        }
    }
}

/// One value of a document, or one key of an object: a cheap copy that borrows the document.
#[derive(Clone, Copy)]
pub struct Node<'d> {
    document: &'d Document,
    index: usize,
    entry: Entry,
}

impl<'d> Node<'d> {
    /// Looks at a tape entry; none after the last one and for the end of a container.
    pub(super) fn at(document: &'d Document, index: usize) -> Option<Self> {
        let entry = document.tape().entry(index)?;
        (entry.tag() != Tag::End).then_some(Self {
            document,
            index,
            entry,
        })
    }

    /// Looks at the outermost value.
    pub(super) fn root(document: &'d Document) -> Self {
        Self {
            document,
            index: 0,
            entry: document.tape().first(),
        }
    }

    /// Returns what the value is.
    pub const fn kind(self) -> Kind {
        match self.entry.tag() {
            Tag::Plain | Tag::Escaped => Kind::String,
            Tag::Number => Kind::Number,
            Tag::True | Tag::False => Kind::Boolean,
            Tag::Null | Tag::End => Kind::Null,
            Tag::Array => Kind::Array,
            Tag::Object => Kind::Object,
        }
    }

    /// Returns the bytes of the text that the value takes, its quotation marks or brackets included.
    pub fn span(self) -> Range<usize> {
        let start = self.entry.offset();
        let length = match self.entry.tag() {
            Tag::Plain | Tag::Escaped => self.entry.payload() + 2,
            Tag::Array | Tag::Object => {
                let end = self.document.tape().entry(self.entry.payload());
                end.map_or(1, |end| end.offset() + 1 - start)
            }
            _ => self.entry.payload(),
        };
        start..start + length
    }

    /// Returns the value exactly as it is written.
    pub fn raw(self) -> &'d str {
        self.document.text().get(self.span()).unwrap_or_default()
    }

    /// Returns the text of a string, borrowed unless it holds an escape; `None` for other kinds.
    #[inline]
    pub fn as_str(self) -> Option<Cow<'d, str>> {
        match self.entry.tag() {
            Tag::Plain => {
                let start = self.entry.offset() + 1;
                let inner = start..start + self.entry.payload();
                let inner = self.document.text().get(inner);
                Some(Cow::Borrowed(inner.unwrap_or_default()))
            }
            // The scanner checked the escapes, so they can be decoded.
            Tag::Escaped => Some(Cow::Owned(
                serde_json::from_str(self.raw()).unwrap_or_default(),
            )),
            _ => None,
        }
    }

    /// Returns the number of members or elements; 0 for other kinds.
    pub fn len(self) -> usize {
        match self.entry.tag() {
            Tag::Array | Tag::Object => self
                .document
                .tape()
                .entry(self.entry.payload())
                .map_or(0, Entry::payload),
            _ => 0,
        }
    }

    /// Returns whether there is no member or element.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Walks over the members of an object in the order of the text; over nothing for other kinds.
    pub fn members(self) -> Members<'d> {
        Members {
            next: if self.kind() == Kind::Object {
                self.first_inside()
            } else {
                None
            },
        }
    }

    /// Walks over the elements of an array in the order of the text; over nothing for other kinds.
    pub fn elements(self) -> Elements<'d> {
        let is_array = self.kind() == Kind::Array;
        Elements {
            next: if is_array { self.first_inside() } else { None },
            left: if is_array { self.len() } else { 0 },
        }
    }

    /// Returns the value of the member `name`; of the last one where the object has several. Linear.
    pub fn get(self, name: &str) -> Option<Self> {
        self.members()
            .filter(|member| member.name() == name)
            .last()
            .map(|member| member.value)
    }

    /// Returns the address of the value, found from the root; linear in the containers on the way.
    ///
    /// For a key it is the address of its member.
    pub fn pointer(self) -> Pointer {
        self.document
            .addresses(&[self.index()])
            .pop()
            .unwrap_or_default()
    }

    /// Returns the document.
    pub(super) const fn document(self) -> &'d Document {
        self.document
    }

    /// Returns the index of the value's entry on the tape, which is below 2²⁸.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a tape has less than 2^28 entries"
    )]
    pub(crate) const fn index(self) -> u32 {
        self.index as u32
    }

    /// Returns the index of the last entry that belongs to the value: for a container its end.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a tape has less than 2^28 entries"
    )]
    pub(crate) const fn last_index(self) -> u32 {
        match self.entry.tag() {
            Tag::Array | Tag::Object => self.entry.payload() as u32,
            _ => self.index(),
        }
    }

    /// Returns the first entry inside a container.
    fn first_inside(self) -> Option<Self> {
        Self::at(self.document, self.index + 1)
    }

    /// Returns the entry after this value, where the container goes on.
    #[inline]
    pub(super) fn next(self) -> Option<Self> {
        Self::at(self.document, self.last_index() as usize + 1)
    }
}

impl fmt::Debug for Node<'_> {
    /// Shows the kind and the place, not the text, which may be a stored password.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Node({:?} at {:?})", self.kind(), self.span())
    }
}

/// A key of an object with its value.
#[derive(Clone, Copy, Debug)]
pub struct Member<'d> {
    /// The key, which is always a string.
    pub key: Node<'d>,
    /// The value.
    pub value: Node<'d>,
}

impl<'d> Member<'d> {
    /// Returns whether another member has the same name.
    pub(super) fn has_name_of(self, other: Member<'_>) -> bool {
        match (self.key.entry.tag(), other.key.entry.tag()) {
            (Tag::Plain, Tag::Plain) => self.key.raw() == other.key.raw(),
            _ => self.name() == other.name(),
        }
    }

    /// Returns the text of the key, borrowed unless it holds an escape.
    #[inline]
    pub fn name(self) -> Cow<'d, str> {
        self.key.as_str().unwrap_or_default()
    }
}

/// The members of an object, in the order of the text.
#[derive(Clone, Debug)]
pub struct Members<'d> {
    next: Option<Node<'d>>,
}

impl<'d> Iterator for Members<'d> {
    type Item = Member<'d>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let key = self.next?;
        let value = key.next()?;
        self.next = value.next();
        Some(Member { key, value })
    }
}

impl FusedIterator for Members<'_> {}

/// The elements of an array, in the order of the text.
#[derive(Clone, Debug)]
pub struct Elements<'d> {
    next: Option<Node<'d>>,
    left: usize,
}

impl<'d> Iterator for Elements<'d> {
    type Item = Node<'d>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let element = self.next?;
        self.next = element.next();
        self.left = self.left.saturating_sub(1);
        Some(element)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for Elements<'_> {}

impl FusedIterator for Elements<'_> {}
