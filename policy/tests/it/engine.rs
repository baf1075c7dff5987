//! The fast engine against the plain one: random hierarchies, random edits, threads, large shapes.

use std::sync::atomic::{AtomicBool, Ordering};

use guichet_core::{
    AdministratorMembership, Change, DirectoryBuilder, GroupName, Membership as _, Rules, UserName,
};
use guichet_policy::{Closure, Edit, PlainClosure, Published, SearchBuffers, Snapshot};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::support::sketch::{Built, Sketch, sketches};

#[path = "../../examples/soak/run.rs"]
mod soak;

/// How often everything is asked: a row is made on the third time.
const ROUNDS: usize = 4;

fn assert_same(closure: &Closure) {
    let plain = PlainClosure::new(closure.directory().clone());
    let directory = closure.directory();
    let users: Vec<_> = directory.users().map(|(user, _)| user).collect();
    let groups: Vec<_> = directory.groups().map(|(group, _)| group).collect();
    for _ in 0..ROUNDS {
        for user in &users {
            for group in &groups {
                let expected = plain.is_member(*user, *group);
                assert_eq!(closure.is_member(*user, *group), expected);
                let path = closure.membership_path(*user, *group);
                let first = closure.all_shortest_paths(*user, *group).first();
                assert_eq!(path, first.map(|path| path.groups().to_vec()));
                assert_eq!(path.is_some(), expected);
            }
            assert_eq!(closure.groups_of_user(*user), plain.groups_of_user(*user));
        }
        for group in &groups {
            let members = plain.users_of_any(&[*group]);
            assert_eq!(closure.users_of_group(*group), members);
            assert_eq!(closure.nested_groups(*group), plain.nested_groups(*group));
            assert_eq!(closure.containers(*group), plain.containers(*group));
            for nested in &groups {
                let closes = plain.closes_cycle(*group, *nested);
                assert_eq!(closure.snapshot().closes_cycle(*group, *nested), closes);
                assert_eq!(closure.chain_closed_by(*group, *nested).is_some(), closes);
                let inside = closure.nested_groups(*group).contains(nested);
                assert_eq!(closure.snapshot().is_nested(*nested, *group), inside);
            }
        }
    }
}

/// A change of a directory drawn blindly: what it names is what there is.
#[derive(Debug, Clone)]
struct Drawn {
    kind: u8,
    one: Index,
    other: Index,
}

fn drawn() -> impl Strategy<Value = Drawn> {
    (0..8_u8, any::<Index>(), any::<Index>()).prop_map(|(kind, one, other)| Drawn {
        kind,
        one,
        other,
    })
}

impl Drawn {
    fn change(&self, directory: &guichet_core::Directory) -> Change {
        let users: Vec<_> = directory
            .users()
            .map(|(_, user)| user.name().clone())
            .collect();
        let groups: Vec<_> = directory
            .groups()
            .map(|(_, group)| group.name().clone())
            .collect();
        let user = self.one.get(&users).clone();
        let group = self.other.get(&groups).clone();
        let nested = vec![self.one.get(&groups).clone()];
        match self.kind {
            0 => Change::AddUser {
                name: None,
                startup_method: None,
                groups: vec![group],
            },
            1 => Change::DeleteUser { user },
            2 => Change::DuplicateGroup { group, name: None },
            3 => Change::EmptyGroup { group },
            4 => Change::RemoveMembers {
                group,
                users: vec![user],
                groups: vec![],
            },
            5 => Change::RemoveMembers {
                group,
                users: vec![],
                groups: nested,
            },
            6 => Change::AddMembers {
                group,
                users: vec![user],
                groups: vec![],
            },
            _ => Change::AddMembers {
                group,
                users: vec![],
                groups: nested,
            },
        }
    }
}

