//! Changes one by one: what they say, and the decisions that no 4D document takes.

use guichet_core::Diagnostic as _;
use guichet_core::{
    AccessArea, AdministratorMembership, BuiltInPlugin, Change, Directory, DirectoryBuilder,
    Grantee, Plugin, PluginKey, PluginNumber, Refusal, Rules, SchemaName, SqlRight,
};

use crate::support::{dump, edit, group, groups_of, said, user, users_of};

/// Ann and Bob in Devs, Devs in All, Design for Devs.
pub(crate) fn office() -> Directory {
    let mut builder = DirectoryBuilder::new();
    builder.user(user("Ann"));
    builder.user(user("Bob"));
    builder.user(user("Zoë"));
    let devs = builder.group(group("Devs"));
    let all = builder.group(group("All"));
    builder.group(group("QA"));
    let mut members = builder.members_of(devs);
    members.user("Ann");
    members.user("Bob");
    builder.members_of(all).group("Devs");
    builder.grant_area(&AccessArea::Design, &Grantee::Group(group("Devs")));
    builder.default_user("Ann");
    builder.finish()
}

pub(crate) fn members(group_name: &str, users: &[&str], groups: &[&str]) -> Change {
    Change::AddMembers {
        group: group(group_name),
        users: users.iter().copied().map(user).collect(),
        groups: groups.iter().copied().map(group).collect(),
    }
}

#[test]
fn deleting_a_user_says_every_reference_that_went_and_the_shift() {
    let ann = Change::DeleteUser { user: user("Ann") };
    assert_eq!(
        said(&mut office(), ann),
        [
            "user `Ann` is no longer in group `Devs`",
            "the Default User is now none, before: `Ann`",
            "user `Ann` (number 3) was removed; the 2 users after it move up by one number",
        ]
    );
    let bob = Change::DeleteUser { user: user("Bob") };
    let last = said(&mut office(), bob).pop().unwrap();
    assert!(
        last.ends_with("; the user after it moves up by one number"),
        "{last}"
    );
    let zoe = Change::DeleteUser { user: user("Zoë") };
    assert_eq!(
        said(&mut office(), zoe),
        ["user `Zoë` (number 5) was removed"]
    );
}

#[test]
fn grants_say_before_and_after() {
    let mut directory = office();
    let sql = AccessArea::Sql {
        schema: SchemaName::default_schema(),
        right: SqlRight::Write,
    };
    let grant = |area: &AccessArea, grantee| Change::GrantArea {
        area: area.clone(),
        grantee,
    };
    assert_eq!(
        said(&mut directory, grant(&AccessArea::Design, Grantee::Nobody)),
        ["the Design environment is now open to nobody, before: group `Devs`"]
    );
    assert_eq!(
        said(&mut directory, grant(&sql, Grantee::Group(group("QA")))),
        ["writing of SQL schema `DEFAULT_SCHEMA` is now open to group `QA`, before: everyone"]
    );
    assert_eq!(
        said(&mut directory, grant(&AccessArea::Http, Grantee::Everyone)),
        [""; 0]
    );
}

#[test]
fn members_take_the_place_that_the_order_of_the_file_gives_them() {
    let mut builder = DirectoryBuilder::new();
    for name in ["A", "B", "C", "D", "E"] {
        builder.user(user(name));
        builder.group(group(name));
    }
    let all = builder.group(group("All"));
    let mut listed = builder.members_of(all);
    // An order that no 4D writes: what is there keeps its place.
    for name in ["D", "B"] {
        listed.user(name);
        listed.group(name);
    }
    let mut directory = builder.finish();
    edit(
        &mut directory,
        members("All", &["E", "A", "C"], &["C", "E", "A"]),
    )
    .unwrap();
    assert_eq!(users_of(&directory, "All"), ["A", "C", "D", "B", "E"]);
    assert_eq!(groups_of(&directory, "All"), ["A", "C", "D", "B", "E"]);
}

