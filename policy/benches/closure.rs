//! The inner loops of the engine on a small layered directory.
#![allow(
    clippy::indexing_slicing,
    reason = "a benchmark stops at the first surprise"
)]
#![allow(missing_docs, reason = "criterion's macros make public functions")]

mod support;

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use guichet_policy::{Edit, SearchBuffers, Snapshot};

fn closure(criterion: &mut Criterion) {
    let support::Made {
        directory,
        users,
        groups,
    } = support::layered(500);
    let snapshot = Snapshot::new(&directory);
    let mut scratch = SearchBuffers::new();
    let pairs: Vec<_> = users
        .iter()
        .copied()
        .zip(groups.iter().copied().rev())
        .collect();

    criterion.bench_function("build", |bench| {
        bench.iter(|| Snapshot::new(black_box(&directory)));
    });
    criterion.bench_function("is-member", |bench| {
        bench.iter(|| {
            pairs
                .iter()
                .filter(|(user, group)| snapshot.is_member(*user, *group))
                .count()
        });
    });
    criterion.bench_function("groups-of-user", |bench| {
        bench.iter(|| {
            snapshot
                .groups_of_user(black_box(users[7]), &mut scratch)
                .len()
        });
    });
    criterion.bench_function("users-of-group", |bench| {
        bench.iter(|| {
            snapshot
                .users_of_group(black_box(groups[3]), &mut scratch)
                .len()
        });
    });
    criterion.bench_function("closes-cycle", |bench| {
        bench.iter(|| snapshot.closes_cycle(black_box(groups[400]), black_box(groups[3])));
    });
    criterion.bench_function("edit-user", |bench| {
        let mut own = snapshot.clone();
        let (user, group) = (users[7], groups[450]);
        bench.iter(|| {
            own.edit(Edit::PlaceUser { group, user });
            own.edit(Edit::TakeUser { group, user });
        });
    });
    criterion.bench_function("edit-group-shared", |bench| {
        let (nested, container) = (groups[450], groups[3]);
        bench.iter(|| snapshot.after([Edit::PlaceGroup { container, nested }]));
    });
}

criterion_group!(benches, closure);
criterion_main!(benches);
