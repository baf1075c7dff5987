//! The steps of the gate, in order.

use crate::failure::Outcome;
use crate::shell::Variable;
use crate::tools::{self, Tool};
use crate::{api, bench, book, deny, examples, features, fuzz, layers, package, tidy};

/// One step of the gate.
pub(super) struct Step {
    pub(super) name: &'static str,
    pub(super) summary: &'static str,
    pub(super) action: Action,
}

/// What a step does.
pub(super) enum Action {
    /// Runs cargo with these arguments and variables.
    Cargo(&'static [&'static str], &'static [Variable<'static>]),
    /// Runs another task of this program, or says loudly that its program is missing.
    With(Tool, fn(&[String]) -> Outcome, &'static [&'static str]),
    /// Runs another task of this program with these arguments.
    Task(fn(&[String]) -> Outcome, &'static [&'static str]),
}

/// The gate, in order: cheap and telling steps first, the tests last.
pub(super) const STEPS: &[Step] = &[
    Step {
        name: "fmt",
        summary: "every file is formatted",
        action: Action::Cargo(&["fmt", "--all", "--check"], &[]),
    },
    Step {
        name: "fmt-peers",
        summary: "so is every file of the measured peers, which are a workspace of their own",
        action: Action::Cargo(
            &[
                "fmt",
                "--manifest-path",
                "xtask/peers/Cargo.toml",
                "--check",
                "-p=peer-kit",
                "-p=guichet-peer",
                "-p=petgraph-peer",
                "-p=casbin-peer",
                "-p=cedar-peer",
                "-p=sqlite-peer",
                "-p=parse-peer",
            ],
            &[],
        ),
    },
    Step {
        name: "fmt-fuzz",
        summary: "so is every fuzz target, which are another one",
        action: Action::Cargo(
            &["fmt", "--manifest-path", "fuzz/Cargo.toml", "--check"],
            &[],
        ),
    },
    Step {
        name: "layers",
        summary: "no crate depends on what it may not see",
        action: Action::Task(layers::run, &[]),
    },
    Step {
        name: "tidy",
        summary: "the source text keeps the house rules",
        action: Action::Task(tidy::run, &[]),
    },
    Step {
        name: "clippy",
        summary: "no warning in any target with any feature",
        action: Action::Cargo(
            &[
                "clippy",
                "--workspace",
                "--all-targets",
                "--all-features",
                "--",
                "-D",
                "warnings",
            ],
            &[],
        ),
    },
    Step {
        name: "docs",
        summary: "the documentation builds without a warning",
        action: Action::Cargo(
            &["doc", "--workspace", "--no-deps", "--all-features"],
            &[("RUSTDOCFLAGS", "-Dwarnings")],
        ),
    },
    Step {
        name: "features",
        summary: "each library crate compiles with every combination of its features",
        action: Action::Task(features::run, &[]),
    },
    Step {
        name: "examples",
        summary: "every example of the library crates runs",
        action: Action::Task(examples::run, &[]),
    },
    Step {
        name: "package",
        summary: "every crate can be packaged, with its readme and its licences",
        action: Action::Task(package::run, &[]),
    },
    Step {
        name: "deny",
        summary: "licences, bans and sources of the dependencies are allowed",
        action: Action::With(tools::CARGO_DENY, deny::run, &[]),
    },
    Step {
        name: "api",
        summary: "the public items are the listed ones",
        action: Action::With(tools::CARGO_PUBLIC_API, api::run, &[]),
    },
    Step {
        name: "fuzz",
        summary: "seconds of input that nobody thought of find nothing",
        action: Action::With(tools::CARGO_FUZZ, fuzz::run, &["--seconds", "5"]),
    },
    Step {
        name: "book",
        summary: "the documentation builds as a site",
        action: Action::With(tools::MDBOOK, book::run, &[]),
    },
    Step {
        name: "bench",
        summary: "the benchmark runs on the smallest workload, every answer right",
        action: Action::Task(bench::run, &["--smoke"]),
    },
    Step {
        name: TESTS,
        summary: "every test and every example of the documentation passes",
        action: Action::Cargo(&["test", "--workspace"], &[]),
    },
];

/// The step whose own summary must be the last thing printed.
pub(super) const TESTS: &str = "tests";

#[cfg(test)]
mod tests {
    use super::{Action, STEPS};

    #[test]
    fn every_package_of_the_peers_is_formatted() {
        let manifest = include_str!("../../peers/Cargo.toml");
        let members = manifest
            .lines()
            .find_map(|line| line.strip_prefix("members = "))
            .unwrap();
        let step = STEPS.iter().find(|step| step.name == "fmt-peers").unwrap();
        let Action::Cargo(args, _) = step.action else {
            panic!("not a command of cargo");
        };
        let named = args.iter().filter(|arg| arg.starts_with("-p=")).count();
        assert_eq!(named, members.split(',').count());
    }
}
