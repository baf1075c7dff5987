//! `cargo xtask fuzz`: input that nobody thought of, by cargo-fuzz with a nightly toolchain.
//!
//! The targets are in `fuzz/`, a workspace of its own. Each runs for some seconds, 10 unless
//! `--seconds` says otherwise; names choose among them. What is found lies in
//! `fuzz/artifacts/TARGET/` and becomes a test before it is mended.

use crate::failure::{Failure, Outcome};
use crate::{shell, tools};

/// How long each target runs when the command line does not say, in seconds.
const SECONDS: u32 = 10;

/// The folder of the targets, from the root.
const FOLDER: &str = "fuzz";

/// What the command line asks for.
#[derive(Debug, PartialEq, Eq)]
struct Options {
    seconds: u32,
    targets: Vec<String>,
}

impl Options {
    fn parse(args: &[String]) -> Outcome<Self> {
        let mut options = Self {
            seconds: SECONDS,
            targets: Vec::new(),
        };
        let mut rest = args.iter();
        while let Some(arg) = rest.next() {
            if arg == "--seconds" {
                let value = rest.next().and_then(|value| value.parse().ok());
                options.seconds = value
                    .ok_or_else(|| Failure::usage("fuzz: `--seconds` needs a whole number"))?;
            } else if arg.starts_with('-') {
                return Err(Failure::usage(format!(
                    "fuzz: no option `{arg}`; usage: cargo xtask fuzz [--seconds N] [TARGET]..."
                )));
            } else {
                options.targets.push(arg.clone());
            }
        }
        Ok(options)
    }
}

/// Runs the targets, one after the other.
///
/// # Errors
///
/// cargo-fuzz or a nightly toolchain is missing, a target does not exist, or one found something.
pub(crate) fn run(args: &[String]) -> Outcome {
    let mut options = Options::parse(args)?;
    tools::CARGO_FUZZ.find()?;
    if options.targets.is_empty() {
        let list = shell::nightly_output(&["fuzz", "list", "--fuzz-dir", FOLDER])?;
        options.targets = list.lines().map(|line| line.trim().to_owned()).collect();
    }
    for target in &options.targets {
        let time = format!("-max_total_time={}", options.seconds);
        let command = ["fuzz", "run", "--fuzz-dir", FOLDER, target, "--", &time];
        shell::nightly(&command)?;
    }
    println!(
        "fuzz: {} target(s), {} s each, nothing found",
        options.targets.len(),
        options.seconds
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Options, SECONDS};

    fn parsed(args: &[&str]) -> Option<(u32, Vec<String>)> {
        let args: Vec<String> = args.iter().map(|&arg| arg.to_owned()).collect();
        let options = Options::parse(&args).ok()?;
        Some((options.seconds, options.targets))
    }

    #[test]
    fn seconds_and_targets_may_come_in_any_order() {
        assert_eq!(parsed(&[]), Some((SECONDS, Vec::new())));
        let expected = Some((600, vec!["decode".to_owned(), "merge".to_owned()]));
        assert_eq!(parsed(&["decode", "--seconds", "600", "merge"]), expected);
    }

    #[test]
    fn anything_else_is_refused() {
        for args in [&["--seconds"][..], &["--seconds", "ten"], &["--fast"]] {
            assert_eq!(parsed(args), None, "{args:?}");
        }
    }
}
