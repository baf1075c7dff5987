//! A count of the steps that the engine takes, so that tests can say how costs grow; nothing else
//! compiles it.

use std::cell::Cell;

thread_local! {
    static STEPS: Cell<u64> = const { Cell::new(0) };
}

/// Counts some steps of this thread.
pub(super) fn add(steps: usize) {
    STEPS.with(|count| count.set(count.get() + steps as u64));
}

/// Returns how many steps some work takes.
fn of(work: impl FnOnce()) -> u64 {
    let before = STEPS.with(Cell::get);
    work();
    STEPS.with(Cell::get) - before
}

use guichet_core::{Directory, DirectoryBuilder, GroupHandle, GroupName, UserHandle, UserName};

use super::rows::Budget;
use super::snapshot::Order;
use super::{Edit, SearchBuffers, Snapshot};

/// A directory, and its users and groups in the order of their numbers.
type Made = (Directory, Vec<UserHandle>, Vec<GroupHandle>);

/// As many users as groups; group `n` holds user `n` and the groups that `nested` says.
fn made(size: usize, nested: impl Fn(usize) -> Vec<usize>) -> Made {
    let mut builder = DirectoryBuilder::new();
    let users: Vec<_> = (0..size)
        .map(|n| builder.user(UserName::from_stored(format!("u{n}"))))
        .collect();
    let groups: Vec<_> = (0..size)
        .map(|n| builder.group(GroupName::from_stored(format!("g{n}"))))
        .collect();
    for (n, group) in groups.iter().enumerate() {
        let mut members = builder.members_of(*group);
        members.user(&format!("u{n}"));
        for nested in nested(n) {
            members.group(&format!("g{nested}"));
        }
    }
    (builder.finish(), users, groups)
}

fn chain(size: usize) -> Made {
    made(size, |n| if n + 1 < size { vec![n + 1] } else { vec![] })
}

fn star(size: usize) -> Made {
    made(size, |n| if n == 0 { (1..size).collect() } else { vec![] })
}

fn tree(size: usize) -> Made {
    made(size, |n| {
        [2 * n + 1, 2 * n + 2]
            .into_iter()
            .filter(|n| *n < size)
            .collect()
    })
}

fn ring(size: usize) -> Made {
    made(size, |n| vec![(n + 1) % size])
}

/// The exponent with which a cost grows when the input is doubled twice.
fn exponent(cost: impl Fn(usize) -> u64, size: usize) -> f64 {
    let [small, large] = [size, 4 * size].map(|size| u32::try_from(cost(size)).unwrap());
    (f64::from(large) / f64::from(small)).log(4.0)
}

#[test]
fn building_is_linear() {
    for (name, shape) in [
        ("chain", chain as fn(usize) -> Made),
        ("star", star),
        ("tree", tree),
        ("ring", ring),
    ] {
        let cost = |size| {
            let directory = shape(size).0;
            of(|| _ = Snapshot::new(&directory))
        };
        let grows = exponent(cost, 2_000);
        assert!((0.9..1.1).contains(&grows), "{name}: {grows}");
    }
}

#[test]
fn asking_again_takes_no_step() {
    for shape in [chain, star, tree, ring] {
        let (directory, users, groups) = shape(1_000);
        let snapshot = Snapshot::new(&directory);
        let ask = || {
            // Every row together takes more than the memberships do.
            for user in &users {
                for group in groups.iter().step_by(41) {
                    snapshot.is_member(*user, *group);
                }
            }
            for lower in groups.iter().step_by(37) {
                for upper in groups.iter().step_by(41) {
                    snapshot.is_nested(*lower, *upper);
                    snapshot.closes_cycle(*lower, *upper);
                }
            }
        };
        assert!(of(ask) > 0, "a search at first");
        assert_eq!(of(ask), 0);
    }
}

