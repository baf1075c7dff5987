//! The team's own commands, run as `cargo xtask TASK`.
//!
//! Drives cargo and knows no crate of the product: what it needs to know about them it reads from
//! `cargo metadata` and from their source text. `cargo xtask help` lists the tasks.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a tool of the team prints, reads its environment and measures time"
)]

mod api;
mod bench;
mod book;
mod ci;
mod coverage;
mod deny;
mod dist;
mod errors;
mod examples;
mod failure;
mod features;
mod fuzz;
mod instructions;
mod layers;
mod markdown;
mod mutants;
mod package;
mod parse;
mod program;
mod shell;
mod tidy;
mod tools;
mod tree;
mod workload;
mod workspace;

use std::env;
use std::process::ExitCode;

use failure::{Failure, Outcome};

/// One command of the team.
struct Task {
    name: &'static str,
    summary: &'static str,
    run: fn(&[String]) -> Outcome,
}

/// Every task; `help` prints this table.
const TASKS: &[Task] = &[
    Task {
        name: "api",
        summary: "compare what the library crates promise with docs/api",
        run: api::run,
    },
    Task {
        name: "bench",
        summary: "measure the engine and its peers side by side",
        run: bench::run,
    },
    Task {
        name: "book",
        summary: "build the documentation as a site; needs mdBook",
        run: book::run,
    },
    Task {
        name: "ci",
        summary: "run the whole gate: every check, then every test",
        run: ci::run,
    },
    Task {
        name: "coverage",
        summary: "measure which lines the tests run; needs cargo-llvm-cov",
        run: coverage::run,
    },
    Task {
        name: "deny",
        summary: "check licences, bans and sources of the dependencies",
        run: deny::run,
    },
    Task {
        name: "dist",
        summary: "build what users download: program, pages, archive, Debian package",
        run: dist::run,
    },
    Task {
        name: "errors",
        summary: "write docs/errors.md, the reference of errors, from the sources",
        run: errors::run,
    },
    Task {
        name: "examples",
        summary: "run every example of the library crates",
        run: examples::run,
    },
    Task {
        name: "features",
        summary: "compile each library crate with every combination of its features",
        run: features::run,
    },
    Task {
        name: "fuzz",
        summary: "give random input to the fuzz targets; needs cargo-fuzz and nightly",
        run: fuzz::run,
    },
    Task {
        name: "instructions",
        summary: "count the engine's instructions and compare them with the baselines",
        run: instructions::run,
    },
    Task {
        name: "layers",
        summary: "compare the dependencies between crates with the allowed table",
        run: layers::run,
    },
    Task {
        name: "mutants",
        summary: "change the code and see whether a test notices; needs cargo-mutants",
        run: mutants::run,
    },
    Task {
        name: "package",
        summary: "package every crate without publishing it",
        run: package::run,
    },
    Task {
        name: "parse",
        summary: "read large directories beside serde_json",
        run: parse::run,
    },
    Task {
        name: "program",
        summary: "measure the whole program from start to exit, beside jq",
        run: program::run,
    },
    Task {
        name: "tidy",
        summary: "check what neither rustfmt nor clippy checks in the source text",
        run: tidy::run,
    },
    Task {
        name: "workload",
        summary: "write the seeded workloads that everything is measured with",
        run: workload::run,
    },
];

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    match dispatch(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("xtask: {failure}");
            ExitCode::from(failure.exit_code())
        }
    }
}

/// Runs the task that the first argument names.
fn dispatch(args: &[String]) -> Outcome {
    let Some((name, rest)) = args.split_first() else {
        return Err(Failure::usage(format!("no task given\n\n{}", help())));
    };
    if matches!(name.as_str(), "help" | "--help" | "-h") {
        println!("{}", help());
        return Ok(());
    }
    let Some(task) = TASKS.iter().find(|task| task.name == name) else {
        return Err(Failure::usage(format!("no task `{name}`\n\n{}", help())));
    };
    (task.run)(rest)
}

/// Returns the list of tasks, one per line.
fn help() -> String {
    let mut lines = vec!["usage: cargo xtask TASK [OPTIONS]\n\ntasks:".to_owned()];
    lines.extend(TASKS.iter().map(Task::help_line));
    lines.push("\n`cargo xtask ci --help` shows the steps of the gate.".to_owned());
    lines.join("\n")
}

impl Task {
    fn help_line(&self) -> String {
        format!("  {:<12} {}", self.name, self.summary)
    }
}

#[cfg(test)]
mod tests {
    use super::{TASKS, dispatch, help};
    use crate::failure::Failure;

    #[test]
    fn an_unknown_task_is_a_usage_failure_that_lists_the_tasks() {
        let failure = dispatch(&["tydi".to_owned()]).unwrap_err();
        assert_eq!(failure.exit_code(), 2);
        let Failure::Usage(message) = failure else {
            panic!("not a usage failure");
        };
        assert!(message.starts_with("no task `tydi`"));
        assert!(TASKS.iter().all(|task| message.contains(task.name)));
    }

    #[test]
    fn help_has_one_line_for_each_task() {
        for task in TASKS {
            let lines = help()
                .lines()
                .filter(|line| *line == task.help_line())
                .count();
            assert_eq!(lines, 1, "{}", task.name);
        }
    }
}
