//! Which version of a file was read: a fingerprint of its bytes.

use std::fmt;

/// How many bytes of the fingerprint are kept.
const LENGTH: usize = 16;

/// The fingerprint of a file's bytes, or the fact that there was no file.
///
/// It is the first half of the [BLAKE3](https://github.com/BLAKE3-team/BLAKE3) hash, 128 bits: two different files have
/// the same revision by chance once in about 10³⁸ pairs. A save compares it, to find out that the file has changed.
///
/// ```
/// use guichet_storage::revision::Revision;
///
/// assert_eq!(Revision::of(b"{}").to_string(), Revision::of(b"{}").to_string());
/// assert_ne!(Revision::of(b"{}"), Revision::of(b"{ }"));
/// assert_eq!(Revision::ABSENT.to_string(), "absent");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Revision(Option<[u8; LENGTH]>);

impl Revision {
    /// There is no file.
    pub const ABSENT: Self = Self(None);

    /// Takes the fingerprint of a file's bytes; linear.
    pub fn of(bytes: &[u8]) -> Self {
        Self(blake3::hash(bytes).as_bytes().first_chunk().copied())
    }
}

impl fmt::Display for Revision {
    /// Writes 32 lower-case hexadecimal digits, or `absent`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(bytes) = &self.0 else {
            return formatter.write_str("absent");
        };
        bytes
            .iter()
            .try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}