#[test]
fn rows_of_a_chain_cost_no_more_than_n_log_n_together() {
    let cost = |size| {
        let (directory, users, groups) = chain(size);
        let snapshot = Snapshot::new(&directory);
        of(|| {
            for _ in 0..3 {
                // From the middle, as nobody would choose.
                for user in users.iter().cycle().skip(size / 2).take(size).step_by(64) {
                    assert!(snapshot.is_member(*user, groups[0]));
                }
            }
        })
    };
    let grows = exponent(cost, 16_000);
    assert!(grows < 1.3, "{grows}");
}

#[test]
fn a_users_edit_costs_the_same_in_a_larger_directory() {
    let cost = |size| {
        let (directory, users, groups) = tree(size);
        let mut snapshot = Snapshot::new(&directory);
        of(|| {
            for n in 0..50 {
                let (user, group) = (users[n], groups[size - 1 - n]);
                snapshot.edit(Edit::PlaceUser { group, user });
                snapshot.edit(Edit::TakeUser { group, user });
            }
        })
    };
    assert!(exponent(cost, 4_000) < 0.1);
}

#[test]
fn a_groups_edit_costs_what_is_nested_in_it() {
    let cost_at = |size: usize, n: usize| {
        let (directory, _, groups) = tree(size);
        let mut snapshot = Snapshot::new(&directory);
        // The lists downward are made for the first edit.
        snapshot.nested_groups(groups[n], &mut SearchBuffers::new());
        // A new container above one group: nothing but what is below that one may count.
        let (nested, container) = (groups[n], groups[2]);
        of(|| {
            snapshot.edit(Edit::PlaceGroup { container, nested });
            snapshot.edit(Edit::TakeGroup { container, nested });
        })
    };
    assert!(
        exponent(|size| cost_at(size, size / 2 - 1), 4_000) < 0.2,
        "a leaf"
    );
    let whole = exponent(|size| cost_at(size, 1), 4_000);
    assert!((0.8..1.1).contains(&whole), "half of the tree: {whole}");
}

#[test]
fn an_edit_beside_a_large_group_does_not_move_it() {
    let cost = |size| {
        // The fourth group holds all the others; the first one is before it in the same page.
        let shape = |n| if n == 3 { (4..size).collect() } else { vec![] };
        let (directory, users, groups) = made(size, shape);
        let mut snapshot = Snapshot::new(&directory);
        snapshot.nested_groups(groups[3], &mut SearchBuffers::new());
        let (user, group) = (users[9], groups[0]);
        of(|| {
            snapshot.edit(Edit::PlaceUser { group, user });
            snapshot.edit(Edit::TakeUser { group, user });
        })
    };
    assert!(exponent(cost, 4_000) < 0.1);
}

#[test]
fn rows_stay_within_the_budget_and_answers_stay_right() {
    let (directory, users, groups) = chain(200);
    let mut snapshot = Snapshot::new(&directory);
    let without_rows = snapshot.bytes();
    // A row of a chain takes 56 bytes: the fourth is the first that finds the budget used up.
    snapshot.budget = Budget::new(3 * 56);
    for _ in 0..10 {
        for (n, user) in users.iter().enumerate() {
            assert!(snapshot.is_member(*user, groups[0]));
            assert_eq!(snapshot.is_nested(groups[n], groups[0]), n > 0);
        }
    }
    assert_eq!(snapshot.bytes(), without_rows + 3 * 56);
}

/// Two chains, each group with a user; one is placed below the other.
#[test]
fn rows_elsewhere_stay_unless_an_edit_touches_more_than_a_quarter() {
    const SIZE: usize = 400;
    for (first_chain, rows_kept) in [(100, 1), (101, 0)] {
        let (directory, users, groups) = made(SIZE, |n| match n + 1 {
            next if next == first_chain || next == SIZE => vec![],
            next => vec![next],
        });
        let mut snapshot = Snapshot::new(&directory);
        let bottom = SIZE - 1;
        for _ in 0..2 {
            assert!(snapshot.is_member(users[bottom], groups[first_chain]));
        }
        let row = snapshot.budget.used();
        assert!(row > 0);
        snapshot.edit(Edit::PlaceGroup {
            container: groups[bottom],
            nested: groups[0],
        });
        assert_eq!(snapshot.budget.used(), row * rows_kept, "{first_chain}");
        assert!(snapshot.is_member(users[0], groups[first_chain]));
    }
}

