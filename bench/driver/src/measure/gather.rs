//! Runs the programs in rounds and collects what they print.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::line::{Bytes, Entry, Line, Weight};
use super::peers::{PEERS, Peer, Printed, Workshop, parsed, versions};
use super::results::{Memory, PeerResults, Results, SCHEMA, Workload};
use super::{ENGINE, Measure, OPERATIONS, host};
use crate::failure::Outcome;
use crate::workload::{self, Files};

/// Whoever takes longer than this in one round is left out of the next ones.
const SLOW: Duration = Duration::from_secs(45);

/// Measures what was asked for.
///
/// # Errors
///
/// A workload cannot be written, a program does not compile, or the engine itself does not end well.
pub(super) fn measure(measure: &Measure) -> Outcome<Results> {
    let workshop = Workshop::open()?;
    // The engine is always among them, and first.
    let chosen = PEERS
        .iter()
        .filter(|name| **name == ENGINE || measure.peer.iter().any(|peer| peer == *name));
    let peers = workshop.build(chosen)?;
    let mut workloads = Vec::new();
    for shape in &measure.workload {
        eprintln!("== {}: {}", shape.name, shape.summary);
        let files = workload::write(shape)?;
        workloads.push(on_workload(shape.name, &files, &peers, measure)?);
    }
    Ok(Results {
        schema: SCHEMA,
        revision: host::revision(),
        host: host::host(),
        rounds: measure.rounds,
        versions: versions(),
        workloads,
    })
}

/// Runs everybody on one workload, alternating.
fn on_workload(name: &str, files: &Files, peers: &[Peer], measure: &Measure) -> Outcome<Workload> {
    let budget = measure.budget.to_string();
    let options = ["--budget", budget.as_str()];
    let mut printed: Vec<Vec<Result<Line, String>>> = vec![Vec::new(); peers.len()];
    let mut slow = Vec::new();
    for round in 0..measure.rounds {
        for nth in in_turn(round, peers.len()) {
            let (Some(peer), Some(lines)) = (peers.get(nth), printed.get_mut(nth)) else {
                continue;
            };
            if lines.iter().any(Result::is_err) || slow.contains(&nth) {
                continue; // it would fail again, or take the time of all others together
            }
            eprintln!("   round {}/{}: {}", round + 1, measure.rounds, peer.name);
            let start = Instant::now();
            lines.push(line_of(peer.time(files, &options))?);
            if start.elapsed() > SLOW {
                slow.push(nth);
            }
        }
    }
    let mut workload = Workload {
        name: name.to_owned(),
        users: 0,
        groups: 0,
        user_links: 0,
        group_links: 0,
        peers: Vec::new(),
    };
    for (peer, lines) in peers.iter().zip(printed) {
        let lines: Result<Vec<Line>, String> = lines.into_iter().collect();
        if let Some(line) = lines.iter().flatten().next() {
            workload.users = line.users;
            workload.groups = line.groups;
            workload.user_links = line.user_links;
            workload.group_links = line.group_links;
        }
        let weight = peer.weigh(files, &options).last;
        let bytes = weight.and_then(|text| Some(parsed::<Weight>(&text).ok()?.bytes));
        workload.peers.push(results_of(&peer.name, lines, bytes));
    }
    Ok(workload)
}

/// Reads the last line of a program; what is missing in it has the reason why the program failed.
///
/// The inner error is that reason, of a program that said nothing.
///
/// # Errors
///
/// It printed something else.
fn line_of(printed: Printed) -> Outcome<Result<Line, String>> {
    let Some(text) = printed.last else {
        let silent = || "it printed nothing".to_owned();
        return Ok(Err(printed.failed.unwrap_or_else(silent)));
    };
    let mut line: Line = parsed(&text)?;
    if let Some(reason) = printed.failed {
        for (word, _) in OPERATIONS {
            let missing = || Entry::Skipped {
                skipped: reason.clone(),
            };
            line.operations
                .entry((*word).to_owned())
                .or_insert_with(missing);
        }
    }
    Ok(Ok(line))
}

/// Returns who starts when: each round begins with the next one, so that nobody is always first.
fn in_turn(round: usize, count: usize) -> impl Iterator<Item = usize> {
    (0..count).map(move |nth| (nth + round) % count)
}

/// Puts the rounds of one implementation together.
fn results_of(name: &str, lines: Result<Vec<Line>, String>, bytes: Option<Bytes>) -> PeerResults {
    let (lines, failed) = match lines {
        Ok(lines) => (lines, None),
        Err(reason) => (Vec::new(), Some(reason)),
    };
    let operations: BTreeMap<_, _> = OPERATIONS
        .iter()
        .filter_map(|(word, _)| {
            let rounds: Vec<&Entry> = lines
                .iter()
                .filter_map(|line| line.operations.get(*word))
                .collect();
            Some(((*word).to_owned(), Entry::merged(&rounds)?))
        })
        .collect();
    let memory = Memory {
        peak_kib: lines.iter().filter_map(|line| line.peak_kib).max(),
        source_bytes: bytes.map(|bytes| bytes.source),
        built_bytes: bytes.map(|bytes| bytes.built),
        warm_bytes: bytes.map(|bytes| bytes.warm),
        named_bytes: bytes.and_then(|bytes| bytes.named),
        build_peak_bytes: bytes.map(|bytes| bytes.build_peak),
    };
    PeerResults {
        name: name.to_owned(),
        failed,
        operations,
        memory,
    }
}

#[cfg(test)]
mod tests {
    use super::{Entry, Printed, in_turn, line_of, results_of};

    #[test]
    fn everybody_runs_once_a_round_and_each_round_begins_with_another() {
        let order = |round| in_turn(round, 3).collect::<Vec<_>>();
        assert_eq!(order(0), [0, 1, 2]);
        assert_eq!(order(1), [1, 2, 0]);
        assert_eq!(order(5), [2, 0, 1]);
    }

    #[test]
    fn what_a_program_said_before_it_failed_counts() {
        let printed = Printed {
            last: Some(
                r#"{"users": 1, "groups": 1, "user_links": 1, "group_links": 1, "peak_kib": 1,
                    "operations": {"build": {"skipped": "x"}}}"#
                    .to_owned(),
            ),
            failed: Some("it ended with signal: 6".to_owned()),
        };
        let line = line_of(printed).unwrap().unwrap();
        let reason = |word: &str| match &line.operations[word] {
            Entry::Skipped { skipped } => skipped.clone(),
            Entry::Timed { .. } => String::new(),
        };
        assert_eq!(reason("build"), "x");
        assert_eq!(reason("edit-user"), "it ended with signal: 6");
    }

    #[test]
    fn a_program_that_failed_has_no_figures_but_a_reason() {
        let results = results_of("x", Err("it ended with signal: 6".to_owned()), None);
        assert_eq!(results.failed.as_deref(), Some("it ended with signal: 6"));
        assert!(results.operations.is_empty());
    }
}
