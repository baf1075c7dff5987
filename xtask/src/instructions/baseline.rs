//! The committed counts, and the comparison with them; pure.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use crate::failure::{Failure, Outcome};

/// Instructions for one question, as workload → operation.
pub(super) type Counts = BTreeMap<String, BTreeMap<String, f64>>;

/// What `xtask/baselines/instructions.json` holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Baseline {
    /// The compiler; another one makes other code, so its counts are shown but not judged.
    rust: String,
    /// Hash tables draw their keys at random, so that counts differ by less than this.
    tolerance_percent: f64,
    instructions: Counts,
}

/// What a comparison found.
#[derive(Debug)]
pub(super) struct Report {
    pub(super) text: String,
    pub(super) outcome: Outcome,
}

impl Default for Baseline {
    fn default() -> Self {
        Self {
            rust: String::new(),
            tolerance_percent: 3.0,
            instructions: Counts::new(),
        }
    }
}

impl Baseline {
    pub(super) fn from_json(text: &str) -> serde_json::Result<Self> {
        serde_json::from_str(text)
    }

    pub(super) fn to_json(&self) -> String {
        let value = serde_json::to_value(self).unwrap_or_default();
        format!("{value:#}\n")
    }

    /// Takes over new counts; workloads that were not counted now stay.
    pub(super) fn updated(mut self, counts: Counts, rust: String) -> Self {
        self.instructions.extend(counts);
        self.rust = rust;
        self
    }

    /// Compares counts with this baseline.
    pub(super) fn compare(&self, counts: &Counts, rust: &str) -> Report {
        let mut text = String::new();
        let mut worse = Vec::new();
        let mut better = 0_usize;
        for (workload, operations) in counts {
            for (word, new) in operations {
                let old = self
                    .instructions
                    .get(workload)
                    .and_then(|known| known.get(word));
                let Some(old) = old else {
                    let _ = writeln!(text, "{workload} {word}: {new} instructions, no baseline");
                    continue;
                };
                let change = (new / old - 1.0) * 100.0;
                if change > self.tolerance_percent {
                    let said = format!("{workload} {word}: {old} → {new} ({change:+.1} %)");
                    let _ = writeln!(text, "{said}");
                    worse.push(said);
                } else if change < -self.tolerance_percent {
                    better += 1;
                    let _ = writeln!(text, "{workload} {word}: {old} → {new} ({change:+.1} %)");
                }
            }
        }
        if better > 0 {
            let _ = writeln!(text, "{better} count(s) fell: keep them with `--update`");
        }
        let _ = write!(text, "instructions: {} above their baseline", worse.len());
        let outcome = if worse.is_empty() {
            Ok(())
        } else if rust == self.rust {
            Err(Failure::failed(format!(
                "more instructions than before:\n{}",
                worse.join("\n")
            )))
        } else {
            let _ = write!(
                text,
                "; NOT JUDGED: the baseline is of `{}`, this is `{rust}`",
                self.rust
            );
            Ok(())
        };
        Report { text, outcome }
    }
}

#[cfg(test)]
mod tests {
    use super::{Baseline, Counts};

    fn counts(count: f64) -> Counts {
        let operations = [("is-member".to_owned(), count)].into();
        [("W1".to_owned(), operations)].into()
    }

    fn baseline() -> Baseline {
        Baseline::default().updated(counts(100.0), "rustc 1".to_owned())
    }

    #[test]
    fn a_count_above_the_tolerance_fails_and_is_named() {
        assert_eq!(
            baseline().compare(&counts(102.9), "rustc 1").outcome,
            Ok(())
        );
        let failure = baseline().compare(&counts(104.0), "rustc 1").outcome;
        let message = failure.unwrap_err().to_string();
        assert!(
            message.ends_with("W1 is-member: 100 → 104 (+4.0 %)"),
            "{message}"
        );
    }

    #[test]
    fn a_count_that_fell_is_told_and_passes() {
        let report = baseline().compare(&counts(50.0), "rustc 1");
        assert_eq!(report.outcome, Ok(()));
        assert!(report.text.contains("1 count(s) fell"), "{}", report.text);
    }

    #[test]
    fn another_compiler_is_not_judged_but_said() {
        let report = baseline().compare(&counts(200.0), "rustc 2");
        assert_eq!(report.outcome, Ok(()));
        assert!(report.text.contains("NOT JUDGED"), "{}", report.text);
    }

    #[test]
    fn what_has_no_baseline_is_said_and_what_was_not_counted_stays() {
        let report = Baseline::default().compare(&counts(1.0), "");
        assert!(
            report
                .text
                .starts_with("W1 is-member: 1 instructions, no baseline")
        );
        let other: Counts = [("W2".to_owned(), [("build".to_owned(), 5.0)].into())].into();
        let both = baseline().updated(other, "rustc 1".to_owned());
        assert!(both.compare(&counts(200.0), "rustc 1").outcome.is_err());
    }

    #[test]
    fn the_file_is_read_back() {
        let text = baseline().to_json();
        assert_eq!(Baseline::from_json(&text).unwrap(), baseline());
    }
}
