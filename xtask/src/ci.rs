//! `cargo xtask ci`: the gate. Its steps run in order, the first failure stops.
//!
//! No step is skipped where a tool is missing: `.ci/tools` installs them all. The tests come last, so
//! that the output ends in the test runner's own summary.

use std::time::Instant;

use anyhow::{Context as _, Result, ensure};
use clap::Args;

use crate::shell::Command;
use crate::tree::Tree;
use crate::{api, book, examples, fuzz, tidy};

/// Which steps are run.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Only this step; repeatable
    #[arg(long, value_name = "STEP")]
    only: Vec<String>,
    /// Not this step; repeatable
    #[arg(long, value_name = "STEP")]
    skip: Vec<String>,
    /// List the steps
    #[arg(long)]
    list: bool,
}

/// One step of the gate: its name, what it shows, and what it does.
struct Step(&'static str, &'static str, fn() -> Result<()>);

/// The gate, in order: cheap and telling steps first.
const STEPS: &[Step] = &[
    Step("fmt", "every file is formatted", fmt),
    Step("tidy", "the sources keep the house rules", tidy::run),
    Step("typos", "every word is spelt right", || {
        Command::new("typos").run()
    }),
    Step(
        "links",
        "every link between pages leads to a page and a heading",
        links,
    ),
    Step(
        "deny",
        "dependencies have allowed licences and sources, and go down the layers",
        || Command::cargo("deny --log-level error check bans licenses sources").run(),
    ),
    Step(
        "shear",
        "no dependency and no source file is unused",
        || Command::cargo("shear").run(),
    ),
    Step(
        "clippy",
        "no warning in any target with any feature",
        || Command::cargo("clippy --workspace --all-targets --all-features -- -D warnings").run(),
    ),
    Step("docs", "the documentation builds without a warning", || {
        Command::cargo("doc --workspace --no-deps --all-features")
            .env("RUSTDOCFLAGS", "-Dwarnings")
            .run()
    }),
    Step(
        "features",
        "each library crate compiles with any two of its features",
        || {
            Command::cargo(
                "hack clippy --feature-powerset --depth 2 --exclude-features default --lib",
            )
            .args(api::CRATES.iter().flat_map(|krate| ["--package", krate]))
            .args(["--quiet", "--", "-D", "warnings"])
            .run()
        },
    ),
    Step(
        "examples",
        "every example of the library crates runs",
        examples::run,
    ),
    Step("package", "every crate can be packaged, in order", || {
        Command::cargo("package --workspace --exclude xtask --no-verify --allow-dirty --quiet")
            .run()
    }),
    Step("api", "the public items are the listed ones", api::check),
    Step(
        "fuzz",
        "seconds of input that nobody thought of find nothing",
        || fuzz::run(&fuzz::Options::all(5)),
    ),
    Step("book", "the documentation builds as a site", book::run),
    Step(
        "bench",
        "the benchmark runs on the smallest workload, every answer right",
        bench,
    ),
    Step(
        "tests",
        "every test and every example of the documentation passes",
        tests,
    ),
];

/// Runs the gate or the chosen part of it.
///
/// # Errors
///
/// An option names an unknown step, or a step failed.
pub(crate) fn run(options: &Options) -> Result<()> {
    let mut times = Vec::new();
    for Step(name, shows, run) in chosen(options)? {
        if options.list {
            println!("{name:<9} {shows}");
            continue;
        }
        if *name == "tests" {
            eprintln!("passed so far: {}", times.join(", "));
        }
        eprintln!("== {name}: {shows}");
        let start = Instant::now();
        run().with_context(|| format!("the step failed; alone: `cargo xtask ci --only {name}`"))?;
        times.push(format!("{name} {} s", start.elapsed().as_secs()));
    }
    Ok(())
}

fn chosen(options: &Options) -> Result<Vec<&'static Step>> {
    for name in options.only.iter().chain(&options.skip) {
        let known = STEPS.iter().any(|Step(step, ..)| step == name);
        ensure!(known, "there is no step `{name}`; `cargo xtask ci --list`");
    }
    let named = |names: &[String], step: &str| names.iter().any(|name| name == step);
    let wanted = |Step(name, ..): &&Step| {
        (options.only.is_empty() || named(&options.only, name)) && !named(&options.skip, name)
    };
    Ok(STEPS.iter().filter(wanted).collect())
}

fn fmt() -> Result<()> {
    Command::cargo("fmt --all --check").run()?;
    Command::cargo("fmt --all --check --manifest-path fuzz/Cargo.toml").run()?;
    Command::cargo("fmt --all --check --manifest-path bench/Cargo.toml").run()
}

fn links() -> Result<()> {
    let tree = Tree::read()?;
    let pages = tree.files().iter().filter(|file| file.is_page());
    Command::new("lychee --offline --include-fragments --no-progress")
        .args(pages.map(|file| &file.path))
        .run()
}

/// The peers are formatted with the rest but not compiled: they take minutes.
fn bench() -> Result<()> {
    let ours = "-p guichet-bench -p peer-kit -p guichet-peer";
    let place = "--locked --manifest-path bench/Cargo.toml --target-dir target/bench";
    Command::cargo(&format!(
        "clippy {place} {ours} --all-targets -- -D warnings"
    ))
    .run()?;
    Command::cargo(&format!("test {place} {ours} --quiet")).run()?;
    crate::bench(&["smoke".to_owned()])
}

/// Property tests draw the same cases for the same commit, and others for the next one.
fn tests() -> Result<()> {
    let commit = Command::new("git rev-parse HEAD").output()?;
    let seed = seed_of(&commit)?;
    eprintln!("the cases of this commit: PROPTEST_RNG_SEED={seed}");
    Command::cargo("test --workspace")
        .env("PROPTEST_RNG_SEED", seed.to_string())
        .run()
}

fn seed_of(commit: &str) -> Result<u64> {
    let start = commit.get(..15).context("git names no commit")?;
    Ok(u64::from_str_radix(start, 16)?)
}

#[cfg(test)]
mod tests {
    use super::{Options, STEPS, Step, chosen, seed_of};

    fn names(only: &[&str], skip: &[&str]) -> Option<Vec<&'static str>> {
        let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        let options = Options {
            only: owned(only),
            skip: owned(skip),
            list: false,
        };
        let steps = chosen(&options).ok()?;
        Some(steps.into_iter().map(|Step(name, ..)| *name).collect())
    }

    #[test]
    fn the_tests_are_the_last_step_and_every_name_is_used_once() {
        let mut all = names(&[], &[]).unwrap();
        assert_eq!(all.last(), Some(&"tests"));
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), STEPS.len());
    }

    #[test]
    fn steps_are_chosen_in_the_order_of_the_table() {
        assert_eq!(names(&["docs", "fmt"], &[]).unwrap(), ["fmt", "docs"]);
        assert_eq!(names(&[], &["tests"]).unwrap().len(), STEPS.len() - 1);
        assert_eq!(names(&["lint"], &[]), None);
    }

    #[test]
    fn a_commit_has_one_seed_of_its_own() {
        assert_eq!(
            seed_of("70f5c59000000001ffff").unwrap(),
            0x70f_5c59_0000_0000
        );
        assert!(seed_of("").is_err());
    }
}
