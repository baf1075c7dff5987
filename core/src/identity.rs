//! The one place that decides when two names are the same (decision D7).
//!
//! Two names are the same when they are equal, or equal after Unicode NFC and simple case folding.
//! A look-up prefers the exact match. Users and groups are separate name spaces.

use std::hash::{BuildHasher, Hasher};

use unicode_normalization::UnicodeNormalization as _;

/// Tells whether two names are the same name (decision D7).
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
    if left.is_ascii() && right.is_ascii() {
        return left.eq_ignore_ascii_case(right);
    }
    left == right || folded(left).eq(folded(right))
}

/// Returns the form under which a name is the same as its twins: NFC, then simple case folding.
///
/// ```
/// use guichet_core::identity::folded_name;
/// assert_eq!(folded_name("ÉCOLE"), folded_name("e\u{301}cole"));
/// ```
pub fn folded_name(name: &str) -> String {
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
    const ON_STACK: usize = 64;
    let mut hasher = state.build_hasher();
    let mut buffer = [0_u8; ON_STACK];
    match buffer.get_mut(..name.len()) {
        Some(short) if name.is_ascii() => {
            short.copy_from_slice(name.as_bytes());
            short.make_ascii_lowercase();
            hasher.write(short);
        }
        _ if name.is_ascii() => hasher.write(name.to_ascii_lowercase().as_bytes()),
        _ => hasher.write(folded_name(name).as_bytes()),
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::{folded_name, hash_name, same_name};

    #[test]
    fn names_that_differ_in_case_only_share_one_hash() {
        let state = std::hash::RandomState::new();
        for (left, right) in [
            ("Ann", "aNN"),
            ("ÉCOLE", "e\u{301}cole"),
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
    fn folding_is_simple_not_full() {
        assert_eq!(folded_name("Straße"), "straße");
        assert_eq!(folded_name("ﬁ"), "ﬁ");
    }
}
