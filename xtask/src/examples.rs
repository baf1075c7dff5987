//! `cargo xtask examples`: every example of the library crates is run, not only compiled.

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use crate::shell::Command;

/// Examples that are not run here: the first runs for minutes ([testing](../../docs/testing.md)), the
/// second measures the disk.
const LEFT_OUT: &[&str] = &["soak", "seat_costs"];

/// Runs the examples.
///
/// # Errors
///
/// An example failed or shows nothing.
pub(crate) fn run() -> Result<()> {
    let metadata = Command::cargo("metadata --format-version 1 --no-deps --offline").output()?;
    let metadata: Value = serde_json::from_str(&metadata)?;
    for package in values(&metadata, "packages") {
        for target in values(package, "targets") {
            let name = target["name"].as_str().context("a target without a name")?;
            if target["kind"] != serde_json::json!(["example"]) || LEFT_OUT.contains(&name) {
                continue;
            }
            let features: Vec<&str> = values(target, "required-features")
                .iter()
                .filter_map(Value::as_str)
                .collect();
            let output = Command::cargo("run --quiet --package")
                .arg(package["name"].as_str().unwrap_or_default())
                .args(["--example", name, "--features", &features.join(",")])
                .output()?;
            ensure!(
                !output.trim().is_empty(),
                "the example `{name}` shows nothing"
            );
            println!("{name}: {} line(s)", output.lines().count());
        }
    }
    Ok(())
}

fn values<'a>(value: &'a Value, member: &str) -> &'a [Value] {
    value
        .get(member)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}
