//! Lint and suites on a layered directory, up to 4D's maximum of 32 000 users and groups.
#![allow(
    clippy::indexing_slicing,
    reason = "a benchmark stops at the first surprise"
)]
#![allow(missing_docs, reason = "criterion's macros make public functions")]

mod support;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use guichet_core::{Mode, Options};
use guichet_policy::Policy;
use guichet_policy::lint::{Facts, Level, Levels, LintInput, Rule, lint};
use guichet_policy::suite::{Suite, Today, coverage, run};

const SIZES: [usize; 2] = [2_000, 32_000];

fn policy(size: usize) -> Policy {
    let directory = support::layered(size).directory;
    Policy::new(directory, Mode::Server, Options::default())
}

/// Every rule, and the one that walks the hierarchy alone.
fn rules(criterion: &mut Criterion) {
    let mut only_implied = Levels::default();
    for rule in Rule::ALL {
        if *rule != Rule::ImpliedMembership && only_implied.set(rule.code(), Level::Off).is_err() {
            return;
        }
    }
    let facts = Facts::default();
    for (name, levels) in [
        ("lint", Levels::default()),
        ("implied-membership", only_implied),
    ] {
        let mut group = criterion.benchmark_group(name);
        group.sample_size(10);
        for size in SIZES {
            let policy = policy(size);
            let input = LintInput::new(&policy, &facts);
            group.bench_function(BenchmarkId::from_parameter(size), |bench| {
                bench.iter(|| lint(black_box(&input), &levels).len());
            });
        }
        group.finish();
    }
}

/// The suite of today's answers: written, asked, and held against the directory.
fn suites(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("suite");
    group.sample_size(10);
    for size in SIZES {
        let policy = policy(size);
        let suite = Suite::from_today(&policy, Today::Accesses);
        let report = run(&policy, &suite, |_| None);
        group.bench_function(BenchmarkId::new("from-today", size), |bench| {
            bench.iter(|| Suite::from_today(black_box(&policy), Today::Accesses));
        });
        group.bench_function(BenchmarkId::new("run", size), |bench| {
            bench.iter(|| run(black_box(&policy), &suite, |_| None));
        });
        group.bench_function(BenchmarkId::new("coverage", size), |bench| {
            bench.iter(|| coverage(black_box(&policy), &report));
        });
    }
    group.finish();
}

criterion_group!(benches, rules, suites);
criterion_main!(benches);