#[test]
fn a_single_member_takes_its_place_too() {
    let mut builder = DirectoryBuilder::new();
    let names = ["A", "B", "C", "D"];
    for name in names {
        builder.user(user(name));
        builder.group(group(name));
    }
    let all = builder.group(group("All"));
    builder.members_of(all).user("C");
    builder.members_of(all).group("C");
    let mut directory = builder.finish();
    for name in ["B", "D", "A"] {
        edit(&mut directory, members("All", &[name], &[name])).unwrap();
    }
    assert_eq!(users_of(&directory, "All"), names);
    assert_eq!(groups_of(&directory, "All"), names);
}

#[test]
fn a_change_that_changes_nothing_says_nothing() {
    let mut directory = office();
    let before = dump(&directory);
    let nothing = [
        members("Devs", &["ann", "Bob"], &[]),
        Change::RenameUser {
            user: user("ann"),
            name: user("Ann"),
        },
        Change::RemoveMembers {
            group: group("Devs"),
            users: vec![user("Zoë")],
            groups: vec![group("QA")],
        },
        Change::SetPassword {
            user: user("Ann"),
            credential: None,
        },
        Change::SetDefaultUser {
            user: Some(user("ANN")),
        },
        Change::GrantPlugin {
            plugin: PluginKey::from_stored("write"),
            grantee: Grantee::Everyone,
        },
    ];
    let applied = directory.apply(&nothing, &Rules::default()).unwrap();
    assert_eq!(applied.events, []);
    assert_eq!(dump(&directory), before);
}

#[test]
fn a_name_may_change_its_own_case() {
    let mut directory = office();
    let shout = Change::RenameUser {
        user: user("Ann"),
        name: user("ANN"),
    };
    assert_eq!(
        said(&mut directory, shout),
        ["user `Ann` is now called `ANN`"]
    );
    assert_eq!(users_of(&directory, "Devs"), ["ANN", "Bob"]);
}

#[test]
fn a_twin_is_refused_and_named() {
    let twin = Change::RenameUser {
        user: user("Ann"),
        name: user("ZOE\u{308}"),
    };
    let refusal = edit(&mut office(), twin).unwrap_err();
    assert_eq!(refusal.to_string(), "a user named `Zoë` already exists");
    assert_eq!(refusal.code(), "name-taken");
}

#[test]
fn a_name_that_a_list_was_waiting_for_is_a_member_at_once() {
    let mut builder = DirectoryBuilder::new();
    let devs = builder.group(group("Devs"));
    let mut listed = builder.members_of(devs);
    listed.user("ann");
    listed.group("qa");
    builder.grant_area(&AccessArea::Design, &Grantee::Group(group("qa")));
    builder.default_user("ann");
    let mut directory = builder.finish();

    let add = Change::AddUser {
        name: Some(user("Ann")),
        startup_method: None,
        groups: Vec::new(),
    };
    assert_eq!(
        said(&mut directory, add),
        [
            "user `Ann` (number 3) was added",
            "group `Devs` no longer lists the unknown user `ann`",
            "user `Ann` is now in group `Devs`",
            "the Default User is now `Ann`, before: the unknown user `ann`",
        ]
    );
    let add = Change::AddGroup {
        name: Some(group("QA")),
        administrator: AdministratorMembership::Outside,
    };
    assert_eq!(
        said(&mut directory, add),
        [
            "group `QA` (number 15002) was added",
            "group `Devs` no longer lists the unknown group `qa`",
            "group `QA` is now in group `Devs`",
            "the Design environment is now open to group `QA`, before: the unknown group `qa`",
        ]
    );
}

#[test]
fn a_new_name_may_not_close_a_cycle_through_a_list_that_was_waiting() {
    let mut builder = DirectoryBuilder::new();
    let inner = builder.group(group("Inner"));
    let outer = builder.group(group("Outer"));
    builder.members_of(inner).group("Later");
    builder.members_of(outer).group("Inner");
    let mut directory = builder.finish();
    let before = dump(&directory);
    let rename = Change::RenameGroup {
        group: group("Outer"),
        name: group("Later"),
    };
    let refusal = edit(&mut directory, rename).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "the groups would contain each other: `Inner` contains `Later`, `Later` contains `Inner`"
    );
    assert_eq!(dump(&directory), before);
}

