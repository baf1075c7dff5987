//! Cycles: found, named edge by edge, tolerated, and foreseen before an edit.

use std::collections::BTreeSet;

use guichet_policy::Closure;
use proptest::prelude::*;

use crate::support::group_names;
use crate::support::model::Model;
use crate::support::sketch::{Sketch, sketches};

fn hierarchy(groups: &[&str], edges: &[(usize, usize)]) -> Closure {
    let sketch = Sketch {
        groups: groups.iter().map(|&name| name.to_owned()).collect(),
        group_edges: edges.to_vec(),
        ..Sketch::default()
    };
    Closure::new(sketch.build().directory)
}

/// Each cycle as a person reads it, and its groups.
fn cycles(closure: &Closure) -> Vec<(String, Vec<String>)> {
    let directory = closure.directory();
    (closure.cycles().iter())
        .map(|cycle| {
            let text = cycle.chain().describe(directory).to_string();
            (text, group_names(directory, cycle.groups()))
        })
        .collect()
}

fn cycle(text: &str, groups: &[&str]) -> (String, Vec<String>) {
    let groups = groups.iter().map(|&name| name.to_owned()).collect();
    (text.to_owned(), groups)
}

#[test]
fn a_diamond_is_no_cycle() {
    let closure = hierarchy(
        &["Top", "Left", "Right", "Low"],
        &[(0, 1), (0, 2), (1, 3), (2, 3)],
    );
    assert_eq!(cycles(&closure), []);
}

#[test]
fn two_groups_in_one_another_are_named_edge_by_edge() {
    let closure = hierarchy(&["A", "B", "C"], &[(0, 1), (1, 0), (1, 2)]);
    assert_eq!(
        cycles(&closure),
        [cycle("A contains B, B contains A", &["A", "B"])]
    );
}

#[test]
fn a_group_in_itself_is_a_cycle_of_its_own_after_a_longer_one() {
    let edges = [(2, 2), (0, 0), (0, 1), (1, 0), (1, 1)];
    let closure = hierarchy(&["A", "B", "C"], &edges);
    let expected = [
        cycle("A contains B, B contains A", &["A", "B"]),
        cycle("A contains A", &["A"]),
        cycle("B contains B", &["B"]),
        cycle("C contains C", &["C"]),
    ];
    assert_eq!(cycles(&closure), expected);
}

#[test]
fn rings_that_share_a_group_are_one_cycle_with_the_shortest_ring_of_its_first_group() {
    // A → B → C → D → A, and B → A: the ring of two is the witness for all four.
    let closure = hierarchy(
        &["A", "B", "C", "D"],
        &[(0, 1), (1, 2), (2, 3), (3, 0), (1, 0)],
    );
    let expected = [cycle("A contains B, B contains A", &["A", "B", "C", "D"])];
    assert_eq!(cycles(&closure), expected);
}

#[test]
fn separate_cycles_are_separate_also_when_one_contains_the_other() {
    let closure = hierarchy(
        &["A", "B", "C", "D", "E"],
        &[(3, 4), (4, 3), (4, 0), (0, 1), (1, 2), (2, 0)],
    );
    let expected = [
        cycle("A contains B, B contains C, C contains A", &["A", "B", "C"]),
        cycle("D contains E, E contains D", &["D", "E"]),
    ];
    assert_eq!(cycles(&closure), expected);
}

#[test]
fn every_group_of_a_cycle_has_the_members_of_all_of_them() {
    let mut sketch = Sketch::sized(3, 3);
    sketch.group_edges = vec![(0, 1), (1, 2), (2, 0)];
    sketch.user_edges = vec![(0, 0), (1, 1), (2, 2)];
    let built = sketch.build();
    let closure = Closure::new(built.directory);
    for group in &built.groups {
        assert_eq!(closure.users_of_group(*group), built.users);
        assert_eq!(closure.nested_groups(*group).len(), 2); // itself left out (D33)
    }
}

proptest! {
    #[test]
    fn exactly_the_groups_in_cycles_are_reported_and_every_edge_exists(sketch in sketches()) {
        let model = Model::of(&sketch);
        let built = sketch.build();
        let closure = Closure::new(built.directory);
        let mut reported = BTreeSet::new();
        for cycle in closure.cycles() {
            for (container, nested) in cycle.chain().edges() {
                let container = closure.directory().group(container).unwrap();
                prop_assert!(container.groups().contains(&nested));
            }
            let first = closure.users_of_group(cycle.groups()[0]);
            for group in cycle.groups() {
                prop_assert_eq!(&closure.users_of_group(*group), &first);
            }
            prop_assert!(cycle.chain().groups().iter().all(|group| cycle.groups().contains(group)));
            reported.extend(cycle.groups().to_vec());
        }
        let expected: BTreeSet<_> = (0..built.groups.len())
            .filter(|group| model.in_cycle(*group))
            .map(|group| built.groups[group])
            .collect();
        prop_assert_eq!(reported, expected);
    }

    #[test]
    fn a_hierarchy_without_cycles_stays_so_under_accepted_memberships(sketch in sketches()) {
        let mut sound = Sketch { group_edges: Vec::new(), ..sketch.clone() };
        for edge in &sketch.group_edges {
            let built = sound.build();
            let (container, nested) = (built.groups[edge.0], built.groups[edge.1]);
            let closure = Closure::new(built.directory);
            let ring = closure.chain_closed_by(container, nested);
            let mut forced = sound.clone();
            forced.group_edges.push(*edge);
            let forced = Closure::new(forced.build().directory);
            match ring {
                None => {
                    sound.group_edges.push(*edge);
                    prop_assert_eq!(forced.cycles(), []);
                }
                Some(ring) => {
                    prop_assert_eq!(ring.edges().next(), Some((container, nested)));
                    for (container, nested) in ring.edges() {
                        let container = forced.directory().group(container).unwrap();
                        prop_assert!(container.groups().contains(&nested));
                    }
                    prop_assert_eq!(forced.cycles().len(), 1);
                }
            }
        }
    }
}
