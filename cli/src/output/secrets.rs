//! Stored passwords, hidden wherever they stand in what is printed.

use std::borrow::Cow;

use guichet_core::{Credential, PasswordKind};

/// Returns a text with `[bcrypt]` or `[legacy]` in the place of everything that looks like a stored
/// password.
pub(super) fn hidden(text: &str) -> Cow<'_, str> {
    let is_of_secret =
        |character: char| character.is_ascii_alphanumeric() || "$./+=".contains(character);
    let mut shown: Option<String> = None;
    let mut end = 0;
    for word in text.split(|character| !is_of_secret(character)) {
        let kind = match word.len() {
            24 | 60 => Credential::stored(word).kind(),
            _ => PasswordKind::Unknown,
        };
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        if kind != PasswordKind::Unknown {
            let shown = shown.get_or_insert_default();
            shown.push_str(text.get(end..start).unwrap_or_default());
            shown.push('[');
            shown.push_str(kind.as_str());
            shown.push(']');
            end = start + word.len();
        }
    }
    match shown {
        None => Cow::Borrowed(text),
        Some(shown) => Cow::Owned(shown + text.get(end..).unwrap_or_default()),
    }
}
