//! Messages on their way out: whatever looks like a stored password in them is hidden once.

use std::borrow::Cow;

use super::Redacted;

/// Returns a message with `[bcrypt]`, `[legacy]` or `[unknown]` in the place of everything that looks like a stored
/// password; what was hidden before stays as it is, so a text may come by here twice.
///
/// One pass; most messages are only looked at.
///
/// ```
/// use guichet_storage::redact::hidden;
///
/// let line = format!("\"password\": \"$2b$10${}\"", "a".repeat(53));
/// assert_eq!(hidden(&line), "\"password\": \"[bcrypt]\"");
/// assert_eq!(hidden("\"password\": \"[bcrypt]\""), "\"password\": \"[bcrypt]\"");
/// ```
pub fn hidden(text: &str) -> Cow<'_, str> {
    if !may_tell(text.as_bytes()) {
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

/// Returns whether a text may have a secret in it.
///
/// A digest has a dollar sign or an equals sign, and a key that a password follows has `word` in it; a character that is
/// written as an escape has a backslash, and UTF-16 has U+0000 between its letters. Few messages have any.
fn may_tell(text: &[u8]) -> bool {
    let mut bytes = text.iter().enumerate();
    bytes.any(|(at, byte)| match byte {
        b'$' | b'=' | b'\\' | b'\0' => true,
        b'w' | b'W' => {
            let word = text.get(at..at + 4);
            word.is_some_and(|word| word.eq_ignore_ascii_case(b"word"))
        }
        _ => false,
    })
}

/// Returns whether a text is in the place of a password: a kind, perhaps with its mark, or asterisks.
fn is_hidden(text: &str) -> bool {
    let label = text
        .strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'));
    let Some(label) = label else {
        return text.bytes().all(|byte| byte == b'*');
    };
    let (kind, mark) = label.split_once(", mark ").unwrap_or((label, ""));
    let is_mark = mark.len() == 32 && mark.bytes().all(|byte| byte.is_ascii_hexdigit());
    matches!(kind, "bcrypt" | "legacy" | "unknown") && (is_mark || label == kind)
}

#[cfg(test)]
mod tests {
    use super::hidden;

    #[test]
    fn a_stored_password_is_hidden_once() {
        let bcrypt = format!("$2b$10${}", "a".repeat(53));
        let line = format!("\"password\": \"{bcrypt}\", 'password': 'mine' {bcrypt}.");
        let once = "\"password\": \"[bcrypt]\", 'password': '[unknown]' [bcrypt]";
        assert_eq!(hidden(&line), once);
        assert_eq!(hidden(once), once);
        assert_eq!(hidden("\"password\": \"*****\""), "\"password\": \"*****\"");
        let marked = format!("\"password\": \"[bcrypt, mark {}]\"", "0f".repeat(16));
        assert_eq!(hidden(&marked), marked);
        let forged = "\"password\": \"[bcrypt, mark mine]\"";
        assert_eq!(hidden(forged), "\"password\": \"[unknown]\"");
    }
}
