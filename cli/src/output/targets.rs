//! The rules of other programs: Graphviz, Mermaid, and GitHub Actions.

use std::fmt::Write as _;

use super::foreign::{Target, Writer};
use super::visible;

/// Graphviz: a text is in a label between quotation marks.
#[derive(Debug)]
pub(crate) struct Dot;

impl Target for Dot {
    fn escaped(text: &str) -> String {
        let text = visible(text).replace('\\', "\\\\");
        // Graphviz reads entities of HTML in labels.
        text.replace('"', "\\\"").replace('&', "&amp;")
    }
}

/// Mermaid: a text is in a label between quotation marks, and is read as HTML and as Markdown.
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

/// A workflow command of GitHub Actions: a message ends where its line does, a property at a comma, and the
/// properties at a colon.
#[derive(Debug)]
pub(crate) struct Github;

impl Target for Github {
    fn escaped(text: &str) -> String {
        visible(text).replace('%', "%25")
    }
}

impl Writer<Github> {
    /// Adds a property that came from somewhere else.
    pub(crate) fn property(&mut self, text: &str) -> &mut Self {
        let text = Github::escaped(text);
        self.raw(&text.replace(':', "%3A").replace(',', "%2C"))
    }
}

#[cfg(test)]
mod tests {
    use super::Github;
    use crate::output::Writer;

    #[test]
    fn nothing_in_a_name_ends_the_command() {
        let mut text = Writer::<Github>::new();
        text.property("a, b:c%\n")
            .own("::")
            .given("50 %,%0A\n::error::x");
        assert_eq!(
            text.finish().printed(),
            "a%2C b%3Ac%25\\u{a}::50 %25,%250A\\u{a}::error::x"
        );
    }
}
