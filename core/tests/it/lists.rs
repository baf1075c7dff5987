//! Lists of changes: whole or not at all, and taken back.

use guichet_core::{Actor, Change, Options, Rules, StaleReversal};

use crate::changes::{members, office};
use crate::support::{dump, group, user, users_of};

#[test]
fn a_refused_list_says_which_change_and_leaves_no_trace() {
    let mut directory = office();
    let before = dump(&directory);
    let list = [
        Change::DeleteUser { user: user("Ann") },
        members("QA", &["Bob"], &["All"]),
        members("Devs", &[], &["QA"]),
    ];
    let refused = directory.apply(&list, &Rules::default()).unwrap_err();
    assert_eq!(refused.index(), 2);
    assert_eq!(
        refused.to_string(),
        "the groups would contain each other: `Devs` contains `QA`, `QA` contains `All`, `All` contains `Devs`"
    );
    assert_eq!(dump(&directory), before);
}

#[test]
fn a_default_name_that_a_list_frees_is_given_again_in_it() {
    let list = [
        Change::AddUser {
            name: None,
            startup_method: None,
            groups: Vec::new(),
        },
        Change::DeleteUser {
            user: user("New user1"),
        },
        Change::DuplicateUser {
            user: user("Ann"),
            name: None,
        },
        Change::RenameUser {
            user: user("New user1"),
            name: user("Eve"),
        },
        Change::DuplicateUser {
            user: user("Eve"),
            name: None,
        },
        Change::DuplicateGroup {
            group: group("QA"),
            name: None,
        },
        Change::RenameGroup {
            group: group("New group1"),
            name: group("Sales"),
        },
        Change::DuplicateGroup {
            group: group("Sales"),
            name: None,
        },
    ];
    let mut directory = office();
    assert!(directory.apply(&list, &Rules::default()).is_ok());
    let users: Vec<&str> = directory
        .users()
        .skip(5)
        .map(|(_, user)| user.name().as_str())
        .collect();
    assert_eq!(users, ["Eve", "New user1"]);
    let groups: Vec<&str> = directory
        .groups()
        .skip(3)
        .map(|(_, one)| one.name().as_str())
        .collect();
    assert_eq!(groups, ["Sales", "New group1"]);
}

#[test]
fn a_list_that_changes_nothing_leaves_the_latest_reversal_as_it_is() {
    let mut directory = office();
    let rules = Rules::default();
    let ann = [Change::DeleteUser { user: user("Ann") }];
    let reversal = directory.apply(&ann, &rules).unwrap().reversal;
    let nothing = directory
        .apply(&[members("Devs", &["Bob"], &[])], &rules)
        .unwrap();
    assert_eq!(nothing.events, []);
    assert_eq!(directory.revert(reversal), Ok(()));
    assert_eq!(users_of(&directory, "Devs"), ["Ann", "Bob"]);
}

#[test]
fn only_the_latest_changes_can_be_taken_back() {
    let mut directory = office();
    let rules = Rules::new(Actor::Designer, Options::default());
    let ann = [Change::DeleteUser { user: user("Ann") }];
    let bob = [Change::DeleteUser { user: user("Bob") }];
    let first = directory.apply(&ann, &rules).unwrap().reversal;
    let mut copy = directory.clone();
    let second = directory.apply(&bob, &rules).unwrap().reversal;
    let before = dump(&directory);
    assert_eq!(directory.revert(first), Err(StaleReversal));
    assert_eq!(dump(&directory), before);

    let other = copy.apply(&bob, &rules).unwrap().reversal;
    assert_eq!(
        directory.revert(other),
        Err(StaleReversal),
        "another line of history"
    );
    assert_eq!(directory.revert(second), Ok(()));
    assert_eq!(users_of(&directory, "Devs"), ["Bob"]);
}

#[test]
fn a_handle_that_was_taken_back_is_never_somebody_elses() {
    let add = |name: &str| Change::AddUser {
        name: Some(user(name)),
        startup_method: None,
        groups: Vec::new(),
    };
    let mut directory = office();
    let applied = directory.apply(&[add("Zed")], &Rules::default()).unwrap();
    let zed = directory.find_user("Zed").unwrap();
    let number = directory.user_id(zed);
    directory.revert(applied.reversal).unwrap();
    assert_eq!(directory.user(zed), None);
    drop(directory.apply(&[add("Yan")], &Rules::default()).unwrap());
    let yan = directory.find_user("Yan").unwrap();
    assert_ne!(yan, zed, "whoever kept Zed's handle does not mean Yan");
    assert_eq!(directory.user(zed), None);
    assert_eq!(directory.user_id(yan), number, "numbers are positions");
    assert!(directory.is_sound());
}
