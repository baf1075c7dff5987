//! Shortest chains of memberships.

use std::collections::BTreeSet;

use guichet_core::{GroupHandle, Membership as _, UserHandle};
use guichet_policy::{ChainCount, Closure, Path};
use proptest::prelude::*;

use crate::support::model::Model;
use crate::support::path_names;
use crate::support::sketch::{Built, Sketch, sketches};

/// Tells whether each link of a path is a direct membership of the directory.
fn is_a_chain(closure: &Closure, path: &Path) -> bool {
    let group = |group: &GroupHandle| closure.directory().group(*group).unwrap();
    let groups = path.groups();
    group(&groups[0]).users().contains(&path.user())
        && groups
            .windows(2)
            .all(|pair| group(&pair[1]).groups().contains(&pair[0]))
}

/// Every chain of so many groups, found by trying them all.
fn brute_force(
    sketch: &Sketch,
    built: &Built,
    user: UserHandle,
    goal: GroupHandle,
    length: usize,
) -> BTreeSet<Vec<GroupHandle>> {
    let direct = |group: &GroupHandle| {
        let group = built.directory.group(*group).unwrap();
        group.users().contains(&user)
    };
    let mut chains: Vec<Vec<GroupHandle>> = vec![vec![goal]];
    for _ in 1..length {
        chains = (chains.iter())
            .flat_map(|chain| {
                let first = built
                    .groups
                    .iter()
                    .position(|group| *group == chain[0])
                    .unwrap();
                let nested: BTreeSet<_> = (sketch.group_edges.iter())
                    .filter(|edge| edge.0 == first)
                    .map(|edge| built.groups[edge.1])
                    .collect();
                nested
                    .into_iter()
                    .map(|nested| [&[nested], &chain[..]].concat())
            })
            .collect();
    }
    chains
        .into_iter()
        .filter(|chain| direct(&chain[0]))
        .collect()
}

proptest! {
    #[test]
    fn all_shortest_chains_and_no_other_are_listed(sketch in sketches()) {
        let model = Model::of(&sketch);
        let built = sketch.build();
        let closure = Closure::new(built.directory.clone());
        for (user_position, user) in built.users.iter().enumerate() {
            for (position, group) in built.groups.iter().enumerate() {
                let paths = closure.all_shortest_paths(*user, *group);
                let listed: Vec<Path> = paths.iter().collect();
                prop_assert_eq!(paths.count(), ChainCount::Exactly(listed.len() as u64));
                prop_assert_eq!(paths.is_empty(), listed.is_empty());
                prop_assert_eq!(paths.first(), listed.first().cloned());
                prop_assert!(listed.iter().all(|path| is_a_chain(&closure, path)));
                let member = closure.membership_path(*user, *group);
                prop_assert_eq!(member, listed.first().map(|path| path.groups().to_vec()));
                let expected = match model.length.get(&(position, user_position)) {
                    Some(length) => brute_force(&sketch, &built, *user, *group, *length),
                    None => BTreeSet::new(),
                };
                let groups: Vec<_> = listed.iter().map(|path| path.groups().to_vec()).collect();
                let distinct: BTreeSet<_> = groups.iter().cloned().collect();
                prop_assert_eq!(distinct.len(), groups.len());
                prop_assert_eq!(distinct, expected);
            }
        }
    }
}

#[test]
fn chains_come_in_the_order_of_the_file() {
    let sketch = Sketch {
        users: vec!["Ann".to_owned()],
        groups: ["Low", "Left", "Right", "Top"].map(str::to_owned).to_vec(),
        user_edges: vec![(0, 0)],
        group_edges: vec![(1, 0), (2, 0), (3, 2), (3, 1)],
    };
    let built = sketch.build();
    let closure = Closure::new(built.directory);
    let paths = closure.all_shortest_paths(built.users[0], built.groups[3]);
    let names: Vec<_> = paths
        .iter()
        .map(|path| path_names(closure.directory(), &path))
        .collect();
    assert_eq!(
        names,
        [
            ["Ann", "Low", "Left", "Top"],
            ["Ann", "Low", "Right", "Top"]
        ]
    );
}

#[test]
fn a_direct_membership_beats_an_inherited_one() {
    let sketch = Sketch {
        user_edges: vec![(0, 0), (1, 0)],
        group_edges: vec![(1, 0)],
        ..Sketch::sized(1, 2)
    };
    let built = sketch.build();
    let closure = Closure::new(built.directory);
    let path = closure.membership_path(built.users[0], built.groups[1]);
    assert_eq!(path, Some(vec![built.groups[1]]));
}
