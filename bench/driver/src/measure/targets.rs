//! What the engine is meant to reach, and whether a run shows it.
//!
//! The targets were set before the engine was written, from prototypes; one that is missed stays
//! here and is explained in `docs/performance.md`.

use std::fmt::Write as _;

use super::results::Results;
use super::{ENGINE, figures};

/// One target on one workload.
#[derive(Debug, Clone, Copy)]
struct Target {
    workload: &'static str,
    says: &'static str,
    measured: Measured,
    bound: Bound,
}

/// What is looked at.
#[derive(Debug, Clone, Copy)]
enum Measured {
    /// The peer's time over the engine's, for the same operation.
    Faster(&'static str, &'static str),
    /// The engine's time for the first operation over its own for the second.
    Own(&'static str, &'static str),
    /// The engine's time for the first operation over petgraph's for the second.
    OverPetgraph(&'static str, &'static str),
    /// How many questions two threads answer while one answers one.
    TwoThreads,
    /// MiB of live heap without names.
    Heap,
    /// MiB of live heap with names.
    NamedHeap,
    /// Live heap without names, over petgraph's.
    HeapOverPetgraph,
    /// The exponent from W1 to W2.
    Growth(&'static str),
}

/// Where the measured figure has to lie.
#[derive(Debug, Clone, Copy)]
enum Bound {
    AtLeast(f64),
    AtMost(f64),
}

const fn faster(
    workload: &'static str,
    operation: &'static str,
    peer: &'static str,
    times: f64,
) -> Target {
    Target {
        workload,
        says: operation,
        measured: Measured::Faster(operation, peer),
        bound: Bound::AtLeast(times),
    }
}

const fn at_most(
    workload: &'static str,
    says: &'static str,
    measured: Measured,
    bound: f64,
) -> Target {
    Target {
        workload,
        says,
        measured,
        bound: Bound::AtMost(bound),
    }
}

const TARGETS: &[Target] = &[
    faster("W2", "is-member", "petgraph", 80.0),
    faster("W2", "is-member", "cedar", 35.0),
    faster("W2", "is-member", "casbin", 300.0),
    faster("W3", "is-member", "petgraph", 40.0),
    faster("W4", "is-member", "petgraph", 1_000.0),
    faster("W5", "is-member", "petgraph", 1_000.0),
    at_most(
        "W2",
        "is-member-by-name over is-member",
        Measured::Own("is-member-by-name", "is-member"),
        4.0,
    ),
    faster("W2", "is-member-by-name", "casbin", 25.0),
    faster("W3", "is-member-by-name", "casbin", 10.0),
    faster("W2", "groups-of-user", "petgraph", 5.0),
    faster("W3", "groups-of-user", "petgraph", 8.0),
    faster("W4", "groups-of-user", "petgraph", 1.0),
    faster("W5", "groups-of-user", "petgraph", 1.0),
    faster("W2", "users-of-group", "petgraph", 3.0),
    faster("W3", "users-of-group", "petgraph", 6.0),
    faster("W4", "users-of-group", "petgraph", 1.0),
    faster("W5", "users-of-group", "petgraph", 1.0),
    faster("W2", "cycle-check", "petgraph", 15.0),
    faster("W3", "cycle-check", "petgraph", 100.0),
    faster("W4", "cycle-check", "petgraph", 1_000.0),
    faster("W5", "cycle-check", "petgraph", 1_000.0),
    faster("W2", "edit-user", "petgraph", 8.0),
    faster("W3", "edit-user", "petgraph", 15.0),
    faster("W2", "edit-group", "petgraph", 3.0),
    faster("W3", "edit-group", "petgraph", 7.0),
    faster("W2", "build", "casbin", 3.0),
    faster("W3", "build", "casbin", 3.0),
    at_most(
        "W2",
        "first-answer over petgraph's build",
        Measured::OverPetgraph("first-answer", "build"),
        3.0,
    ),
    at_most("W2", "heap, by number, MiB", Measured::Heap, 10.0),
    at_most("W2", "heap, with names, MiB", Measured::NamedHeap, 16.0),
    at_most(
        "W3",
        "heap, by number, over petgraph's",
        Measured::HeapOverPetgraph,
        1.1,
    ),
    Target {
        workload: "W2",
        says: "is-member on two threads over one",
        measured: Measured::TwoThreads,
        bound: Bound::AtLeast(1.9),
    },
    at_most("W2", "growth of build", Measured::Growth("build"), 1.3),
    at_most(
        "W2",
        "growth of is-member",
        Measured::Growth("is-member"),
        0.3,
    ),
];

/// Returns a table of the targets that the run can judge; empty when it can judge none.
pub(super) fn markdown(results: &Results) -> String {
    let mut lines = String::new();
    let mut judged = 0_usize;
    let mut met = 0_usize;
    for target in TARGETS {
        let Some(figure) = target.figure(results) else {
            continue;
        };
        judged += 1;
        let verdict = if target.bound.holds(figure) {
            met += 1;
            "met"
        } else {
            "**missed**"
        };
        let _ = writeln!(
            lines,
            "| {} | {} | {} | {} | {verdict} |",
            target.workload,
            target.name(),
            target.bound.text(),
            figures::two_digits(figure),
        );
    }
    if judged == 0 {
        return lines;
    }
    format!(
        "\n{met} of {judged} targets met:\n\n| | target | bound | measured | |\n|---|---|---:|---:|---|\n{lines}"
    )
}

impl Target {
    fn name(&self) -> String {
        match self.measured {
            Measured::Faster(operation, peer) => format!("{operation}, times faster than {peer}"),
            _ => self.says.to_owned(),
        }
    }

