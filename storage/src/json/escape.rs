//! Strings: finding their end, and checking their escapes.

use super::error::{Fault, SyntaxErrorKind};

/// What is between two quotation marks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quoted {
    /// The length between the quotation marks, in bytes.
    pub(super) length: usize,
    /// Whether there is an escape among them.
    pub(super) escaped: bool,
}

/// Reads the string whose opening quotation mark is at `open`, and checks it.
pub(super) fn quoted(bytes: &[u8], open: usize) -> Result<Quoted, Fault> {
    let start = open + 1;
    let mut at = start;
    let mut escaped = false;
    loop {
        at = next_special(bytes, at);
        match bytes.get(at) {
            Some(b'"') => {
                return Ok(Quoted {
                    length: at - start,
                    escaped,
                });
            }
            Some(b'\\') => {
                escaped = true;
                at = escape_end(bytes, at)?;
            }
            Some(&control) => {
                return Err(Fault::new(
                    SyntaxErrorKind::ControlCharacter {
                        found: char::from(control),
                    },
                    at,
                ));
            }
            None => return Err(Fault::new(SyntaxErrorKind::UnclosedString, open)),
        }
    }
}

/// Returns the offset of the first quotation mark, backslash or control character from `at` on, or the length.
#[inline]
fn next_special(bytes: &[u8], mut at: usize) -> usize {
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let hits = special_bytes(u64::from_le_bytes(*chunk));
        if hits != 0 {
            return at + (hits.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    while bytes
        .get(at)
        .is_some_and(|&byte| byte != b'"' && byte != b'\\' && byte >= 0x20)
    {
        at += 1;
    }
    at
}

/// Marks the high bit of every byte of `word` that is a quotation mark, a backslash or a control character.
///
/// Only the lowest mark is exact: a borrow may mark a byte above a true one.
#[inline]
const fn special_bytes(word: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = 0x8080_8080_8080_8080;
    const fn zeros(word: u64) -> u64 {
        word.wrapping_sub(ONES) & !word
    }
    let quotes = zeros(word ^ (ONES * b'"' as u64));
    let backslashes = zeros(word ^ (ONES * b'\\' as u64));
    let controls = word.wrapping_sub(ONES * 0x20) & !word;
    (quotes | backslashes | controls) & HIGHS
}

/// Returns the offset after the escape whose backslash is at `at`.
fn escape_end(bytes: &[u8], at: usize) -> Result<usize, Fault> {
    match bytes.get(at + 1) {
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Ok(at + 2),
        Some(b'u') => match unit(bytes, at)? {
            0xd800..=0xdbff => {
                let second = at + 6;
                if bytes.get(second..second + 2) == Some(b"\\u")
                    && matches!(unit(bytes, second)?, 0xdc00..=0xdfff)
                {
                    Ok(second + 6)
                } else {
                    Err(Fault::new(SyntaxErrorKind::LoneSurrogate, at))
                }
            }
            0xdc00..=0xdfff => Err(Fault::new(SyntaxErrorKind::LoneSurrogate, at)),
            _ => Ok(at + 6),
        },
        Some(_) => Err(Fault::new(SyntaxErrorKind::InvalidEscape, at)),
        None => Err(Fault::new(SyntaxErrorKind::UnclosedString, at)),
    }
}

/// Returns the UTF-16 code unit of the `\uXXXX` escape that begins at `at`.
fn unit(bytes: &[u8], at: usize) -> Result<u32, Fault> {
    let digits = bytes
        .get(at + 2..at + 6)
        .ok_or(Fault::new(SyntaxErrorKind::InvalidEscape, at))?;
    digits.iter().try_fold(0, |value, &digit| {
        let digit = char::from(digit)
            .to_digit(16)
            .ok_or(Fault::new(SyntaxErrorKind::InvalidEscape, at))?;
        Ok(value * 16 + digit)
    })
}

#[cfg(test)]
mod tests {
    use super::{next_special, special_bytes};

    #[test]
    fn the_first_special_byte_is_found_at_every_distance() {
        for special in [b'"', b'\\', 0, b'\n', 0x1f] {
            for distance in 0..40 {
                let mut bytes = vec![0xc3; distance];
                bytes.push(special);
                bytes.extend([b'"'; 9]);
                assert_eq!(next_special(&bytes, 0), distance, "{special}");
            }
        }
    }

    #[test]
    fn no_ordinary_byte_is_special() {
        for byte in (0x20..=0xff_u8).filter(|byte| !matches!(byte, b'"' | b'\\')) {
            assert_eq!(special_bytes(u64::from_le_bytes([byte; 8])), 0, "{byte:#x}");
        }
    }
}
