//! `cargo xtask ci`: the gate. Its [`steps`] run in order, the first failure stops.
//!
//! The tests come last so that the output ends in the test runner's own summary.

mod steps;

use std::time::{Duration, Instant};

use crate::failure::{Failure, Outcome};
use crate::shell;
use steps::{Action, STEPS, Step, TESTS};

/// Runs the gate or the chosen part of it.
///
/// # Errors
///
/// The command line names an unknown step, or a step failed.
pub(crate) fn run(args: &[String]) -> Outcome {
    if args.iter().any(|arg| arg == "--help") {
        println!("{}", help());
        return Ok(());
    }
    let steps = Choice::parse(args)?.select(STEPS);
    run_all(&steps, |step| match step.action {
        Action::Cargo(args, variables) => shell::cargo(args, variables),
        Action::Task(task, args) => task(&owned(args)),
        Action::With(tool, task, args) => {
            if tool.is_there_for(step.summary) {
                task(&owned(args))
            } else {
                Ok(())
            }
        }
    })
}

fn owned(args: &[&str]) -> Vec<String> {
    args.iter().map(|&arg| arg.to_owned()).collect()
}

/// Runs the steps in order until one fails.
fn run_all(steps: &[&Step], mut run_one: impl FnMut(&Step) -> Outcome) -> Outcome {
    let mut times: Vec<String> = Vec::new();
    for (done, step) in steps.iter().enumerate() {
        if step.name == TESTS && !times.is_empty() {
            eprintln!("passed so far: {}", times.join(", "));
        }
        eprintln!(
            "== {} ({}/{}): {}",
            step.name,
            done + 1,
            steps.len(),
            step.summary
        );
        let start = Instant::now();
        run_one(step).map_err(|failure| {
            Failure::failed(format!(
                "step `{}` failed after {}: {failure}\nrun it alone with `cargo xtask ci --only {}`",
                step.name,
                seconds(start.elapsed()),
                step.name
            ))
        })?;
        times.push(format!("{} {}", step.name, seconds(start.elapsed())));
    }
    if steps.last().is_some_and(|step| step.name != TESTS) {
        eprintln!("passed: {}", times.join(", "));
    }
    Ok(())
}

fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}

/// Which steps the command line asks for.
#[derive(Debug, Default)]
struct Choice {
    only: Vec<String>,
    skip: Vec<String>,
}

impl Choice {
    /// Reads `--only STEP` and `--skip STEP`, each as often as wanted.
    fn parse(args: &[String]) -> Outcome<Self> {
        let mut choice = Self::default();
        let mut rest = args.iter();
        while let Some(flag) = rest.next() {
            let names = match flag.as_str() {
                "--only" => &mut choice.only,
                "--skip" => &mut choice.skip,
                other => {
                    return Err(Failure::usage(format!(
                        "ci: no option `{other}`\n\n{}",
                        help()
                    )));
                }
            };
            let Some(name) = rest.next() else {
                return Err(Failure::usage(format!("ci: `{flag}` needs a step")));
            };
            if !STEPS.iter().any(|step| step.name == name) {
                return Err(Failure::usage(format!(
                    "ci: no step `{name}`; the steps are {}",
                    step_names().join(", ")
                )));
            }
            names.push(name.clone());
        }
        Ok(choice)
    }

    /// Returns the chosen steps in the order of the table.
    fn select<'a>(&self, steps: &'a [Step]) -> Vec<&'a Step> {
        let named = |names: &[String], step: &Step| names.iter().any(|name| name == step.name);
        steps
            .iter()
            .filter(|step| self.only.is_empty() || named(&self.only, step))
            .filter(|step| !named(&self.skip, step))
            .collect()
    }
}

fn step_names() -> Vec<&'static str> {
    STEPS.iter().map(|step| step.name).collect()
}

fn help() -> String {
    let mut lines = vec![
        "usage: cargo xtask ci [--only STEP]... [--skip STEP]...".to_owned(),
        String::new(),
        "steps, in order:".to_owned(),
    ];
    lines.extend(
        STEPS
            .iter()
            .map(|step| format!("  {:<9} {}", step.name, step.summary)),
    );
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::{Choice, STEPS, TESTS, run_all, step_names};
    use crate::failure::Failure;

    fn chosen(args: &[&str]) -> Result<Vec<&'static str>, Failure> {
        let args: Vec<String> = args.iter().map(|&arg| arg.to_owned()).collect();
        let steps = Choice::parse(&args)?.select(STEPS);
        Ok(steps.iter().map(|step| step.name).collect())
    }

    #[test]
    fn the_tests_are_the_last_step_and_every_name_is_used_once() {
        let mut names = step_names();
        assert_eq!(names.last(), Some(&TESTS));
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), STEPS.len());
    }

    #[test]
    fn only_and_skip_can_be_repeated_and_keep_the_order_of_the_table() {
        assert_eq!(chosen(&[]), Ok(step_names()));
        assert_eq!(
            chosen(&["--only", "docs", "--only", "fmt"]),
            Ok(vec!["fmt", "docs"])
        );
        let rest = chosen(&["--skip", "tests", "--skip", "fmt"]).unwrap();
        assert_eq!(rest.len(), STEPS.len() - 2);
        assert!(!rest.contains(&"tests") && !rest.contains(&"fmt"));
    }

    #[test]
    fn an_unknown_step_or_option_is_a_usage_failure() {
        let unknown = chosen(&["--only", "lint"]).unwrap_err();
        assert!(
            unknown
                .to_string()
                .starts_with("ci: no step `lint`; the steps are fmt, fmt-peers, fmt-fuzz, layers")
        );
        assert_eq!(chosen(&["--fast"]).unwrap_err().exit_code(), 2);
        assert_eq!(chosen(&["--skip"]).unwrap_err().exit_code(), 2);
    }

    #[test]
    fn the_first_failing_step_stops_the_gate_and_is_named() {
        let steps: Vec<_> = STEPS.iter().collect();
        let mut seen = Vec::new();
        let failure = run_all(&steps, |step| {
            seen.push(step.name);
            if step.name == "tidy" {
                Err(Failure::failed("2 findings"))
            } else {
                Ok(())
            }
        })
        .unwrap_err();
        assert_eq!(seen, ["fmt", "fmt-peers", "fmt-fuzz", "layers", "tidy"]);
        let message = failure.to_string();
        assert!(message.starts_with("step `tidy` failed after "));
        assert!(message.contains(": 2 findings\n"));
        assert_eq!(failure.exit_code(), 1);
    }
}
