//! The command line of `cargo xtask bench`.

use std::path::PathBuf;

use super::peers::PEERS;
use super::{ENGINE, OPERATIONS};
use crate::failure::{Failure, Outcome};
use crate::workload::Shape;

/// What the command line asks for.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Action {
    Help,
    Smoke,
    Seats,
    Compare {
        old: PathBuf,
        new: PathBuf,
        threshold: f64,
    },
    Measure(Measure),
}

/// A measurement, or an older one shown again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Measure {
    pub(super) workloads: Vec<String>,
    pub(super) peers: Vec<String>,
    pub(super) rounds: usize,
    pub(super) budget_ms: u64,
    pub(super) json: Option<PathBuf>,
    pub(super) plot: Option<PathBuf>,
    pub(super) page: Option<PathBuf>,
    /// Older measurements that are shown as one instead of a new one.
    pub(super) from: Vec<PathBuf>,
}

impl Default for Measure {
    fn default() -> Self {
        Self {
            workloads: Vec::new(),
            peers: Vec::new(),
            rounds: 3,
            budget_ms: 1_000,
            json: None,
            plot: None,
            page: None,
            from: Vec::new(),
        }
    }
}

/// What a full run measures.
const ALL_WORKLOADS: &[&str] = &["W1", "W2", "W3", "W4", "W5"];

/// A slowdown of more percent than this fails a comparison.
const THRESHOLD: f64 = 15.0;

impl Action {
    /// Reads the arguments.
    ///
    /// # Errors
    ///
    /// An option, a workload or a peer is unknown, or a value is missing.
    pub(super) fn parse(args: &[String]) -> Outcome<Self> {
        let mut measure = Measure::default();
        let mut threshold = THRESHOLD;
        let mut files = None;
        let mut short = None;
        let mut rest = args.iter();
        while let Some(flag) = rest.next() {
            let mut value = || {
                rest.next()
                    .ok_or_else(|| Failure::usage(format!("bench: `{flag}` needs a value")))
            };
            match flag.as_str() {
                "--help" => return Ok(Self::Help),
                "--smoke" => short = Some(Self::Smoke),
                "--seats" => short = Some(Self::Seats),
                "--compare" => files = Some((value()?.into(), value()?.into())),
                "--threshold" => threshold = number(flag, value()?)?,
                "--workload" => measure.workloads.push(known_workload(value()?)?),
                "--peer" => measure.peers.push(known_peer(value()?)?),
                "--rounds" => measure.rounds = number::<usize>(flag, value()?)?.max(1),
                "--budget" => measure.budget_ms = number(flag, value()?)?,
                "--json" => measure.json = Some(value()?.into()),
                "--plot" => measure.plot = Some(value()?.into()),
                "--page" => measure.page = Some(value()?.into()),
                "--from" => measure.from.push(value()?.into()),
                other => {
                    return Err(Failure::usage(format!(
                        "bench: no option `{other}`\n\n{}",
                        help()
                    )));
                }
            }
        }
        let compare = files.map(|(old, new)| Self::Compare {
            old,
            new,
            threshold,
        });
        let chosen = compare.or(short);
        Ok(chosen.unwrap_or_else(|| Self::Measure(completed(measure))))
    }
}

/// Fills in what was not chosen; the engine is always among the peers, and first.
fn completed(mut measure: Measure) -> Measure {
    if measure.workloads.is_empty() {
        measure.workloads = ALL_WORKLOADS.iter().map(|&name| name.to_owned()).collect();
    }
    let chosen = |name: &str| {
        name == ENGINE || measure.peers.is_empty() || measure.peers.iter().any(|peer| peer == name)
    };
    measure.peers = PEERS
        .iter()
        .filter(|name| chosen(name))
        .map(|&name| name.to_owned())
        .collect();
    measure
}

fn known_workload(name: &str) -> Outcome<String> {
    match Shape::named(name) {
        Some(_) => Ok(name.to_owned()),
        None => Err(Failure::usage(format!(
            "bench: no workload `{name}`; `cargo xtask workload --help` lists them"
        ))),
    }
}

fn known_peer(name: &str) -> Outcome<String> {
    if PEERS.contains(&name) {
        return Ok(name.to_owned());
    }
    let known = PEERS.join(", ");
    Err(Failure::usage(format!(
        "bench: no peer `{name}`; there are {known}"
    )))
}

fn number<N: std::str::FromStr>(flag: &str, text: &str) -> Outcome<N> {
    text.parse()
        .map_err(|_| Failure::usage(format!("bench: `{flag}` needs a number, got `{text}`")))
}

/// Returns the usage, the options and what is measured.
pub(super) fn help() -> String {
    let mut lines = vec![
        "usage: cargo xtask bench [OPTIONS]\n\
         \n\
         Measures the engine and its peers side by side and prints one table.\n\
         \n\
         \x20 --workload W      only this workload; repeatable (default: W1 W2 W3 W4 W5)\n\
         \x20 --peer P          only this peer beside the engine; repeatable (default: all)\n\
         \x20 --rounds N        each program is started so often (default: 3)\n\
         \x20 --budget MS       longest time for one operation (default: 1000)\n\
         \x20 --json FILE       writes everything that was measured\n\
         \x20 --plot FILE.svg   draws the comparison\n\
         \x20 --page FILE.md    replaces the table between the marks of a page\n\
         \x20 --from FILE.json  shows an older measurement instead of a new one; repeatable, for\n\
         \x20                   workloads that were measured one after the other\n\
         \x20 --smoke           W1 in seconds: the engine alone, answers checked\n\
         \x20 --seats           what a seat costs, beside one bare SQLite commit\n\
         \x20 --compare OLD NEW [--threshold PERCENT]\n\
         \x20                   fails when the engine became slower or larger (default: 15)\n\
         \n\
         operations:"
            .to_owned(),
    ];
    let operations = OPERATIONS.iter();
    lines.extend(operations.map(|(word, meaning)| format!("  {word:<22} {meaning}")));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::Action;
    use crate::failure::Failure;

    fn parse(line: &str) -> Result<Action, Failure> {
        let args: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        Action::parse(&args)
    }

    #[test]
    fn without_options_everything_is_measured() {
        let Ok(Action::Measure(measure)) = parse("") else {
            panic!("not a measurement");
        };
        assert_eq!(measure.workloads, ["W1", "W2", "W3", "W4", "W5"]);
        assert_eq!(
            measure.peers,
            ["guichet", "petgraph", "casbin", "cedar", "sqlite"]
        );
    }

    #[test]
    fn the_engine_is_measured_whoever_is_chosen() {
        let Ok(Action::Measure(measure)) = parse("--peer casbin --workload W2t --rounds 0") else {
            panic!("not a measurement");
        };
        assert_eq!(measure.peers, ["guichet", "casbin"]);
        assert_eq!((measure.workloads.len(), measure.rounds), (1, 1));
    }

    #[test]
    fn a_comparison_takes_two_files_and_a_threshold() {
        let action = parse("--compare a.json b.json --threshold 3.5").unwrap();
        let expected = Action::Compare {
            old: "a.json".into(),
            new: "b.json".into(),
            threshold: 3.5,
        };
        assert_eq!(action, expected);
        assert_eq!(parse("--smoke"), Ok(Action::Smoke));
    }

    #[test]
    fn what_is_unknown_or_missing_is_a_usage_failure() {
        for line in [
            "--fast",
            "--peer oso",
            "--workload W9",
            "--json",
            "--compare a.json",
            "--rounds many",
        ] {
            assert_eq!(parse(line).unwrap_err().exit_code(), 2, "{line}");
        }
    }
}
