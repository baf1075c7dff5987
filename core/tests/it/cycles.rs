//! Cycles of groups: refused, named whole, and found without recursion.

use proptest::prelude::*;

use guichet_core::{
    AdministratorMembership, Change, Directory, DirectoryBuilder, GroupName, Refusal, Rules, limits,
};

use crate::support::{edit, group};

fn nest(container: &str, nested: &str) -> Change {
    Change::AddMembers {
        group: group(container),
        users: Vec::new(),
        groups: vec![group(nested)],
    }
}

fn name(number: usize) -> GroupName {
    GroupName::from_stored(format!("g{number}"))
}

/// As many groups as there may be, each in the one before.
fn chain() -> Directory {
    let mut builder = DirectoryBuilder::new();
    let handles: Vec<_> = (0..limits::GROUPS)
        .map(|number| builder.group(name(number)))
        .collect();
    for (number, handle) in handles.iter().enumerate() {
        if number + 1 < limits::GROUPS {
            builder.members_of(*handle).group(name(number + 1).as_str());
        }
    }
    builder.finish()
}

#[test]
fn a_group_in_itself_is_a_cycle_of_one_edge() {
    let mut builder = DirectoryBuilder::new();
    builder.group(group("A"));
    let refusal = edit(&mut builder.finish(), nest("A", "a")).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "the groups would contain each other: `A` contains `A`"
    );
}

#[test]
fn the_shortest_cycle_is_named_edge_by_edge() {
    let mut builder = DirectoryBuilder::new();
    for name in ["A", "B", "C", "D"] {
        builder.group(group(name));
    }
    let mut directory = builder.finish();
    for (container, nested) in [("B", "C"), ("C", "D"), ("D", "A"), ("C", "A")] {
        edit(&mut directory, nest(container, nested)).unwrap();
    }
    let Err(Refusal::Cycle { cycle }) = edit(&mut directory, nest("A", "B")) else {
        panic!("the cycle is refused");
    };
    let edges: Vec<_> = cycle
        .edges()
        .map(|(from, to)| (from.as_str(), to.as_str()))
        .collect();
    assert_eq!(edges, [("A", "B"), ("B", "C"), ("C", "A")]);
}

#[test]
fn a_chain_of_32_000_groups_may_not_be_closed() {
    let mut directory = chain();
    let last = name(limits::GROUPS - 1);
    let Err(Refusal::Cycle { cycle }) = edit(&mut directory, nest(last.as_str(), "g0")) else {
        panic!("the cycle is refused");
    };
    assert_eq!(cycle.groups().len(), limits::GROUPS);
    assert_eq!(cycle.groups().first(), Some(&last));
    assert!(
        cycle.to_string().ends_with("and so on, 31988 more"),
        "{cycle}"
    );
}

#[test]
fn a_chain_of_32_000_groups_is_built_from_below_in_one_list() {
    let mut list = Vec::new();
    for number in (0..limits::GROUPS).rev() {
        list.push(Change::AddGroup {
            name: Some(name(number)),
            administrator: AdministratorMembership::Outside,
        });
        if number + 1 < limits::GROUPS {
            list.push(nest(name(number).as_str(), name(number + 1).as_str()));
        }
    }
    let mut directory = DirectoryBuilder::new().finish();
    assert!(directory.apply(&list, &Rules::default()).is_ok());
    assert!(directory.is_sound());
}

#[test]
fn a_cycle_of_a_file_can_be_edited_around_and_broken() {
    let mut builder = DirectoryBuilder::new();
    for name in ["A", "B"] {
        builder.group(group(name));
    }
    let (a, b) = (
        builder.as_directory().find_group("A").unwrap(),
        builder.as_directory().find_group("B").unwrap(),
    );
    builder.members_of(a).group("B");
    builder.members_of(b).group("A");
    let mut directory = builder.finish();
    assert_eq!(
        edit(&mut directory, nest("A", "B")),
        Ok(Vec::new()),
        "it is there already"
    );
    let out = Change::RemoveMembers {
        group: group("B"),
        users: Vec::new(),
        groups: vec![group("A")],
    };
    edit(&mut directory, out).unwrap();
    assert!(matches!(
        edit(&mut directory, nest("B", "A")),
        Err(Refusal::Cycle { .. })
    ));
}

#[test]
fn a_group_that_left_one_of_two_containers_is_still_in_the_other() {
    let mut builder = DirectoryBuilder::new();
    for name in ["A", "B", "C", "Inner", "Leaf"] {
        builder.group(group(name));
    }
    // More placements of a group with groups than are searched directly.
    let mut list = vec![nest("Inner", "Leaf")];
    for number in 0..20 {
        builder.group(name(number));
        list.push(nest(name(number).as_str(), "Inner"));
    }
    list.extend([nest("B", "A"), nest("C", "A")]);
    list.push(Change::RemoveMembers {
        group: group("B"),
        users: Vec::new(),
        groups: vec![group("A")],
    });
    list.push(nest("A", "C"));
    let mut directory = builder.finish();
    let refused = directory.apply(&list, &Rules::default()).unwrap_err();
    assert_eq!(refused.index(), list.len() - 1);
    assert_eq!(
        refused.to_string(),
        "the groups would contain each other: `A` contains `C`, `C` contains `A`"
    );
}

proptest! {
    #[test]
    fn a_long_list_finds_the_cycles_that_its_changes_find_one_by_one(
        edges in prop::collection::vec((0..9_usize, 0..9_usize, prop::bool::weighted(0.8)), 0..60),
    ) {
        let mut builder = DirectoryBuilder::new();
        for number in 0..9 {
            builder.group(name(number));
        }
        let start = builder.finish();
        let mut one_by_one = start.clone();
        let mut accepted = Vec::new();
        for (container, nested, placed) in edges {
            let groups = vec![name(nested)];
            let change = if placed {
                Change::AddMembers { group: name(container), users: Vec::new(), groups }
            } else {
                Change::RemoveMembers { group: name(container), users: Vec::new(), groups }
            };
            let Err(refusal) = edit(&mut one_by_one, change.clone()) else {
                accepted.push(change);
                continue;
            };
            let list = [accepted.as_slice(), &[change]].concat();
            let refused = start.clone().apply(&list, &Rules::default()).unwrap_err();
            prop_assert_eq!((refused.index(), refused.refusal()), (accepted.len(), &refusal));
        }
        prop_assert!(start.clone().apply(&accepted, &Rules::default()).is_ok());
    }
}
