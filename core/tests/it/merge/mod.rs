//! Merging two versions of a directory: the laws, on what edits make and on random files.

mod conflicts;
mod examples;
mod model;
mod order;
mod waiting;

use proptest::prelude::*;

use guichet_core::Diagnostic as _;
use guichet_core::{
    Change, Conflict, ConflictKind, Delta, Directory, compare, merge, same_in_order,
};

use crate::compare::{edited, plugins, rules};
use crate::model::generator::{change, draft};

/// Merges and carries the merge out; the result, what could not be made, and the conflicts. Where
/// everything could be made, the result is the merged directory.
fn merged(
    base: &Directory,
    ours: &Directory,
    theirs: &Directory,
) -> (Directory, Vec<String>, Vec<Conflict>) {
    let plugins = plugins();
    let merge = merge(base, ours, theirs);
    let plan = merge.difference().plan(ours, &rules(&plugins));
    let mut result = ours.clone();
    let applied = result.apply(plan.changes(), &rules(&plugins));
    assert!(applied.is_ok(), "a plan applies whole");
    assert!(result.is_sound());
    let left: Vec<String> = plan.leftovers().iter().map(ToString::to_string).collect();
    assert!(merge.directory().is_sound());
    if left.is_empty() {
        let difference = compare(&result, merge.directory());
        assert!(difference.is_empty(), "{}", difference.canonical());
    }
    (result, left, merge.conflicts().to_vec())
}

/// The conflicts that do not come of how others were settled, in a fixed order: what both changed
/// or one removed is settled first, then names, then cycles. A name that is taken because another
/// one was taken back stands against nothing that the side did.
fn first_conflicts<'a>(
    conflicts: &'a [Conflict],
    sides: impl Fn(&'a Conflict) -> [&'a [Delta]; 2],
) -> Vec<String> {
    let stage = |conflict: &Conflict| match conflict.kind {
        ConflictKind::SameName => 1,
        ConflictKind::Cycle { .. } => 2,
        _ => 0,
    };
    let first = conflicts.iter().map(stage).min();
    let conflicts = conflicts
        .iter()
        .filter(|conflict| Some(stage(conflict)) == first)
        .filter(|conflict| !conflict.ours.is_empty() && !conflict.theirs.is_empty());
    // Which of several cycles is named may hang on the spelling that ours keeps.
    let said = conflicts.map(|conflict| format!("{}: {:?}", conflict.code(), sides(conflict)));
    let mut said: Vec<String> = said.collect();
    said.sort();
    said
}

fn edits() -> impl Strategy<Value = Vec<Change>> {
    prop::collection::vec(change(), 0..8)
}

/// A base and two versions of it: edited, or any file at all.
fn versions() -> impl Strategy<Value = (Directory, Directory, Directory)> {
    let branches = (draft(), edits(), edits()).prop_map(|(base, ours, theirs)| {
        let base = base.directory();
        let (ours, theirs) = (edited(&base, &ours), edited(&base, &theirs));
        (base, ours, theirs)
    });
    let files = (draft(), draft(), draft())
        .prop_map(|(base, ours, theirs)| (base.directory(), ours.directory(), theirs.directory()));
    prop_oneof![3 => branches, 1 => files]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, ..ProptestConfig::default() })]

    #[test]
    fn a_side_that_changed_nothing_adds_nothing((base, ours, _) in versions()) {
        let brought = merge(&base, &ours, &base);
        prop_assert!(brought.difference().is_empty(), "{}", brought.difference().canonical());
        prop_assert!(same_in_order(brought.directory(), &ours));
        prop_assert_eq!(brought.conflicts(), &[]);
    }

    #[test]
    fn to_a_side_that_changed_nothing_the_other_brings_all((base, _, theirs) in versions()) {
        let brought = merge(&base, &base, &theirs);
        prop_assert_eq!(brought.difference(), &compare(&base, &theirs));
        let left = compare(brought.directory(), &theirs);
        prop_assert!(left.is_empty(), "{}", left.canonical());
        prop_assert_eq!(brought.conflicts(), &[]);
    }

    #[test]
    fn two_sides_that_did_the_same_agree((base, side, _) in versions()) {
        let brought = merge(&base, &side, &side.clone());
        prop_assert!(brought.difference().is_empty(), "{}", brought.difference().canonical());
        prop_assert_eq!(brought.conflicts(), &[]);
    }

    #[test]
    fn a_merge_is_the_same_from_either_side((base, ours, theirs) in versions()) {
        let (here, left_here, conflicts) = merged(&base, &ours, &theirs);
        let (there, left_there, turned) = merged(&base, &theirs, &ours);
        prop_assert_eq!(
            first_conflicts(&conflicts, |one| [&one.ours, &one.theirs]),
            first_conflicts(&turned, |one| [&one.theirs, &one.ours])
        );
        if conflicts.is_empty() && left_here.is_empty() && left_there.is_empty() {
            let difference = compare(&here, &there);
            prop_assert!(difference.is_empty(), "{}", difference.canonical());
        }
    }
}
