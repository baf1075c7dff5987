//! The command line of every measured program.

use std::path::PathBuf;
use std::time::Duration;

use crate::input::InputError;
use crate::limits::Limits;
use crate::operation::Operation;

/// What a program is to do, and with which workload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Arguments {
    pub(crate) links: PathBuf,
    pub(crate) queries: PathBuf,
    pub(crate) enough: Duration,
    pub(crate) budget: Duration,
    pub(crate) count: Option<Count>,
}

/// Work for a tool that counts instructions: all questions a few times, then `times` times more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) operation: Operation,
    pub(crate) times: usize,
}

const USAGE: &str =
    "usage: PEER LINKS QUERIES [--enough MS] [--budget MS] [--count OPERATION TIMES]";

impl Arguments {
    /// Reads the words after the program's name.
    ///
    /// # Errors
    ///
    /// They are not what the usage says.
    pub(crate) fn parse(words: impl Iterator<Item = String>) -> Result<Self, InputError> {
        Self::from_words(words).ok_or_else(|| InputError(USAGE.to_owned()))
    }

    fn from_words(mut words: impl Iterator<Item = String>) -> Option<Self> {
        let limits = Limits::default();
        let mut arguments = Self {
            links: words.next()?.into(),
            queries: words.next()?.into(),
            enough: limits.enough,
            budget: limits.budget,
            count: None,
        };
        while let Some(flag) = words.next() {
            let value = words.next()?;
            match flag.as_str() {
                "--enough" => arguments.enough = Duration::from_millis(value.parse().ok()?),
                "--budget" => arguments.budget = Duration::from_millis(value.parse().ok()?),
                "--count" => {
                    arguments.count = Some(Count {
                        operation: Operation::named(&value)?,
                        times: words.next()?.parse().ok()?,
                    });
                }
                _ => return None,
            }
        }
        Some(arguments)
    }

    pub(crate) const fn limits(&self) -> Limits {
        Limits {
            enough: self.enough,
            budget: self.budget,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Arguments, Count};
    use crate::operation::Operation;

    fn parse(line: &str) -> Option<Arguments> {
        Arguments::from_words(line.split(' ').map(str::to_owned))
    }

    #[test]
    fn options_follow_the_two_files() {
        let arguments = parse("a b --budget 50 --count is-member 7").unwrap();
        assert_eq!(arguments.limits().budget.as_millis(), 50);
        let count = Count {
            operation: Operation::IsMember,
            times: 7,
        };
        assert_eq!(arguments.count, Some(count));
    }

    #[test]
    fn a_missing_file_an_unknown_option_or_operation_is_refused() {
        for line in ["a", "a b --fast 1", "a b --budget", "a b --count fly 1"] {
            assert_eq!(parse(line), None, "{line}");
        }
    }
}
