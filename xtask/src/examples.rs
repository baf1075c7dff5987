//! `cargo xtask examples`: every example of each library crate is run, not only compiled.

use crate::failure::{Failure, Outcome, no_arguments};
use crate::shell;
use crate::workspace::{Package, Workspace};

/// A library crate has at least so many examples.
const LEAST: usize = 2;

/// Examples that are not run here, with the reason.
const LEFT_OUT: &[(&str, &str)] = &[
    ("soak", "runs for minutes; docs/testing.md says how"),
    (
        "seat_costs",
        "measures the disk, which says something in a release build only",
    ),
];

/// Runs the examples.
///
/// # Errors
///
/// An example failed, or a library crate has too few of them.
pub(crate) fn run(args: &[String]) -> Outcome {
    no_arguments("examples", args)?;
    let workspace = Workspace::load()?;
    let few = too_few(&workspace);
    if !few.is_empty() {
        return Err(Failure::failed(few.join("; ")));
    }
    for package in workspace.libraries() {
        for example in &package.examples {
            if let Some((name, reason)) = left_out(&example.name) {
                eprintln!("left out: {name}: {reason}");
                continue;
            }
            let features = example.required_features.join(",");
            let command = [
                "run",
                "--quiet",
                "--package",
                &package.name,
                "--example",
                &example.name,
                "--features",
                &features,
            ];
            let output = shell::cargo_output(&command)?;
            if output.trim().is_empty() {
                return Err(Failure::failed(format!(
                    "the example `{}` of {} shows nothing",
                    example.name, package.name
                )));
            }
            println!(
                "{} {}: {} line(s)",
                package.name,
                example.name,
                output.lines().count()
            );
        }
    }
    Ok(())
}

fn left_out(example: &str) -> Option<&'static (&'static str, &'static str)> {
    LEFT_OUT.iter().find(|(name, _)| *name == example)
}

/// Returns a sentence for each library crate with too few examples.
fn too_few(workspace: &Workspace) -> Vec<String> {
    let few = |package: &&Package| package.examples.len() < LEAST;
    workspace
        .libraries()
        .filter(few)
        .map(|package| {
            format!(
                "{} has {} example(s), a library crate has at least {LEAST}",
                package.name,
                package.examples.len()
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{LEFT_OUT, too_few};
    use crate::workspace::Workspace;

    #[test]
    fn what_is_left_out_exists() {
        let workspace = Workspace::load().unwrap();
        let examples: Vec<&str> = workspace
            .libraries()
            .flat_map(|package| &package.examples)
            .map(|example| example.name.as_str())
            .collect();
        for (name, _) in LEFT_OUT {
            assert!(examples.contains(name), "there is no example `{name}`");
        }
    }

    #[test]
    fn a_library_with_one_example_is_named() {
        let workspace = Workspace::parse(
            r#"{"packages": [{"name": "a", "version": "1.0.0", "publish": null,
                "dependencies": [], "targets": [
                {"kind": ["lib"], "name": "a"}, {"kind": ["example"], "name": "b"}]}]}"#,
        )
        .unwrap();
        assert_eq!(
            too_few(&workspace),
            ["a has 1 example(s), a library crate has at least 2"]
        );
    }
}
