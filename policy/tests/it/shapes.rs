//! Hierarchies of the shapes and sizes that access systems meet, each with its answers by name.
//!
//! Every one is asked twice: as it is written, and with everything in the opposite order.

use std::collections::{BTreeMap, BTreeSet};

use guichet_core::{Directory, DirectoryBuilder, GroupName, Membership as _, UserName};
use guichet_policy::Closure;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::support::model::Model;
use crate::support::sketch::Sketch;
use crate::support::{group_names, sorted, user_names};

/// A hierarchy: what it shows, what is directly in each group (`>` before a group), and the groups
/// that each user is in.
struct Shape {
    shows: &'static str,
    groups: &'static [(&'static str, &'static str)],
    users: &'static [(&'static str, &'static str)],
}

const SHAPES: &[Shape] = &[
    Shape {
        shows: "a chain hands everything from its top down to its end",
        groups: &[
            ("House", ">Stage"),
            ("Stage", ">Sound Ines"),
            ("Sound", ">Mixing"),
            ("Mixing", ">Monitors"),
            ("Monitors", ">Left"),
            ("Left", "Otto"),
        ],
        users: &[
            ("Ines", "House Stage"),
            ("Otto", "House Left Mixing Monitors Sound Stage"),
        ],
    },
    Shape {
        shows: "two ways to one group make one membership",
        groups: &[
            ("Opera", ">Choir >Ballet"),
            ("Choir", ">Guests"),
            ("Ballet", ">Guests Ida"),
            ("Guests", "Kai"),
        ],
        users: &[
            ("Ida", "Ballet Opera"),
            ("Kai", "Ballet Choir Guests Opera"),
        ],
    },
    Shape {
        shows: "diamonds on top of one another",
        groups: &[
            ("A", ">B >C"),
            ("B", ">D"),
            ("C", ">D"),
            ("D", ">E >F"),
            ("E", ">G"),
            ("F", ">G Lea"),
            ("G", "Max"),
        ],
        users: &[("Lea", "A B C D F"), ("Max", "A B C D E F G")],
    },
    Shape {
        shows: "in a ring everybody is in every group, and so is who is below; who is above is not",
        groups: &[
            ("Above", ">One Nora"),
            ("One", ">Two Olaf"),
            ("Two", ">Three"),
            ("Three", ">One >Below"),
            ("Below", "Pia"),
        ],
        users: &[
            ("Nora", "Above"),
            ("Olaf", "Above One Three Two"),
            ("Pia", "Above Below One Three Two"),
        ],
    },
    Shape {
        shows: "two rings that share a group are one",
        groups: &[
            ("Left", ">Middle Quin"),
            ("Middle", ">Left >Right"),
            ("Right", ">Middle Rosa"),
        ],
        users: &[("Quin", "Left Middle Right"), ("Rosa", "Left Middle Right")],
    },
    Shape {
        shows: "a group in itself has its own members, and rings side by side do not mix",
        groups: &[
            ("Alone", ">Alone Sven"),
            ("Ping", ">Pong"),
            ("Pong", ">Ping Tom"),
        ],
        users: &[("Sven", "Alone"), ("Tom", "Ping Pong")],
    },
    Shape {
        shows: "a name that nobody has leads nowhere",
        groups: &[("Cast", ">Extras Uma Nobody"), ("Crew", ">Cast >Missing")],
        users: &[("Uma", "Cast Crew")],
    },
    Shape {
        shows: "one group that holds everybody, and groups that hold nobody",
        groups: &[
            ("All", "Vera Will Xenia"),
            ("Ticket", ">All >Press"),
            ("Press", ""),
            ("Empty", ">Press"),
        ],
        users: &[
            ("Vera", "All Ticket"),
            ("Will", "All Ticket"),
            ("Xenia", "All Ticket"),
        ],
    },
    Shape {
        shows: "rights that include one another, on things that lie in one another",
        groups: &[
            ("archive-read", ">archive-write"),
            ("archive-write", ">archive-own Yara"),
            ("archive-own", ""),
            ("score-read", ">score-write >archive-read"),
            ("score-write", ">score-own >archive-write"),
            ("score-own", ">archive-own Zoe"),
        ],
        users: &[
            ("Yara", "archive-read archive-write score-read score-write"),
            ("Zoe", "score-own score-read score-write"),
        ],
    },
    Shape {
        shows: "who is in a group directly and through others has nothing twice",
        groups: &[
            ("Board", ">Heads Ann"),
            ("Heads", ">Floor Ann Ben"),
            ("Floor", "Ann Ben Cyd"),
        ],
        users: &[
            ("Ann", "Board Floor Heads"),
            ("Ben", "Board Floor Heads"),
            ("Cyd", "Board Floor Heads"),
        ],
    },
    Shape {
        shows: "a user and a group of one name are two",
        groups: &[("Dora", ">Emil Emil"), ("Emil", "Dora")],
        users: &[("Dora", "Dora Emil"), ("Emil", "Dora")],
    },
];

/// Makes the directory of a hierarchy; names that nobody has are left missing.
fn built(groups: &[(&str, &str)], users: &[&str]) -> Directory {
    let mut builder = DirectoryBuilder::new();
    for user in users {
        builder.user(UserName::from_stored(*user));
    }
    let handles: Vec<_> = groups
        .iter()
        .map(|(group, _)| builder.group(GroupName::from_stored(*group)))
        .collect();
    for ((_, members), group) in groups.iter().zip(handles) {
        for member in members.split_whitespace() {
            let mut placed = builder.members_of(group);
            match member.strip_prefix('>') {
                Some(nested) => _ = placed.group(nested),
                None => _ = placed.user(member),
            }
        }
    }
    builder.finish()
}

