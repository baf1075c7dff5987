//! The commands about users.

use guichet_core::Diagnostic as _;
use guichet_core::Options;
use guichet_core::commands::{self, FourDError, NewUserProperties, PasswordArgument};
use guichet_core::{
    Actor, Change, Credential, DirectoryBuilder, GroupId, Mode, PasswordKind, Rules,
};

use super::{office, properties, rules};
use crate::support::{dump, user, users_of};

#[test]
fn the_lists_are_synchronised() {
    let directory = office();
    let users = commands::get_user_list(&directory, Actor::Designer).unwrap();
    let names: Vec<&str> = users.names.iter().map(AsRef::as_ref).collect();
    assert_eq!(names, ["Designer", "Administrator", "Ann", "Bob"]);
    let numbers: Vec<_> = users.numbers.iter().map(|number| number.get()).collect();
    assert_eq!(numbers, [1, 2, 3, 4]);
    let groups = commands::get_group_list(&directory, Actor::Administrator).unwrap();
    let names: Vec<&str> = groups.names.iter().map(AsRef::as_ref).collect();
    assert_eq!(names, ["Devs", "All"]);
    let numbers: Vec<_> = groups.numbers.iter().map(|number| number.get()).collect();
    assert_eq!(numbers, [15_001, 15_002]);
}

#[test]
fn reading_accounts_is_for_the_designer_and_the_administrator() {
    let directory = office();
    let ann = Actor::from_user(
        &directory,
        Mode::Server,
        directory.find_user("Ann").unwrap(),
    );
    let refused = FourDError::NotEnoughPrivilege;
    assert_eq!(
        commands::get_user_list(&directory, ann),
        Err(refused.clone())
    );
    assert_eq!(
        commands::get_group_list(&directory, ann),
        Err(refused.clone())
    );
    assert_eq!(
        commands::get_user_properties(&directory, ann, 3),
        Err(refused.clone())
    );
    assert_eq!(
        commands::get_group_properties(&directory, ann, 15_001),
        Err(refused.clone())
    );
    assert_eq!(
        commands::is_user_deleted(&directory, ann, 3),
        Err(refused.clone())
    );
    assert_eq!(refused.number(), Some(-9991));
}

#[test]
fn statement_42_an_unknown_user_number_is_an_error_and_counts_as_deleted() {
    let directory = office();
    for number in [5, 0, -1, 15_001, i32::MIN] {
        let answer = commands::get_user_properties(&directory, Actor::Designer, number);
        assert_eq!(answer.unwrap_err().number(), Some(-9979));
        assert_eq!(
            commands::is_user_deleted(&directory, Actor::Designer, number),
            Ok(true)
        );
    }
    assert_eq!(
        commands::is_user_deleted(&directory, Actor::Designer, 4),
        Ok(false)
    );
}

#[test]
fn statement_44_a_new_user_may_not_have_a_name_that_exists() {
    let mut directory = office();
    let before = dump(&directory);
    for number in [-1, -2, 4] {
        let twin = properties("ANN");
        let answer = commands::set_user_properties(&mut directory, &rules(), number, &twin);
        assert_eq!(answer.unwrap_err().number(), Some(-9979));
        assert_eq!(dump(&directory), before);
    }
}

#[test]
fn statement_45_a_star_keeps_the_stored_password_byte_for_byte() {
    let mut directory = office();
    let ann = directory.find_user("Ann").unwrap();
    let keep = properties("Ann Lee");
    assert!(commands::set_user_properties(&mut directory, &rules(), 3, &keep).is_ok());
    let stored = directory.user(ann).unwrap().credential().unwrap();
    assert_eq!(stored.expose_stored_text(), "r0z/2g0H3wUsWfuzy66adw==");

    let remove = NewUserProperties {
        password: PasswordArgument::Remove,
        ..keep.clone()
    };
    assert!(commands::set_user_properties(&mut directory, &rules(), 3, &remove).is_ok());
    assert_eq!(directory.user(ann).unwrap().password(), PasswordKind::None);
    let set = NewUserProperties {
        password: PasswordArgument::Set(Credential::from_stored("another")),
        ..keep
    };
    assert!(commands::set_user_properties(&mut directory, &rules(), 3, &set).is_ok());
    assert_eq!(
        directory.user(ann).unwrap().password(),
        PasswordKind::Unknown
    );
}

