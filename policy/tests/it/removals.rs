//! What to remove from a cycle: laws on random hierarchies, and a few by hand.

use std::collections::BTreeSet;

use guichet_policy::{Closure, CycleRemoval, PlainClosure, RemovalProof};
use proptest::prelude::*;

use crate::support::sketch::{Built, Sketch, sketches};

fn cuts(closure: &Closure) -> Vec<CycleRemoval> {
    closure.cheapest_removals(&closure.cycles())
}

fn without(sketch: &Sketch, removed: &[(usize, usize)]) -> Sketch {
    let mut less = sketch.clone();
    less.group_edges.retain(|edge| !removed.contains(edge));
    less
}

/// The pairs of a user and a group that are members.
fn pairs(sketch: &Sketch) -> u64 {
    let Built {
        directory, users, ..
    } = sketch.build();
    let plain = PlainClosure::new(directory);
    users
        .iter()
        .map(|user| plain.groups_of_user(*user).len() as u64)
        .sum()
}

fn in_positions(cut: &CycleRemoval, built: &Built) -> Vec<(usize, usize)> {
    let position = |group| built.groups.iter().position(|one| *one == group).unwrap();
    let memberships = cut.memberships.iter();
    memberships
        .map(|one| (position(one.container), position(one.nested)))
        .collect()
}

proptest! {
    #[test]
    fn removing_a_cut_removes_the_cycle_and_costs_what_it_says(sketch in sketches()) {
        let built = sketch.build();
        let closure = Closure::new(built.directory.clone());
        let mut all = Vec::new();
        for cut in cuts(&closure) {
            prop_assert_eq!(cut.proof, RemovalProof::Cheapest, "they are all small");
            let removed = in_positions(&cut, &built);
            for (edge, membership) in removed.iter().zip(&cut.memberships) {
                let lost = pairs(&sketch) - pairs(&without(&sketch, &[*edge]));
                prop_assert_eq!(membership.lost, Some(lost));
            }
            all.extend(removed);
        }
        let sound = without(&sketch, &all);
        prop_assert!(Closure::new(sound.build().directory).cycles().is_empty());
    }

    #[test]
    fn no_smaller_set_removes_all_cycles(sketch in sketches()) {
        let built = sketch.build();
        let found: usize = cuts(&Closure::new(built.directory.clone()))
            .iter()
            .map(|cut| cut.memberships.len())
            .sum();
        let edges: Vec<_> = BTreeSet::from_iter(sketch.group_edges.clone()).into_iter().collect();
        prop_assume!(edges.len() <= 10 && found > 0);
        for bits in 0_u32..1 << edges.len() {
            if bits.count_ones() as usize >= found {
                continue;
            }
            let picked = edges.iter().enumerate().filter(|(nth, _)| bits >> nth & 1 == 1);
            let removed: Vec<_> = picked.map(|(_, edge)| *edge).collect();
            let less = without(&sketch, &removed).build();
            prop_assert!(!Closure::new(less.directory).cycles().is_empty(), "{:?}", removed);
        }
    }
}

/// Each group holds the next one, and the last one the first.
fn ring(groups: usize) -> Vec<(usize, usize)> {
    (0..groups).map(|n| (n, (n + 1) % groups)).collect()
}

#[test]
fn of_equally_small_cuts_the_one_that_takes_least_is_named() {
    for held in 0..3 {
        // Whoever is in a group directly loses nothing with what the group holds.
        let mut sketch = Sketch::sized(1, 3);
        sketch.group_edges = ring(3);
        sketch.user_edges = vec![(held, 0)];
        let built = sketch.build();
        let cuts = cuts(&Closure::new(built.directory.clone()));
        assert_eq!(in_positions(&cuts[0], &built), [(held, (held + 1) % 3)]);
        assert_eq!(cuts[0].memberships[0].lost, Some(0));
    }
}

