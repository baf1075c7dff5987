//! What an edit keeps of the form of a file, and the numbered statements that editing shows.

use guichet_core::{
    AdministratorMembership, Change, Credential, Directory, Grantee, GroupName, PluginKey, Rules,
    UserName,
};
use guichet_storage::json::Document;
use guichet_storage::{OptionsFile, decode, encode};

use crate::project::add_user;
use crate::support::file;

/// Returns the text of a file after changes.
fn edited(folder: &str, name: &str, changes: &[Change]) -> String {
    let document = Document::parse(file(folder, name)).unwrap();
    let before = decode(&document, &OptionsFile::default())
        .unwrap()
        .directory;
    let mut after = before.clone();
    let _applied = after.apply(changes, &Rules::default()).unwrap();
    let patch = encode(&document, &before, &after).unwrap();
    patch.apply(document.text()).unwrap()
}

fn read(text: String) -> Directory {
    let document = Document::parse(text.into_bytes()).unwrap();
    decode(&document, &OptionsFile::default())
        .unwrap()
        .directory
}

fn add_members(to: &str, users: &[&str], groups: &[&str]) -> Change {
    Change::AddMembers {
        group: GroupName::from_stored(to),
        users: users
            .iter()
            .map(|name| UserName::from_stored(*name))
            .collect(),
        groups: groups
            .iter()
            .map(|name| GroupName::from_stored(*name))
            .collect(),
    }
}

fn add_group(name: &str) -> Change {
    Change::AddGroup {
        name: Some(GroupName::from_stored(name)),
        administrator: AdministratorMembership::Outside,
    }
}

#[test]
fn a_startup_method_is_written_before_the_password() {
    let change = Change::SetStartupMethod {
        user: UserName::from_stored("Ego"),
        method: Some(guichet_core::MethodName::from_stored("openDesk")),
    };
    let text = edited("corpus", "two-groups-fr", &[change]);
    assert!(
        text.contains("\"Ego\": {\n\t\t\t\"startupMethod\": \"openDesk\",\n\t\t\t\"password\"")
    );
}

#[test]
fn a_deleted_user_s_number_goes_to_the_next_one() {
    let change = Change::DeleteUser {
        user: UserName::from_stored("Ufukofabefo"),
    };
    let directory = read(edited("corpus", "two-groups-fr", &[change]));
    let ego = directory.find_user("Ego").unwrap();
    assert_eq!(directory.user_id(ego).unwrap().get(), 3);
}

#[test]
fn statement_69_a_new_password_is_bcrypt_and_an_untouched_legacy_one_stays() {
    let bcrypt = "$2b$10$kDmGbtoQTzsXnyHWwReaPIvXkS0xbTjsuOqdLUcEZmXwYPv3kQ2aa";
    let change = Change::SetPassword {
        user: UserName::from_stored("Ego"),
        credential: Some(Credential::from_stored(bcrypt)),
    };
    let text = edited("corpus", "two-groups-fr", &[change]);
    assert!(text.contains(bcrypt) && text.contains("r0z/2g0H3wUsWfuzy66adw=="));
}

#[test]
fn an_edit_keeps_byte_order_mark_line_ends_and_the_missing_line_end_at_the_end() {
    for (folder, name, mark, crlf) in [
        ("corpus", "one-group", false, false),
        ("corpus", "one-granter-bom", true, false),
        ("corpus", "crlf-2025", false, true),
        ("odd", "bom-crlf", true, true),
    ] {
        let text = edited(
            folder,
            name,
            &[
                add_user("Ann"),
                add_group("Crew"),
                add_members("Crew", &["Ann"], &[]),
            ],
        );
        assert_eq!(text.starts_with('\u{feff}'), mark, "{name}");
        let (breaks, pairs) = (text.matches('\n').count(), text.matches("\r\n").count());
        assert_eq!(pairs, if crlf { breaks } else { 0 }, "{name}");
        assert!(text.ends_with('}'), "{name}");
    }
}

