//! Whole decisions on a small layered directory: what a front end asks for.
#![allow(
    clippy::indexing_slicing,
    reason = "a benchmark stops at the first surprise"
)]
#![allow(missing_docs, reason = "criterion's macros make public functions")]

mod support;

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use guichet_core::{Mode, Options};
use guichet_policy::{Access, Policy};

fn authorize(criterion: &mut Criterion) {
    let support::Made {
        directory, users, ..
    } = support::layered(500);
    let policy = Policy::new(directory, Mode::Server, Options::default());
    let (first, last) = (users[0], users[499]);

    criterion.bench_function("allowed-with-path", |bench| {
        bench.iter(|| policy.check(black_box(last), &Access::Design));
    });
    criterion.bench_function("denied", |bench| {
        bench.iter(|| policy.check(black_box(first), &Access::Design));
    });
    criterion.bench_function("explained", |bench| {
        bench.iter(|| policy.explain(black_box(last), &Access::Design));
    });
    criterion.bench_function("who-can", |bench| {
        bench.iter(|| policy.who_can(&Access::Design));
    });
    criterion.bench_function("what-can", |bench| {
        bench.iter(|| policy.what_can(black_box(last)));
    });
}

criterion_group!(benches, authorize);
criterion_main!(benches);
