//! `cargo xtask coverage`: which lines the tests run, by cargo-llvm-cov, with a floor.
//!
//! Counted are the lines of `src/` of the crates below, by the tests of all of them together; a line
//! of `core` may be shown by a test of `policy`. Doc tests are not counted.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use crate::failure::{Failure, Outcome, no_arguments};
use crate::{shell, tools, workspace};

/// The crates whose lines are counted: folder and package.
const CRATES: &[(&str, &str)] = &[
    ("core", "guichet-core"),
    ("licensing", "guichet-licensing"),
    ("policy", "guichet-policy"),
];

/// The least share of lines in percent, for each crate.
const FLOOR: f64 = 90.0;

/// What the tests need beside the default features. `shadow` is left out: it doubles every question.
const FEATURES: &str = "guichet-core/bcrypt,guichet-core/serde";

/// What cargo-llvm-cov writes with `--json --summary-only`, as far as it is needed.
#[derive(Debug, Deserialize)]
struct Export {
    data: Vec<Data>,
}

#[derive(Debug, Deserialize)]
struct Data {
    files: Vec<File>,
}

#[derive(Debug, Deserialize)]
struct File {
    filename: String,
    summary: Summary,
}

#[derive(Debug, Deserialize)]
struct Summary {
    lines: Lines,
}

/// How many lines there are, and how many of them were run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
struct Lines {
    count: u64,
    covered: u64,
}

impl Lines {
    fn percent(self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "there are not so many lines")]
        let (count, covered) = (self.count.max(1) as f64, self.covered as f64);
        100.0 * covered / count
    }
}

/// Runs the tests and prints the share of each crate, and of the files with the least.
///
/// # Errors
///
/// cargo-llvm-cov is not installed, a test failed, or a crate is below the floor.
pub(crate) fn run(args: &[String]) -> Outcome {
    no_arguments("coverage", args)?;
    tools::CARGO_LLVM_COV.find()?;
    let report = workspace::target_folder()?.join("coverage.json");
    let path = report.to_string_lossy();
    let mut command = vec![
        "llvm-cov",
        "--json",
        "--summary-only",
        "--output-path",
        &path,
    ];
    command.extend(["--features", FEATURES]);
    command.extend(
        CRATES
            .iter()
            .flat_map(|(_, package)| ["--package", package]),
    );
    shell::cargo(&command, &[])?;
    let text = std::fs::read_to_string(&report).map_err(|e| Failure::io(&report, &e))?;
    let files = by_file(&text, &shell::workspace_root())?;
    judge(&files)
}

/// Returns the counts of each file, by its path from the root.
fn by_file(text: &str, root: &Path) -> Outcome<BTreeMap<String, Lines>> {
    let export: Export = serde_json::from_str(text)
        .map_err(|error| Failure::failed(format!("the report is not understood: {error}")))?;
    let files = export.data.into_iter().flat_map(|data| data.files);
    Ok(files
        .filter_map(|file| {
            let path = Path::new(&file.filename).strip_prefix(root).ok()?;
            Some((
                path.to_string_lossy().replace('\\', "/"),
                file.summary.lines,
            ))
        })
        .collect())
}

/// Prints the shares and compares them with the floor.
fn judge(files: &BTreeMap<String, Lines>) -> Outcome {
    let mut low = Vec::new();
    for (folder, package) in CRATES {
        let sources = format!("{folder}/src/");
        let own = || files.iter().filter(|(path, _)| path.starts_with(&sources));
        let total = own().fold(Lines::default(), |sum, (_, lines)| Lines {
            count: sum.count + lines.count,
            covered: sum.covered + lines.covered,
        });
        println!(
            "{package}: {:.1} % of {} lines",
            total.percent(),
            total.count
        );
        let mut least: Vec<_> = own().filter(|(_, lines)| lines.percent() < FLOOR).collect();
        least.sort_by_key(|(_, lines)| std::cmp::Reverse(lines.count - lines.covered));
        for (path, lines) in least.iter().take(5) {
            println!(
                "  {path}: {:.1} %, {} not run",
                lines.percent(),
                lines.count - lines.covered
            );
        }
        if total.percent() < FLOOR {
            low.push(*package);
        }
    }
    if low.is_empty() {
        return Ok(());
    }
    Err(Failure::failed(format!(
        "below the floor of {FLOOR} %: {}",
        low.join(", ")
    )))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{CRATES, Lines, by_file, judge};

    fn report(covered: [u64; 3]) -> String {
        let file = |(folder, _): &(&str, &str), covered: u64| {
            format!(
                r#"{{"filename": "/w/{folder}/src/a.rs",
                    "summary": {{"lines": {{"count": 10, "covered": {covered}, "percent": 0.0}}}}}}"#
            )
        };
        let files: Vec<String> = CRATES
            .iter()
            .zip(covered)
            .map(|(c, n)| file(c, n))
            .collect();
        format!(
            r#"{{"data": [{{"files": [{}]}}], "version": "3"}}"#,
            files.join(",")
        )
    }

    #[test]
    fn files_are_named_from_the_root_and_others_are_left_out() {
        let files = by_file(&report([9, 9, 9]), Path::new("/w")).unwrap();
        let lines = Lines {
            count: 10,
            covered: 9,
        };
        assert_eq!(files["core/src/a.rs"], lines);
        assert_eq!(files.len(), CRATES.len());
        assert!(
            by_file(&report([9, 9, 9]), Path::new("/x"))
                .unwrap()
                .is_empty()
        );
    }

    #[test]
    fn the_floor_is_kept_by_each_crate_for_itself() {
        let judged = |covered| judge(&by_file(&report(covered), Path::new("/w")).unwrap());
        assert_eq!(judged([9, 9, 9]), Ok(()));
        let failure = judged([10, 8, 10]).unwrap_err();
        assert_eq!(
            failure.to_string(),
            "below the floor of 90 %: guichet-licensing"
        );
    }

    #[test]
    fn a_crate_without_lines_is_below_the_floor() {
        assert!(judge(&std::collections::BTreeMap::new()).is_err());
    }
}
