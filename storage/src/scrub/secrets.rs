//! Invented stored passwords, of which nobody knows a password.

use std::collections::HashMap;

use guichet_core::{Credential, PasswordKind};

use super::invention::Avoided;

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const BCRYPT: &[u8; 64] = b"./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// How often one is tried that holds none of the names.
const ATTEMPTS: u32 = 4096;

/// Old stored passwords and the new ones in their place.
#[derive(Debug, Default)]
pub(super) struct Secrets {
    new: HashMap<String, String>,
}

impl Secrets {
    /// Returns the new stored password for an old one; it depends on its kind, its first letters and its place alone.
    pub(super) fn invent(&mut self, old: &str, avoided: &Avoided) -> &str {
        if !self.new.contains_key(old) {
            let new = fresh(old, self.new.len(), avoided);
            self.new.insert(old.to_owned(), new);
        }
        self.new.get(old).map_or("", String::as_str)
    }
}

fn fresh(old: &str, place: usize, avoided: &Avoided) -> String {
    let mut new = String::new();
    for attempt in 0..ATTEMPTS {
        let mut hasher = blake3::Hasher::new_derive_key("guichet 2026 scrubbed password");
        hasher.update(&attempt.to_le_bytes());
        hasher.update(&(place as u64).to_le_bytes());
        let mut bytes = [0; 53];
        hasher.finalize_xof().fill(&mut bytes);
        new = shaped(old, &bytes);
        if !avoided.is_in(&new) {
            break;
        }
    }
    new
}

/// Returns a stored password of the kind of another one.
fn shaped(old: &str, bytes: &[u8; 53]) -> String {
    match Credential::from_stored(old).kind() {
        PasswordKind::Legacy => {
            // The last of the 22 digits of 16 bytes has two bits.
            let digits = bytes.iter().take(22).enumerate();
            let digits = digits
                .map(|(index, byte)| digit(BASE64, *byte, if index == 21 { 0x30 } else { 0x3f }));
            digits.chain("==".chars()).collect()
        }
        PasswordKind::Bcrypt => {
            // `$2b$10$`, 22 digits for 16 bytes of salt, 31 digits for 23 bytes.
            let digits = bytes.iter().enumerate().map(|(index, byte)| {
                let bits = match index {
                    21 => 0x30,
                    52 => 0x3c,
                    _ => 0x3f,
                };
                digit(BCRYPT, *byte, bits)
            });
            old.chars().take(7).chain(digits).collect()
        }
        PasswordKind::None | PasswordKind::Unknown => {
            let digits = bytes.iter().take(12);
            digits.map(|byte| digit(BASE64, *byte, 0x1f)).collect()
        }
    }
}

fn digit(digits: &[u8; 64], byte: u8, bits: u8) -> char {
    let digit = digits.get(usize::from(byte & bits & 0x3f));
    char::from(digit.copied().unwrap_or(b'A'))
}
