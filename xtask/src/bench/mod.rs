//! `cargo xtask bench`: the engine and its peers side by side, on the same workloads, in one run.
//!
//! Each implementation is a program of the workspace `xtask/peers`, runs in a process of its own and
//! prints one line of JSON; rounds alternate between them, and the figures are medians over rounds.

mod compare;
pub(crate) mod figures;
mod gather;
mod host;
mod line;
mod options;
pub(crate) mod page;
mod peers;
mod plot;
mod results;
mod seats;
mod smoke;
mod table;
mod targets;

use std::fs;
use std::path::Path;

use crate::failure::{Failure, Outcome};
use options::{Action, Measure};
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

/// Measures, compares or draws, as the arguments say.
///
/// # Errors
///
/// The command line is wrong, a program failed, an answer was wrong, or a comparison found a slowdown.
pub(crate) fn run(args: &[String]) -> Outcome {
    match Action::parse(args)? {
        Action::Help => {
            println!("{}", options::help());
            Ok(())
        }
        Action::Smoke => smoke::run(),
        Action::Seats => seats::run(),
        Action::Compare {
            old,
            new,
            threshold,
        } => {
            let comparison = compare::compare(&read(&old)?, &read(&new)?, threshold);
            println!("{}", comparison.text);
            comparison.outcome
        }
        Action::Measure(measure) => measure_and_show(&measure),
    }
}

fn measure_and_show(measure: &Measure) -> Outcome {
    let results = if measure.from.is_empty() {
        gather::measure(measure)?
    } else {
        let pieces: Vec<Results> = measure
            .from
            .iter()
            .map(|file| read(file))
            .collect::<Outcome<_>>()?;
        Results::joined(pieces).map_err(|reason| Failure::failed(format!("bench: {reason}")))?
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
        Err(Failure::failed(format!(
            "{ENGINE} gave {wrong} wrong answer(s)"
        )))
    }
}

fn read(file: &Path) -> Outcome<Results> {
    let text = fs::read_to_string(file).map_err(|error| Failure::io(file, &error))?;
    Results::from_json(&text)
        .map_err(|error| Failure::failed(format!("`{}`: {error}", file.display())))
}

fn write(file: &Path, text: &str) -> Outcome {
    fs::write(file, text).map_err(|error| Failure::io(file, &error))
}
