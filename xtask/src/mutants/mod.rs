//! `cargo xtask mutants`: changes the code in small ways and asks whether a test notices.
//!
//! By cargo-mutants, on core, policy and licensing, or on those that are named first;
//! `.cargo/mutants.toml` says how. A mutant that no test catches is either a test to be written or
//! accepted with a reason in `xtask/mutants/accepted.txt`. All of it takes hours; whatever follows
//! goes to cargo-mutants, such as `--file core/src/name.rs` or `--shard 0/8`.

mod accepted;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::failure::{Failure, Outcome};
use crate::shell::Variable;
use crate::{shell, tools, workspace};
use accepted::{Accepted, without_place};

/// A crate that is changed, by its folder, with the features that its tests need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Target {
    folder: &'static str,
    package: &'static str,
    features: &'static str,
}

/// All of them. Not with every feature: `shadow` asks each question twice.
const TARGETS: &[Target] = &[
    Target {
        folder: "core",
        package: "guichet-core",
        features: "bcrypt,serde",
    },
    Target {
        folder: "policy",
        package: "guichet-policy",
        features: "suite",
    },
    Target {
        folder: "licensing",
        package: "guichet-licensing",
        features: "default",
    },
];

/// The mutants that may survive, from the root.
const ACCEPTED: &str = "xtask/mutants/accepted.txt";

/// What cargo-mutants ends with when it has run and mutants were missed or timed out.
const FOUND_SOMETHING: &[i32] = &[2, 3];

/// How the tests are run for a mutant: the first failure is all that it takes, and nobody reads the
/// smallest input that fails.
const VARIABLES: &[Variable<'_>] = &[
    ("NEXTEST_PROFILE", "mutants"),
    ("PROPTEST_MAX_SHRINK_ITERS", "0"),
];

/// Runs cargo-mutants and compares what it missed with what is accepted.
///
/// # Errors
///
/// cargo-mutants is not installed or could not run, or a mutant survived without a reason.
pub(crate) fn run(args: &[String]) -> Outcome {
    tools::CARGO_MUTANTS.find()?;
    tools::CARGO_NEXTEST.find()?;
    let root = shell::workspace_root();
    let path = root.join(ACCEPTED);
    let text = fs::read_to_string(&path).map_err(|error| Failure::io(&path, &error))?;
    let accepted = Accepted::parse(&text)
        .map_err(|line| Failure::failed(format!("{ACCEPTED}:{line}: a mutant without a reason")))?;

    let folder = workspace::target_folder()?.join("mutants");
    let (targets, options) = chosen(args);
    let mut missed = String::new();
    for target in targets {
        missed.push_str(&survivors(target, &folder.join(target.folder), options)?);
    }
    judge(&missed, &accepted)
}

/// Returns the crates that are named first, all when none is, and the rest of the command line.
fn chosen(args: &[String]) -> (Vec<Target>, &[String]) {
    let known = |arg: &String| TARGETS.iter().copied().find(|target| arg == target.folder);
    let named: Vec<Target> = args.iter().map_while(known).collect();
    let options = args.get(named.len()..).unwrap_or_default();
    if named.is_empty() {
        (TARGETS.to_vec(), options)
    } else {
        (named, options)
    }
}

/// Changes one crate and returns what cargo-mutants says of the mutants that no test caught.
fn survivors(target: Target, folder: &Path, options: &[String]) -> Outcome<String> {
    fs::create_dir_all(folder).map_err(|error| Failure::io(folder, &error))?;
    let output = folder.to_string_lossy();
    let mut command = vec!["mutants", "--output", &output, "--package", target.package];
    command.extend(["--features", target.features]);
    command.extend(options.iter().map(String::as_str));
    shell::cargo_ending_in(&command, VARIABLES, FOUND_SOMETHING)?;
    let missed = folder.join("mutants.out/missed.txt");
    fs::read_to_string(&missed).map_err(|error| Failure::io(&missed, &error))
}

/// Prints what survived, and fails when one of them has no reason to.
fn judge(missed: &str, accepted: &Accepted) -> Outcome {
    let mut alike: BTreeMap<String, usize> = BTreeMap::new();
    let (known, new): (Vec<&str>, Vec<&str>) = missed
        .lines()
        .filter(|line| !line.trim().is_empty())
        .partition(|line| {
            let mutant = without_place(line);
            let reasons = accepted.reasons(&mutant).len();
            let nth = alike.entry(mutant).or_default();
            *nth += 1;
            *nth <= reasons
        });
    for mutant in &new {
        println!("survived: {mutant}");
    }
    println!(
        "mutants: {} survived, {} of them with a reason",
        known.len() + new.len(),
        known.len()
    );
    if new.is_empty() {
        return Ok(());
    }
    Err(Failure::failed(format!(
        "{} mutant(s) survived: write a test, or a reason into {ACCEPTED}",
        new.len()
    )))
}

#[cfg(test)]
mod tests {
    use super::accepted::Accepted;
    use super::{chosen, judge};

    #[test]
    fn a_survivor_needs_a_reason_wherever_its_line_has_moved() {
        let accepted =
            Accepted::parse("core/src/name.rs: replace fold -> bool with true\n    Only faster.\n")
                .unwrap();
        assert_eq!(judge("", &accepted), Ok(()));
        let known = "core/src/name.rs:12:5: replace fold -> bool with true\n";
        assert_eq!(judge(known, &accepted), Ok(()));
        let new = "core/src/name.rs:12:5: replace fold -> bool with false\n";
        let failure = judge(&format!("{known}{new}"), &accepted).unwrap_err();
        assert!(failure.to_string().starts_with("1 mutant(s) survived"));
        let alike = format!("{known}{}", known.replace(":12:", ":14:"));
        let failure = judge(&alike, &accepted).unwrap_err();
        assert!(failure.to_string().starts_with("1 mutant(s) survived"));
    }

    #[test]
    fn crates_are_named_before_what_goes_to_cargo_mutants() {
        let chosen = |args: &[&str]| {
            let args: Vec<String> = args.iter().map(|&arg| arg.to_owned()).collect();
            let (targets, options) = chosen(&args);
            let folders: Vec<&str> = targets.iter().map(|target| target.folder).collect();
            (folders, options.len())
        };
        assert_eq!(chosen(&[]), (vec!["core", "policy", "licensing"], 0));
        assert_eq!(chosen(&["policy", "core"]), (vec!["policy", "core"], 0));
        let file = ["licensing", "--file", "core"];
        assert_eq!(chosen(&file), (vec!["licensing"], 2));
        assert_eq!(chosen(&["--shard", "0/8"]).1, 2);
    }
}
