//! `cargo xtask bench program`: the whole program from start to exit, by hyperfine.
//!
//! `guichet check` runs beside `jq .` on the same file; the commands that look at everything are
//! weighed on 4D's maximum.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::failure::{Failure, Outcome};
use crate::shell;
use crate::workload::{self, Shape};

/// A directory of 150 KB.
const FIRM: &str = "firm";
/// 4D's maximum.
const MAXIMUM: &str = "W2";
/// What the commands on 4D's maximum must stay under.
const MOST_SECONDS: f64 = 1.0;
const MOST_MIB: f64 = 150.0;

/// What hyperfine measured of one command: medians.
#[derive(Debug, Clone, PartialEq)]
struct Cost {
    command: String,
    seconds: f64,
    mib: f64,
}

/// Measures, and fails when the program is slower than `jq`, too slow or too large.
///
/// # Errors
///
/// hyperfine or jq is not installed, something does not run, or a target is missed.
pub(crate) fn run(runs: u32) -> Outcome {
    let cli = ["build", "--release", "-p", "guichet-cli"];
    shell::cargo("Cargo.toml", &cli)?;
    let program = shell::target()?
        .join("release/guichet")
        .with_extension(std::env::consts::EXE_EXTENSION);
    let directory = |name: &str| {
        let shape = Shape::parse(name).map_err(Failure::new)?;
        Ok(workload::write(shape)?.directory)
    };
    let (firm, maximum) = (directory(FIRM)?, directory(MAXIMUM)?);
    let guichet = |file: &Path, words: &str| {
        format!(
            "'{}' --directory '{}' {words}",
            program.display(),
            file.display()
        )
    };
    let commands = [
        guichet(&firm, "check 'User 1000' design"),
        format!("jq . '{}'", firm.display()),
        guichet(&maximum, "effective"),
        guichet(&maximum, "lint"),
        guichet(&maximum, "show"),
    ];
    let missed = missed(&costs(&commands, runs)?);
    if missed.is_empty() {
        Ok(())
    } else {
        Err(Failure::new(missed.join("; ")))
    }
}

/// Runs hyperfine, which prints what it measures; 1 is the answer "no" and no failure.
fn costs(commands: &[String], runs: u32) -> Outcome<Vec<Cost>> {
    let file = shell::target()?.join("program.json");
    let status = Command::new("hyperfine")
        .args([
            "-N",
            "--style",
            "basic",
            "--warmup",
            "1",
            "--ignore-failure=1",
        ])
        .args(["--runs", &runs.to_string(), "--export-json"])
        .arg(&file)
        .args(commands)
        .status()
        .map_err(|error| Failure::new(format!("hyperfine does not start: {error}")))?;
    if !status.success() {
        return Err(Failure::new(format!("hyperfine failed ({status})")));
    }
    let text = fs::read_to_string(&file).map_err(|error| Failure::io(&file, &error))?;
    parsed(&text).ok_or_else(|| Failure::new("hyperfine wrote another form of its results"))
}

fn parsed(text: &str) -> Option<Vec<Cost>> {
    let results: Value = serde_json::from_str(text).ok()?;
    let results = results.get("results")?.as_array()?;
    let cost = |result: &Value| {
        let median = |name: &str| result.pointer(&format!("/summary/{name}/median"))?.as_f64();
        Some(Cost {
            command: result.get("command")?.as_str()?.to_owned(),
            seconds: median("time_wall_clock")?,
            mib: median("memory_peak_resident")? / 1_048_576.0,
        })
    };
    results.iter().map(cost).collect()
}

/// Says which targets are missed: the first two are compared, the others have bounds.
fn missed(costs: &[Cost]) -> Vec<String> {
    let mut missed = Vec::new();
    if let [check, jq, large @ ..] = costs {
        if check.seconds >= jq.seconds {
            missed.push("`guichet check` is slower than `jq .`".to_owned());
        }
        for cost in large {
            println!(
                "{}: {:.2} s, {:.0} MiB",
                cost.command, cost.seconds, cost.mib
            );
            if cost.seconds > MOST_SECONDS || cost.mib > MOST_MIB {
                missed.push(format!(
                    "`{}` needs more than {MOST_SECONDS} s or {MOST_MIB} MiB",
                    cost.command
                ));
            }
        }
    }
    missed
}

#[cfg(test)]
mod tests {
    use super::{Cost, missed, parsed};

    #[test]
    fn medians_are_read_from_what_hyperfine_writes() {
        let text = r#"{"results": [{"command": "a", "summary": {
            "time_wall_clock": {"median": 0.5}, "memory_peak_resident": {"median": 2097152.0}}}]}"#;
        let cost = Cost {
            command: "a".to_owned(),
            seconds: 0.5,
            mib: 2.0,
        };
        assert_eq!(parsed(text), Some(vec![cost]));
        assert_eq!(parsed(r#"{"results": [{}]}"#), None);
    }

    #[test]
    fn a_target_that_is_missed_is_named() {
        let cost = |seconds, mib| Cost {
            command: "c".to_owned(),
            seconds,
            mib,
        };
        let good = [cost(0.1, 1.0), cost(0.2, 1.0), cost(0.9, 149.0)];
        assert!(missed(&good).is_empty());
        let bad = [
            cost(0.2, 1.0),
            cost(0.1, 1.0),
            cost(1.1, 1.0),
            cost(0.1, 151.0),
        ];
        assert_eq!(missed(&bad).len(), 3);
    }
}
