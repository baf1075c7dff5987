//! Mermaid: a text stands in a label between quotation marks, and is read as HTML and as Markdown.

use std::fmt::Write as _;

use super::foreign::Target;
use super::visible;

/// The rules of Mermaid.
#[derive(Debug)]
pub(crate) struct Mermaid;

impl Target for Mermaid {
    /// Letters, digits and a few marks of sentences are as they are; what could have a meaning in
    /// Mermaid, HTML or Markdown is written by its number, which Mermaid takes between `#` and `;`.
    fn escaped(text: &str) -> String {
        let mut escaped = String::new();
        for character in visible(text).chars() {
            match character {
                ' ' | '.' | ',' | '\'' | '-' | '/' | ':' | '?' | '!' | '@' | '(' | ')' => {
                    escaped.push(character);
                }
                character if character.is_alphanumeric() || !character.is_ascii() => {
                    escaped.push(character);
                }
                character => {
                    // Writing to a string cannot fail.
                    let _ = write!(escaped, "#{};", u32::from(character));
                }
            }
        }
        escaped
    }
}
