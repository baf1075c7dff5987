//! The grammar of numbers.

use super::error::{Fault, SyntaxErrorKind};

/// Returns the offset after the number that begins at `start`.
pub(super) fn end(bytes: &[u8], start: usize) -> Result<usize, Fault> {
    let fault = Fault::new(SyntaxErrorKind::InvalidNumber, start);
    let mut at = start;
    if bytes.get(at) == Some(&b'-') {
        at += 1;
    }
    let whole = digits(bytes, at);
    if whole == at || (bytes.get(at) == Some(&b'0') && whole > at + 1) {
        return Err(fault);
    }
    at = whole;
    if bytes.get(at) == Some(&b'.') {
        let fraction = digits(bytes, at + 1);
        if fraction == at + 1 {
            return Err(fault);
        }
        at = fraction;
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        let exponent = digits(bytes, at + 1 + sign);
        if exponent == at + 1 + sign {
            return Err(fault);
        }
        at = exponent;
    }
    Ok(at)
}

/// Returns the offset of the first byte from `at` on that is not a digit.
fn digits(bytes: &[u8], at: usize) -> usize {
    at + bytes
        .get(at..)
        .unwrap_or_default()
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count()
}
