//! `cargo xtask features`: each library crate is compiled with every combination of its features.
//!
//! A crate stands alone only if whoever takes it may leave out what they do not need.

use crate::failure::{Failure, Outcome, no_arguments};
use crate::shell;
use crate::workspace::{Package, Workspace};

/// More features than this have too many combinations to try them all.
const MOST: usize = 6;

/// Compiles every combination, and lets no warning pass.
///
/// # Errors
///
/// A combination does not compile or warns, or a crate has too many features.
pub(crate) fn run(args: &[String]) -> Outcome {
    no_arguments("features", args)?;
    let mut tried = 0;
    for package in Workspace::load()?.libraries() {
        for combination in combinations(package)? {
            let features = combination.join(",");
            shell::cargo(
                &[
                    "clippy",
                    "--quiet",
                    "--lib",
                    "--no-deps",
                    "--package",
                    &package.name,
                    "--no-default-features",
                    "--features",
                    &features,
                    "--",
                    "-Dwarnings",
                ],
                &[],
            )?;
            tried += 1;
        }
    }
    println!("features: {tried} combination(s)");
    Ok(())
}

/// Returns every set of the features of a crate, the empty one first.
///
/// `default` is left out: it is one of the sets.
fn combinations(package: &Package) -> Outcome<Vec<Vec<&str>>> {
    let features: Vec<&str> = package
        .features
        .keys()
        .map(String::as_str)
        .filter(|name| *name != "default")
        .collect();
    if features.len() > MOST {
        return Err(Failure::failed(format!(
            "{} has {} features, more than {MOST}: choose the combinations that matter",
            package.name,
            features.len()
        )));
    }
    let mut sets: Vec<Vec<&str>> = vec![Vec::new()];
    for feature in features {
        let with: Vec<Vec<&str>> = sets
            .iter()
            .map(|set| set.iter().copied().chain([feature]).collect())
            .collect();
        sets.extend(with);
    }
    Ok(sets)
}

#[cfg(test)]
mod tests {
    use super::{MOST, combinations};
    use crate::workspace::Package;

    fn package(features: &[&str]) -> Package {
        Package {
            name: "a".to_owned(),
            version: "0.1.0".to_owned(),
            is_library: true,
            is_published: true,
            features: features
                .iter()
                .map(|name| ((*name).to_owned(), Vec::new()))
                .collect(),
            examples: Vec::new(),
        }
    }

    #[test]
    fn every_set_is_tried_once_and_default_is_none_of_its_own() {
        let package = package(&["chart", "default", "sqlite"]);
        let expected: [&[&str]; 4] = [&[], &["chart"], &["sqlite"], &["chart", "sqlite"]];
        assert_eq!(combinations(&package).unwrap(), expected);
    }

    #[test]
    fn a_crate_without_features_is_compiled_once() {
        assert_eq!(combinations(&package(&[])).unwrap(), [Vec::<&str>::new()]);
    }

    #[test]
    fn too_many_features_are_refused_instead_of_taking_all_night() {
        let names: Vec<String> = (0..=MOST).map(|n| format!("f{n}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        assert!(combinations(&package(&names)).is_err());
    }
}
