//! The numbered statements of `spec/behaviour.md`, section 10, that reading shows.

use guichet_core::{
    AccessArea, AccessControl, Directory, Grantee, PasswordKind, PluginKey, Reference,
};
use guichet_storage::json::Document;
use guichet_storage::{Decoded, OptionsFile, decode};

use crate::support::{file, files};

fn read(bytes: Vec<u8>) -> Decoded {
    decode(&Document::parse(bytes).unwrap(), &OptionsFile::default()).unwrap()
}

fn odd(name: &str) -> Directory {
    read(file("odd", name)).directory
}

fn corpus(name: &str) -> Directory {
    read(file("corpus", name)).directory
}

fn codes(name: &str) -> Vec<&'static str> {
    use guichet_core::Diagnostic as _;
    read(file("odd", name))
        .problems
        .iter()
        .map(guichet_storage::Located::code)
        .collect()
}

#[test]
fn statement_01_the_built_in_users_are_numbers_1_and_2_wherever_they_stand() {
    for (name, bytes) in files("corpus").into_iter().chain(files("odd")) {
        let directory = read(bytes).directory;
        assert_eq!(
            directory.user_id(directory.designer()).unwrap().get(),
            1,
            "{name}"
        );
        assert_eq!(
            directory.user_id(directory.administrator()).unwrap().get(),
            2,
            "{name}"
        );
    }
}

#[test]
fn a_renamed_designer_is_still_number_1() {
    let directory = odd("built-ins-last");
    let chief = directory.find_user("Chief").unwrap();
    assert_eq!(directory.user_id(chief).unwrap().get(), 1);
    assert_eq!(directory.find_user("Designer"), None);
}

#[test]
fn users_in_no_group_are_fine() {
    assert_eq!(codes("only-users"), Vec::<&str>::new());
}

#[test]
fn statement_38_a_startup_method_is_read() {
    let directory = odd("mixed-passwords");
    let lia = directory
        .user(directory.find_user("Lia Moor").unwrap())
        .unwrap();
    assert_eq!(lia.startup_method().unwrap().as_str(), "openDesk");
}

#[test]
fn without_a_password_of_the_designer_nothing_is_checked() {
    assert_eq!(corpus("one-group").access_control(), AccessControl::Off);
    assert_eq!(odd("unknown-password").access_control(), AccessControl::Off);
    assert_eq!(corpus("two-groups-fr").access_control(), AccessControl::On);
}

#[test]
fn statement_50_groups_are_numbered_from_15001_in_the_order_of_the_file() {
    let directory = odd("cycle");
    let numbers: Vec<_> = directory
        .groups()
        .map(|(group, _)| directory.group_id(group).unwrap().get())
        .collect();
    assert_eq!(numbers, [15001, 15002, 15003]);
}

#[test]
fn statement_72_lf_bom_and_crlf_files_come_back_byte_for_byte() {
    for (folder, name, mark, line_end) in [
        ("corpus", "one-group", false, "\n"),
        ("corpus", "one-granter-bom", true, "\n"),
        ("corpus", "crlf-2025", false, "\r\n"),
        ("odd", "bom-crlf", true, "\r\n"),
    ] {
        let bytes = file(folder, name);
        let document = Document::parse(bytes.clone()).unwrap();
        assert_eq!(document.has_byte_order_mark(), mark, "{name}");
        assert!(
            document.text().contains(line_end) && !document.text().ends_with('\n'),
            "{name}"
        );
        assert_eq!(document.text().contains('\r'), line_end == "\r\n", "{name}");
        assert_eq!(document.into_bytes(), bytes, "{name}");
    }
}

#[test]
fn statement_73_groups_and_granters_may_be_absent_empty_or_partial() {
    for (folder, name, groups, granters) in [
        ("corpus", "oldest-2019", 0, 0),
        ("odd", "empty-groups", 0, 0),
        ("odd", "no-granters", 0, 0),
        ("corpus", "one-granter-bom", 0, 1),
        ("corpus", "one-group", 1, 6),
        ("corpus", "six-granters-2019", 0, 6),
    ] {
        let directory = read(file(folder, name)).directory;
        assert_eq!(directory.grants().plugins().len(), granters, "{name}");
        assert_eq!(directory.group_count(), groups, "{name}");
    }
}

#[test]
fn statement_74_capitalised_settings_keys_load_and_keep_their_spelling() {
    let bytes = file("corpus", "upper-camel-settings-2020");
    let document = Document::parse(bytes).unwrap();
    let settings = document.root().get("settings").unwrap();
    assert!(
        settings.get("DesignAccessGroup").is_some() && settings.get("designAccessGroup").is_none()
    );
    assert!(
        decode(&document, &OptionsFile::default())
            .unwrap()
            .problems
            .is_empty()
    );
    let directory = odd("both-settings-spellings");
    assert_eq!(
        directory
            .settings()
            .default_user()
            .as_ref()
            .and_then(Reference::known)
            .copied(),
        Some(directory.designer())
    );
    assert_eq!(*directory.settings().local_web_user(), None);
}

