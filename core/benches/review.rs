//! What a review costs on a large directory: 32 000 users, 32 000 groups, 260 000 memberships.

#![allow(missing_docs, reason = "criterion's macros")]
#![allow(
    clippy::unwrap_used,
    reason = "a benchmark stops at the first surprise"
)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use guichet_core::{
    AccessArea, Change, Directory, DirectoryBuilder, Grantee, GroupName, Rules, SchemaName,
    SqlRight, UserName, compare, limits, merge, order_only,
};

fn user(number: usize) -> UserName {
    UserName::from_stored(format!("user {number}"))
}

fn group(number: usize) -> GroupName {
    GroupName::from_stored(format!("group {number}"))
}

/// Every user in eight groups; the groups from `first` on come first.
fn directory(first: usize) -> Directory {
    let mut builder = DirectoryBuilder::new();
    for number in 0..limits::USERS {
        builder.user(user(number));
    }
    let numbers = (0..limits::GROUPS).map(|place| (place + first) % limits::GROUPS);
    let groups: Vec<_> = numbers
        .map(|number| (number, builder.group(group(number))))
        .collect();
    for (number, handle) in groups {
        let mut members = builder.members_of(handle);
        for step in 0..8 {
            members.user(user((number * 7 + step * 4_001) % limits::USERS).as_str());
        }
    }
    builder.finish()
}

/// A version in which every hundredth group, from `first` on, has another member and another name.
fn branch(base: &Directory, first: usize) -> Directory {
    let mut branch = base.clone();
    let changes = (first..limits::GROUPS).step_by(100).flat_map(|number| {
        let member = Change::AddMembers {
            group: group(number),
            users: vec![user(number)],
            groups: Vec::new(),
        };
        let rename = Change::RenameGroup {
            group: group(number),
            name: GroupName::from_stored(format!("new {number}")),
        };
        [member, rename]
    });
    let changes: Vec<Change> = changes.collect();
    drop(branch.apply(&changes, &Rules::default()).unwrap());
    branch
}

/// 32 000 SQL schemas, all with one grantee.
fn schemas(grantee: &str) -> Directory {
    let mut builder = DirectoryBuilder::new();
    for name in ["A", "B"] {
        builder.group(GroupName::from_stored(name));
    }
    for number in 0..32_000 {
        let area = AccessArea::Sql {
            schema: SchemaName::from_stored(format!("schema {number}")),
            right: SqlRight::Read,
        };
        builder.grant_area(&area, &Grantee::parse(grantee));
    }
    builder.finish()
}

fn review(criterion: &mut Criterion) {
    let base = directory(0);
    let reordered = directory(9);
    let (ours, theirs) = (branch(&base, 0), branch(&base, 50));
    criterion.bench_function("compare a reordered directory", |bencher| {
        bencher.iter(|| compare(black_box(&base), black_box(&reordered)));
    });
    criterion.bench_function("tell a reordering", |bencher| {
        bencher.iter(|| order_only(black_box(&base), black_box(&reordered)));
    });
    criterion.bench_function("compare with 320 groups renamed", |bencher| {
        bencher.iter(|| compare(black_box(&base), black_box(&ours)));
    });
    let difference = compare(&base, &ours);
    criterion.bench_function("plan 640 changes", |bencher| {
        bencher.iter(|| difference.plan(black_box(&base), &Rules::default()));
    });
    criterion.bench_function("merge two branches", |bencher| {
        bencher.iter(|| merge(black_box(&base), black_box(&ours), black_box(&theirs)));
    });
    let [base, ours, theirs] = ["*", "A", "B"].map(schemas);
    criterion.bench_function("merge 32 000 conflicts", |bencher| {
        bencher.iter(|| merge(black_box(&base), black_box(&ours), black_box(&theirs)));
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = review
}
criterion_main!(benches);
