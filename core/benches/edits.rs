//! What an edit costs on a large directory: 32 000 users, 32 000 groups, 260 000 memberships.
//!
//! Each round edits and takes the edit back, so that every round meets the same directory.

#![allow(missing_docs, reason = "criterion's macros")]
#![allow(
    clippy::unwrap_used,
    reason = "a benchmark stops at the first surprise"
)]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use guichet_core::{Change, Directory, DirectoryBuilder, GroupName, Rules, UserName, limits};

fn user(number: usize) -> UserName {
    UserName::from_stored(format!("user {number}"))
}

fn group(number: usize) -> GroupName {
    GroupName::from_stored(format!("group {number}"))
}

/// Every user in eight groups, every group in the one with half its number; one user short of the
/// limit.
fn directory() -> Directory {
    let mut builder = DirectoryBuilder::new();
    for number in 0..limits::USERS - 1 {
        builder.user(user(number));
    }
    let groups: Vec<_> = (0..limits::GROUPS)
        .map(|number| builder.group(group(number)))
        .collect();
    for (number, handle) in groups.into_iter().enumerate() {
        let mut members = builder.members_of(handle);
        for step in 0..8 {
            members.user(user((number * 7 + step * 4_001) % limits::USERS).as_str());
        }
        for nested in [2 * number + 1, 2 * number + 2] {
            if nested < limits::GROUPS {
                members.group(group(nested).as_str());
            }
        }
    }
    builder.finish()
}

fn place(container: usize, users: Vec<UserName>, groups: Vec<GroupName>) -> Change {
    Change::AddMembers {
        group: group(container),
        users,
        groups,
    }
}

fn edits(criterion: &mut Criterion) {
    let mut directory = directory();
    let rules = Rules::default();
    let every_user: Vec<UserName> = (0..limits::USERS - 1).map(user).collect();
    let leaf = limits::GROUPS - 1;
    let mut edit = |name: &str, list: &[Change]| {
        let mut bench = criterion.benchmark_group("edit");
        bench.throughput(Throughput::Elements(list.len() as u64));
        bench.bench_function(name, |bencher| {
            bencher.iter(|| {
                let applied = directory.apply(black_box(list), &rules).unwrap();
                directory.revert(applied.reversal).unwrap();
            });
        });
        bench.finish();
    };
    edit("place-user", &[place(5, vec![user(123)], vec![])]);
    edit("place-every-user", &[place(5, every_user, vec![])]);
    edit(
        "place-group-at-a-leaf",
        &[place(leaf, vec![], vec![group(leaf - 1)])],
    );
    edit(
        "place-group-below-the-root",
        &[place(0, vec![], vec![group(7)])],
    );
    edit(
        "rename-user",
        &[Change::RenameUser {
            user: user(123),
            name: UserName::from_stored("somebody else"),
        }],
    );
    edit("delete-user", &[Change::DeleteUser { user: user(123) }]);
    edit(
        "add-user",
        &[Change::AddUser {
            name: None,
            startup_method: None,
            groups: vec![group(5)],
        }],
    );
    let thousand: Vec<Change> = (0..1_000)
        .map(|number| place(number, vec![user(number + 1)], vec![]))
        .collect();
    edit("place-a-thousand", &thousand);

    let closing = [place(leaf, vec![], vec![group(0)])];
    criterion.bench_function("edit/refuse-a-cycle-through-everything", |bencher| {
        bencher.iter(|| directory.apply(black_box(&closing), &rules).unwrap_err());
    });
}

criterion_group!(benches, edits);
criterion_main!(benches);
