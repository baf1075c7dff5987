//! `cargo xtask mutants`: changes the code in small ways and asks whether a test notices.
//!
//! By cargo-mutants, on core, policy and licensing; `.cargo/mutants.toml` says how. A mutant that no
//! test catches is either a test to be written or accepted with a reason in
//! `xtask/mutants/accepted.txt`. All of it takes hours; whatever follows goes to cargo-mutants, such
//! as `--package guichet-core`, `--file core/src/name.rs` or `--shard 0/8`.

mod accepted;

use std::fs;

use crate::failure::{Failure, Outcome};
use crate::shell::Variable;
use crate::{shell, tools, workspace};
use accepted::{Accepted, without_place};

/// The packages that are changed when the command line names none.
const PACKAGES: &[&str] = &["guichet-core", "guichet-policy", "guichet-licensing"];

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
    fs::create_dir_all(&folder).map_err(|error| Failure::io(&folder, &error))?;
    let output = folder.to_string_lossy();
    let mut command = vec!["mutants", "--output", &output];
    command.extend(args.iter().map(String::as_str));
    if !args.iter().any(|arg| is_choice(arg)) {
        command.extend(PACKAGES.iter().flat_map(|package| ["--package", package]));
    }
    shell::cargo_ending_in(&command, VARIABLES, FOUND_SOMETHING)?;

    let missed = folder.join("mutants.out/missed.txt");
    let missed = fs::read_to_string(&missed).map_err(|error| Failure::io(&missed, &error))?;
    judge(&missed, &accepted)
}

/// Returns whether an argument says which mutants to make.
fn is_choice(arg: &str) -> bool {
    ["-p", "--package", "-f", "--file", "--workspace"]
        .iter()
        .any(|option| arg == *option || arg.starts_with(&format!("{option}=")))
}

/// Prints what survived, and fails when one of them has no reason to.
fn judge(missed: &str, accepted: &Accepted) -> Outcome {
    let (known, new): (Vec<&str>, Vec<&str>) = missed
        .lines()
        .filter(|line| !line.trim().is_empty())
        .partition(|line| accepted.reason(&without_place(line)).is_some());
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
    use super::{is_choice, judge};

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
    }

    #[test]
    fn a_package_or_a_file_on_the_command_line_is_a_choice() {
        for arg in ["-p", "--package=guichet-core", "--file"] {
            assert!(is_choice(arg), "{arg}");
        }
        assert!(!is_choice("--shard") && !is_choice("--packages"));
    }
}