#[test]
fn fewer_lost_memberships_are_less() {
    let mut sketch = Sketch::sized(5, 2);
    sketch.group_edges = ring(2);
    sketch.user_edges = vec![(0, 0), (0, 1), (1, 2), (1, 3), (1, 4)];
    let built = sketch.build();
    let cuts = cuts(&Closure::new(built.directory.clone()));
    assert_eq!(in_positions(&cuts[0], &built), [(1, 0)]);
    assert_eq!(cuts[0].memberships[0].lost, Some(2));
}

/// A bug once: a user who was in a group above the cycle also by a way around it counted as lost.
#[test]
fn a_way_around_the_cycle_keeps_a_membership() {
    let mut sketch = Sketch::sized(3, 4);
    // g2 is above the ring, and g3 leads there without it.
    sketch.group_edges = vec![(0, 1), (1, 0), (2, 0), (2, 3)];
    sketch.user_edges = vec![(1, 0), (3, 0), (0, 1), (0, 2)];
    let built = sketch.build();
    let cuts = cuts(&Closure::new(built.directory.clone()));
    assert_eq!(in_positions(&cuts[0], &built), [(0, 1)]);
    assert_eq!(cuts[0].memberships[0].lost, Some(1));
}

#[test]
fn a_membership_that_two_rings_share_is_enough() {
    let mut sketch = Sketch::sized(1, 4);
    // Both rings go over g0 to g1.
    sketch.group_edges = vec![(0, 1), (1, 2), (2, 0), (1, 3), (3, 0)];
    let built = sketch.build();
    let cuts = cuts(&Closure::new(built.directory.clone()));
    assert_eq!(cuts.len(), 1);
    assert_eq!(in_positions(&cuts[0], &built), [(0, 1)]);
}

#[test]
fn large_cycles_are_cut_too() {
    const FULL: usize = 16;
    let mut sketch = Sketch::sized(1, 300);
    sketch.group_edges = ring(300);
    sketch.user_edges = vec![(7, 0)];
    let built = sketch.build();
    let cut = cuts(&Closure::new(built.directory.clone())).remove(0);
    assert_eq!(cut.proof, RemovalProof::Cheapest);
    assert_eq!(in_positions(&cut, &built), [(7, 8)]);
    assert_eq!(cut.memberships[0].lost, Some(0));

    // Every group in every other one: too many sets to try.
    let mut sketch = Sketch::sized(1, FULL);
    let all = (0..FULL).flat_map(|a| (0..FULL).map(move |b| (a, b)));
    sketch.group_edges = all.filter(|(a, b)| a != b).collect();
    let built = sketch.build();
    let cut = cuts(&Closure::new(built.directory.clone())).remove(0);
    assert_eq!(cut.proof, RemovalProof::Unproven);
    assert_eq!(
        cut.memberships.len(),
        FULL * (FULL - 1) / 2,
        "a full order is left"
    );
    let sound = without(&sketch, &in_positions(&cut, &built));
    assert!(Closure::new(sound.build().directory).cycles().is_empty());
}

/// Two rings of 40 that share the first group.
#[test]
fn a_large_cycle_of_several_rings_is_cut_in_each() {
    let mut sketch = Sketch::sized(1, 79);
    sketch.group_edges = ring(40);
    let second = ring(40).into_iter();
    let renamed = |group: usize| if group == 0 { 0 } else { group + 39 };
    let second = second.map(|(container, nested)| (renamed(container), renamed(nested)));
    sketch.group_edges.extend(second);
    sketch.user_edges = vec![(7, 0)];
    let built = sketch.build();
    let cut = cuts(&Closure::new(built.directory.clone())).remove(0);
    assert_eq!(cut.proof, RemovalProof::Cheapest);
    // Whoever is in g7 is in all below it anyway, and in g0 to g6, and so in the other ring, by it.
    assert_eq!(cut.memberships[0].lost, Some(0));
    assert_eq!(cut.memberships.len(), 2);
    let sound = without(&sketch, &in_positions(&cut, &built));
    assert!(Closure::new(sound.build().directory).cycles().is_empty());
}