#[test]
fn granters_may_come_into_a_file_that_has_none() {
    let change = Change::GrantPlugin {
        plugin: PluginKey::from_stored("view"),
        grantee: Grantee::Nobody,
    };
    let text = edited("corpus", "oldest-2019", std::slice::from_ref(&change));
    assert!(text.contains("\"remoteGranters\": {\n\t\t\"view\": \"\"\n\t}"));
    let text = edited("corpus", "six-granters-2019", &[change]);
    assert!(text.find("\"write\"").unwrap() < text.find("\"view\": \"\"").unwrap());
}

#[test]
fn capitalised_settings_keys_keep_their_spelling_in_an_edit() {
    let change = Change::SetDefaultUser {
        user: Some(UserName::from_stored("Administrator")),
    };
    let text = edited("corpus", "upper-camel-settings-2020", &[change]);
    assert!(text.contains("\"RemoteDefaultUser\": \"Administrator\""));
    assert!(!text.contains("remoteDefaultUser"));
}

#[test]
fn unknown_keys_survive_an_edit_of_what_holds_them() {
    let rename = Change::RenameUser {
        user: UserName::from_stored("Lia Moor"),
        name: UserName::from_stored("Lia"),
    };
    let group = Change::RenameGroup {
        group: GroupName::from_stored("Sales"),
        name: GroupName::from_stored("Shop"),
    };
    let fill = add_members("Shop", &["Lia"], &[]);
    let empty = Change::EmptyGroup {
        group: GroupName::from_stored("Shop"),
    };
    let text = edited(
        "odd",
        "unknown-keys",
        &[rename.clone(), group.clone(), fill],
    );
    for kept in [
        "\"version\": 7",
        "{\"by\": -1.5e3}",
        "\"owner\": \"Lia Moor\"",
        "\"someAccessGroup\"",
        "\"theme\": \"dark\"",
        "\"Remotegranters\": {}",
    ] {
        assert!(text.contains(kept), "{kept}");
    }
    let text = edited("odd", "unknown-keys", &[rename, group, empty]);
    assert!(text.contains("\"Shop\": {\n\t\t\t\"owner\": \"Lia Moor\"\n\t\t}"));
}

#[test]
fn members_are_written_in_the_order_of_the_maps() {
    let directory = read(edited(
        "corpus",
        "two-groups-fr",
        &[
            add_group("Crew"),
            add_members(
                "Crew",
                &["Ego", "Ebububogudibufede"],
                &["Ekib", "Efidakukafoda"],
            ),
            add_members("Crew", &["Ufukofabefo", "Ekegedukabugub"], &[]),
        ],
    ));
    let crew = directory
        .group(directory.find_group("Crew").unwrap())
        .unwrap();
    assert_eq!((crew.users().len(), crew.groups().len()), (4, 2));
    assert!(
        crew.users()
            .is_sorted_by_key(|user| directory.user_id(*user))
    );
    assert!(
        crew.groups()
            .is_sorted_by_key(|group| directory.group_id(*group))
    );
}

#[test]
fn renaming_a_user_leaves_the_group_of_that_name_alone() {
    let rename = Change::RenameUser {
        user: UserName::from_stored("Archive"),
        name: UserName::from_stored("Old papers"),
    };
    let directory = read(edited("odd", "user-and-group-of-one-name", &[rename]));
    let readers = directory
        .group(directory.find_group("Readers").unwrap())
        .unwrap();
    assert_eq!(
        readers.users(),
        [directory.find_user("Old papers").unwrap()]
    );
    assert_eq!(readers.groups(), [directory.find_group("Archive").unwrap()]);
}

#[test]
fn names_are_written_unescaped_except_for_what_json_needs() {
    let text = edited(
        "corpus",
        "one-group",
        &[add_user(" d'été. ß/+ 😀"), add_user("a \"b\" \\")],
    );
    assert!(text.contains("\" d'été. ß/+ 😀\": {}") && text.contains(r#""a \"b\" \\": {}"#));
}
