//! `cargo xtask fuzz`: input that nobody thought of, by cargo-fuzz.
//!
//! What is found lies in `fuzz/artifacts/TARGET/` and becomes a test before it is fixed.

use anyhow::Result;
use clap::Args;

use crate::shell::Command;

/// What the command line asks for.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Only these targets
    targets: Vec<String>,
    /// How long each of them runs
    #[arg(long, default_value_t = 10)]
    pub(crate) seconds: u32,
}

impl Options {
    /// Every target, for so many seconds.
    pub(crate) fn all(seconds: u32) -> Self {
        let targets = Vec::new();
        Self { targets, seconds }
    }
}

/// Runs the targets, one after the other.
///
/// # Errors
///
/// cargo-fuzz failed, or a target found something.
pub(crate) fn run(options: &Options) -> Result<()> {
    let mut targets = options.targets.clone();
    if targets.is_empty() {
        let list = Command::cargo("fuzz list --fuzz-dir fuzz").output()?;
        targets = list.lines().map(|line| line.trim().to_owned()).collect();
    }
    for target in targets {
        // Our crates forbid `unsafe`: without a sanitizer the stable compiler does, in half the time to
        // build, and tries three times as many inputs.
        Command::cargo("fuzz run --fuzz-dir fuzz --sanitizer none")
            .args([
                &target,
                "--",
                &format!("-max_total_time={}", options.seconds),
            ])
            .run()?;
    }
    Ok(())
}
