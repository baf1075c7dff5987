//! The gate: one table of steps, run in order, the first failure stops.
//!
//! The tests come last so that the output ends in the test runner's own summary.

use std::time::{Duration, Instant};

use crate::failure::{Failure, Outcome};
use crate::shell::{self, Variable};
use crate::tools::{self, Tool};
use crate::{api, bench, book, deny, examples, features, fuzz, layers, package, tidy};

/// One step of the gate.
struct Step {
    name: &'static str,
    summary: &'static str,
    action: Action,
}

/// What a step does.
enum Action {
    /// Runs cargo with these arguments and variables.
    Cargo(&'static [&'static str], &'static [Variable<'static>]),
    /// Runs another task of this program, or says loudly that its program is missing.
    With(Tool, fn(&[String]) -> Outcome, &'static [&'static str]),
    /// Runs another task of this program with these arguments.
    Task(fn(&[String]) -> Outcome, &'static [&'static str]),
}

/// The gate, in order: cheap and telling steps first, the tests last.
const STEPS: &[Step] = &[
    Step {
        name: "fmt",
        summary: "every file is formatted",
        action: Action::Cargo(&["fmt", "--all", "--check"], &[]),
    },
    Step {
        name: "fmt-peers",
        summary: "so is every file of the measured peers, which are a workspace of their own",
        action: Action::Cargo(
            &[
                "fmt",
                "--manifest-path",
                "xtask/peers/Cargo.toml",
                "--check",
                "-p=peer-kit",
                "-p=guichet-peer",
                "-p=petgraph-peer",
                "-p=casbin-peer",
                "-p=cedar-peer",
                "-p=sqlite-peer",
                "-p=parse-peer",
            ],
            &[],
        ),
    },
    Step {
        name: "fmt-fuzz",
        summary: "so is every fuzz target, which are another one",
        action: Action::Cargo(
            &["fmt", "--manifest-path", "fuzz/Cargo.toml", "--check"],
            &[],
        ),
    },
    Step {
        name: "layers",
        summary: "no crate depends on what it may not see",
        action: Action::Task(layers::run, &[]),
    },
    Step {
        name: "tidy",
        summary: "the source text keeps the house rules",
        action: Action::Task(tidy::run, &[]),
    },
    Step {
        name: "clippy",
        summary: "no warning in any target with any feature",
        action: Action::Cargo(
            &[
                "clippy",
                "--workspace",
                "--all-targets",
                "--all-features",
                "--",
                "-D",
                "warnings",
            ],
            &[],
        ),
    },
    Step {
        name: "docs",
        summary: "the documentation builds without a warning",
        action: Action::Cargo(
            &["doc", "--workspace", "--no-deps", "--all-features"],
            &[("RUSTDOCFLAGS", "-Dwarnings")],
        ),
    },
    Step {
        name: "features",
        summary: "each library crate compiles with every combination of its features",
        action: Action::Task(features::run, &[]),
    },
    Step {
        name: "examples",
        summary: "every example of the library crates runs",
        action: Action::Task(examples::run, &[]),
    },
    Step {
        name: "package",
        summary: "every crate can be packaged, with its readme and its licences",
        action: Action::Task(package::run, &[]),
    },
    Step {
        name: "deny",
        summary: "licences, bans and sources of the dependencies are allowed",
        action: Action::With(tools::CARGO_DENY, deny::run, &[]),
    },
    Step {
        name: "api",
        summary: "the public items are the listed ones",
        action: Action::With(tools::CARGO_PUBLIC_API, api::run, &[]),
    },
    Step {
        name: "fuzz",
        summary: "seconds of input that nobody thought of find nothing",
        action: Action::With(tools::CARGO_FUZZ, fuzz::run, &["--seconds", "5"]),
    },
    Step {
        name: "book",
        summary: "the documentation builds as a site",
        action: Action::With(tools::MDBOOK, book::run, &[]),
    },
    Step {
        name: "bench",
        summary: "the benchmark runs on the smallest workload, every answer right",
        action: Action::Task(bench::run, &["--smoke"]),
    },
    Step {
        name: TESTS,
        summary: "every test and every example of the documentation passes",
        action: Action::Cargo(&["test", "--workspace"], &[]),
    },
];

/// The step whose own summary must be the last thing printed.
const TESTS: &str = "tests";

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
    use super::{Action, Choice, STEPS, TESTS, run_all, step_names};
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
    fn every_package_of_the_peers_is_formatted() {
        let manifest = include_str!("../peers/Cargo.toml");
        let members = manifest
            .lines()
            .find_map(|line| line.strip_prefix("members = "))
            .unwrap();
        let step = STEPS.iter().find(|step| step.name == "fmt-peers").unwrap();
        let Action::Cargo(args, _) = step.action else {
            panic!("not a command of cargo");
        };
        let named = args.iter().filter(|arg| arg.starts_with("-p=")).count();
        assert_eq!(named, members.split(',').count());
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
