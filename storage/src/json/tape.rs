//! The tape: eight bytes per value, in the order of the text.
//!
//! An object lies on the tape as `Object, key, value, key, value, …, End`, an array as `Array, value, …, End`.
//! A key is a string entry. Word by word: where the value begins, and then four bits of [`Tag`] and 28 bits of
//! payload: for a string its length inside the quotes, for a number its length, for a container the tape index of
//! its end, for an end the number of the container's members or elements.

use super::error::{Fault, SyntaxErrorKind};

/// The largest payload: the longest string in bytes, and the most entries of a tape.
pub(super) const MAX_PAYLOAD: usize = (1 << 28) - 1;

/// What an entry stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Tag {
    /// A string without escapes.
    Plain = 0,
    /// A string with at least one escape.
    Escaped = 1,
    /// A number.
    Number = 2,
    /// `true`.
    True = 3,
    /// `false`.
    False = 4,
    /// `null`.
    Null = 5,
    /// The opening bracket of an array.
    Array = 6,
    /// The opening brace of an object.
    Object = 7,
    /// The closing bracket or brace of a container.
    End = 8,
}

/// One entry of the tape.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    offset: u32,
    word: u32,
}

impl Entry {
    /// Returns the byte offset at which the value begins.
    pub(super) const fn offset(self) -> usize {
        self.offset as usize
    }

    /// Returns what the entry stands for.
    pub(super) const fn tag(self) -> Tag {
        match self.word >> 28 {
            0 => Tag::Plain,
            1 => Tag::Escaped,
            2 => Tag::Number,
            3 => Tag::True,
            4 => Tag::False,
            5 => Tag::Null,
            6 => Tag::Array,
            7 => Tag::Object,
            _ => Tag::End,
        }
    }

    /// Returns the payload, whose meaning depends on the tag.
    pub(super) const fn payload(self) -> usize {
        (self.word & 0x0fff_ffff) as usize
    }
}

/// All entries of a document.
#[derive(Clone, Debug)]
pub(super) struct Tape {
    entries: Vec<Entry>,
    text_length: usize,
}

impl Tape {
    /// Makes an empty tape for a text of `text_length` bytes.
    pub(super) fn for_text(text_length: usize) -> Self {
        // 4D's own files need one entry for about 20 bytes; what is missing is added as the text shows it.
        Self {
            entries: Vec::with_capacity(text_length.min(1 << 20) / 16 + 4),
            text_length,
        }
    }

    /// Returns the entry at an index.
    pub(super) fn entry(&self, index: usize) -> Option<Entry> {
        self.entries.get(index).copied()
    }

    /// Returns the index of the first entry that begins at a byte offset or after it.
    pub(super) fn first_from(&self, offset: usize) -> usize {
        self.entries
            .partition_point(|entry| entry.offset() < offset)
    }

    /// Returns the entry of the outermost value, which every scanned text has.
    pub(super) fn first(&self) -> Entry {
        self.entry(0).unwrap_or(Entry {
            offset: 0,
            word: (Tag::Null as u32) << 28,
        })
    }

    /// Returns the number of entries.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Adds an entry and returns its index.
    #[inline]
    pub(super) fn push(&mut self, tag: Tag, offset: usize, payload: usize) -> Result<usize, Fault> {
        if self.entries.len() == self.entries.capacity() {
            self.grow(offset);
        }
        let index = self.entries.len();
        if payload > MAX_PAYLOAD || index > MAX_PAYLOAD {
            return Err(Fault::new(SyntaxErrorKind::TooMany, offset));
        }
        self.entries.push(Entry {
            offset: word(offset),
            word: word(payload) | (tag as u32) << 28,
        });
        Ok(index)
    }

    /// Ends the container that was opened at `open` and now holds `children` members or elements.
    pub(super) fn close(
        &mut self,
        open: usize,
        offset: usize,
        children: usize,
    ) -> Result<(), Fault> {
        let end = self.push(Tag::End, offset, children)?;
        if let Some(entry) = self.entries.get_mut(open) {
            entry.word = (entry.word & 0xf000_0000) | word(end);
        }
        Ok(())
    }

    /// Makes room for the rest of the text, as dense as what was read so far.
    #[cold]
    fn grow(&mut self, offset: usize) {
        let used = self.entries.len();
        let density = used.saturating_mul(self.text_length) / offset.max(1);
        let wanted = (density + density / 32).clamp(used + used / 4 + 16, used * 2 + 16);
        self.entries.reserve_exact(wanted - used);
    }

    /// Gives unused room back.
    pub(super) fn shrink(&mut self) {
        self.entries.shrink_to_fit();
    }
}

/// Narrows a number that was checked against [`MAX_PAYLOAD`] or against the size limit of a text.
#[inline]
fn word(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}
