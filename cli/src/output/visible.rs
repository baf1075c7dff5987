//! What comes from a file, made safe to show.

use std::borrow::Cow;

use guichet::core::visible::{escaped, replaced};
use guichet::storage::redact::hidden;

/// Replaces stored passwords, and whatever would act on a terminal or deceive the eye instead of being
/// shown.
///
/// What is replaced already stays as it is, so that a text may come by here twice.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    match hidden(text) {
        Cow::Borrowed(text) => escaped(text),
        Cow::Owned(text) => Cow::Owned(escaped(&text).into_owned()),
    }
}

/// Returns a string between quotation marks, as JSON and TOML have it. What they let through although it
/// acts is written by `escape`.
pub(super) fn quoted(text: &str, escape: impl Fn(&mut String, char)) -> String {
    // Writing to memory cannot fail.
    let quoted = serde_json::to_string(text).unwrap_or_default();
    replaced(&quoted, escape).into_owned()
}
