//! `cargo xtask parse`: reading a `directory.json` to members by number, beside `serde_json`.
//!
//! Both readers resolve every name; Guichet's also keeps the text byte for byte, and where everything
//! in it stands. Rounds alternate; the peak of memory is of a process that read once.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

use crate::bench::figures;
use crate::bench::{Workshop, page};
use crate::failure::{Failure, Outcome};
use crate::workload::{self, Shape};

/// The workloads that are read when none is named.
const WORKLOADS: &[&str] = &["W1", "W2", "W3"];

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

/// Measures and prints a table.
///
/// # Errors
///
/// The command line is wrong, a program failed, or the two readers found different things.
pub(crate) fn run(args: &[String]) -> Outcome {
    if args.iter().any(|arg| arg == "--help") {
        println!("{}", help());
        return Ok(());
    }
    let (names, page) = parse(args)?;
    let programs = Workshop::open()?.programs("parse-peer", &READERS)?;
    let mut rows = Vec::new();
    for name in names {
        let shape = Shape::named(&name).ok_or_else(|| unknown(&name))?;
        eprintln!("== {name}: {}", shape.summary);
        let file = workload::write(shape)?.directory;
        rows.push((name, costs(&programs, &file)?));
    }
    let table = markdown(&rows);
    println!("{table}");
    page.map_or(Ok(()), |file| page::replace(&file, "parse", &table))
}

fn parse(args: &[String]) -> Outcome<(Vec<String>, Option<PathBuf>)> {
    let mut names = Vec::new();
    let mut page = None;
    let mut rest = args.iter();
    while let Some(flag) = rest.next() {
        let value = rest
            .next()
            .ok_or_else(|| Failure::usage(format!("parse: `{flag}` needs a value")))?;
        match flag.as_str() {
            "--workload" => {
                Shape::named(value).ok_or_else(|| unknown(value))?;
                names.push(value.clone());
            }
            "--page" => page = Some(value.into()),
            _ => return Err(Failure::usage(help())),
        }
    }
    if names.is_empty() {
        names = WORKLOADS.iter().map(|&name| name.to_owned()).collect();
    }
    Ok((names, page))
}

fn unknown(name: &str) -> Failure {
    Failure::usage(format!("parse: no workload `{name}`"))
}

fn help() -> String {
    format!(
        "usage: cargo xtask parse [--workload W]... [--page FILE.md]\n\
         \n\
         Reads the directory.json of workloads ({}) with Guichet and with serde_json,\n\
         every name resolved, and prints time and peak memory of both.",
        WORKLOADS.join(", ")
    )
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
        return Err(Failure::failed(format!("the readers differ: {found:?}")));
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
    let name = program.display();
    let output = Command::new(program)
        .arg(file)
        .arg(budget_ms)
        .output()
        .map_err(|error| Failure::failed(format!("`{name}` did not start: {error}")))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        return Err(Failure::failed(format!("`{name}`: {said}")));
    }
    serde_json::from_slice(&output.stdout)
        .map_err(|error| Failure::failed(format!("`{name}` printed no line of JSON: {error}")))
}

/// Returns the table.
fn markdown(rows: &[(String, Vec<Cost>)]) -> String {
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
    use super::{Cost, markdown, parse};

    #[test]
    fn the_table_compares_times_and_peaks() {
        let cost = |nanoseconds, peak_bytes| Cost {
            nanoseconds,
            peak_bytes,
        };
        let text = markdown(&[(
            "W2".to_owned(),
            vec![cost(2e6, 1 << 20), cost(3e6, 4 << 20)],
        )]);
        let row = "| W2 | 2.00 ms | 3.00 ms | 1.5× as fast | 1.00 MiB | 4.00 MiB | 0.25× as much |";
        assert_eq!(text.lines().last(), Some(row));
    }

    #[test]
    fn what_is_unknown_or_missing_is_a_usage_failure() {
        for line in ["--workload", "--workload W9", "--fast 1"] {
            let args: Vec<String> = line.split(' ').map(str::to_owned).collect();
            assert_eq!(parse(&args).unwrap_err().exit_code(), 2, "{line}");
        }
        assert_eq!(parse(&[]).unwrap().0, ["W1", "W2", "W3"]);
    }
}