#[test]
fn statement_75_unknown_keys_survive_and_are_named() {
    let bytes = file("odd", "unknown-keys");
    let document = Document::parse(bytes.clone()).unwrap();
    let decoded = decode(&document, &OptionsFile::default()).unwrap();
    let pointers: Vec<_> = decoded
        .problems
        .iter()
        .map(|problem| problem.place.pointer.as_str())
        .collect();
    assert_eq!(
        pointers,
        [
            "/version",
            "/users/Lia Moor/created",
            "/users/Lia Moor/passwrod",
            "/groups/Sales/owner",
            "/sqlSchemaGranters/DEFAULT_SCHEMA/someAccessGroup",
            "/settings/designaccessgroup",
            "/settings/theme",
            "/Remotegranters",
        ]
    );
    assert_eq!(document.into_bytes(), bytes);
}

#[test]
fn statement_76_files_like_4ds_list_members_in_the_order_of_the_maps() {
    for (name, bytes) in files("corpus") {
        let directory = read(bytes).directory;
        for (_, group) in directory.groups() {
            assert!(
                group
                    .users()
                    .is_sorted_by_key(|user| directory.user_id(*user)),
                "{name} {}",
                group.name()
            );
            assert!(
                group
                    .groups()
                    .is_sorted_by_key(|group| directory.group_id(*group)),
                "{name} {}",
                group.name()
            );
        }
    }
}

#[test]
fn members_name_a_renamed_built_in_by_its_alias_never_by_its_key() {
    let directory = odd("renamed-built-ins-by-key");
    let group = directory
        .group(directory.find_group("Designer").unwrap())
        .unwrap();
    assert_eq!(group.users(), [directory.designer()]);
    let missing: Vec<_> = group
        .missing_users()
        .iter()
        .map(guichet_core::UserName::as_str)
        .collect();
    assert_eq!(missing, ["designer", "Administrator"]);
}

#[test]
fn a_user_and_a_group_of_one_name_coexist() {
    let directory = odd("user-and-group-of-one-name");
    let readers = directory
        .group(directory.find_group("Readers").unwrap())
        .unwrap();
    assert_eq!(readers.users(), [directory.find_user("Archive").unwrap()]);
    assert_eq!(readers.groups(), [directory.find_group("Archive").unwrap()]);
    assert_eq!(codes("user-and-group-of-one-name"), Vec::<&str>::new());
}

#[test]
fn statement_79_odd_names_load_unchanged() {
    let directory = odd("odd-characters");
    for name in [
        " leading",
        "trailing ",
        "a@b.c",
        "d'été.",
        "Smile 😀",
        "9 lives",
        "  ",
        "*",
    ] {
        let user = directory.find_user(name).unwrap();
        assert_eq!(directory.user(user).unwrap().name().as_str(), name);
    }
    assert_eq!(directory.find_user("leading"), None);
    let long = odd("long-names");
    assert!(long.find_group("Bridge Engineer Administration").is_some());
    let escaped = odd("escapes");
    let team = escaped
        .group(escaped.find_group("Équipe").unwrap())
        .unwrap();
    assert_eq!((team.users().len(), team.missing_users().len()), (4, 0));
}

#[test]
fn password_shapes_are_recognised_and_never_printed() {
    let decoded = read(file("odd", "mixed-passwords"));
    let directory = decoded.directory;
    let kinds: Vec<_> = directory.users().map(|(_, user)| user.password()).collect();
    assert_eq!(
        kinds,
        [
            PasswordKind::Bcrypt,
            PasswordKind::Legacy,
            PasswordKind::Bcrypt
        ]
    );
    let shown = format!("{:?}", directory.users().collect::<Vec<_>>());
    for (_, user) in directory.users() {
        assert!(!shown.contains(user.credential().unwrap().expose_stored_text()));
    }
    assert_eq!(
        corpus("one-group")
            .user(directory.designer())
            .unwrap()
            .password(),
        PasswordKind::None
    );
}

#[test]
fn dangling_names_are_reported_one_by_one() {
    assert_eq!(
        codes("dangling-members"),
        ["missing-user", "missing-nested-group", "name-by-case"]
    );
    assert_eq!(
        codes("dangling-grants"),
        [
            "missing-grantee",
            "missing-grantee",
            "missing-setting-user",
            "missing-grantee",
            "missing-grantee",
            "missing-setting-user"
        ]
    );
    let directory = odd("dangling-grants");
    assert!(matches!(
        directory.grants().area(&AccessArea::Design),
        Some(Grantee::Group(_))
    ));
    assert_eq!(
        *directory.grants().plugin(&PluginKey::from_stored("view")),
        Grantee::Nobody
    );
}

#[test]
fn no_name_in_a_message_steers_a_terminal() {
    let text = r#"{"users": {"\u001b[2Jx": {"\u0007": 1}}, "groups": {"\r\n\u202e": {"users": ["\u009b"]}}}"#;
    let problems = read(text.into()).problems;
    assert!(problems.len() >= 4);
    for problem in problems {
        let said = format!("{problem} {:?}", guichet_core::Diagnostic::help(&problem));
        assert!(
            !said.contains(|c: char| c.is_control() || c == '\u{202e}'),
            "{said:?}"
        );
    }
}
