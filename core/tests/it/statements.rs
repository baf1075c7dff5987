//! What 4D's documentation says of editing: the numbered statements of the specification.

use guichet_core::Diagnostic as _;
use guichet_core::{
    AdministratorMembership, Change, DirectoryBuilder, Grantee, GroupId, GroupName, MethodName,
    PluginKey, Reference, Refusal, UserId, WebSide, limits,
};

use crate::support::{edit, group, groups_of, user, users_of};

fn add_user(name: Option<&str>) -> Change {
    Change::AddUser {
        name: name.map(user),
        startup_method: None,
        groups: Vec::new(),
    }
}

fn add_group(name: Option<&str>) -> Change {
    Change::AddGroup {
        name: name.map(group),
        administrator: AdministratorMembership::Member,
    }
}

#[test]
fn statement_02_a_renamed_designer_is_still_number_1() {
    let mut directory = DirectoryBuilder::new().finish();
    let rename = Change::RenameUser {
        user: user("Designer"),
        name: user("Boss"),
    };
    edit(&mut directory, rename).unwrap();
    let boss = directory.find_user("Boss").unwrap();
    assert_eq!(directory.user_id(boss), Some(UserId::DESIGNER));
    assert_eq!(directory.find_user("Designer"), None);
}

#[test]
fn statement_10_the_administrator_is_in_every_new_group() {
    let mut directory = DirectoryBuilder::new().finish();
    edit(&mut directory, add_group(Some("Devs"))).unwrap();
    assert_eq!(users_of(&directory, "Devs"), ["Administrator"]);
}

#[test]
fn statement_11_the_administrator_stays_out_of_a_group_that_it_left() {
    let mut directory = DirectoryBuilder::new().finish();
    edit(&mut directory, add_group(Some("Devs"))).unwrap();
    let leave = Change::RemoveMembers {
        group: group("Devs"),
        users: vec![user("Administrator")],
        groups: Vec::new(),
    };
    edit(&mut directory, leave).unwrap();
    let rename = Change::RenameGroup {
        group: group("Devs"),
        name: group("Makers"),
    };
    edit(&mut directory, rename).unwrap();
    assert_eq!(users_of(&directory, "Makers"), [""; 0]);
}

#[test]
fn statement_15_a_new_group_name_has_at_most_15_characters() {
    let mut builder = DirectoryBuilder::new();
    builder.group(GroupName::from_stored("A name of more than 15"));
    let mut directory = builder.finish();
    let longest = "é".repeat(15);
    edit(&mut directory, add_group(Some(&longest))).unwrap();
    let refusal = edit(&mut directory, add_group(Some(&"a".repeat(16)))).unwrap_err();
    assert_eq!(refusal.code(), "name-too-long");
    let long = Change::EmptyGroup {
        group: group("A name of more than 15"),
    };
    assert_eq!(edit(&mut directory, long), Ok(Vec::new()));
}

#[test]
fn statement_16_a_group_is_emptied_never_deleted() {
    let mut builder = DirectoryBuilder::new();
    let devs = builder.group(group("Devs"));
    builder.group(group("QA"));
    let mut members = builder.members_of(devs);
    members.user("Designer");
    members.user("gone long ago");
    members.group("QA");
    members.group("no group");
    let mut directory = builder.finish();

    let refusal = Refusal::GroupDeletion {
        name: group("Devs"),
    };
    assert_eq!(refusal.code(), "group-deletion");
    assert!(refusal.help().unwrap().contains("Remove its members"));

    let group = group("Devs");
    edit(&mut directory, Change::EmptyGroup { group }).unwrap();
    assert!(directory.group(devs).unwrap().is_empty());
}

#[test]
fn statement_17_the_number_of_a_deleted_user_is_given_again() {
    let mut directory = DirectoryBuilder::new().finish();
    edit(&mut directory, add_user(Some("Ann"))).unwrap();
    let ann = directory.find_user("Ann").unwrap();
    let number = directory.user_id(ann);
    edit(&mut directory, Change::DeleteUser { user: user("Ann") }).unwrap();
    edit(&mut directory, add_user(Some("Bob"))).unwrap();
    let bob = directory.find_user("Bob").unwrap();
    assert_eq!(directory.user_id(bob), number);
    assert_ne!(bob, ann, "a handle is never given again");
    assert_eq!(directory.user(ann), None);
}

#[test]
fn statement_18_adding_twice_gives_two_default_names() {
    let mut directory = DirectoryBuilder::new().finish();
    for _ in 0..3 {
        edit(&mut directory, add_user(None)).unwrap();
        edit(&mut directory, add_group(None)).unwrap();
    }
    let user = user("New user2");
    edit(&mut directory, Change::DeleteUser { user }).unwrap();
    edit(&mut directory, add_user(None)).unwrap();
    edit(&mut directory, add_user(None)).unwrap();
    let users: Vec<_> = directory
        .users()
        .skip(2)
        .map(|(_, user)| user.name().as_str())
        .collect();
    assert_eq!(users, ["New user1", "New user3", "New user2", "New user4"]);
    let groups: Vec<_> = directory
        .groups()
        .map(|(_, group)| group.name().as_str())
        .collect();
    assert_eq!(groups, ["New group1", "New group2", "New group3"]);
}

