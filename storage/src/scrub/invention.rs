//! Invented names.

use std::collections::{BTreeSet, HashMap, HashSet};

use guichet_core::identity::folded_name;

use super::invented_length;

const CONSONANTS: &[u8; 16] = b"bcdfghjklmnprtvz";
const VOWELS: &[u8; 5] = b"aeiou";
const DIGITS: &[u8; 10] = b"0123456789";

/// How often a name of syllables is tried that holds none of the old names, before digits stand for the vowels.
const PRONOUNCEABLE: u32 = 64;

/// How often anything is tried; a file made to have every short text as a name gets what comes then.
const ATTEMPTS: u32 = 4096;

/// The names that must not be seen any more.
#[derive(Debug, Default)]
pub(super) struct Avoided {
    /// Folded, of three characters or more.
    names: HashSet<String>,
    /// Their lengths in bytes.
    lengths: BTreeSet<usize>,
}

impl Avoided {
    /// Takes all names; those of one or two characters may be seen, since they would be found everywhere.
    pub(super) fn new<'n>(names: impl Iterator<Item = &'n str>) -> Self {
        let mut avoided = Self::default();
        for name in names.filter(|name| name.chars().nth(2).is_some()) {
            let name = folded_name(name);
            avoided.lengths.insert(name.len());
            avoided.names.insert(name);
        }
        avoided
    }

    /// Returns whether a text that is folded, or ASCII, holds one of the names.
    pub(super) fn is_in(&self, text: &str) -> bool {
        let text = text.to_ascii_lowercase();
        let mut lengths = self.lengths.range(..=text.len());
        lengths.any(|length| {
            let mut starts = 0..=text.len() - length;
            starts.any(|start| {
                let part = text.get(start..start + length);
                part.is_some_and(|part| self.names.contains(part))
            })
        })
    }
}

/// Old names and the new ones in their place.
#[derive(Debug)]
pub(super) struct Names<'k> {
    pub(super) avoided: Avoided,
    key: Option<&'k [u8; 32]>,
    /// The new name of each old one.
    new: HashMap<String, String>,
    /// The new name in small letters of all old ones that are the same (decision D7), and how many there were.
    same: HashMap<String, (String, u32)>,
    /// The new names, in small letters.
    used: HashSet<String>,
}

impl<'k> Names<'k> {
    /// Begins with all names that will be replaced.
    pub(super) fn new<'n>(names: impl Iterator<Item = &'n str>, key: Option<&'k [u8; 32]>) -> Self {
        Self {
            avoided: Avoided::new(names),
            key,
            new: HashMap::new(),
            same: HashMap::new(),
            used: HashSet::new(),
        }
    }

    /// Returns the new name of an old one.
    pub(super) fn invent(&mut self, old: &str) -> &str {
        if !self.new.contains_key(old) {
            let name = self.fresh(old);
            self.new.insert(old.to_owned(), name);
        }
        self.new.get(old).map_or("", String::as_str)
    }

    fn fresh(&mut self, old: &str) -> String {
        let folded = folded_name(old);
        if let Some((base, spellings)) = self.same.get_mut(&folded)
            && let Some(name) = spelled(base, *spellings)
        {
            *spellings += 1;
            return name;
        }
        let base = self.base(&folded, invented_length(old.chars().count()));
        self.used.insert(base.clone());
        let first = spelled(&base, 0).unwrap_or_default();
        self.same.insert(folded, (base, 1));
        first
    }

    /// Returns small letters that no other name has.
    fn base(&self, folded: &str, length: usize) -> String {
        let place = (self.used.len() as u64).to_le_bytes();
        let (key, seed) = match self.key {
            Some(key) => (key, folded.as_bytes()),
            None => (&[0; 32], place.as_slice()),
        };
        let mut base = String::new();
        for attempt in 0_u32.. {
            let mut hasher = blake3::Hasher::new_keyed(key);
            hasher.update(&attempt.to_le_bytes()).update(seed);
            let mut bytes = vec![0; length];
            hasher.finalize_xof().fill(&mut bytes);
            let second: &[u8] = if attempt < PRONOUNCEABLE {
                VOWELS
            } else {
                DIGITS
            };
            base = letters(&bytes, second);
            let free = !self.used.contains(&base);
            if free && (attempt >= ATTEMPTS || !self.avoided.is_in(&base)) {
                break;
            }
        }
        base
    }
}

/// Returns letters in turn from the consonants and from others.
fn letters(bytes: &[u8], others: &[u8]) -> String {
    let letter = |(index, byte): (usize, &u8)| {
        let letters = if index % 2 == 0 {
            CONSONANTS.as_slice()
        } else {
            others
        };
        let letter = letters.get(usize::from(*byte) % letters.len());
        char::from(letter.copied().unwrap_or(b'x'))
    };
    bytes.iter().enumerate().map(letter).collect()
}

/// Returns one of the spellings of a name, which differ in capital letters; `None` if there are no more.
///
/// The first one begins with a capital letter.
fn spelled(base: &str, number: u32) -> Option<String> {
    let letters = base.bytes().filter(u8::is_ascii_alphabetic).count();
    if u64::from(number) >> letters.min(32) != 0 {
        return None;
    }
    let mut bits = number ^ 1;
    let spelled = base.chars().map(|letter| {
        if !letter.is_ascii_alphabetic() {
            return letter;
        }
        let capital = bits & 1 == 1;
        bits >>= 1;
        if capital {
            letter.to_ascii_uppercase()
        } else {
            letter
        }
    });
    Some(spelled.collect())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{Names, spelled};

    #[test]
    fn spellings_differ_and_come_to_an_end() {
        let all: Vec<_> = (0..).map_while(|number| spelled("ba7o", number)).collect();
        assert_eq!(all.first().map(String::as_str), Some("Ba7o"));
        assert_eq!(all.iter().collect::<HashSet<_>>().len(), 8);
        assert_eq!(all.len(), 8);
    }

    #[test]
    fn more_spellings_than_there_are_get_names_of_their_own() {
        let old: Vec<_> = (0..5000)
            .filter_map(|number| spelled("abcdefghijklmnop", number))
            .collect();
        let mut names = Names::new(old.iter().map(String::as_str), None);
        let new: HashSet<_> = old.iter().map(|old| names.invent(old).to_owned()).collect();
        assert_eq!(new.len(), old.len());
    }

    #[test]
    fn names_that_take_all_syllables_leave_names_with_digits() {
        let syllables: Vec<_> = "bcdfghjklmnprtvz"
            .chars()
            .flat_map(|one| "aeiou".chars().map(move |two| (one, two)))
            .flat_map(|(one, two)| {
                "bcdfghjklmnprtvz"
                    .chars()
                    .map(move |three| format!("{one}{two}{three}"))
            })
            .collect();
        let mut names = Names::new(syllables.iter().map(String::as_str), None);
        for old in &syllables {
            let new = names.invent(old).to_lowercase();
            assert!(new.bytes().any(|byte| byte.is_ascii_digit()), "{new}");
        }
    }
}
