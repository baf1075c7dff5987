//! What an edit touches: the lines that it must, and no other.

use std::fmt::Write as _;

use guichet_core::{
    AccessArea, AdministratorMembership, Change, Credential, Directory, Grantee, Group, GroupName,
    MethodName, PluginKey, RestSide, Rules, UserHandle, UserKind, UserName, WebSide,
};
use guichet_storage::json::Document;
use guichet_storage::{OptionsFile, decode, encode};
use proptest::prelude::*;
use proptest::sample::Index;
use similar::{ChangeTag, TextDiff};

use crate::changes::{edited, idea};
use crate::support::{editable_files, file};

fn load(bytes: &[u8]) -> (Document, Directory) {
    let document = Document::parse(bytes.to_vec()).unwrap();
    let directory = decode(&document, &OptionsFile::default())
        .unwrap()
        .directory;
    (document, directory)
}

fn user(name: &str) -> UserName {
    UserName::from_stored(name)
}

fn group(name: &str) -> GroupName {
    GroupName::from_stored(name)
}

/// The lines that differ, with their numbers.
pub(crate) fn line_diff(old: &str, new: &str) -> String {
    let diff = TextDiff::from_lines(old, new);
    let mut out = String::new();
    for change in diff.iter_all_changes() {
        let (sign, line) = match change.tag() {
            ChangeTag::Equal => continue,
            ChangeTag::Delete => ('-', change.old_index()),
            ChangeTag::Insert => ('+', change.new_index()),
        };
        let text = change.value().trim_end_matches(['\n', '\r']);
        let text = text.replace('\t', "  ").replace('\r', "\\r");
        writeln!(out, "{sign}{:>3} {text}", line.unwrap() + 1).unwrap();
    }
    out
}

