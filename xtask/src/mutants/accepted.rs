//! The list of mutants that may survive, each with the reason.
//!
//! A mutant stands at the beginning of a line, without its line and column, which move; its reason
//! follows, indented. Lines that start with `#` and empty lines are for people.

use std::collections::BTreeMap;

/// The mutants that may survive.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Accepted {
    reasons: BTreeMap<String, String>,
}

impl Accepted {
    /// Reads the list.
    ///
    /// # Errors
    ///
    /// The one-based line of a mutant without a reason.
    pub(super) fn parse(text: &str) -> Result<Self, usize> {
        let mut accepted = Self::default();
        let mut open: Option<(usize, &str)> = None;
        for (index, line) in text.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            match (line.starts_with(char::is_whitespace), open) {
                (true, Some((_, mutant))) => accepted.add(mutant, line.trim()),
                (true, None) => return Err(index + 1),
                (false, _) => {
                    accepted.check(open)?;
                    open = Some((index + 1, line.trim_end()));
                }
            }
        }
        accepted.check(open)?;
        Ok(accepted)
    }

    /// Returns why a mutant may survive.
    pub(super) fn reason(&self, mutant: &str) -> Option<&str> {
        self.reasons.get(mutant).map(String::as_str)
    }

    fn add(&mut self, mutant: &str, line: &str) {
        let reason = self.reasons.entry(mutant.to_owned()).or_default();
        if !reason.is_empty() {
            reason.push(' ');
        }
        reason.push_str(line);
    }

    fn check(&self, open: Option<(usize, &str)>) -> Result<(), usize> {
        match open {
            Some((line, mutant)) if self.reason(mutant).is_none() => Err(line),
            _ => Ok(()),
        }
    }
}

/// Returns a line of cargo-mutants without line and column: `core/src/name.rs: replace …`.
pub(super) fn without_place(line: &str) -> String {
    let Some((file, rest)) = line.split_once(':') else {
        return line.to_owned();
    };
    let mutant = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':');
    format!("{file}:{mutant}")
}

#[cfg(test)]
mod tests {
    use super::{Accepted, without_place};

    #[test]
    fn a_reason_may_take_several_lines() {
        let text = "# For people.\n\na.rs: replace f with ()\n  One.\n  Two.\nb.rs: g\n  Three.\n";
        let accepted = Accepted::parse(text).unwrap();
        assert_eq!(
            accepted.reason("a.rs: replace f with ()"),
            Some("One. Two.")
        );
        assert_eq!(accepted.reason("b.rs: g"), Some("Three."));
        assert_eq!(accepted.reason("c.rs: h"), None);
    }

    #[test]
    fn a_mutant_without_a_reason_is_named_by_its_line() {
        for (text, line) in [
            ("a.rs: f\n", 1),
            ("# a\n\na.rs: f\nb.rs: g\n  Why.\n", 3),
            ("  Why.\n", 1),
            ("a.rs: f\n  Why.\nb.rs: g\n", 3),
        ] {
            assert_eq!(Accepted::parse(text), Err(line), "{text}");
        }
    }

    #[test]
    fn line_and_column_are_taken_out() {
        assert_eq!(
            without_place("core/src/a.rs:12:5: replace x::y -> 1 with 2"),
            "core/src/a.rs: replace x::y -> 1 with 2"
        );
    }
}
