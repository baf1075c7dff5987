//! Edits and asks snapshots for as long as one likes, and compares every answer with plain searches.
//!
//! ```sh
//! cargo run --release -p guichet-policy --example soak -- --edits 1000000 --checks 2000000
//! ```
//!
//! `--seed NUMBER` repeats a run.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program of its own, that reads its command line and the clock and prints"
)]

mod run;

use std::process::ExitCode;
use std::time::SystemTime;

use run::{Plan, run};

fn main() -> ExitCode {
    let Some(plan) = plan() else {
        eprintln!("usage: soak [--edits NUMBER] [--checks NUMBER] [--seed NUMBER]");
        return ExitCode::from(2);
    };
    println!("seed {}", plan.seed);
    let done = run(&plan);
    println!(
        "{} edits, {} checks, {} wrong",
        done.edits, done.checks, done.wrong
    );
    if done.wrong == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn plan() -> Option<Plan> {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let mut plan = Plan {
        edits: 100_000,
        checks: 200_000,
        seed: now.map_or(1, |now| now.as_secs()),
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let number = words.next()?.parse().ok()?;
        match word.as_str() {
            "--edits" => plan.edits = number,
            "--checks" => plan.checks = number,
            "--seed" => plan.seed = number,
            _ => return None,
        }
    }
    Some(plan)
}
