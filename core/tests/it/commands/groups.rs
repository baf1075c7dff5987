//! The commands about groups.

use guichet_core::Actor;
use guichet_core::Diagnostic as _;
use guichet_core::commands::{self, ADD, GroupProperties};

use super::{Walk, group_number, group_properties, office, properties, rules, user_number};
use crate::support::{dump, groups_of, users_of};

#[test]
fn statement_43_an_unknown_group_number_gives_empty_properties() {
    let directory = office();
    for number in [15_003, 3, -1] {
        let answer = commands::get_group_properties(&directory, Actor::Designer, number);
        assert_eq!(answer, Ok(GroupProperties::default()));
    }
}

#[test]
fn statement_47_a_group_added_without_members_has_none() {
    let mut directory = office();
    let new = group_properties("QA", None);
    let (number, _) = commands::set_group_properties(&mut directory, &rules(), ADD, &new)
        .unwrap()
        .unwrap();
    assert_eq!(number.get(), 15_003);
    assert_eq!(users_of(&directory, "QA"), [""; 0]);
}

#[test]
fn statement_48_a_number_that_means_nothing_changes_nothing() {
    let mut directory = office();
    let before = dump(&directory);
    let new = group_properties("QA", Some(Vec::new()));
    for number in [-3, 0, 3, 15_003] {
        let answer = commands::set_group_properties(&mut directory, &rules(), number, &new);
        assert!(answer.unwrap().is_none());
    }
    for number in [-3, 0] {
        let answer =
            commands::set_user_properties(&mut directory, &rules(), number, &properties("X"));
        assert!(answer.unwrap().is_none());
    }
    assert_eq!(dump(&directory), before);
}

#[test]
fn the_members_of_a_group_are_replaced_as_a_whole() {
    let mut directory = office();
    let all = group_properties(
        "Everybody",
        Some(vec![
            group_number(15_001),
            user_number(4),
            user_number(99),
            user_number(1),
        ]),
    );
    assert!(commands::set_group_properties(&mut directory, &rules(), 15_002, &all).is_ok());
    assert_eq!(users_of(&directory, "Everybody"), ["Designer", "Bob"]);
    assert_eq!(groups_of(&directory, "Everybody"), ["Devs"]);
    let told = commands::get_group_properties(&directory, Actor::Designer, 15_002).unwrap();
    assert_eq!(told.name, "Everybody");
    assert_eq!(told.owner, 0);
    assert_eq!(
        told.members,
        [user_number(1), user_number(4), group_number(15_001)]
    );
    let everybody = directory.find_group("Everybody").unwrap();
    assert!(
        directory
            .group(everybody)
            .unwrap()
            .missing_users()
            .is_empty()
    );

    let before = dump(&directory);
    let itself = group_properties("Everybody", Some(vec![group_number(15_002)]));
    let answer = commands::set_group_properties(&mut directory, &rules(), 15_002, &itself);
    assert_eq!(answer.unwrap_err().code(), "cycle");
    assert_eq!(dump(&directory), before);

    let none = group_properties("Everybody", Some(Vec::new()));
    assert!(commands::set_group_properties(&mut directory, &rules(), 15_002, &none).is_ok());
    assert!(directory.group(everybody).unwrap().is_empty());
}

#[test]
fn user_in_group_is_effective_and_goes_by_account() {
    let directory = office();
    let walk = Walk(&directory);
    assert!(commands::user_in_group(&directory, &walk, "ann", "Devs"));
    assert!(commands::user_in_group(&directory, &walk, "Ann", "All"));
    assert!(!commands::user_in_group(&directory, &walk, "Bob", "All"));
    assert!(!commands::user_in_group(&directory, &walk, "Nemo", "All"));
    assert!(!commands::user_in_group(&directory, &walk, "Ann", "Nemo"));
}