/// Holds all answers of a closure against the groups that each user is in.
fn judge(directory: Directory, expected: &BTreeMap<String, BTreeSet<String>>, what: &str) {
    let closure = Closure::new(directory);
    let directory = closure.directory();
    let mut users_of: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (user, groups) in expected {
        let handle = directory.find_user(user).unwrap();
        let found = group_names(directory, &closure.groups_of_user(handle));
        let found: BTreeSet<String> = found.into_iter().collect();
        assert_eq!(found, *groups, "{what}: {user}");
        for group in groups {
            users_of.entry(group).or_default().insert(user);
        }
        // Of a large organisation some groups.
        let some = directory.group_count() / 20 + 1;
        for (group, account) in directory.groups().step_by(some) {
            let is_in = groups.contains(account.name().as_str());
            assert_eq!(closure.is_member(handle, group), is_in, "{what}: {user}");
        }
    }
    for (group, account) in directory.groups() {
        let found = sorted(user_names(directory, &closure.users_of_group(group)));
        let name = account.name().as_str();
        let users = users_of.remove(name).unwrap_or_default();
        assert!(found.iter().eq(users.iter()), "{what}: {name}: {found:?}");
    }
}

#[test]
fn every_shape_is_answered_in_either_order() {
    for shape in SHAPES {
        let expected = shape.users.iter().map(|(user, groups)| {
            let groups = groups.split_whitespace().map(str::to_owned).collect();
            ((*user).to_owned(), groups)
        });
        let expected: BTreeMap<String, BTreeSet<String>> = expected.collect();
        let mut groups = shape.groups.to_vec();
        let mut users: Vec<&str> = shape.users.iter().map(|(user, _)| *user).collect();
        judge(built(&groups, &users), &expected, shape.shows);
        groups.reverse();
        users.reverse();
        judge(built(&groups, &users), &expected, shape.shows);
    }
}

/// An organisation: units in units, and some units that others include as well.
fn organisation(users: usize, units: usize, places: usize, included: usize) -> Sketch {
    let user_edges = (0..places).map(|n| ((n * 37 + n / users) % units, n * 11 % users.max(1)));
    let inside = (1..units)
        .filter(|unit| unit % 5 != 0)
        .map(|unit| (unit / 3, unit));
    let across = (0..included).map(|n| (n * 13 % units, (n * 29 + 7) % units));
    Sketch {
        user_edges: user_edges.collect(),
        group_edges: inside.chain(across).collect(),
        ..Sketch::sized(users, units)
    }
}

/// The groups of each user, by a walk from each of them.
fn walked(sketch: &Sketch) -> BTreeMap<String, BTreeSet<String>> {
    let mut containers: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (container, nested) in &sketch.group_edges {
        containers.entry(*nested).or_default().push(*container);
    }
    let names = sketch.users.iter().cloned();
    let mut groups: Vec<(String, BTreeSet<String>)> =
        names.map(|name| (name, BTreeSet::new())).collect();
    for (user, (_, found)) in groups.iter_mut().enumerate() {
        let direct = sketch.user_edges.iter().filter(|edge| edge.1 == user);
        let mut waiting: Vec<usize> = direct.map(|edge| edge.0).collect();
        while let Some(group) = waiting.pop() {
            if found.insert(sketch.groups[group].clone()) {
                waiting.extend(containers.get(&group).into_iter().flatten());
            }
        }
    }
    groups.into_iter().collect()
}

#[test]
fn organisations_of_every_size_are_answered_in_either_order() {
    let sizes = [
        (1_500, 770, 6_400, 40),
        (400, 165, 1_400, 20),
        (1_600, 310, 3_200, 0),
        (1, 330, 85, 10),
        (14, 11, 14, 4),
    ];
    for (users, units, places, included) in sizes {
        let sketch = organisation(users, units, places, included);
        let expected = walked(&sketch);
        assert!(expected.values().map(BTreeSet::len).max() > Some(3));
        let what = format!("{users} users in {units} units");
        judge(sketch.build().directory, &expected, &what);
        judge(sketch.reversed().build().directory, &expected, &what);
    }
}

/// Hierarchies as large as those that other systems write by hand: up to 16 users and 33 groups.
fn hierarchies() -> impl Strategy<Value = Sketch> {
    (1..17_usize, 1..34_usize).prop_flat_map(|(users, groups)| {
        let group_edges = vec((0..groups, 0..groups), 0..=groups);
        let user_edges = vec((0..groups, 0..users), 0..=users + 4);
        (user_edges, group_edges).prop_map(move |(user_edges, group_edges)| Sketch {
            user_edges,
            group_edges,
            ..Sketch::sized(users, groups)
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn hierarchies_written_by_hand_are_answered_in_either_order(sketch in hierarchies()) {
        let model = Model::of(&sketch);
        let expected = sketch.users.iter().enumerate().map(|(position, user)| {
            let groups = model.groups_of(position);
            let names = groups.into_iter().map(|group| sketch.groups[group].clone());
            (user.clone(), names.collect())
        });
        let expected: BTreeMap<String, BTreeSet<String>> = expected.collect();
        judge(sketch.build().directory, &expected, "as written");
        judge(sketch.reversed().build().directory, &expected, "in the opposite order");
    }
}
