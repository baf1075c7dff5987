//! The benchmarks, run as `cargo xtask bench`: workloads, peers and what is measured of them.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a tool of the team prints"
)]

mod failure;
mod instructions;
mod measure;
mod parse;
mod program;
mod seats;
mod shell;
mod smoke;
mod workload;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use failure::Outcome;
use measure::Measure;
use workload::Shape;

/// Measures the engine and its peers side by side, and prints one table.
#[derive(Debug, Parser)]
#[command(
    name = "bench",
    bin_name = "cargo xtask bench",
    args_conflicts_with_subcommands = true
)]
struct Line {
    #[command(subcommand)]
    task: Option<Task>,
    #[command(flatten)]
    measure: Measure,
}

/// What is done instead.
#[derive(Debug, Subcommand)]
enum Task {
    /// Run the engine on the smallest workload, in seconds: answers, not times
    Smoke,
    /// Measure a durable seat beside one bare `SQLite` commit
    Seats,
    /// Count the engine's instructions and compare them with bench/instructions.json; needs valgrind
    Instructions {
        /// Only this workload; repeatable
        #[arg(long, value_name = "W", value_parser = Shape::parse, default_values = instructions::WORKLOADS)]
        workload: Vec<&'static Shape>,
        /// Write the counts instead of comparing them
        #[arg(long)]
        update: bool,
    },
    /// Read large directories beside `serde_json`
    Parse {
        /// Only this workload; repeatable
        #[arg(long, value_name = "W", value_parser = Shape::parse, default_values = parse::WORKLOADS)]
        workload: Vec<&'static Shape>,
        /// Replace the table in this page
        #[arg(long, value_name = "FILE.md")]
        page: Option<PathBuf>,
    },
    /// Measure `guichet` from start to exit beside `jq`, and weigh its large commands; needs hyperfine
    Program {
        /// How often each command is started
        #[arg(long, default_value_t = 10)]
        runs: u32,
    },
    /// Write the seeded workloads and print their paths
    Workload {
        /// W1 to W5, W2t or firm
        #[arg(required = true, value_parser = Shape::parse)]
        shapes: Vec<&'static Shape>,
    },
}

fn main() -> ExitCode {
    let line = Line::parse();
    match run(line) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("bench: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(line: Line) -> Outcome {
    match line.task {
        None => measure::run(&line.measure),
        Some(Task::Smoke) => smoke::run(),
        Some(Task::Seats) => seats::run(),
        Some(Task::Instructions { workload, update }) => instructions::run(&workload, update),
        Some(Task::Parse { workload, page }) => parse::run(&workload, page.as_deref()),
        Some(Task::Program { runs }) => program::run(runs),
        Some(Task::Workload { shapes }) => workload::run(&shapes),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_sound() {
        super::Line::command().debug_assert();
    }
}
