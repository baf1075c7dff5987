//! Names in messages: what could steer a terminal is shown as an escape.

use std::fmt::{self, Write as _};

/// A text that is shown with its control characters, and those that turn the direction of writing, as escapes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plain<'t>(&'t str);

/// Makes a text safe to print; accents, quotation marks and spaces stay.
pub(crate) const fn plain(text: &str) -> Plain<'_> {
    Plain(text)
}

impl fmt::Display for Plain<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|character| {
            if character.is_control() || turns_direction(character) {
                write!(formatter, "{}", character.escape_default())
            } else {
                formatter.write_char(character)
            }
        })
    }
}

/// Tells whether a character changes how the text around it is laid out.
const fn turns_direction(character: char) -> bool {
    matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn what_steers_a_terminal_is_escaped_and_names_stay() {
        assert_eq!(plain(" d'été \"😀\"").to_string(), " d'été \"😀\"");
        assert_eq!(
            plain("a\u{1b}[2J\n\t\u{202e}").to_string(),
            "a\\u{1b}[2J\\n\\t\\u{202e}"
        );
    }
}