    /// Returns the measured figure, if the run has it.
    fn figure(&self, results: &Results) -> Option<f64> {
        let workload = results.workload(self.workload)?;
        let ours = |operation| workload.median(ENGINE, operation);
        let mib = |bytes: u64| {
            #[expect(clippy::cast_precision_loss, reason = "two digits are shown")]
            let bytes = bytes as f64;
            bytes / 1_048_576.0
        };
        let heap = |peer: &str| Some(mib(workload.peer(peer)?.memory.warm_bytes?));
        match self.measured {
            Measured::Faster(operation, peer) => workload.ratio(peer, operation),
            Measured::Own(first, second) => figures::ratio(ours(first)?, ours(second)?),
            Measured::OverPetgraph(first, second) => {
                figures::ratio(ours(first)?, workload.median("petgraph", second)?)
            }
            Measured::TwoThreads => {
                figures::ratio(2.0 * ours("is-member")?, ours("is-member-two-threads")?)
            }
            Measured::Heap => heap(ENGINE),
            Measured::NamedHeap => Some(mib(workload.peer(ENGINE)?.memory.named_bytes?)),
            Measured::HeapOverPetgraph => figures::ratio(heap(ENGINE)?, heap("petgraph")?),
            Measured::Growth(operation) => results.exponent(ENGINE, operation),
        }
    }
}

impl Bound {
    fn holds(self, figure: f64) -> bool {
        match self {
            Self::AtLeast(least) => figure >= least,
            Self::AtMost(most) => figure <= most,
        }
    }

    fn text(self) -> String {
        match self {
            Self::AtLeast(least) => format!("≥ {}", figures::two_digits(least)),
            Self::AtMost(most) => format!("≤ {}", figures::two_digits(most)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Measured, TARGETS, markdown};
    use crate::measure::OPERATIONS;
    use crate::measure::results::tests::sample;

    #[test]
    fn a_run_is_judged_by_what_it_measured_and_nothing_else() {
        let text = markdown(&sample());
        let rows: Vec<&str> = text
            .lines()
            .filter(|line| line.starts_with("| W"))
            .collect();
        assert_eq!(
            rows,
            [
                "| W2 | is-member, times faster than petgraph | ≥ 80 | 100 | met |",
                "| W2 | heap, by number, MiB | ≤ 10 | 0.002 | met |",
                "| W2 | heap, with names, MiB | ≤ 16 | 0.003 | met |",
                "| W2 | growth of build | ≤ 1.3 | 1.0 | met |",
                "| W2 | growth of is-member | ≤ 0.30 | 0.15 | met |",
            ]
        );
        assert!(text.starts_with("\n5 of 5 targets met:\n"));
    }

    #[test]
    fn a_target_below_its_bound_is_missed() {
        let mut results = sample();
        let peer = results.workloads[1].peers.iter_mut();
        for peer in peer.filter(|peer| peer.name == "petgraph") {
            peer.operations.remove("is-member-by-name");
            if let Some(crate::measure::results::Cell::Timed { median_ns, .. }) =
                peer.operations.get_mut("is-member")
            {
                *median_ns = 1_599.0;
            }
        }
        let text = markdown(&results);
        assert!(text.contains("| ≥ 80 | 80 | **missed** |"), "{text}");
        assert!(text.starts_with("\n4 of 5"), "{text}");
    }

    #[test]
    fn targets_speak_of_operations_that_exist() {
        let known = |word: &str| OPERATIONS.iter().any(|(operation, _)| *operation == word);
        for target in TARGETS {
            if let Measured::Faster(operation, _) = target.measured {
                assert!(known(operation), "{operation}");
            }
        }
    }

    #[test]
    fn a_run_without_the_right_workloads_has_no_table() {
        let mut results = sample();
        results.workloads.truncate(1);
        assert_eq!(markdown(&results), "");
    }
}
