//! Every kind of change as a person reads it: its events, what takes them back, and the difference.

use std::fmt::Write as _;

use guichet_core::{
    AccessArea, AdministratorMembership, Change, Credential, Directory, DirectoryBuilder, Grantee,
    MethodName, PluginKey, Rules, WebSide, compare,
};

use crate::support::{group, user};

/// Ann has a startup method and a password; Devs lists two names that nobody has, and a setting a third.
fn directory() -> Directory {
    let mut builder = DirectoryBuilder::new();
    let ann = builder.user(user("Ann"));
    builder.startup_method(ann, MethodName::from_stored("Start"));
    builder.credential(ann, Credential::from_stored("AAAAAAAAAAAAAAAAAAAAAA=="));
    builder.user(user("Bob"));
    builder.user(user("Zoë"));
    let devs = builder.group(group("Devs"));
    builder.group(group("Ops"));
    builder.members_of(devs).user("Ann");
    builder.members_of(devs).user("Nobody");
    builder.members_of(devs).group("Nowhere");
    builder.default_user("Someone");
    builder.grant_area(&AccessArea::Http, &Grantee::Group(group("Elsewhere")));
    builder.finish()
}

fn changes() -> Vec<Change> {
    let plugin = |grantee| Change::GrantPlugin {
        plugin: PluginKey::from_stored("write"),
        grantee,
    };
    let remove = |users: &[&str], groups: &[&str]| Change::RemoveMembers {
        group: group("Devs"),
        users: users.iter().map(|name| user(name)).collect(),
        groups: groups.iter().map(|name| group(name)).collect(),
    };
    vec![
        Change::AddUser {
            name: Some(user("Eve")),
            startup_method: Some(MethodName::from_stored("Start")),
            groups: vec![group("Ops")],
        },
        Change::AddUser {
            name: None,
            startup_method: None,
            groups: Vec::new(),
        },
        Change::RenameUser {
            user: user("Bob"),
            name: user("Robert"),
        },
        Change::SetPassword {
            user: user("Robert"),
            credential: Some(Credential::from_stored("BBBBBBBBBBBBBBBBBBBBBB==")),
        },
        Change::SetPassword {
            user: user("Ann"),
            credential: None,
        },
        Change::SetStartupMethod {
            user: user("Ann"),
            method: None,
        },
        Change::AddGroup {
            name: Some(group("New")),
            administrator: AdministratorMembership::Outside,
        },
        Change::RenameGroup {
            group: group("New"),
            name: group("Newer"),
        },
        Change::AddMembers {
            group: group("Devs"),
            users: vec![user("Zoë")],
            groups: vec![group("Ops")],
        },
        remove(&["Zoë", "Nobody"], &["Ops", "Nowhere"]),
        plugin(Grantee::Group(group("Ops"))),
        plugin(Grantee::Nobody),
        Change::GrantArea {
            area: AccessArea::Http,
            grantee: Grantee::Everyone,
        },
        Change::SetDefaultUser {
            user: Some(user("Ann")),
        },
        Change::SetDefaultUser { user: None },
        Change::SetWebUser {
            side: WebSide::Remote,
            user: Some(user("Ann")),
        },
        Change::DeleteUser {
            user: user("New user1"),
        },
        Change::DeleteUser { user: user("Eve") },
        Change::DeleteUser {
            user: user("Robert"),
        },
        Change::DeleteUser { user: user("Ann") },
    ]
}

#[test]
fn events_and_what_takes_them_back_are_sentences() {
    let mut directory = directory();
    let mut text = String::new();
    for change in changes() {
        let applied = directory.apply(&[change], &Rules::default()).unwrap();
        for event in &applied.events {
            writeln!(text, "{event}\n    back: {}", event.inverse()).unwrap();
        }
    }
    insta::assert_snapshot!(text);
}

#[test]
fn differences_are_sentences_both_ways() {
    let old = directory();
    let mut new = directory();
    let list = changes();
    let _applied = new
        .apply(&list[..list.len() - 4], &Rules::default())
        .unwrap();
    let mut text = String::new();
    for (title, difference) in [
        ("forth", compare(&old, &new)),
        ("back", compare(&new, &old)),
    ] {
        writeln!(text, "{title}").unwrap();
        for delta in difference.deltas() {
            writeln!(text, "    {}: {delta}", delta.kind()).unwrap();
        }
    }
    insta::assert_snapshot!(text);
}
