//! All in which two directories differ.

use std::fmt::Write as _;

use super::entries::Entry;
use super::identities::Side;
use super::plan::called::Called;
use crate::delta::Delta;

/// All in which a newer directory differs from an older one, by meaning: see
/// [`compare`](crate::compare()).
///
/// Its order depends on names alone, never on the order of the files.
#[derive(Debug, Clone, Default)]
pub struct Difference {
    // INVARIANT: in the order of `Delta::place`.
    pub(super) entries: Vec<Entry>,
    /// What those that the entries are about are called in the older directory.
    pub(super) called: Called,
}

impl PartialEq for Difference {
    fn eq(&self, other: &Self) -> bool {
        self.deltas().eq(other.deltas())
    }
}

impl Eq for Difference {}

impl Difference {
    /// Takes what differs from a directory, and that directory.
    pub(crate) fn from(older: &Side<'_>, entries: Vec<Entry>) -> Self {
        let called = Called::of(older, &entries);
        Self { entries, called }
    }

    /// Returns whether the directories mean the same.
    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Returns how many deltas there are.
    pub const fn len(&self) -> usize {
        self.entries.len()
    }

    /// Returns what differs: users, then groups, then members, then who is granted what, then the
    /// settings that name a user; each by name, in the order of code points.
    pub fn deltas(&self) -> impl ExactSizeIterator<Item = &Delta> {
        self.entries.iter().map(|entry| &entry.delta)
    }

    /// Returns the text that a digest of the difference is made of: one line for each delta, in
    /// order, ended by a line feed, with line feeds inside names escaped.
    ///
    /// The same difference has the same text in every process and on every machine, whatever the
    /// order of the files. Of passwords only the kinds are in it, on purpose: a digest that hangs on
    /// a stored password, published with a review, would let who reads it try passwords.
    ///
    /// ```
    /// use guichet_core::{DirectoryBuilder, UserName, compare};
    /// let old = DirectoryBuilder::new().finish();
    /// let mut new = DirectoryBuilder::new();
    /// new.user(UserName::from_stored("Ann"));
    /// let difference = compare(&old, &new.finish());
    /// assert_eq!(difference.canonical(), "user-added: user `Ann` was added\n");
    /// ```
    #[must_use]
    pub fn canonical(&self) -> String {
        let mut text = String::new();
        for delta in self.deltas() {
            let sentence = delta.to_string();
            let sentence = sentence.replace('\\', "\\\\").replace('\n', "\\n");
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{}: {sentence}", delta.kind());
        }
        text
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Difference {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.deltas())
    }
}