/// A change with what it is called.
type Titled = (&'static str, Change);

/// One of each kind of change of a user, on a file with the users and groups that it names.
fn changes_of_users() -> Vec<Titled> {
    let set = |who: &str, digest: Option<&str>| Change::SetPassword {
        user: user(who),
        credential: digest.map(Credential::from_stored),
    };
    let rename = |from: &str, to: &str| Change::RenameUser {
        user: user(from),
        name: user(to),
    };
    let delete = |who: &str| Change::DeleteUser { user: user(who) };
    let start = || Some(MethodName::from_stored("Start"));
    let new = Change::AddUser {
        name: Some(user("Zoë")),
        startup_method: start(),
        groups: vec![group("Ekib")],
    };
    vec![
        ("add a user", new),
        (
            "duplicate a user",
            Change::DuplicateUser {
                user: user("Ego"),
                name: None,
            },
        ),
        ("rename a user", rename("Ego", "d'été \"x\"")),
        ("rename the designer", rename("Ebububogudibufede", "Boss")),
        ("delete a user", delete("Ufukofabefo")),
        ("delete the last user", delete("Ego")),
        (
            "set a first password",
            set("Ufukofabefo", Some("$2b$10$new")),
        ),
        (
            "set another password",
            set("Ebububogudibufede", Some("$2b$10$new")),
        ),
        ("remove a password", set("Ego", None)),
        (
            "remove a password before an alias",
            set("Ebububogudibufede", None),
        ),
        (
            "set a startup method",
            Change::SetStartupMethod {
                user: user("Ego"),
                method: start(),
            },
        ),
        ("no default user", Change::SetDefaultUser { user: None }),
        (
            "another web user",
            Change::SetWebUser {
                side: WebSide::Local,
                user: Some(user("Ego")),
            },
        ),
    ]
}

/// One of each kind of change of a group and of who may reach what.
fn changes_of_groups() -> Vec<Titled> {
    let names = |users: &[&str], groups: &[&str]| {
        let users: Vec<_> = users.iter().map(|name| user(name)).collect();
        let groups: Vec<_> = groups.iter().map(|name| group(name)).collect();
        (users, groups)
    };
    let add = |to: &str, (users, groups)| Change::AddMembers {
        group: group(to),
        users,
        groups,
    };
    let remove = |from: &str, (users, groups)| Change::RemoveMembers {
        group: group(from),
        users,
        groups,
    };
    let new = |administrator| Change::AddGroup {
        name: Some(group("New")),
        administrator,
    };
    let grant = |area, grantee| Change::GrantArea { area, grantee };
    let ekib = || Grantee::Group(group("Ekib"));
    let view = Change::GrantPlugin {
        plugin: PluginKey::from_stored("view"),
        grantee: ekib(),
    };
    let rest = AccessArea::Rest(RestSide::Remote);
    vec![
        ("add a group", new(AdministratorMembership::Member)),
        ("add an empty group", new(AdministratorMembership::Outside)),
        (
            "duplicate a group",
            Change::DuplicateGroup {
                group: group("Ekib"),
                name: None,
            },
        ),
        (
            "rename a group",
            Change::RenameGroup {
                group: group("Ekib"),
                name: group("Team"),
            },
        ),
        (
            "empty a group",
            Change::EmptyGroup {
                group: group("Ekib"),
            },
        ),
        (
            "add a member in its place",
            add("Efidakukafoda", names(&["Ufukofabefo"], &[])),
        ),
        (
            "remove the first and the last member",
            remove("Ekib", names(&["Ebububogudibufede", "Ego"], &[])),
        ),
        (
            "remove the only nested group",
            remove("Ekib", names(&[], &["Efidakukafoda"])),
        ),
        ("give a plug-in", view),
        (
            "give the design environment to nobody",
            grant(AccessArea::Design, Grantee::Nobody),
        ),
        (
            "restrict a REST server that the file has no key for",
            grant(rest, ekib()),
        ),
    ]
}

#[test]
fn every_kind_of_change_touches_the_lines_that_it_must() {
    let bytes = file("corpus", "two-groups-fr");
    let (document, before) = load(&bytes);
    let mut shown = String::new();
    for (title, change) in changes_of_users().into_iter().chain(changes_of_groups()) {
        let mut after = before.clone();
        let _applied = after.apply(&[change], &Rules::default()).unwrap();
        let patch = encode(&document, &before, &after).unwrap();
        let new = patch.apply(document.text()).unwrap();
        writeln!(shown, "# {title}\n{}", line_diff(document.text(), &new)).unwrap();
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn other_layouts_are_followed() {
    let mut shown = String::new();
    for (folder, name) in [
        ("corpus", "crlf-2025"),
        ("corpus", "oldest-2019"),
        ("corpus", "upper-camel-settings-2020"),
        ("odd", "minified"),
        ("odd", "only-users"),
        ("odd", "empty-object"),
        ("odd", "spaces-for-tabs"),
        ("odd", "final-newline"),
        ("odd", "white-space-everywhere"),
        ("odd", "mixed-line-ends"),
        ("odd", "empty-lists"),
        ("odd", "unknown-keys"),
        ("odd", "duplicate-keys"),
        ("odd", "missing-built-ins"),
        ("odd", "built-ins-without-alias"),
    ] {
        let (document, before) = load(&file(folder, name));
        let designer = before.user(before.designer()).unwrap().name().clone();
        let mut after = before.clone();
        let _applied = after
            .apply(
                &[
                    Change::RenameUser {
                        user: designer,
                        name: user("Boss"),
                    },
                    Change::AddUser {
                        name: Some(user("Ann")),
                        startup_method: None,
                        groups: Vec::new(),
                    },
                    Change::AddGroup {
                        name: Some(group("Crew")),
                        administrator: AdministratorMembership::Member,
                    },
                    Change::AddMembers {
                        group: group("Crew"),
                        users: vec![user("Ann")],
                        groups: Vec::new(),
                    },
                    Change::GrantArea {
                        area: AccessArea::Design,
                        grantee: Grantee::Group(group("Crew")),
                    },
                    Change::GrantPlugin {
                        plugin: PluginKey::from_stored("write"),
                        grantee: Grantee::Nobody,
                    },
                ],
                &Rules::default(),
            )
            .unwrap();
        let patch = encode(&document, &before, &after).unwrap();
        let new = patch.apply(document.text()).unwrap();
        writeln!(shown, "# {name}\n{}", line_diff(document.text(), &new)).unwrap();
    }
    insta::assert_snapshot!(shown);
}

/// The text as the one writer writes it that reproduces every file of 4D (`directory-format.md` §3).
pub(crate) fn rewritten(text: &str) -> String {
    let (mark, rest) = match text.strip_prefix('\u{feff}') {
        Some(rest) => ("\u{feff}", rest),
        None => ("", text),
    };
    let value: serde_json::Value = serde_json::from_str(rest).unwrap();
    let mut out = Vec::new();
    let formatter = serde_json::ser::PrettyFormatter::with_indent(b"\t");
    let mut serializer = serde_json::Serializer::with_formatter(&mut out, formatter);
    serde::Serialize::serialize(&value, &mut serializer).unwrap();
    let out = String::from_utf8(out).unwrap();
    let out = if rest.contains("\r\n") {
        out.replace('\n', "\r\n")
    } else {
        out
    };
    format!("{mark}{out}")
}

/// The raw text of each user and group that an edit has no business with, by name.
fn untouched(document: &Document, before: &Directory, after: &Directory) -> Vec<(String, String)> {
    let same_user = |handle: &UserHandle| before.user(*handle) == after.user(*handle);
    let mut found = Vec::new();
    let raw = |section: &str, key: &str| {
        let value = document
            .root()
            .get(section)
            .and_then(|section| section.get(key));
        value.map(|value| (format!("{section}/{key}"), value.raw().to_owned()))
    };
    for (handle, user) in before.users().filter(|(handle, _)| same_user(handle)) {
        let key = match user.kind() {
            UserKind::Designer => "designer",
            UserKind::Administrator => "administrator",
            UserKind::User => user.name().as_str(),
        };
        found.extend(raw("users", key).filter(|_| after.user(handle).is_some()));
    }
    let same_names = |group: &Group| {
        let name = |handle, directory: &Directory| {
            directory.group(handle).map(|group| group.name().clone())
        };
        let same_group = |handle: &_| name(*handle, before) == name(*handle, after);
        group.users().iter().all(|user| {
            before.user(*user).map(guichet_core::User::name)
                == after.user(*user).map(guichet_core::User::name)
        }) && group.groups().iter().all(same_group)
    };
    for (handle, group) in before.groups() {
        if after.group(handle) == Some(group) && same_names(group) {
            found.extend(raw("groups", group.name().as_str()));
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn what_an_edit_has_no_business_with_keeps_its_bytes_and_4d_s_layout_stays_4d_s(
        place in any::<Index>(),
        ideas in prop::collection::vec(idea(), 1..4),
    ) {
        let fixtures = editable_files();
        let (name, bytes) = place.get(&fixtures);
        let (document, before) = load(bytes);
        let after = edited(&before, &ideas);
        let Ok(patch) = encode(&document, &before, &after) else { return Ok(()) };
        let new = patch.apply(document.text()).unwrap();
        let (new_document, _) = load(new.as_bytes());
        for (key, raw) in untouched(&document, &before, &after) {
            let (section, key) = key.split_once('/').unwrap();
            let now = new_document.root().get(section).and_then(|section| section.get(key)).map(guichet_storage::json::Node::raw);
            prop_assert_eq!(now, Some(raw.as_str()), "{} {}", name, key);
        }
        if rewritten(document.text()) == document.text() {
            prop_assert_eq!(rewritten(&new), new, "{}", name);
        }
        for section in ["sqlSchemaGranters", "remoteGranters", "settings"] {
            let raw = |document: &Document| document.root().get(section).map(|node| node.raw().to_owned());
            let quiet = before.grants() == after.grants() && before.settings() == after.settings() && untouched_names(&before, &after);
            if quiet {
                prop_assert_eq!(raw(&document), raw(&new_document), "{} {}", name, section);
            }
        }
    }
}

/// Tells whether nobody has another name.
fn untouched_names(before: &Directory, after: &Directory) -> bool {
    before.users().all(|(handle, user)| {
        after
            .user(handle)
            .is_none_or(|now| now.name() == user.name())
    }) && before.groups().all(|(handle, group)| {
        after
            .group(handle)
            .is_none_or(|now| now.name() == group.name())
    })
}
