//! Laws of the closure on random hierarchies, cycles included.

use guichet_core::{GroupHandle, Membership as _, UserHandle};
use guichet_policy::Closure;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::support::model::Model;
use crate::support::sketch::{Built, Sketch, sketches};
use crate::support::{group_names, sorted, user_names};

fn handles<H: Copy>(all: &[H], positions: impl IntoIterator<Item = usize>) -> Vec<H> {
    positions
        .into_iter()
        .map(|position| all[position])
        .collect()
}

/// Every membership of a directory by name.
fn memberships(closure: &Closure) -> Vec<(String, Vec<String>)> {
    let directory = closure.directory();
    let mut all: Vec<_> = (directory.users())
        .map(|(user, account)| {
            let groups = group_names(directory, &closure.groups_of_user(user));
            (account.name().to_string(), sorted(groups))
        })
        .collect();
    all.sort();
    all
}

proptest! {
    #[test]
    fn the_closure_equals_a_naive_search(sketch in sketches()) {
        let model = Model::of(&sketch);
        let Built { directory, users, groups } = sketch.build();
        let closure = Closure::new(directory);
        for (position, user) in users.iter().enumerate() {
            let expected = handles(&groups, model.groups_of(position));
            prop_assert_eq!(closure.groups_of_user(*user), expected);
        }
        for (position, group) in groups.iter().enumerate() {
            let members = model.users[position].iter().copied();
            prop_assert_eq!(closure.users_of_group(*group), handles(&users, members));
            let nested = handles(&groups, model.nested_in(position));
            prop_assert_eq!(closure.nested_groups(*group), nested);
            let containers = handles(&groups, model.containers_of(position));
            prop_assert_eq!(closure.containers(*group), containers);
            for (user_position, user) in users.iter().enumerate() {
                let expected = model.users[position].contains(&user_position);
                prop_assert_eq!(closure.is_member(*user, *group), expected);
            }
        }
    }

    #[test]
    fn a_member_of_a_nested_group_is_a_member_of_its_containers(sketch in sketches()) {
        let Built { directory, users, groups } = sketch.build();
        let closure = Closure::new(directory);
        let related = |user: &UserHandle, group: &GroupHandle| closure.is_member(*user, *group);
        for user in &users {
            for group in groups.iter().filter(|group| related(user, group)) {
                for container in closure.containers(*group) {
                    prop_assert!(closure.is_member(*user, container));
                }
            }
        }
    }

    #[test]
    fn one_more_membership_takes_nothing_from_anybody(
        sketch in sketches(),
        container in any::<Index>(),
        nested in any::<Index>(),
    ) {
        let before = sketch.build();
        let count = sketch.groups.len();
        let mut more = sketch.clone();
        more.group_edges.push((container.index(count), nested.index(count)));
        let after = Closure::new(more.build().directory);
        let before_closure = Closure::new(before.directory);
        for user in &before.users {
            let kept = after.groups_of_user(*user);
            for group in before_closure.groups_of_user(*user) {
                prop_assert!(kept.contains(&group));
            }
        }
    }

    #[test]
    fn placing_effective_members_directly_changes_nothing(sketch in sketches()) {
        let closure = Closure::new(sketch.build().directory);
        let model = Model::of(&sketch);
        let mut direct = sketch.clone();
        for (group, members) in model.users.iter().enumerate() {
            direct.user_edges.extend(members.iter().map(|user| (group, *user)));
        }
        for (group, nested) in model.nested.iter().enumerate() {
            direct.group_edges.extend(nested.iter().map(|nested| (group, *nested)));
        }
        let direct = Closure::new(direct.build().directory);
        prop_assert_eq!(memberships(&direct), memberships(&closure));
    }

    #[test]
    fn the_order_of_a_file_means_nothing(sketch in sketches()) {
        let closure = Closure::new(sketch.build().directory);
        let twin = Closure::new(sketch.reversed().build().directory);
        prop_assert_eq!(memberships(&closure), memberships(&twin));
        for group in &sketch.groups {
            let members = |closure: &Closure| {
                let group = closure.directory().find_group(group).unwrap();
                let nested = group_names(closure.directory(), &closure.nested_groups(group));
                let users = user_names(closure.directory(), &closure.users_of_group(group));
                (sorted(nested), sorted(users))
            };
            prop_assert_eq!(members(&closure), members(&twin));
        }
    }
}

#[test]
fn a_handle_of_another_directory_is_in_nothing_and_holds_nothing() {
    let large = Sketch::sized(5, 5).build();
    let (user, group) = (*large.users.last().unwrap(), *large.groups.last().unwrap());
    let closure = Closure::new(Sketch::sized(1, 1).build().directory);
    assert!(closure.groups_of_user(user).is_empty());
    assert!(closure.users_of_group(group).is_empty());
    assert!(closure.nested_groups(group).is_empty());
    assert!(closure.containers(group).is_empty());
    assert!(!closure.is_member(user, group));
    assert!(closure.all_shortest_paths(user, group).is_empty());
    let (own, snapshot) = (
        closure.directory().groups().next().unwrap().0,
        closure.snapshot(),
    );
    for (container, nested) in [(group, group), (group, own), (own, group)] {
        assert!(!snapshot.is_nested(nested, container));
        assert!(!snapshot.closes_cycle(container, nested));
        assert_eq!(closure.chain_closed_by(container, nested), None);
    }
}
