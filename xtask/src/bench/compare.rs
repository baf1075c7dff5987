//! Compares two runs: did the engine become slower or larger?
//!
//! Machines differ and drift, so times are first divided by how much slower the *peers* became: they
//! did not change. Without peers in both files, times are compared as they are.

use std::fmt::Write as _;

use super::results::{Memory, Results, Workload};
use super::{ENGINE, OPERATIONS, figures};
use crate::failure::{Failure, Outcome};

/// What a comparison found.
#[derive(Debug)]
pub(super) struct Comparison {
    /// A line for each figure.
    pub(super) text: String,
    /// An error when something became worse by more than the threshold.
    pub(super) outcome: Outcome,
}

/// With fewer figures of peers than this, their drift is not trusted.
const FEWEST: usize = 4;

/// Compares every figure that both runs have; `threshold` is in percent.
pub(super) fn compare(old: &Results, new: &Results, threshold: f64) -> Comparison {
    let mut text = String::new();
    let mut worse = Vec::new();
    let mut compared = 0_usize;
    for before in &old.workloads {
        let Some(after) = new.workload(&before.name) else {
            continue;
        };
        let drift = drift(before, after);
        let _ = writeln!(
            text,
            "{}: the peers take {:.2} times as long as before, which is taken out",
            before.name, drift
        );
        for figure in figures_of(before, after, drift) {
            compared += 1;
            let mark = if figure.change > threshold {
                worse.push(format!("{} {}", before.name, figure.name));
                "  WORSE"
            } else {
                ""
            };
            let _ = writeln!(
                text,
                "  {:<22} {:>10} → {:>10}  {:>+7.1} %{mark}",
                figure.name, figure.old, figure.new, figure.change
            );
        }
    }
    let outcome = if compared == 0 {
        Err(Failure::failed("the two runs have no workload in common"))
    } else if worse.is_empty() {
        Ok(())
    } else {
        Err(Failure::failed(format!(
            "worse by more than {threshold} %: {}",
            worse.join(", ")
        )))
    };
    Comparison { text, outcome }
}

/// One figure before and after.
struct Figure {
    name: String,
    old: String,
    new: String,
    /// In percent; above zero is worse.
    change: f64,
}

fn figures_of(before: &Workload, after: &Workload, drift: f64) -> Vec<Figure> {
    let times = OPERATIONS.iter().filter_map(|(word, _)| {
        let (old, new) = (before.median(ENGINE, word)?, after.median(ENGINE, word)?);
        Some(Figure {
            name: (*word).to_owned(),
            old: figures::time(old),
            new: figures::time(new),
            change: percent(figures::ratio(new / drift, old)?),
        })
    });
    let memory = |view: fn(&Memory) -> Option<u64>, name: &str| {
        let old = view(&before.peer(ENGINE)?.memory)?;
        let new = view(&after.peer(ENGINE)?.memory)?;
        #[expect(clippy::cast_precision_loss, reason = "a percentage is shown")]
        let ratio = figures::ratio(new as f64, old as f64)?;
        Some(Figure {
            name: name.to_owned(),
            old: figures::bytes(old),
            new: figures::bytes(new),
            change: percent(ratio),
        })
    };
    let heap = memory(|memory| memory.warm_bytes, "heap, by number");
    let named = memory(|memory| memory.named_bytes, "heap, with names");
    times.chain(heap).chain(named).collect()
}

fn percent(ratio: f64) -> f64 {
    (ratio - 1.0) * 100.0
}

/// How many times as long the peers take now: the median over all their figures.
fn drift(before: &Workload, after: &Workload) -> f64 {
    let peers = before.peers.iter().filter(|peer| peer.name != ENGINE);
    let ratios: Vec<f64> = peers
        .flat_map(|peer| {
            OPERATIONS.iter().filter_map(|(word, _)| {
                let old = peer.operations.get(*word)?.median()?;
                figures::ratio(after.median(&peer.name, word)?, old)
            })
        })
        .collect();
    if ratios.len() < FEWEST {
        return 1.0;
    }
    figures::median(&ratios).unwrap_or(1.0)
}

#[cfg(test)]
mod tests {
    use super::compare;
    use crate::bench::results::tests::sample;
    use crate::bench::results::{Cell, Results};
    use crate::bench::{ENGINE, OPERATIONS};

    /// Makes one implementation's times longer.
    fn slower(mut results: Results, peer: &str, factor: f64) -> Results {
        for workload in &mut results.workloads {
            for found in workload.peers.iter_mut().filter(|found| found.name == peer) {
                for cell in found.operations.values_mut() {
                    if let Cell::Timed { median_ns, .. } = cell {
                        *median_ns *= factor;
                    }
                }
            }
        }
        results
    }

    /// Gives petgraph a figure for every operation, so that its drift is trusted.
    fn with_many_figures(mut results: Results) -> Results {
        for peer in results.workloads.iter_mut().flat_map(|w| &mut w.peers) {
            if let Some(cell) = peer.operations.get("is-member").cloned() {
                for (word, _) in OPERATIONS {
                    peer.operations.insert((*word).to_owned(), cell.clone());
                }
            }
        }
        results
    }

    #[test]
    fn the_same_run_is_no_worse() {
        assert_eq!(compare(&sample(), &sample(), 0.1).outcome, Ok(()));
    }

    #[test]
    fn a_slowdown_above_the_threshold_fails_and_is_named() {
        let slow = slower(sample(), ENGINE, 1.2);
        assert_eq!(compare(&sample(), &slow, 20.1).outcome, Ok(()));
        let comparison = compare(&sample(), &slow, 19.9);
        let failure = comparison.outcome.unwrap_err();
        assert_eq!(failure.exit_code(), 1);
        assert!(failure.to_string().contains("W2 is-member"), "{failure}");
        assert!(comparison.text.contains("+20.0 %  WORSE"));
        assert_eq!(
            compare(&slow, &sample(), 1.0).outcome,
            Ok(()),
            "faster is fine"
        );
    }

    #[test]
    fn a_slower_machine_is_not_a_slower_engine() {
        let before = with_many_figures(sample());
        let machine = slower(slower(before.clone(), ENGINE, 1.5), "petgraph", 1.5);
        assert_eq!(compare(&before, &machine, 1.0).outcome, Ok(()));
        let faster = slower(before.clone(), "petgraph", 0.5);
        assert!(
            compare(&before, &faster, 50.0).outcome.is_err(),
            "the peers gained"
        );
    }

    #[test]
    fn more_memory_is_worse_too() {
        let mut larger = sample();
        larger.workloads[0].peers[0].memory.warm_bytes = Some(4_096);
        let failure = compare(&sample(), &larger, 15.0).outcome.unwrap_err();
        assert!(
            failure.to_string().ends_with("W1 heap, by number"),
            "{failure}"
        );
    }

    #[test]
    fn runs_without_a_common_workload_cannot_be_compared() {
        let mut other = sample();
        other.workloads.clear();
        assert!(compare(&sample(), &other, 15.0).outcome.is_err());
    }
}