#[test]
fn statement_46_memberships_left_out_stay_and_an_empty_list_takes_all() {
    let mut directory = office();
    let mut set = |memberships: Option<Vec<u32>>| {
        let numbers = |list: Vec<u32>| {
            list.into_iter()
                .map(|id| GroupId::new(id).unwrap())
                .collect()
        };
        let wanted = NewUserProperties {
            memberships: memberships.map(numbers),
            ..properties("Ann")
        };
        commands::set_user_properties(&mut directory, &rules(), 3, &wanted).unwrap();
        let told = commands::get_user_properties(&directory, Actor::Designer, 3).unwrap();
        told.memberships
            .iter()
            .map(|id| id.get())
            .collect::<Vec<_>>()
    };
    assert_eq!(set(None), [15_001]);
    assert_eq!(set(Some(vec![15_002, 15_099])), [15_002]);
    assert_eq!(set(Some(vec![15_002, 15_001])), [15_001, 15_002]);
    assert_eq!(set(Some(Vec::new())), [0; 0]);
}

#[test]
fn statement_49_a_project_keeps_no_login_counts_and_tells_no_password() {
    let told = commands::get_user_properties(&office(), Actor::Designer, 3).unwrap();
    assert_eq!(told.name.as_str(), "Ann");
    assert_eq!(told.startup, "Start");
    assert_eq!((told.login_count, told.group_owner), (0, 0));
    assert_eq!((told.last_login, told.password), ("", ""));
    assert_eq!(told.memberships, [GroupId::new(15_001).unwrap()]);
}

#[test]
fn a_new_user_is_added_with_its_groups() {
    let mut directory = office();
    let new = NewUserProperties {
        memberships: Some(vec![GroupId::new(15_002).unwrap()]),
        password: PasswordArgument::Set(Credential::from_stored("a digest")),
        ..properties("Zoë")
    };
    let (number, applied) = commands::set_user_properties(&mut directory, &rules(), -1, &new)
        .unwrap()
        .unwrap();
    assert_eq!(number.get(), 5);
    assert_eq!(applied.events.len(), 3);
    assert_eq!(users_of(&directory, "All"), ["Designer", "Zoë"]);
}

#[test]
fn deleting_goes_by_number() {
    let mut directory = office();
    assert!(commands::delete_user(&mut directory, &rules(), 3).is_ok());
    assert_eq!(directory.find_user("Ann"), None);
    let gone = commands::delete_user(&mut directory, &rules(), 4).unwrap_err();
    assert_eq!(gone.number(), Some(-9979), "Bob is number 3 now");
    let built_in = commands::delete_user(&mut directory, &rules(), 1).unwrap_err();
    assert_eq!(built_in.code(), "built-in");
    let bob = Actor::User(directory.find_user("Bob").unwrap());
    let refused = commands::delete_user(&mut directory, &Rules::new(bob, Options::default()), 99);
    assert_eq!(refused.unwrap_err().number(), Some(-9991));
}

#[test]
fn the_default_user_is_0_when_there_is_none() {
    let mut directory = office();
    assert_eq!(commands::get_default_user(&directory), 0);
    let bob = Change::SetDefaultUser {
        user: Some(user("Bob")),
    };
    assert!(directory.apply(&[bob], &rules()).is_ok());
    assert_eq!(commands::get_default_user(&directory), 4);
}

#[test]
fn a_number_whose_name_means_somebody_else_changes_nobody() {
    // The Designer is called as an ordinary user is (decision D8): the name means the Designer.
    let mut builder = DirectoryBuilder::new();
    builder.designer(user("Boss"));
    builder.user(user("Boss"));
    let mut directory = builder.finish();
    let before = dump(&directory);
    let properties = NewUserProperties {
        password: PasswordArgument::Set(Credential::from_stored("another")),
        ..properties("Boss")
    };
    let answer = commands::set_user_properties(&mut directory, &rules(), 3, &properties);
    assert_eq!(answer.unwrap_err().number(), Some(-9979));
    let answer = commands::delete_user(&mut directory, &rules(), 3);
    assert_eq!(answer.unwrap_err().number(), Some(-9979));
    assert_eq!(dump(&directory), before);
    assert!(directory.user_is_meant_by_name(directory.designer()));
}
