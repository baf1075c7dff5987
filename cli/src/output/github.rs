//! Workflow commands of GitHub Actions: a message ends where its line does, a property at a comma, and
//! the properties at a colon.

use super::foreign::{Target, Writer};
use super::visible;

/// The rules of a message.
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
