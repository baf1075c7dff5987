//! The table of who may do what (decision D27).

use guichet_core::Diagnostic as _;
use guichet_core::{
    AccessArea, Act, Actor, AdministratorMembership, Change, Credential, Directory,
    DirectoryBuilder, Grantee, Mode, Options, OwnPassword, PluginKey, Rules,
};

use crate::support::{group, user};

/// Ann and Bob, and a password for the Designer.
fn office() -> Directory {
    let mut builder = DirectoryBuilder::new();
    builder.user(user("Ann"));
    builder.user(user("Bob"));
    builder.group(group("Devs"));
    let designer = builder.as_directory().designer();
    builder.credential(designer, Credential::from_stored("a digest"));
    builder.finish()
}

fn actor(directory: &Directory, name: &str) -> Actor {
    directory.find_user(name).map_or(Actor::Nobody, |user| {
        Actor::from_user(directory, Mode::Server, user)
    })
}

fn password_of(name: &str) -> Change {
    Change::SetPassword {
        user: user(name),
        credential: None,
    }
}

#[track_caller]
fn check(who: &str, change: Change, own_password: OwnPassword, expected: Result<(), &'static str>) {
    let mut directory = office();
    let options = Options {
        own_password,
        ..Options::default()
    };
    let rules = Rules::new(actor(&directory, who), options);
    let answer = directory.apply(&[change], &rules);
    assert_eq!(answer.map(drop).map_err(|refused| refused.code()), expected);
}

#[test]
fn the_table() {
    let columns = [Actor::Designer, Actor::Administrator, ann(), Actor::Nobody];
    let allowed = |act: Act| columns.map(|actor| act.allowed_to(actor, &Options::default()));
    for (act, row) in [
        (Act::CreateUser, [true, true, false, false]),
        (Act::EditDesigner, [true, false, false, false]),
        (Act::EditUser, [true, true, false, false]),
        (Act::ChangeOwnPassword, [true, true, true, false]),
        (Act::EditGroup, [true, true, false, false]),
        (Act::EditMembership, [true, true, false, false]),
        (Act::GrantPlugin, [true, true, false, false]),
        (Act::GrantArea, [true, false, false, false]),
        (Act::EditSettings, [true, false, false, false]),
        (Act::DeleteGroup, [true, false, false, false]),
        (Act::Reformat, [true, true, false, false]),
        (Act::ChangeUnread, [true, false, false, false]),
    ] {
        assert_eq!(allowed(act), row, "{act}");
    }
    assert_eq!(Act::ALL.len(), 12);
}

fn ann() -> Actor {
    actor(&office(), "Ann")
}

#[test]
fn statement_06_the_administrator_may_not_edit_the_designer() {
    let rename = Change::RenameUser {
        user: user("Designer"),
        name: user("Boss"),
    };
    check(
        "Administrator",
        rename,
        OwnPassword::Changeable,
        Err("not-allowed"),
    );
    check(
        "Administrator",
        password_of("Designer"),
        OwnPassword::Changeable,
        Err("not-allowed"),
    );
    check(
        "Designer",
        password_of("Designer"),
        OwnPassword::Changeable,
        Ok(()),
    );
}

#[test]
fn statement_07_the_administrator_may_create_users_and_groups() {
    let add_user = Change::AddUser {
        name: None,
        startup_method: None,
        groups: vec![group("Devs")],
    };
    let add_group = Change::AddGroup {
        name: None,
        administrator: AdministratorMembership::Member,
    };
    check(
        "Administrator",
        add_user.clone(),
        OwnPassword::Changeable,
        Ok(()),
    );
    check("Administrator", add_group, OwnPassword::Changeable, Ok(()));
    check("Ann", add_user, OwnPassword::Changeable, Err("not-allowed"));
}

#[test]
fn an_account_is_the_own_one_of_who_has_it() {
    let directory = office();
    let names = ["Designer", "Administrator", "Ann", "nobody"];
    let accounts = ["Designer", "Administrator", "Ann", "Bob"];
    let owned = names.map(|name| {
        let actor = actor(&directory, name);
        accounts.map(|account| actor.owns(directory.find_user(account).unwrap()))
    });
    assert_eq!(
        owned,
        [
            [true, false, false, false],
            [false, true, false, false],
            [false, false, true, false],
            [false; 4],
        ]
    );
}

#[test]
fn the_settings_dialog_is_the_designers() {
    let design = Change::GrantArea {
        area: AccessArea::Design,
        grantee: Grantee::Nobody,
    };
    let default_user = Change::SetDefaultUser { user: None };
    check(
        "Administrator",
        design.clone(),
        OwnPassword::Changeable,
        Err("not-allowed"),
    );
    check(
        "Administrator",
        default_user,
        OwnPassword::Changeable,
        Err("not-allowed"),
    );
    check("Designer", design, OwnPassword::Changeable, Ok(()));
}

#[test]
fn ones_own_password_is_a_matter_of_policy() {
    check("Ann", password_of("ann"), OwnPassword::Changeable, Ok(()));
    check(
        "Ann",
        password_of("Ann"),
        OwnPassword::Fixed,
        Err("not-allowed"),
    );
    check(
        "Ann",
        password_of("Bob"),
        OwnPassword::Changeable,
        Err("not-allowed"),
    );
    check(
        "Administrator",
        password_of("Administrator"),
        OwnPassword::Fixed,
        Ok(()),
    );
    check(
        "Administrator",
        password_of("Ann"),
        OwnPassword::Fixed,
        Ok(()),
    );
}

