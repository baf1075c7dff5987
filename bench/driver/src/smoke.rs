//! `cargo xtask bench smoke`: the engine alone on the smallest workload, in seconds.
//!
//! It is a test of answers and of the harness, not of speed: nothing here fails for being slow.

use crate::failure::{Failure, Outcome};
use crate::measure::line::{Entry, Line};
use crate::measure::peers::{Workshop, parsed};
use crate::measure::{ENGINE, OPERATIONS, figures};
use crate::workload::{self, Shape};

const WORKLOAD: &str = "W1";

/// Builds the engine's program, runs it once and checks every answer.
///
/// # Errors
///
/// It does not compile or run, leaves an operation out, or answers one question wrongly.
pub(crate) fn run() -> Outcome {
    let shape = Shape::parse(WORKLOAD).map_err(Failure::new)?;
    let workshop = Workshop::open()?;
    let files = workload::write(shape)?;
    for peer in workshop.build([&ENGINE])? {
        let printed = peer.time(&files, &["--enough", "20", "--budget", "500"]);
        if let Some(reason) = printed.failed {
            return Err(Failure::new(format!("{}: {reason}", peer.name)));
        }
        let line: Line = parsed(&printed.last.unwrap_or_default())?;
        check(&line)?;
        println!("bench: {}", summary(&line));
    }
    Ok(())
}

/// Says every operation with its time.
fn summary(line: &Line) -> String {
    let timed = OPERATIONS.iter().filter_map(|(word, _)| {
        let Entry::Timed { median_ns, .. } = line.operations.get(*word)? else {
            return None;
        };
        Some(format!("{word} {}", figures::time(*median_ns)))
    });
    format!("{WORKLOAD}: {}", timed.collect::<Vec<_>>().join(", "))
}

/// Checks that every operation was measured and every answer right.
fn check(line: &Line) -> Outcome {
    for (word, _) in OPERATIONS {
        match line.operations.get(*word) {
            Some(Entry::Timed { wrong: 0, .. }) => {}
            Some(Entry::Timed { wrong, .. }) => {
                return Err(Failure::new(format!("{word}: {wrong} wrong answer(s)")));
            }
            Some(Entry::Skipped { skipped }) => {
                return Err(Failure::new(format!("{word} was left out: {skipped}")));
            }
            None => return Err(Failure::new(format!("{word} is missing"))),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Line, check, summary};
    use crate::measure::OPERATIONS;

    fn line(wrong: usize) -> Line {
        let operations: Vec<String> = OPERATIONS
            .iter()
            .map(|(word, _)| {
                format!(
                    r#""{word}": {{"median_ns": 5.0, "mean_ns": 5.0, "first_ns": 5.0,
                        "asked": 1, "questions": 1, "wrong": {wrong}}}"#
                )
            })
            .collect();
        let text = format!(
            r#"{{"users": 1, "groups": 1, "user_links": 1, "group_links": 1, "peak_kib": null,
                "operations": {{{}}}}}"#,
            operations.join(",")
        );
        serde_json::from_str(&text).unwrap()
    }

    #[test]
    fn a_wrong_answer_or_a_missing_operation_fails() {
        assert_eq!(check(&line(0)), Ok(()));
        assert!(check(&line(1)).unwrap_err().to_string().contains("1 wrong"));
        let mut less = line(0);
        less.operations.remove("build");
        assert_eq!(check(&less).unwrap_err().to_string(), "build is missing");
    }

    #[test]
    fn the_summary_names_each_operation() {
        let text = summary(&line(0));
        assert!(
            OPERATIONS.iter().all(|(word, _)| text.contains(word)),
            "{text}"
        );
    }
}
