//! The one place that decides when two names are the same (decision D7).
//!
//! Two names are the same when they are equal, or equal after Unicode NFC and simple case folding.
//! A look-up prefers the exact match. Users and groups are separate name spaces.

use std::hash::{BuildHasher, Hasher};

use unicode_normalization::UnicodeNormalization as _;

/// Returns whether two names are the same name (decision D7).
///
/// Runs in the length of the names; ASCII names are compared without allocation.
///
/// ```
/// use guichet_core::identity::same_name;
/// assert!(same_name("ReadWrite", "READWRITE"));
/// assert!(same_name("Zo\u{eb}", "zoe\u{308}")); // composed and decomposed
/// assert!(!same_name("straße", "strasse")); // simple folding keeps the length
/// assert!(!same_name(" test", "test")); // spaces count
/// ```
pub fn same_name(left: &str, right: &str) -> bool {
    if left == right {
        return true;
    }
    if left.is_ascii() && right.is_ascii() {
        return left.eq_ignore_ascii_case(right);
    }
    folded(left).eq(folded(right))
}

/// Returns the form under which a name is the same as its twins: NFC, then simple case folding.
///
/// ```
/// use guichet_core::identity::folded_name;
/// assert_eq!(folded_name("ÉCOLE"), folded_name("e\u{301}cole"));
/// ```
pub fn folded_name(name: &str) -> String {
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    folded(name).collect()
}

fn folded(name: &str) -> impl Iterator<Item = char> + '_ {
    name.nfc().map(simple_fold)
}

fn simple_fold(character: char) -> char {
    if character.is_ascii() {
        return character.to_ascii_lowercase();
    }
    unicode_case_mapping::case_folded(character)
        .and_then(|folded| char::from_u32(folded.get()))
        .unwrap_or(character)
}

/// Hashes a name so that the same names (D7) have the same hash.
pub(crate) fn hash_name(state: &impl BuildHasher, name: &str) -> u64 {
    let (hash, seen) = hash_words(state, name.as_bytes(), lower_case);
    if seen & HIGHS == 0 {
        return hash;
    }
    hash_words(state, folded_name(name).as_bytes(), |word| word).0
}

const ONES: u64 = u64::MAX / 0xff;
const HIGHS: u64 = ONES * 0x80;

/// Hashes the bytes of a name eight at a time, each word folded first.
///
/// Returns the hash, and all words one over the other: a high bit in it is no ASCII.
#[inline]
fn hash_words(state: &impl BuildHasher, bytes: &[u8], fold: impl Fn(u64) -> u64) -> (u64, u64) {
    let mut hasher = state.build_hasher();
    let mut seen = 0;
    let (words, _) = bytes.as_chunks::<8>();
    for word in words {
        let word = u64::from_le_bytes(*word);
        seen |= word;
        hasher.write_u64(fold(word));
    }
    // The last eight bytes overlap those before them; the length tells such names apart.
    let last = bytes.last_chunk().copied().map(u64::from_le_bytes);
    let last = last.unwrap_or_else(|| {
        let bytes = bytes.iter().rev();
        bytes.fold(0, |word, byte| word << 8 | u64::from(*byte))
    });
    hasher.write_u64(fold(last));
    hasher.write_usize(bytes.len());
    (hasher.finish(), seen | last)
}

/// Makes the capital letters among eight ASCII characters small.
const fn lower_case(word: u64) -> u64 {
    // An ASCII character plus one of these numbers has its high bit set from `A` on, or from after `Z` on.
    let from_a = word.wrapping_add(ONES * (0x80 - b'A' as u64));
    let behind_z = word.wrapping_add(ONES * (0x80 - (b'Z' as u64 + 1)));
    word | (from_a & !behind_z & HIGHS) >> 2
}

#[cfg(test)]
mod tests {
    use super::{folded_name, hash_name, lower_case, same_name};

    #[test]
    fn names_that_differ_in_case_only_share_one_hash() {
        let state = std::hash::RandomState::new();
        for (left, right) in [
            ("Ann", "aNN"),
            ("ÉCOLE", "e\u{301}cole"),
            ("ÉCOLE DE COMMERCE", "école de commerce"),
            ("Kelvin", "\u{212a}elvin"),
            (&"A".repeat(100), &"a".repeat(100)),
        ] {
            assert!(same_name(left, right), "{left} {right}");
            assert_eq!(
                hash_name(&state, left),
                hash_name(&state, right),
                "{left} {right}"
            );
        }
    }

    #[test]
    fn eight_characters_are_made_small_at_once() {
        for byte in 0..0x80_u8 {
            let lower = lower_case(u64::from_le_bytes([
                byte, b'A', b'z', 0, byte, b'Z', b'[', b'@',
            ]));
            let small = byte.to_ascii_lowercase();
            assert_eq!(
                lower.to_le_bytes(),
                [small, b'a', b'z', 0, small, b'z', b'[', b'@']
            );
        }
    }

    #[test]
    fn names_of_every_length_have_hashes_of_their_own() {
        let state = std::hash::RandomState::new();
        let mut hashes: Vec<u64> = (0..100)
            .map(|length| hash_name(&state, &"a".repeat(length)))
            .collect();
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), 100);
    }

    #[test]
    fn folding_is_simple_not_full() {
        assert_eq!(folded_name("Straße"), "straße");
        assert_eq!(folded_name("ﬁ"), "ﬁ");
    }
}
