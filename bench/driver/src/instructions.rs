//! `cargo xtask bench instructions`: how many instructions one question costs the engine, counted by
//! callgrind and compared with the committed counts.
//!
//! Unlike times, counts do not depend on the machine's mood. Each is the difference of two runs of
//! the engine's program, one of which asks all questions of a kind once more than the other.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde::{Deserialize, Serialize};

use crate::failure::{Failure, Outcome};
use crate::measure::{ENGINE, Workshop};
use crate::shell;
use crate::workload::{self, Files, Shape};

/// The workloads that are counted when none is named: small enough for callgrind.
pub(crate) const WORKLOADS: [&str; 4] = ["W1", "W2", "W4", "W5"];

/// What is counted, and how many questions one pass asks for each that is listed in a query file.
const COUNTED: &[(&str, f64)] = &[
    ("is-member", 1.0),
    ("is-member-by-name", 1.0),
    ("groups-of-user", 1.0),
    ("users-of-group", 1.0),
    ("cycle-check", 1.0),
    ("edit-user", 2.0),
    ("edit-group", 2.0),
    ("build", 1.0),
];

/// The committed counts, from the root of the project.
const FILE: &str = "bench/instructions.json";

/// Instructions for one question, as workload → operation.
type Counts = BTreeMap<String, BTreeMap<String, f64>>;

/// What the file holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Baseline {
    /// The compiler; another one makes other code, so its counts are shown but not judged.
    rust: String,
    /// Hash tables draw their keys at random, so that counts differ by less than this.
    tolerance_percent: f64,
    instructions: Counts,
}

/// Counts, and compares with the file or writes it.
///
/// # Errors
///
/// valgrind is missing, a program failed, or a count is above its baseline and the tolerance.
pub(crate) fn run(shapes: &[&Shape], update: bool) -> Outcome {
    let mut counts = Counts::new();
    for peer in Workshop::open()?.build([&ENGINE])? {
        for shape in shapes {
            let files = workload::write(shape)?;
            for (word, together) in COUNTED {
                let count = count(&peer.timer, &files, word)? / together;
                println!("{} {word:<18} {count:>14.1}", shape.name);
                let of_shape = counts.entry(shape.name.to_owned()).or_default();
                of_shape.insert((*word).to_owned(), (count * 10.0).round() / 10.0);
            }
        }
    }
    let file = shell::root().join(FILE);
    let text = fs::read_to_string(&file).map_err(|error| Failure::io(&file, &error))?;
    let mut baseline: Baseline =
        serde_json::from_str(&text).map_err(|error| Failure::new(format!("`{FILE}`: {error}")))?;
    let rust = shell::rust_version();
    if update {
        baseline.instructions.extend(counts);
        baseline.rust = rust;
        let value = serde_json::to_value(&baseline).unwrap_or_default();
        return fs::write(&file, format!("{value:#}\n")).map_err(|e| Failure::io(&file, &e));
    }
    let (worse, other) = baseline.compare(&counts);
    for line in worse.iter().chain(&other) {
        println!("{line}");
    }
    if worse.is_empty() {
        Ok(())
    } else if rust == baseline.rust {
        Err(Failure::new(format!(
            "{} count(s) above their baseline",
            worse.len()
        )))
    } else {
        println!(
            "NOT JUDGED: the baseline is of `{}`, this is `{rust}`",
            baseline.rust
        );
        Ok(())
    }
}

impl Baseline {
    /// Returns a line for each count above the tolerance, and one for each that fell or is new.
    fn compare(&self, counts: &Counts) -> (Vec<String>, Vec<String>) {
        let (mut worse, mut other) = (Vec::new(), Vec::new());
        for (workload, operations) in counts {
            for (word, new) in operations {
                let known = self.instructions.get(workload);
                let Some(old) = known.and_then(|known| known.get(word)) else {
                    other.push(format!("{workload} {word}: {new}, no baseline"));
                    continue;
                };
                let change = (new / old - 1.0) * 100.0;
                let line = format!("{workload} {word}: {old} → {new} ({change:+.1} %)");
                if change > self.tolerance_percent {
                    worse.push(line);
                } else if change < -self.tolerance_percent {
                    other.push(format!("{line}: keep it with `--update`"));
                }
            }
        }
        (worse, other)
    }
}

/// What the measured program says about itself.
#[derive(Debug, Deserialize)]
struct Said {
    questions: u32,
    wrong: usize,
}

/// Returns how many instructions one question of a kind takes, warm.
fn count(program: &Path, files: &Files, operation: &str) -> Outcome<f64> {
    let (_, once) = collect(program, files, operation, "0")?;
    let (questions, twice) = collect(program, files, operation, "1")?;
    Ok((twice - once) / f64::from(questions.max(1)))
}

/// Runs once; returns how many questions a pass has, and all instructions.
fn collect(program: &Path, files: &Files, operation: &str, times: &str) -> Outcome<(u32, f64)> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program)
        .arg(&files.links)
        .arg(&files.queries)
        .args(["--count", operation, times])
        .output()
        .map_err(|error| Failure::new(format!("`valgrind` did not start: {error}")))?;
    let words = String::from_utf8_lossy(&output.stderr);
    let failed = |reason: String| Failure::new(format!("{operation}: {reason}\n{words}"));
    if !output.status.success() {
        return Err(failed("the program failed".to_owned()));
    }
    let said: Said =
        serde_json::from_slice(&output.stdout).map_err(|error| failed(error.to_string()))?;
    if said.wrong > 0 {
        return Err(failed(format!("{} wrong answer(s)", said.wrong)));
    }
    let counted = collected(&words).ok_or_else(|| failed("no count".to_owned()))?;
    Ok((said.questions, counted))
}

/// Finds the count in what callgrind writes when it ends: `==123== Collected : 4567`.
fn collected(words: &str) -> Option<f64> {
    let line = words.lines().rfind(|line| line.contains("Collected :"))?;
    line.rsplit(' ').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{Baseline, COUNTED, Counts, collected};
    use crate::measure::OPERATIONS;

    fn counts(count: f64) -> Counts {
        let operations = [("is-member".to_owned(), count)].into();
        [("W1".to_owned(), operations)].into()
    }

    #[test]
    fn a_count_above_the_tolerance_is_named() {
        let baseline = Baseline {
            rust: String::new(),
            tolerance_percent: 3.0,
            instructions: counts(100.0),
        };
        assert_eq!(baseline.compare(&counts(102.9)), (vec![], vec![]));
        let (worse, _) = baseline.compare(&counts(104.0));
        assert_eq!(worse, ["W1 is-member: 100 → 104 (+4.0 %)"]);
        let (worse, better) = baseline.compare(&counts(50.0));
        assert_eq!((worse.len(), better.len()), (0, 1));
    }

    #[test]
    fn every_counted_operation_is_one_of_the_benchmark() {
        let known = |word: &str| OPERATIONS.iter().any(|(operation, _)| *operation == word);
        assert!(COUNTED.iter().all(|(word, _)| known(word)));
    }

    #[test]
    fn the_count_is_read_from_the_last_lines() {
        let text = "==9== Callgrind\n==9== Events    : Ir\n==9== Collected : 123456\n==9== \n";
        assert_eq!(collected(text), Some(123_456.0));
        assert_eq!(collected("==9== Callgrind\n"), None);
    }
}