#[test]
fn a_missing_member_can_be_removed_by_its_text() {
    let mut builder = DirectoryBuilder::new();
    let devs = builder.group(group("Devs"));
    let mut listed = builder.members_of(devs);
    listed.user("Gone");
    listed.group("Gone too");
    let mut directory = builder.finish();
    let remove = |users, groups| Change::RemoveMembers {
        group: group("Devs"),
        users,
        groups,
    };
    assert_eq!(
        said(
            &mut directory,
            remove(vec![user("gone"), user("GONE")], vec![group("Gone too")])
        ),
        [
            "group `Devs` no longer lists the unknown user `Gone`",
            "group `Devs` no longer lists the unknown group `Gone too`",
        ]
    );
    let again = edit(&mut directory, remove(vec![user("Gone")], Vec::new()));
    assert_eq!(again.unwrap_err().code(), "unknown-user");
}

#[test]
fn a_duplicate_group_has_the_members_and_none_of_the_access() {
    let mut directory = office();
    let duplicate = Change::DuplicateGroup {
        group: group("Devs"),
        name: Some(group("Devs 2")),
    };
    edit(&mut directory, duplicate).unwrap();
    assert_eq!(users_of(&directory, "Devs 2"), ["Ann", "Bob"]);
    assert_eq!(groups_of(&directory, "All"), ["Devs"]);
    let design = directory.grants().area(&AccessArea::Design).unwrap();
    assert_eq!(
        directory.grantee_by_name(design),
        Grantee::Group(group("Devs"))
    );
}

#[test]
fn what_does_not_exist_is_refused_by_name() {
    let refused = |change| edit(&mut office(), change).unwrap_err().to_string();
    let grant = |key: &str, grantee| Change::GrantPlugin {
        plugin: PluginKey::from_stored(key),
        grantee,
    };
    assert_eq!(
        refused(Change::DeleteUser { user: user("Nemo") }),
        "no user is named `Nemo`"
    );
    assert_eq!(
        refused(Change::EmptyGroup {
            group: group("Ann")
        }),
        "no group is named `Ann`"
    );
    assert_eq!(
        refused(grant("write", Grantee::Group(group("Nemo")))),
        "no group is named `Nemo`"
    );
    assert_eq!(
        refused(grant("barcode", Grantee::Nobody)),
        "no plug-in has the key `barcode`"
    );
    let area = AccessArea::Sql {
        schema: SchemaName::from_stored("NEMO"),
        right: SqlRight::Read,
    };
    let grantee = Grantee::Nobody;
    assert_eq!(
        refused(Change::GrantArea { area, grantee }),
        "no SQL schema is named `NEMO`"
    );
}

#[test]
fn a_declared_plug_in_can_be_granted() {
    let declared = [Plugin {
        key: PluginKey::from_stored("barcode"),
        number: Some(PluginNumber::new(15_000)),
        name: "Barcode".to_owned(),
    }];
    let rules = Rules {
        plugins: &declared,
        ..Rules::default()
    };
    let grant = [Change::GrantPlugin {
        plugin: PluginKey::from_stored("barcode"),
        grantee: Grantee::Group(group("Devs")),
    }];
    let mut directory = office();
    assert_eq!(directory.apply(&grant, &rules).unwrap().events.len(), 1);
    // From now on the file speaks of it.
    let open = Change::GrantPlugin {
        plugin: PluginKey::from_stored("barcode"),
        grantee: Grantee::Everyone,
    };
    assert_eq!(edit(&mut directory, open).unwrap().len(), 1);
    for plugin in BuiltInPlugin::ALL {
        let plugin = PluginKey::from_stored(plugin.key());
        let grantee = Grantee::Nobody;
        assert_eq!(
            edit(&mut directory, Change::GrantPlugin { plugin, grantee })
                .unwrap()
                .len(),
            1
        );
    }
}

#[test]
fn the_built_in_users_cannot_be_deleted() {
    for name in ["Designer", "administrator"] {
        let refusal = edit(&mut office(), Change::DeleteUser { user: user(name) }).unwrap_err();
        assert!(matches!(refusal, Refusal::BuiltIn { .. }), "{refusal}");
    }
}