proptest! {
    #[test]
    fn a_followed_directory_answers_as_a_fresh_one(
        sketch in sketches(),
        changes in vec(drawn(), 1..12),
        asked in any::<bool>(),
    ) {
        let Built { mut directory, .. } = sketch.build();
        let mut closure = Closure::new(directory.clone());
        let mut past = Vec::new();
        for drawn in changes {
            if asked {
                assert_same(&closure);
            }
            let before = closure.clone();
            let change = drawn.change(&directory);
            if let Ok(applied) = directory.apply(&[change], &Rules::default()) {
                closure = closure.after(directory.clone(), &applied.events);
                assert_same(&closure);
                assert_same(&before);
                past.push(applied);
            }
        }
        while let Some(applied) = past.pop() {
            directory.revert(applied.reversal).unwrap();
            let inverses: Vec<_> = applied.events.iter().rev().map(guichet_core::Event::inverse).collect();
            closure = closure.after(directory.clone(), &inverses);
        }
        assert_same(&closure);
    }
}

#[test]
fn a_short_soak_has_nothing_wrong() {
    let plan = soak::Plan {
        edits: 12_000,
        checks: 40_000,
        seed: 4_2026,
    };
    let done = soak::run(&plan);
    assert_eq!((done.edits, done.checks), (12_000, 40_000));
    assert_eq!(done.wrong, 0, "seed {}", plan.seed);
}

/// Each update moves everybody from one half of the groups to the other, in one step.
#[test]
fn readers_never_see_half_an_update() {
    const USERS: usize = 40;
    const UPDATES: usize = 300;
    let mut builder = DirectoryBuilder::new();
    let users: Vec<_> = (0..USERS)
        .map(|n| builder.user(UserName::from_stored(format!("u{n}"))))
        .collect();
    let [left, right, inner_left, inner_right] = ["left", "right", "inner left", "inner right"]
        .map(|name| builder.group(GroupName::from_stored(name)));
    builder.members_of(left).group("inner left");
    builder.members_of(right).group("inner right");
    let start = users.iter().map(|user| Edit::PlaceUser {
        group: inner_left,
        user: *user,
    });
    let live = Published::new(Snapshot::new(builder.as_directory()).after(start));
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let readers = [0, 1].map(|_| {
            scope.spawn(|| {
                let mut scratch = SearchBuffers::new();
                let mut looks = 0;
                while looks < 100 || !over.load(Ordering::Relaxed) {
                    let now = live.current();
                    let in_left = now.users_of_group(left, &mut scratch).len();
                    let in_right = now.users_of_group(right, &mut scratch).len();
                    assert_eq!(in_left.min(in_right), 0, "torn");
                    assert_eq!(in_left + in_right, USERS);
                    for user in &users {
                        assert_eq!(now.is_member(*user, left), in_left > 0);
                        assert_eq!(now.is_member(*user, right), in_right > 0);
                    }
                    looks += 1;
                }
                looks
            })
        });
        for update in 0..UPDATES {
            let (from, to) = match update % 2 {
                0 => (inner_left, inner_right),
                _ => (inner_right, inner_left),
            };
            live.update(|now| {
                now.after(users.iter().flat_map(|user| {
                    let user = *user;
                    [
                        Edit::TakeUser { group: from, user },
                        Edit::PlaceUser { group: to, user },
                    ]
                }))
            });
        }
        over.store(true, Ordering::Relaxed);
        for reader in readers {
            assert!(reader.join().unwrap() >= 100);
        }
    });
}

/// The row of a chain is one run, which the crate's table of memory puts at 56 bytes.
#[test]
fn a_row_is_made_by_the_second_question_and_given_back_by_the_edit_that_drops_it() {
    let sketch = Sketch {
        user_edges: vec![(5, 0)],
        group_edges: (0..5).map(|n| (n, n + 1)).collect(),
        ..Sketch::sized(1, 6)
    };
    let built = sketch.build();
    let (user, top, low) = (built.users[0], built.groups[0], built.groups[4]);
    let mut snapshot = Snapshot::new(&built.directory);
    let mut untouched = snapshot.clone();
    let plain = snapshot.bytes();
    for rows in [0, 1, 1] {
        assert!(snapshot.is_member(user, top));
        assert_eq!(snapshot.bytes(), plain + rows * 56, "of a user");
    }
    for rows in [1, 2, 2] {
        assert!(snapshot.is_nested(low, top));
        assert_eq!(snapshot.bytes(), plain + rows * 56, "of a group too");
    }
    for snapshot in [&mut snapshot, &mut untouched] {
        snapshot.edit(Edit::TakeGroup {
            container: built.groups[2],
            nested: built.groups[3],
        });
        assert!(!snapshot.is_member(user, top));
    }
    assert_eq!(snapshot.bytes(), untouched.bytes());
}

