//! Hides stored passwords in a text that is shown: whatever is broken in it, and wherever they stand.
//!
//! A secret is known by its looks, not by its place:
//!
//! | what | hidden |
//! |---|---|
//! | bcrypt, whole or cut: `$2b$…`, any letter or none | from its `$2` to its last character |
//! | 4D's former digest: 22 characters of base64 and `==` | all of it |
//! | the text after a key with `password` in it | the text, also with a quotation mark or colon missing, with other quotation marks, without any, on the next line, or between conflict marks |
//! | in a file, a run of 31 or more digest characters with capitals, small letters and digits | all of it |
//! | in a file, a run of 8 or more digest characters at its very start or end: the file was cut there | all of it |
//!
//! Characters that JSON writes as an escape (`\/`, `\u002f`) are read as what they stand for. A secret never crosses a
//! line end, so a redacted text has the lines of the original. One pass, linear.

mod cursor;
mod hidden;
mod runs;
mod scan;

use std::borrow::Cow;
use std::ops::Range;

use guichet_core::PasswordKind;

pub use hidden::hidden;

/// A stretch of a text that must not be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secret {
    /// The bytes of the text, within one line; quotation marks are not in it.
    pub span: Range<usize>,
    /// What it looks like.
    pub kind: PasswordKind,
}

/// A text, and where its secrets stand.
///
/// `Debug` shows the places, not the text.
///
/// # Examples
///
/// ```
/// use guichet_storage::redact::Redacted;
///
/// let line = r#"  "password: "$2b$10$kDmGbtoQTzsXnyHWwReaPIvXkS0xbTjsuOqdLUcEZmXwYPv3kQ2aa","#;
/// let redacted = Redacted::file(line);
/// assert_eq!(redacted.labelled(), "  \"password: \"[bcrypt]\",");
/// assert_eq!(redacted.masked().chars().count(), line.chars().count());
/// assert_eq!(Redacted::words("the stored password of `Ann`").masked(), "the stored password of `Ann`");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Redacted<'t> {
    text: &'t str,
    secrets: Vec<Secret>,
}

/// What a text is: it decides how much is taken for a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Nature {
    /// The text of a file that holds stored passwords, perhaps cut or broken.
    File,
    /// A message, a name, a path.
    Words,
}

impl<'t> Redacted<'t> {
    /// Looks for secrets in the text of a `directory.json`, or in what is left of one. Linear.
    ///
    /// Give it the whole text, not line by line: a key and its value may be on two lines.
    pub fn file(text: &'t str) -> Self {
        let secrets = scan::secrets(text, Nature::File);
        Self { text, secrets }
    }

    /// Looks for secrets in a message, a name or a line of another file. Linear.
    ///
    /// What only a cut or broken file makes likely is no secret here: a word at the end, a long path.
    pub fn words(text: &'t str) -> Self {
        let secrets = scan::secrets(text, Nature::Words);
        Self { text, secrets }
    }

    /// Returns the secrets in the order of the text; no two overlap.
    pub fn secrets(&self) -> &[Secret] {
        &self.secrets
    }

    /// Returns the text with `*` in the place of each character of a secret: every column stays where it is.
    pub fn masked(&self) -> Cow<'t, str> {
        self.covered(|hidden, _| "*".repeat(hidden.chars().count()))
    }

    /// Returns the text with `[bcrypt]`, `[legacy]` or `[unknown]` in the place of each secret.
    pub fn labelled(&self) -> Cow<'t, str> {
        self.covered(|_, kind| format!("[{}]", kind.as_str()))
    }

    /// Returns the text with what a closure says in the place of each secret; it is given the secret and its kind.
    pub fn covered(&self, cover: impl Fn(&str, PasswordKind) -> String) -> Cow<'t, str> {
        if self.secrets.is_empty() {
            return Cow::Borrowed(self.text);
        }
        let mut out = String::with_capacity(self.text.len());
        let mut shown = 0;
        for secret in &self.secrets {
            out.push_str(self.text.get(shown..secret.span.start).unwrap_or_default());
            let hidden = self.text.get(secret.span.clone()).unwrap_or_default();
            out.push_str(&cover(hidden, secret.kind));
            shown = secret.span.end;
        }
        out.push_str(self.text.get(shown..).unwrap_or_default());
        Cow::Owned(out)
    }
}

impl std::fmt::Debug for Redacted<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Redacted({:?})", self.secrets)
    }
}
