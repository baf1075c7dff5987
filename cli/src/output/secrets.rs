//! Stored passwords, hidden wherever they stand in what is printed.

use std::borrow::Cow;

use guichet::storage::redact::Redacted;

/// Returns a text with `[bcrypt]`, `[legacy]` or `[unknown]` in the place of everything that looks like
/// a stored password; what was hidden before stays as it is.
pub(super) fn hidden(text: &str) -> Cow<'_, str> {
    // A digest has a dollar sign or an equals sign, and a key that a password follows has a `w`; a
    // character that is written as an escape has a backslash. Few texts that are printed have any.
    let may_tell = |byte: u8| matches!(byte, b'$' | b'=' | b'\\' | b'w' | b'W');
    if !text.bytes().any(may_tell) {
        return Cow::Borrowed(text);
    }
    Redacted::words(text).covered(|secret, kind| {
        if is_hidden(secret) {
            secret.to_owned()
        } else {
            format!("[{}]", kind.as_str())
        }
    })
}

/// Tells whether a text is in the place of a password: a kind, perhaps with its mark, or asterisks.
fn is_hidden(text: &str) -> bool {
    let label = text
        .strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'));
    let (kind, mark) = label.map_or((text, None), |label| match label.split_once(", mark ") {
        Some((kind, mark)) => (kind, Some(mark)),
        None => (label, None),
    });
    let is_digit = |byte: u8| byte.is_ascii_hexdigit();
    let is_mark = |mark: &str| mark.len() == 32 && mark.bytes().all(is_digit);
    let is_label = label.is_some() && matches!(kind, "bcrypt" | "legacy" | "unknown");
    is_label && mark.is_none_or(is_mark) || text.bytes().all(|byte| byte == b'*')
}

#[cfg(test)]
mod tests {
    use super::hidden;

    #[test]
    fn a_stored_password_is_hidden_once() {
        let bcrypt = format!("$2b$10${}", "a".repeat(53));
        let line = format!("\"password\": \"{bcrypt}\", 'password': 'mine' {bcrypt}.");
        let shown = "\"password\": \"[bcrypt]\", 'password': '[unknown]' [bcrypt]";
        assert_eq!(hidden(&line), shown);
        assert_eq!(hidden(shown), shown);
        let marked = format!("\"password\": \"[bcrypt, mark {}]\"", "0f".repeat(16));
        assert_eq!(hidden(&marked), marked);
        let forged = "\"password\": \"[bcrypt, mark mine]\"";
        assert_eq!(hidden(forged), "\"password\": \"[unknown]\"");
        assert_eq!(hidden("\"password\": \"*****\""), "\"password\": \"*****\"");
    }
}
