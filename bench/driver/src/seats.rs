//! `cargo xtask bench seats`: what a seat costs, beside its targets.
//!
//! The figures come from an example of licensing, which measures a durable request and a bare SQLite
//! commit in turn, in one process on one disk.

use serde_json::Value;

use crate::failure::{Failure, Outcome};
use crate::shell;

/// A durable request may cost this many bare commits.
const MOST_COMMITS: f64 = 1.3;
/// The pure machine applies at least this many events a second.
const FEWEST_EVENTS: f64 = 1e6;

/// Measures, and prints a table.
///
/// # Errors
///
/// The example does not compile or run, or prints something else than its figures.
pub(crate) fn run() -> Outcome {
    let printed = shell::cargo_output(
        "Cargo.toml",
        &[
            "run",
            "--quiet",
            "--release",
            "-p",
            "guichet-licensing",
            "--example",
            "seat_costs",
        ],
    )?;
    println!("{}", table(&printed)?);
    Ok(())
}

fn table(printed: &str) -> Outcome<String> {
    let figures: Value = serde_json::from_str(printed.trim())
        .map_err(|error| Failure::new(format!("seat_costs did not print JSON: {error}")))?;
    let figure = |name: &str| {
        let value = figures.get(name).and_then(Value::as_f64);
        value.ok_or_else(|| Failure::new(format!("seat_costs did not print `{name}`")))
    };
    let met = |holds: bool| if holds { "met" } else { "not met" };
    let ratio = figure("ratio")?;
    let mut rows = vec![
        "| what | measured | target | |".to_owned(),
        "|---|---:|---:|---|".to_owned(),
        format!(
            "| durable request, {:.0} µs, in bare commits of {:.0} µs | {ratio:.2}× | ≤ {MOST_COMMITS}× | {} |",
            figure("take_us")?,
            figure("bare_commit_us")?,
            met(ratio <= MOST_COMMITS)
        ),
    ];
    for size in ["few", "many"] {
        let sessions = figure(&format!("pure_{size}_sessions"))?;
        let events = figure(&format!("pure_{size}_events_per_second"))?;
        rows.push(format!(
            "| pure machine, {sessions} sessions open | {:.2} M events/s | ≥ 1 M | {} |",
            events / 1e6,
            met(events >= FEWEST_EVENTS)
        ));
    }
    Ok(rows.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::table;

    const PRINTED: &str = r#"{"pure_few_sessions":10,"pure_few_events_per_second":2300000,
        "pure_many_sessions":100000,"pure_many_events_per_second":900000,
        "take_us":130,"bare_commit_us":100,"ratio":1.3}"#;

    #[test]
    fn each_figure_stands_beside_its_target() {
        let text = table(PRINTED).unwrap();
        assert!(text.contains("| 1.30× | ≤ 1.3× | met |"), "{text}");
        assert!(
            text.contains("10 sessions open | 2.30 M events/s | ≥ 1 M | met |"),
            "{text}"
        );
        assert!(text.contains("100000 sessions open | 0.90 M events/s | ≥ 1 M | not met |"));
    }

    #[test]
    fn a_missing_figure_is_named() {
        let failure = table(r#"{"ratio":1}"#).unwrap_err();
        assert!(failure.to_string().contains("take_us"), "{failure}");
    }
}
