//! Markdown of GitHub and GitLab: what came from somewhere else is in code, where nothing links,
//! mentions or formats.

use super::Text;
use super::foreign::{Target, Writer};
use super::visible;

/// The rules of a cell of a table.
#[derive(Debug)]
pub(crate) struct Markdown;

impl Target for Markdown {
    /// Returns code: between more backticks than the text has in a row, its bars escaped. Behind a
    /// backslash not every program takes an escaped bar for one, so that one is written by its number.
    fn escaped(text: &str) -> String {
        let text = visible(text);
        let text = text.replace("\\|", "\\\\u{7c}").replace('|', "\\|");
        let fence = "`".repeat(longest_run(&text) + 1);
        if fence.len() > 1 || text.starts_with(' ') || text.ends_with(' ') || text.is_empty() {
            format!("{fence} {text} {fence}")
        } else {
            format!("{fence}{text}{fence}")
        }
    }
}

impl Writer<Markdown> {
    /// Adds a sentence of this program, with a capital letter and a full stop.
    pub(crate) fn sentence(&mut self, sentence: &'static str) -> &mut Self {
        let mut characters = sentence.chars();
        let first: String = characters
            .next()
            .into_iter()
            .flat_map(char::to_uppercase)
            .collect();
        self.raw(&format!("{first}{}.", characters.as_str()))
    }

    /// Adds what a number was and what it is.
    pub(crate) fn change(&mut self, before: u32, after: u32) -> &mut Self {
        self.raw(&format!("{before} → {after}"))
    }

    /// Adds lines as a block, after a fence that is longer than any in them.
    pub(crate) fn block(&mut self, lines: &Text) -> &mut Self {
        let lines = lines.as_plain();
        let fence = "`".repeat(longest_run(&lines).max(2) + 1);
        self.raw(&format!("{fence}text\n{lines}{fence}\n"))
    }
}

/// The length of the longest row of backticks.
fn longest_run(text: &str) -> usize {
    let runs = text.split(|character| character != '`').map(str::len);
    runs.max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{Markdown, Target as _};
    use crate::output::{Text, Writer};

    #[test]
    fn nothing_in_a_name_leaves_its_cell() {
        assert_eq!(Markdown::escaped("Devs"), "`Devs`");
        assert_eq!(Markdown::escaped("a|b"), "`a\\|b`");
        assert_eq!(Markdown::escaped("a\\|b"), "`a\\\\u{7c}b`");
        assert_eq!(Markdown::escaped("a`b``c"), "``` a`b``c ```");
        assert_eq!(Markdown::escaped("a\nb"), "`a\\u{a}b`");
        assert_eq!(Markdown::escaped(" a "), "`  a  `");
    }

    #[test]
    fn nothing_in_a_line_ends_its_block() {
        let mut lines = Text::default();
        lines.line("a ```` b\n```");
        let mut text = Writer::<Markdown>::new();
        text.block(&lines);
        assert_eq!(
            text.finish().printed(),
            "`````text\na ```` b\\u{a}```\n`````\n"
        );
    }
}