#[test]
fn statement_19_a_duplicate_has_the_same_characteristics_and_another_name() {
    let mut builder = DirectoryBuilder::new();
    let ann = builder.user(user("Ann"));
    builder.startup_method(ann, MethodName::from_stored("Start"));
    builder.credential(ann, guichet_core::Credential::from_stored("a digest"));
    for name in ["Devs", "QA", "Sales"] {
        let group = builder.group(group(name));
        if name != "QA" {
            builder.members_of(group).user("Ann");
        }
    }
    let mut directory = builder.finish();
    let duplicate = Change::DuplicateUser {
        user: user("Ann"),
        name: None,
    };
    edit(&mut directory, duplicate).unwrap();
    let copy = directory
        .user(directory.find_user("New user1").unwrap())
        .unwrap();
    assert_eq!(copy.startup_method().unwrap().as_str(), "Start");
    assert_eq!(copy.credential(), None);
    assert_eq!(users_of(&directory, "Devs"), ["Ann", "New user1"]);
    assert_eq!(users_of(&directory, "QA"), [""; 0]);
    assert_eq!(users_of(&directory, "Sales"), ["Ann", "New user1"]);
}

#[test]
fn statement_28_granting_a_plug_in_takes_it_from_the_group_that_had_it() {
    let mut directory = DirectoryBuilder::new().finish();
    edit(&mut directory, add_group(Some("One"))).unwrap();
    edit(&mut directory, add_group(Some("Two"))).unwrap();
    let write = PluginKey::from_stored("write");
    for name in ["One", "Two"] {
        let grant = Change::GrantPlugin {
            plugin: write.clone(),
            grantee: Grantee::Group(group(name)),
        };
        edit(&mut directory, grant).unwrap();
    }
    let grantee = directory.grantee_by_name(directory.grants().plugin(&write));
    assert_eq!(grantee, Grantee::Group(group("Two")));
}

#[test]
fn statement_37_as_many_users_as_the_designer_and_the_administrator_may_create_together() {
    let mut directory = DirectoryBuilder::new().finish();
    let all: Vec<Change> = (0..limits::USERS).map(|_| add_user(None)).collect();
    let rules = guichet_core::Rules::default();
    assert!(directory.apply(&all, &rules).is_ok());
    assert_eq!(
        edit(&mut directory, add_user(None)),
        Err(Refusal::TooManyUsers)
    );

    let mut builder = DirectoryBuilder::new();
    for number in 0..limits::GROUPS {
        builder.group(GroupName::from_stored(format!("group {number}")));
    }
    let mut directory = builder.finish();
    assert_eq!(
        edit(&mut directory, add_group(None)),
        Err(Refusal::TooManyGroups)
    );
}

#[test]
fn groups_are_numbered_from_15001_in_the_order_of_the_file() {
    let mut directory = DirectoryBuilder::new().finish();
    for name in ["b", "a", "c"] {
        edit(&mut directory, add_group(Some(name))).unwrap();
    }
    for (name, number) in [("b", 15_001), ("a", 15_002), ("c", 15_003)] {
        let group = directory.find_group(name).unwrap();
        assert_eq!(directory.group_id(group).map(GroupId::get), Some(number));
    }
}

#[test]
fn statement_51_deleting_a_user_shifts_the_numbers_after_it() {
    let mut directory = DirectoryBuilder::new().finish();
    edit(&mut directory, add_user(Some("A"))).unwrap();
    edit(&mut directory, add_user(Some("B"))).unwrap();
    let b = directory.find_user("B").unwrap();
    assert_eq!(directory.user_id(b).map(UserId::get), Some(4));
    edit(&mut directory, Change::DeleteUser { user: user("A") }).unwrap();
    assert_eq!(directory.user_id(b).map(UserId::get), Some(3));
    assert_eq!(directory.user_by_id(UserId::new(3).unwrap()), Some(b));
}

#[test]
fn statement_71_a_group_may_hold_several_plug_ins() {
    let mut directory = DirectoryBuilder::new().finish();
    edit(&mut directory, add_group(Some("Devs"))).unwrap();
    let keys = ["write", "view", "odbcPro"].map(PluginKey::from_stored);
    for plugin in keys.clone() {
        let grantee = Grantee::Group(group("Devs"));
        edit(&mut directory, Change::GrantPlugin { plugin, grantee }).unwrap();
    }
    for key in &keys {
        let grantee = directory.grantee_by_name(directory.grants().plugin(key));
        assert_eq!(grantee, Grantee::Group(group("Devs")));
    }
}

#[test]
fn renaming_the_designer_keeps_its_memberships_and_settings() {
    let mut builder = DirectoryBuilder::new();
    builder.designer(user("Old boss"));
    let devs = builder.group(group("Devs"));
    builder.members_of(devs).user("Old boss");
    let mut directory = builder.finish();
    let rename = Change::RenameUser {
        user: user("old BOSS"),
        name: user("New boss"),
    };
    edit(&mut directory, rename).unwrap();
    assert_eq!(users_of(&directory, "Devs"), ["New boss"]);
    for side in WebSide::ALL {
        let web_user = directory
            .settings()
            .web_user(side)
            .as_ref()
            .and_then(Reference::known)
            .copied();
        assert_eq!(web_user, Some(directory.designer()));
    }
}

#[test]
fn statement_78_a_user_and_a_group_may_have_the_same_name() {
    let mut directory = DirectoryBuilder::new().finish();
    edit(&mut directory, add_user(Some("Sales"))).unwrap();
    edit(&mut directory, add_group(Some("Sales"))).unwrap();
    edit(&mut directory, add_group(Some("All"))).unwrap();
    let both = Change::AddMembers {
        group: group("All"),
        users: vec![user("Sales")],
        groups: vec![group("Sales")],
    };
    edit(&mut directory, both).unwrap();
    assert_eq!(users_of(&directory, "All"), ["Administrator", "Sales"]);
    assert_eq!(groups_of(&directory, "All"), ["Sales"]);
}
