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
    let redacted = Redacted::words(text);
    let found = redacted.secrets().iter().filter_map(|secret| {
        let span = secret.span.clone();
        let label = secret.kind.as_str();
        (!is_hidden(text.get(span.clone())?)).then_some((span, label))
    });
    let mut shown = String::new();
    let mut end = 0;
    for (span, label) in found {
        shown.push_str(text.get(end..span.start).unwrap_or_default());
        shown.push('[');
        shown.push_str(label);
        shown.push(']');
        end = span.end;
    }
    if end == 0 {
        return Cow::Borrowed(text);
    }
    shown.push_str(text.get(end..).unwrap_or_default());
    Cow::Owned(shown)
}

/// Tells whether a text stands in the place of a password.
fn is_hidden(text: &str) -> bool {
    matches!(text, "[bcrypt]" | "[legacy]" | "[unknown]") || text.bytes().all(|byte| byte == b'*')
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
        assert_eq!(hidden("\"password\": \"*****\""), "\"password\": \"*****\"");
    }
}
