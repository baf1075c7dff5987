//! `cargo xtask bench`: the engine and its peers side by side, on the same workloads, in one run.
//!
//! Each implementation is a program of the workspace `bench/`, runs in a process of its own and
//! prints one line of JSON; rounds alternate between them, and the figures are medians over rounds.

pub(crate) mod figures;
mod gather;
mod host;
pub(crate) mod line;
pub(crate) mod page;
pub(crate) mod peers;
mod plot;
mod results;
mod table;
mod targets;

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::failure::{Failure, Outcome};
use crate::workload::Shape;
use peers::PEERS;
pub(crate) use peers::Workshop;
use results::Results;

/// The operations in the order of tables: the word of the JSON, and what it means.
pub(crate) const OPERATIONS: &[(&str, &str)] = &[
    ("is-member", "is this user in this group, by handle"),
    ("is-member-by-name", "the same, by two names"),
    ("groups-of-user", "the list of a user's groups"),
    ("users-of-group", "the list of a group's users"),
    ("cycle-check", "would this placement close a cycle"),
    ("edit-user", "place or remove a user, then one question"),
    ("edit-group", "place or remove a group, then one question"),
    (
        "edit-user-shared",
        "edit-user, while readers keep the state before",
    ),
    (
        "edit-group-shared",
        "edit-group, while readers keep the state before",
    ),
    (
        "is-member-after-edits",
        "questions right after 2,048 edits of groups",
    ),
    (
        "is-member-two-threads",
        "questions asked by two threads at once",
    ),
    ("build", "from a directory (or from links) to ready"),
    ("first-answer", "the same, and one answer"),
    ("build-from-names", "from lists of names to ready"),
];

/// The implementation that all others are compared with.
pub(crate) const ENGINE: &str = "guichet";

/// The options of a measurement, or of older ones shown again.
#[derive(Debug, Clone, Args)]
pub(crate) struct Measure {
    /// Only this workload; repeatable
    #[arg(long, value_name = "W", value_parser = Shape::parse, default_values = ["W1", "W2", "W3", "W4", "W5"])]
    workload: Vec<&'static Shape>,
    /// Only this peer beside the engine; repeatable
    #[arg(long, value_name = "P", value_parser = PEERS, default_values = PEERS)]
    peer: Vec<String>,
    /// How often each program is started
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// The longest time for one operation, in milliseconds
    #[arg(long, value_name = "MS", default_value_t = 1_000)]
    budget: u64,
    /// Write everything that was measured
    #[arg(long, value_name = "FILE.json")]
    json: Option<PathBuf>,
    /// Draw the comparison
    #[arg(long, value_name = "FILE.svg")]
    plot: Option<PathBuf>,
    /// Replace the table in this page
    #[arg(long, value_name = "FILE.md")]
    page: Option<PathBuf>,
    /// Show an older measurement instead of a new one; repeatable, for workloads that were measured
    /// one after the other
    #[arg(long, value_name = "FILE.json")]
    from: Vec<PathBuf>,
}

/// Measures, or shows what was measured, and writes what the options name.
///
/// # Errors
///
/// A program failed, an answer was wrong, or a file cannot be read or written.
pub(crate) fn run(measure: &Measure) -> Outcome {
    let results = if measure.from.is_empty() {
        gather::measure(measure)?
    } else {
        let pieces: Vec<Results> = measure
            .from
            .iter()
            .map(|file| read(file))
            .collect::<Outcome<_>>()?;
        Results::joined(pieces).map_err(|reason| Failure::new(format!("bench: {reason}")))?
    };
    let text = format!(
        "{}{}",
        table::markdown(&results),
        targets::markdown(&results)
    );
    println!("{text}");
    if let Some(file) = &measure.json {
        write(file, &results.to_json())?;
    }
    if let Some(file) = &measure.plot {
        write(file, &plot::svg(&results))?;
    }
    if let Some(file) = &measure.page {
        page::replace(file, "bench", &text)?;
    }
    let wrong = results.wrong_answers(ENGINE);
    if wrong == 0 {
        Ok(())
    } else {
        Err(Failure::new(format!(
            "{ENGINE} gave {wrong} wrong answer(s)"
        )))
    }
}

fn read(file: &Path) -> Outcome<Results> {
    let text = fs::read_to_string(file).map_err(|error| Failure::io(file, &error))?;
    Results::from_json(&text)
        .map_err(|error| Failure::new(format!("`{}`: {error}", file.display())))
}

fn write(file: &Path, text: &str) -> Outcome {
    fs::write(file, text).map_err(|error| Failure::io(file, &error))
}
