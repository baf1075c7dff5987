//! The list of mutants that may survive, each with the reason.
//!
//! A mutant stands at the beginning of a line, without its line and column, which move; its reason
//! follows, indented. Where several of a function look the same, each that may survive stands there
//! by itself. Lines that start with `#` and empty lines are for people.

use std::collections::BTreeMap;

/// The mutants that may survive.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Accepted {
    reasons: BTreeMap<String, Vec<String>>,
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
                (true, Some((_, mutant))) => accepted.explain(mutant, line.trim()),
                (true, None) => return Err(index + 1),
                (false, _) => {
                    accepted.check(open)?;
                    let mutant = line.trim_end();
                    let reasons = accepted.reasons.entry(mutant.to_owned()).or_default();
                    reasons.push(String::new());
                    open = Some((index + 1, mutant));
                }
            }
        }
        accepted.check(open)?;
        Ok(accepted)
    }

    /// Returns why mutants that look like this may survive, one reason for each.
    pub(super) fn reasons(&self, mutant: &str) -> &[String] {
        self.reasons.get(mutant).map_or(&[], Vec::as_slice)
    }

    fn explain(&mut self, mutant: &str, line: &str) {
        let reasons = self.reasons.get_mut(mutant);
        if let Some(reason) = reasons.and_then(|reasons| reasons.last_mut()) {
            if !reason.is_empty() {
                reason.push(' ');
            }
            reason.push_str(line);
        }
    }

    fn check(&self, open: Option<(usize, &str)>) -> Result<(), usize> {
        match open {
            Some((line, mutant)) if self.reasons(mutant).iter().any(String::is_empty) => Err(line),
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
        assert_eq!(accepted.reasons("a.rs: replace f with ()"), ["One. Two."]);
        assert_eq!(accepted.reasons("b.rs: g"), ["Three."]);
        assert!(accepted.reasons("c.rs: h").is_empty());
    }

    #[test]
    fn a_mutant_without_a_reason_is_named_by_its_line() {
        for (text, line) in [
            ("a.rs: f\n", 1),
            ("# a\n\na.rs: f\nb.rs: g\n  Why.\n", 3),
            ("  Why.\n", 1),
            ("a.rs: f\n  Why.\nb.rs: g\n", 3),
            ("a.rs: f\n  Why.\na.rs: f\n", 3),
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
