//! As many groups as there may be: nothing recurses, and nothing grows with the square.

use guichet_core::{
    Change, ConflictKind, Directory, DirectoryBuilder, GroupName, Rules, compare, limits, merge,
};

use crate::support::{edit, group};

fn name(prefix: &str, number: usize) -> GroupName {
    GroupName::from_stored(format!("{prefix}{number}"))
}

/// A chain, each group in the one before except one place where it is cut in two.
fn chain(prefix: &str, cut: usize) -> Directory {
    let mut builder = DirectoryBuilder::new();
    let handles: Vec<_> = (0..limits::GROUPS)
        .map(|number| builder.group(name(prefix, number)))
        .collect();
    for (number, handle) in handles.iter().enumerate() {
        if number + 1 < limits::GROUPS && number != cut {
            builder
                .members_of(*handle)
                .group(name(prefix, number + 1).as_str());
        }
    }
    builder.finish()
}

#[test]
fn two_sides_may_not_close_a_chain_of_32_000_groups_together() {
    let base = chain("g", 9);
    let nest = |container: usize, nested: usize| Change::AddMembers {
        group: name("g", container),
        users: Vec::new(),
        groups: vec![name("g", nested)],
    };
    let (mut ours, mut theirs) = (base.clone(), base.clone());
    edit(&mut ours, nest(9, 10)).unwrap();
    edit(&mut theirs, nest(limits::GROUPS - 1, 0)).unwrap();
    let merge = merge(&base, &ours, &theirs);
    assert!(merge.difference().is_empty());
    let [conflict] = merge.conflicts() else {
        panic!("one conflict: {:?}", merge.conflicts());
    };
    let ConflictKind::Cycle { cycle } = &conflict.kind else {
        panic!("a cycle: {conflict}");
    };
    assert_eq!(cycle.groups().len(), limits::GROUPS);
    assert_eq!(cycle.groups().first(), Some(&group("g31999")));
    assert!(
        conflict
            .to_string()
            .contains("; ours: group `g10` is now in group `g9`; theirs: group `g0` is")
    );
}

#[test]
fn a_plan_for_32_000_new_groups_is_made_in_one_go() {
    let (old, new) = (DirectoryBuilder::new().finish(), chain("g", 9));
    let plan = compare(&old, &new).plan(&old, &Rules::default());
    assert!(plan.leftovers().is_empty());
    assert_eq!(plan.changes().len(), limits::GROUPS + limits::GROUPS - 2);
}

#[test]
fn groups_that_are_all_called_otherwise_are_new_groups() {
    let difference = compare(&chain("g", 9), &chain("h", 9));
    assert!(difference.len() > limits::GROUPS);
}
