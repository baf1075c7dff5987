//! `cargo xtask bench parse`: reading a `directory.json` to members by number, beside `serde_json`.
//!
//! Both readers resolve every name; Guichet's also keeps the text byte for byte, and where everything
//! in it stands. Rounds alternate; the peak of memory is of a process that read once.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

use crate::failure::{Failure, Outcome};
use crate::measure::peers::parsed;
use crate::measure::{Workshop, figures, page};
use crate::shell;
use crate::workload::{self, Shape};

/// The workloads that are read when none is named.
pub(crate) const WORKLOADS: [&str; 3] = ["W1", "W2", "W3"];

const ROUNDS: usize = 3;

/// The programs: Guichet's reader, and the one to compare with.
const READERS: [&str; 2] = ["parse-guichet", "parse-serde"];

/// What a reader prints.
#[derive(Debug, Clone, PartialEq, Deserialize)]
struct Line {
    median_ns: f64,
    users: usize,
    groups: usize,
    members: usize,
    peak_kib: u64,
}

/// What a reader took on one workload.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Cost {
    nanoseconds: f64,
    peak_bytes: u64,
}

/// Measures, prints a table, and puts it into a page.
///
/// # Errors
///
/// A program failed, or the two readers found different things.
pub(crate) fn run(shapes: &[&Shape], page: Option<&Path>) -> Outcome {
    let programs = Workshop::open()?.programs("parse-peer", &READERS)?;
    let mut rows = Vec::new();
    for shape in shapes {
        eprintln!("== {}: {}", shape.name, shape.summary);
        let file = workload::write(shape)?.directory;
        rows.push((shape.name, costs(&programs, &file)?));
    }
    let table = markdown(&rows);
    println!("{table}");
    page.map_or(Ok(()), |file| page::replace(file, "parse", &table))
}

/// Runs both readers in turn.
fn costs(programs: &[PathBuf], file: &Path) -> Outcome<Vec<Cost>> {
    let mut times = vec![Vec::new(); programs.len()];
    let mut found = Vec::new();
    for _ in 0..ROUNDS {
        for (program, times) in programs.iter().zip(&mut times) {
            let line = read(program, file, "1000")?;
            times.push(line.median_ns);
            found.push((line.users, line.groups, line.members));
        }
    }
    found.dedup();
    if found.len() != 1 {
        return Err(Failure::new(format!("the readers differ: {found:?}")));
    }
    let costs = programs.iter().zip(times).map(|(program, times)| {
        Ok(Cost {
            nanoseconds: figures::median(&times).unwrap_or_default(),
            peak_bytes: read(program, file, "0")?.peak_kib * 1_024,
        })
    });
    costs.collect()
}

fn read(program: &Path, file: &Path, budget_ms: &str) -> Outcome<Line> {
    let text = shell::output(Command::new(program).arg(file).arg(budget_ms))?;
    parsed(&text)
}

/// Returns the table.
fn markdown(rows: &[(&str, Vec<Cost>)]) -> String {
    let mut text = "| | guichet | serde_json | | guichet, peak | serde_json, peak | |\n\
                    |---|---:|---:|---:|---:|---:|---:|\n"
        .to_owned();
    for (name, costs) in rows {
        let [ours, theirs] = costs.as_slice() else {
            continue;
        };
        let faster = figures::ratio(theirs.nanoseconds, ours.nanoseconds).unwrap_or_default();
        #[expect(clippy::cast_precision_loss, reason = "two digits are shown")]
        let memory = figures::ratio(ours.peak_bytes as f64, theirs.peak_bytes as f64);
        let _ = writeln!(
            text,
            "| {name} | {} | {} | {}× as fast | {} | {} | {}× as much |",
            figures::time(ours.nanoseconds),
            figures::time(theirs.nanoseconds),
            figures::two_digits(faster),
            figures::bytes(ours.peak_bytes),
            figures::bytes(theirs.peak_bytes),
            figures::two_digits(memory.unwrap_or_default()),
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Cost, markdown};

    #[test]
    fn the_table_compares_times_and_peaks() {
        let cost = |nanoseconds, peak_bytes| Cost {
            nanoseconds,
            peak_bytes,
        };
        let text = markdown(&[("W2", vec![cost(2e6, 1 << 20), cost(3e6, 4 << 20)])]);
        let row = "| W2 | 2.00 ms | 3.00 ms | 1.5× as fast | 1.00 MiB | 4.00 MiB | 0.25× as much |";
        assert_eq!(text.lines().last(), Some(row));
    }
}
