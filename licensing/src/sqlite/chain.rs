//! The chain of digests through the events: a changed, moved or missing row breaks it.
//!
//! It finds accidents of disks and of hands. Anyone who wants to forge a history can compute it too.

use crate::event::Sequence;

/// The digest of an event and of everything before it: the first 16 bytes of a BLAKE3 hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Link([u8; 16]);

impl Link {
    /// Takes a link as a row holds it.
    pub(super) fn from_stored(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    pub(super) const fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Returns the link of the row that follows the one with this link.
    ///
    /// Each text goes in with its length, so that no two rows are the same bytes.
    pub(super) fn next(self, sequence: Sequence, at: i64, texts: [Option<&str>; 5]) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.0);
        hasher.update(&sequence.get().to_le_bytes());
        hasher.update(&at.to_le_bytes());
        for text in texts {
            let length = text.map_or(u64::MAX, |text| text.len() as u64);
            hasher.update(&length.to_le_bytes());
            hasher.update(text.unwrap_or_default().as_bytes());
        }
        let [first @ .., _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _] =
            *hasher.finalize().as_bytes();
        Self(first)
    }
}