#[test]
fn a_deep_chain_gets_rows_of_one_run_and_is_edited() {
    const DEEP: usize = 32_000;
    let mut builder = DirectoryBuilder::new();
    let ann = builder.user(UserName::from_stored("Ann"));
    let groups: Vec<_> = (0..DEEP)
        .map(|n| builder.group(GroupName::from_stored(format!("g{n}"))))
        .collect();
    for (n, group) in groups.iter().enumerate().take(DEEP - 1) {
        builder.members_of(*group).group(&format!("g{}", n + 1));
    }
    let mut snapshot = Snapshot::new(builder.as_directory());
    let (top, bottom) = (groups[0], groups[DEEP - 1]);
    snapshot.edit(Edit::PlaceUser {
        group: bottom,
        user: ann,
    });
    let before = snapshot.bytes();
    for _ in 0..ROUNDS {
        assert!(snapshot.is_member(ann, top));
        assert!(snapshot.closes_cycle(bottom, top));
        assert!(!snapshot.closes_cycle(top, bottom));
    }
    assert!(snapshot.bytes() - before < 1_000, "the rows are small");
    snapshot.edit(Edit::TakeGroup {
        container: groups[5],
        nested: groups[6],
    });
    assert!(!snapshot.is_member(ann, top));
    assert!(snapshot.is_member(ann, groups[6]));
    // The lower end on top of the upper one: every level of the upper one is raised.
    snapshot.edit(Edit::PlaceGroup {
        container: bottom,
        nested: top,
    });
    for _ in 0..ROUNDS {
        assert!(snapshot.closes_cycle(groups[5], groups[6]));
        assert!(!snapshot.is_member(ann, groups[5]));
        assert!(snapshot.is_nested(groups[5], groups[6]));
    }
    // And the ring closed.
    snapshot.edit(Edit::PlaceGroup {
        container: groups[5],
        nested: groups[6],
    });
    for _ in 0..ROUNDS {
        assert!(
            groups
                .iter()
                .step_by(997)
                .all(|group| snapshot.is_member(ann, *group))
        );
        assert!(
            snapshot.closes_cycle(top, groups[20_000])
                && snapshot.closes_cycle(groups[20_000], top)
        );
    }
}

#[test]
fn an_update_replaces_what_readers_see_from_then_on() {
    let live = Published::new(1);
    let held = live.current();
    live.update(|now| now + 1);
    assert_eq!((*held, *live.current()), (1, 2));
}

#[test]
fn a_user_or_a_group_that_comes_is_an_edit() {
    let mut directory = DirectoryBuilder::new().finish();
    let changes = [
        Change::AddUser {
            name: Some(UserName::from_stored("Ann")),
            startup_method: None,
            groups: Vec::new(),
        },
        Change::AddGroup {
            name: Some(GroupName::from_stored("Devs")),
            administrator: AdministratorMembership::Outside,
        },
    ];
    let applied = directory.apply(&changes, &Rules::default()).unwrap();
    let edits: Vec<_> = applied.events.iter().filter_map(Edit::from_event).collect();
    let (user, group) = (directory.find_user("Ann"), directory.find_group("Devs"));
    let added = [
        Edit::AddUser {
            user: user.unwrap(),
        },
        Edit::AddGroup {
            group: group.unwrap(),
        },
    ];
    assert_eq!(edits, added);
}
