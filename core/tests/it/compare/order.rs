//! Order: what compares as nothing, and what is nothing but another order.

use proptest::prelude::*;

use guichet_core::{Directory, DirectoryBuilder, UserKind, compare, order_only, same_in_order};

use crate::model::generator::draft;
use crate::support::setting_text;

/// Sorts things by the number that a place has.
fn in_order<T>(items: impl Iterator<Item = T>, place: impl Fn(usize) -> u64) -> Vec<T> {
    let mut items: Vec<(u64, T)> = items
        .enumerate()
        .map(|(index, item)| (place(index), item))
        .collect();
    items.sort_by_key(|(place, _)| *place);
    items.into_iter().map(|(_, item)| item).collect()
}

/// A directory built anew, its users, groups and members in the order of random numbers. Of twins
/// by case only the first is built, since their order decides which one a name means.
fn rebuilt(directory: &Directory, numbers: Option<&[u64]>) -> Directory {
    let place =
        |index: usize| numbers.map_or(index as u64, |numbers| numbers[index % numbers.len()]);
    let mut builder = DirectoryBuilder::new();
    let ordinary = directory.users().filter(|(handle, user)| {
        user.kind() == UserKind::User && directory.find_user(user.name().as_str()) == Some(*handle)
    });
    for (_, user) in in_order(ordinary, place) {
        if builder
            .as_directory()
            .find_user(user.name().as_str())
            .is_none()
        {
            let handle = builder.user(user.name().clone());
            if let Some(method) = user.startup_method() {
                builder.startup_method(handle, method.clone());
            }
        }
    }
    for (_, group) in in_order(directory.groups(), place) {
        if builder
            .as_directory()
            .find_group(group.name().as_str())
            .is_none()
        {
            builder.group(group.name().clone());
        }
    }
    for (_, group) in directory.groups() {
        let handle = builder
            .as_directory()
            .find_group(group.name().as_str())
            .unwrap();
        let mut members = builder.members_of(handle);
        for user in in_order(group.users().iter(), place) {
            members.user(directory.user(*user).unwrap().name().as_str());
        }
        for nested in in_order(group.groups().iter(), place) {
            members.group(directory.group(*nested).unwrap().name().as_str());
        }
    }
    let grants = directory.grants();
    for area in grants.areas() {
        let grantee = directory.grantee_by_name(grants.area(&area).unwrap());
        builder.grant_area(&area, &grantee);
    }
    for grant in grants.plugins() {
        builder.grant_plugin(grant.plugin(), &directory.grantee_by_name(grant.grantee()));
    }
    builder.default_user(&setting_text(
        directory,
        directory.settings().default_user(),
    ));
    builder.finish()
}

/// The names as they stand, one after the other.
fn sequence(directory: &Directory) -> Vec<String> {
    let mut names: Vec<String> = directory
        .users()
        .map(|(_, user)| user.name().to_string())
        .collect();
    for (_, group) in directory.groups() {
        names.push(group.name().to_string());
        let users = group
            .users()
            .iter()
            .map(|user| directory.user(*user).unwrap().name().to_string());
        names.extend(users);
        let nested = group.groups().iter();
        names.extend(nested.map(|nested| directory.group(*nested).unwrap().name().to_string()));
    }
    names
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn another_order_is_no_difference(
        draft in draft(),
        numbers in prop::collection::vec(any::<u64>(), 8),
    ) {
        let directory = rebuilt(&draft.directory(), None);
        // Twins by case among the drafts may resolve otherwise once; from here on there are none.
        let reordered = rebuilt(&directory, Some(&numbers));
        let difference = compare(&directory, &reordered);
        prop_assert!(difference.is_empty(), "{}", difference.canonical());
        let moved = sequence(&directory) != sequence(&reordered);
        prop_assert_eq!(order_only(&directory, &reordered), moved);
        prop_assert!(moved || same_in_order(&directory, &reordered));
    }

    #[test]
    fn the_order_of_a_difference_hangs_on_names_alone(
        old in draft(),
        new in draft(),
        numbers in prop::collection::vec(any::<u64>(), 8),
    ) {
        let (old, new) = (rebuilt(&old.directory(), None), rebuilt(&new.directory(), None));
        let text = compare(&old, &new).canonical();
        let (old, new) = (rebuilt(&old, Some(&numbers)), rebuilt(&new, Some(&numbers)));
        prop_assert_eq!(compare(&old, &new).canonical(), text);
    }

    #[test]
    fn what_differs_is_no_reordering(old in draft(), new in draft()) {
        let (old, new) = (old.directory(), new.directory());
        if order_only(&old, &new) {
            prop_assert!(compare(&old, &new).is_empty());
            prop_assert!(order_only(&new, &old));
        }
        prop_assert!(!order_only(&old, &old.clone()));
    }

    #[test]
    fn what_is_the_same_in_order_differs_in_nothing(old in draft(), new in draft()) {
        let (old, new) = (old.directory(), new.directory());
        prop_assert!(same_in_order(&old, &old.clone()));
        if same_in_order(&old, &new) {
            prop_assert!(compare(&old, &new).is_empty());
            prop_assert!(same_in_order(&new, &old));
        }
    }

    #[test]
    fn the_difference_the_other_way_has_as_many_deltas(old in draft(), new in draft()) {
        let (old, new) = (old.directory(), new.directory());
        prop_assert_eq!(compare(&old, &new).len(), compare(&new, &old).len());
    }
}
