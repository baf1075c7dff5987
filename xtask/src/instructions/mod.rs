//! `cargo xtask instructions`: how many instructions one question costs the engine, counted by
//! callgrind and compared with committed baselines.
//!
//! Unlike times, counts do not depend on the machine's mood. Each is the difference of two runs of
//! the engine's program, one of which asks all questions of a kind once more than the other.

mod baseline;
mod callgrind;

use std::fs;
use std::path::PathBuf;

use crate::bench::{ENGINE, Workshop};
use crate::failure::{Failure, Outcome};
use crate::workload::{self, Shape};
use crate::{shell, tools};
use baseline::{Baseline, Counts};

/// The workloads that are counted when none is named: small enough for callgrind.
const WORKLOADS: &[&str] = &["W1", "W2", "W4", "W5"];

/// What is counted, and how many questions one pass asks for each that is listed in a query file.
const COUNTED: &[(&str, f64)] = &[
    ("is-member", 1.0),
    ("is-member-by-name", 1.0),
    ("groups-of-user", 1.0),
    ("users-of-group", 1.0),
    ("cycle-check", 1.0),
    ("edit-user", 2.0),
    ("edit-group", 2.0),
    ("build", 1.0),
];

/// What the command line asks for.
#[derive(Debug, Default, PartialEq, Eq)]
struct Options {
    workloads: Vec<String>,
    update: bool,
}

/// Counts, and compares with the baselines or writes them.
///
/// # Errors
///
/// The command line is wrong, a program failed, or a count is above its baseline and the tolerance.
pub(crate) fn run(args: &[String]) -> Outcome {
    if args.iter().any(|arg| arg == "--help") {
        println!("{}", help());
        return Ok(());
    }
    let options = Options::parse(args)?;
    if !tools::VALGRIND.is_there_for("nothing is counted or compared") {
        return Ok(());
    }
    let mut counts = Counts::new();
    for peer in Workshop::open()?.build(&[ENGINE.to_owned()])? {
        for name in &options.workloads {
            let shape = Shape::named(name).ok_or_else(|| unknown(name))?;
            let files = workload::write(shape)?;
            for (word, together) in COUNTED {
                let count = callgrind::count(&peer.timer, &files, word)? / together;
                println!("{name} {word:<18} {count:>14.1}");
                counts
                    .entry(name.clone())
                    .or_default()
                    .insert((*word).to_owned(), (count * 10.0).round() / 10.0);
            }
        }
    }
    conclude(&options, counts)
}

/// Writes the counts, or compares them with what was written.
fn conclude(options: &Options, counts: Counts) -> Outcome {
    let file = file();
    let old = match fs::read_to_string(&file) {
        Ok(text) => Baseline::from_json(&text)
            .map_err(|error| Failure::failed(format!("`{}`: {error}", file.display())))?,
        Err(_) => Baseline::default(),
    };
    let rust = shell::rust_version();
    if options.update {
        let new = old.updated(counts, rust);
        fs::write(&file, new.to_json()).map_err(|error| Failure::io(&file, &error))?;
        println!("instructions: wrote `{}`", file.display());
        return Ok(());
    }
    let report = old.compare(&counts, &rust);
    println!("{}", report.text);
    report.outcome
}

fn file() -> PathBuf {
    shell::workspace_root().join("xtask/baselines/instructions.json")
}

impl Options {
    fn parse(args: &[String]) -> Outcome<Self> {
        let mut options = Self::default();
        let mut rest = args.iter();
        while let Some(flag) = rest.next() {
            match flag.as_str() {
                "--update" => options.update = true,
                "--workload" => {
                    let name = rest
                        .next()
                        .ok_or_else(|| Failure::usage("instructions: `--workload` needs a name"))?;
                    Shape::named(name).ok_or_else(|| unknown(name))?;
                    options.workloads.push(name.clone());
                }
                other => {
                    return Err(Failure::usage(format!(
                        "instructions: no option `{other}`\n\n{}",
                        help()
                    )));
                }
            }
        }
        if options.workloads.is_empty() {
            options.workloads = WORKLOADS.iter().map(|&name| name.to_owned()).collect();
        }
        Ok(options)
    }
}

fn unknown(name: &str) -> Failure {
    Failure::usage(format!("instructions: no workload `{name}`"))
}

fn help() -> String {
    let words: Vec<&str> = COUNTED.iter().map(|(word, _)| *word).collect();
    format!(
        "usage: cargo xtask instructions [--workload W]... [--update]\n\
         \n\
         Counts the engine's instructions with callgrind ({}),\n\
         and compares them with xtask/baselines/instructions.json, which `--update` writes.\n\
         Skipped, loudly, where valgrind is not installed.",
        words.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::{COUNTED, Options};
    use crate::bench::OPERATIONS;
    use crate::failure::Failure;

    fn parse(line: &str) -> Result<Options, Failure> {
        let args: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        Options::parse(&args)
    }

    #[test]
    fn every_counted_operation_is_one_of_the_benchmark() {
        let known = |word: &str| OPERATIONS.iter().any(|(operation, _)| *operation == word);
        assert!(COUNTED.iter().all(|(word, _)| known(word)));
    }

    #[test]
    fn workloads_can_be_chosen_and_unknown_ones_are_refused() {
        let options = parse("--workload W1 --update").unwrap();
        assert_eq!((options.workloads.len(), options.update), (1, true));
        assert_eq!(parse("").unwrap().workloads, ["W1", "W2", "W4", "W5"]);
        for line in ["--workload", "--workload W9", "--write"] {
            assert_eq!(parse(line).unwrap_err().exit_code(), 2, "{line}");
        }
    }
}
