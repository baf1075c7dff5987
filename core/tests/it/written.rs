//! Changes as JSON, as `apply FILE.json` reads them, and events as JSON, as a history writes them.

#![cfg(feature = "serde")]

use proptest::prelude::*;

use guichet_core::{Change, Credential, DirectoryBuilder, Rules};

use crate::model::generator::change as any_change;
use crate::support::{edit, group, user};

#[track_caller]
fn refused(text: &str) -> String {
    serde_json::from_str::<Change>(text)
        .unwrap_err()
        .to_string()
}

#[test]
fn what_may_be_left_out_may_be_left_out() {
    let read = |text: &str| serde_json::from_str::<Change>(text).unwrap();
    let new = read(r#"{"change":"add-user"}"#);
    assert_eq!(
        new,
        Change::AddUser {
            name: None,
            startup_method: None,
            groups: Vec::new(),
        }
    );
    let new = read(r#"{"change":"add-group","name":"Devs","administrator":"outside"}"#);
    let mut directory = DirectoryBuilder::new().finish();
    assert_eq!(edit(&mut directory, new).unwrap().len(), 1);
    let members = read(r#"{"change":"add-members","group":"Devs","users":["Designer"]}"#);
    assert_eq!(edit(&mut directory, members).unwrap().len(), 1);
}

#[test]
fn an_unknown_key_or_kind_is_refused() {
    let spelling = refused(r#"{"change":"add-user","startup":"Start"}"#);
    assert!(spelling.contains("unknown field `startup`"), "{spelling}");
    let kind = refused(r#"{"change":"delete-group","group":"Devs"}"#);
    assert!(kind.contains("unknown variant `delete-group`"), "{kind}");
}

#[test]
fn a_password_can_be_removed_by_a_list_and_never_set() {
    let remove: Change =
        serde_json::from_str(r#"{"change":"set-password","user":"Ann","credential":null}"#)
            .unwrap();
    assert_eq!(
        remove,
        Change::SetPassword {
            user: user("Ann"),
            credential: None,
        }
    );
    let left_out = refused(r#"{"change":"set-password","user":"Ann"}"#);
    assert!(
        left_out.contains("missing field `credential`"),
        "{left_out}"
    );
    let given = refused(r#"{"change":"set-password","user":"Ann","credential":"$2b$10$abc"}"#);
    assert!(
        given.contains("a list of changes cannot set a password"),
        "{given}"
    );
    assert!(!given.contains("$2b$"), "{given}");
}

#[test]
fn a_stored_password_is_written_as_its_kind() {
    let set = Change::SetPassword {
        user: user("Ann"),
        credential: Some(Credential::from_stored("r0z/2g0H3wUsWfuzy66adw==")),
    };
    assert_eq!(
        serde_json::to_string(&set).unwrap(),
        r#"{"change":"set-password","user":"Ann","credential":"legacy"}"#
    );
}

#[test]
fn an_event_is_written_with_names() {
    let mut builder = DirectoryBuilder::new();
    builder.user(user("Ann"));
    builder.group(group("Devs"));
    let mut directory = builder.finish();
    let list: Vec<Change> = serde_json::from_str(
        r#"[
            {"change":"add-members","group":"Devs","users":["Ann"]},
            {"change":"grant-area","area":"design","grantee":{"group":"Devs"}},
            {"change":"rename-user","user":"Ann","name":"Ann Lee"},
            {"change":"set-default-user","user":"Ann Lee"},
            {"change":"delete-user","user":"Ann Lee"}
        ]"#,
    )
    .unwrap();
    let applied = directory.apply(&list, &Rules::default()).unwrap();
    let lines: Vec<String> = applied
        .events
        .iter()
        .map(|event| serde_json::to_string(event).unwrap())
        .collect();
    assert_eq!(
        lines,
        [
            r#"{"kind":"member-user-added","group":"Devs","user":"Ann"}"#,
            r#"{"kind":"area-granted","area":"design","before":"everyone","after":{"group":"Devs"}}"#,
            r#"{"kind":"user-renamed","from":"Ann","to":"Ann Lee"}"#,
            r#"{"kind":"default-user-changed","before":null,"after":"Ann Lee"}"#,
            r#"{"kind":"member-user-removed","group":"Devs","user":"Ann Lee"}"#,
            r#"{"kind":"default-user-changed","before":"Ann Lee","after":null}"#,
            r#"{"kind":"user-removed","user":"Ann Lee","id":3,"password":"none","startup_method":null,"shifted":0}"#,
        ]
    );
}

proptest! {
    #[test]
    fn a_change_without_a_password_reads_back_as_it_was(change in any_change()) {
        let without = match change {
            Change::SetPassword { user, .. } => Change::SetPassword { user, credential: None },
            change => change,
        };
        let text = serde_json::to_string(&without).unwrap();
        prop_assert_eq!(serde_json::from_str::<Change>(&text).unwrap(), without, "{}", text);
    }
}