#[test]
fn who_may_not_ask_does_not_learn_what_exists() {
    let nemo = || Change::DeleteUser { user: user("Nemo") };
    check("Ann", nemo(), OwnPassword::Changeable, Err("not-allowed"));
    check(
        "nobody at all",
        nemo(),
        OwnPassword::Changeable,
        Err("not-allowed"),
    );
    check(
        "Administrator",
        nemo(),
        OwnPassword::Changeable,
        Err("unknown-user"),
    );
}

#[test]
fn statement_41_in_a_project_the_administrator_deletes_any_ordinary_user() {
    // The statement is about binary databases, which record who made a user; a project does not.
    let ann = Change::DeleteUser { user: user("Ann") };
    check("Administrator", ann, OwnPassword::Changeable, Ok(()));
    let designer = Change::DeleteUser {
        user: user("Designer"),
    };
    check(
        "Administrator",
        designer,
        OwnPassword::Changeable,
        Err("not-allowed"),
    );
}

#[test]
fn while_the_designer_has_no_password_everybody_acts_as_the_designer() {
    let mut directory = office();
    let remove = password_of("Designer");
    assert!(directory.apply(&[remove], &Rules::default()).is_ok());
    assert_eq!(actor(&directory, "Ann"), Actor::Designer);
    assert_eq!(actor(&directory, "Administrator"), Actor::Designer);
    let bob = directory.find_user("Bob").unwrap();
    let delete = Change::DeleteUser { user: user("Bob") };
    assert!(directory.apply(&[delete], &Rules::default()).is_ok());
    let on_a_server = Actor::from_user(&directory, Mode::Server, bob);
    assert_eq!(on_a_server, Actor::Nobody);
    let alone = Actor::from_user(&directory, Mode::SingleUser, bob);
    assert_eq!(alone, Actor::Designer); // D18: nobody is identified there
}

#[test]
fn a_refusal_says_who_may() {
    let mut directory = office();
    let rules = Rules::new(Actor::Administrator, Options::default());
    let change = Change::SetDefaultUser { user: None };
    let refused = directory.apply(&[change], &rules).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "the Administrator may not set the Default User or a web user"
    );
    assert_eq!(
        refused.help().as_deref(),
        Some("Only the Designer can do this.")
    );
}

/// A directory in which grants, settings and a member list name somebody who is not there.
fn promises() -> Directory {
    let mut builder = DirectoryBuilder::new();
    builder.user(user("Ann"));
    let devs = builder.group(group("Devs"));
    let designer = builder.as_directory().designer();
    builder.credential(designer, Credential::from_stored("a digest"));
    builder.grant_area(&AccessArea::Design, &Grantee::Group(group("Later")));
    builder.grant_plugin(
        &PluginKey::from_stored("write"),
        &Grantee::Group(group("Writers")),
    );
    builder.default_user("Guest");
    builder.remote_web_user("Robot");
    builder.members_of(devs).user("Listed");
    builder.finish()
}

fn by_the_administrator(change: Change) -> Result<Vec<String>, String> {
    let rules = Rules::new(Actor::Administrator, Options::default());
    match promises().apply(&[change], &rules) {
        Ok(applied) => Ok(applied.events.iter().map(ToString::to_string).collect()),
        Err(refused) => Err(format!("{}: {refused}", refused.code())),
    }
}

#[test]
fn a_name_that_a_grant_waits_for_is_given_by_who_may_grant() {
    let add = |name: &str| Change::AddGroup {
        name: Some(group(name)),
        administrator: AdministratorMembership::Outside,
    };
    let refused = "not-allowed: the name `LATER` already has access in this directory, and the \
                   Administrator may not give access to an area";
    let others = [
        add("LATER"),
        Change::DuplicateGroup {
            group: group("Devs"),
            name: Some(group("LATER")),
        },
        Change::RenameGroup {
            group: group("Devs"),
            name: group("LATER"),
        },
    ];
    for change in others {
        assert_eq!(by_the_administrator(change), Err(refused.to_owned()));
    }
    let writers = by_the_administrator(add("Writers")).unwrap();
    assert!(
        writers.iter().any(|said| said.contains("plug-in `write`")),
        "{writers:?}"
    );
    let mut directory = promises();
    assert!(directory.apply(&[add("Later")], &Rules::default()).is_ok());
}

#[test]
fn a_name_that_a_setting_waits_for_is_given_by_who_may_set_it() {
    let add = |name: &str| Change::AddUser {
        name: Some(user(name)),
        startup_method: None,
        groups: Vec::new(),
    };
    let changes = |name: &str| {
        [
            add(name),
            Change::DuplicateUser {
                user: user("Ann"),
                name: Some(user(name)),
            },
            Change::RenameUser {
                user: user("Ann"),
                name: user(name),
            },
        ]
    };
    for name in ["guest", "Robot"] {
        for change in changes(name) {
            let refused = by_the_administrator(change).unwrap_err();
            assert!(
                refused.ends_with("may not set the Default User or a web user"),
                "{refused}"
            );
        }
    }
    let listed = by_the_administrator(add("Listed")).unwrap();
    assert!(listed.contains(&"user `Listed` is now in group `Devs`".to_owned()));
    let mut directory = promises();
    assert!(directory.apply(&[add("Guest")], &Rules::default()).is_ok());
}

#[test]
fn a_refusal_of_a_name_says_what_to_do() {
    let rules = Rules::new(Actor::Administrator, Options::default());
    let later = Change::RenameGroup {
        group: group("Devs"),
        name: group("Later"),
    };
    let refused = promises().apply(&[later], &rules).unwrap_err();
    let help = refused.help();
    assert_eq!(
        help.as_deref(),
        Some("Choose another name. Only the Designer can do this.")
    );
}