/// What makes a search fast: a group's level is larger than those of its containers.
#[test]
fn levels_tell_what_may_be_above_unless_there_is_a_cycle() {
    for (shape, order) in [
        (chain as fn(usize) -> Made, Order::Strict),
        (star, Order::Strict),
        (tree, Order::Strict),
        (ring, Order::Loose),
    ] {
        let (directory, _, groups) = shape(40);
        assert_eq!(Snapshot::new(&directory).order, order);
        let mut grown = Snapshot::new(&DirectoryBuilder::new().finish());
        for (container, group) in directory.groups() {
            for nested in group.groups() {
                grown.edit(Edit::PlaceGroup {
                    container,
                    nested: *nested,
                });
            }
        }
        assert_eq!(grown.order, order);
        let (container, nested) = (groups[9], groups[9]);
        grown.edit(Edit::PlaceGroup { container, nested });
        assert_eq!(grown.order, Order::Loose, "in itself");
    }
}

#[test]
fn who_comes_later_is_asked_again_without_a_step_too() {
    let (directory, users, _) = chain(100);
    let mut snapshot = Snapshot::new(&DirectoryBuilder::new().finish());
    for user in &users {
        snapshot.edit(Edit::AddUser { user: *user });
    }
    let groups: Vec<_> = directory.groups().collect();
    for (container, group) in groups.iter().rev() {
        for nested in group.groups() {
            snapshot.edit(Edit::PlaceGroup {
                container: *container,
                nested: *nested,
            });
        }
    }
    let (bottom, top) = (groups[99].0, groups[0].0);
    for user in &users {
        snapshot.edit(Edit::PlaceUser {
            group: bottom,
            user: *user,
        });
    }
    let ask = || {
        for user in &users {
            assert!(snapshot.is_member(*user, top));
        }
        for (lower, _) in &groups {
            snapshot.is_nested(*lower, top);
        }
    };
    for _ in 0..3 {
        ask();
    }
    assert_eq!(of(ask), 0);
}

/// The group in which many searches begin gets a row of its own.
#[test]
fn many_users_of_a_deep_group_do_not_climb_one_by_one() {
    const DEEP: usize = 500;
    const USERS: usize = 200;
    let (directory, users, groups) = chain(DEEP);
    let mut snapshot = Snapshot::new(&directory);
    let bottom = groups[DEEP - 1];
    for user in &users[..USERS] {
        snapshot.edit(Edit::TakeUser {
            group: groups[user.index() - 2],
            user: *user,
        });
        snapshot.edit(Edit::PlaceUser {
            group: bottom,
            user: *user,
        });
    }
    let steps = of(|| {
        for user in &users[..USERS] {
            assert!(snapshot.is_member(*user, groups[0]));
        }
    });
    let one_by_one = u64::try_from(DEEP * USERS).unwrap();
    assert!(steps < one_by_one / 5, "{steps} steps");
}

#[test]
fn the_memory_that_is_told_covers_the_memberships() {
    let mut builder = DirectoryBuilder::new();
    let users: Vec<_> = (0..100)
        .map(|n| builder.user(UserName::from_stored(format!("u{n}"))))
        .collect();
    for n in 0..50 {
        let group = builder.group(GroupName::from_stored(format!("g{n}")));
        for n in 0..users.len() {
            builder.members_of(group).user(&format!("u{n}"));
        }
    }
    let snapshot = Snapshot::new(builder.as_directory());
    let upward = snapshot.bytes();
    assert!(upward >= 4 * 100 * 50, "{upward}");
    snapshot.users_of_any(&[], &mut SearchBuffers::new());
    let both_ways = snapshot.bytes() - upward;
    assert!(both_ways >= 4 * 100 * 50, "{both_ways}");
}
