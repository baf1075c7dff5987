//! Edited directories as text: what comes back means the edit, and is taken back byte for byte.

use std::sync::Arc;

use guichet_core::{
    AdministratorMembership, Change, Delta, Directory, GroupName, Rules, UserName, compare,
    same_in_order,
};
use guichet_storage::json::Document;
use guichet_storage::{
    DirectoryStore, DirectoryText, EncodeError, OptionsFile, Patch, ProjectPath, StoreSettings,
    Target, decode, encode, encode_new, encode_options,
};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use crate::changes::{Idea, edited, idea};
use crate::project::{Project, USER, note};
use crate::simulated::Simulated;
use crate::support::{editable_files as fixtures, file};

const OPTIONS: &str = "# what 4D has no keys for\n[access]\nhttp = \"Sales\" # the shop\n\n[plugins.barcode]\nnumber = 15000\ngroup = \"*\"\n";

fn load(bytes: &[u8], options: &[u8]) -> (Document, OptionsFile, Directory) {
    let document = Document::parse(bytes.to_vec()).unwrap();
    let options = OptionsFile::parse(options).unwrap();
    let directory = decode(&document, &options).unwrap().directory;
    (document, options, directory)
}

/// Tells whether 4D would not write what a text says: an empty list, or no group in `groups`.
fn is_unlike_4d(text: &str) -> bool {
    let value: serde_json::Value =
        serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap();
    let groups = value.get("groups").and_then(serde_json::Value::as_object);
    let empty = |group: &serde_json::Value| {
        ["users", "groups"].iter().any(|key| {
            group
                .get(key)
                .is_some_and(|list| list.as_array().unwrap().is_empty())
        })
    };
    groups.is_some_and(|groups| groups.is_empty() || groups.values().any(empty))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn an_edited_directory_comes_back_and_its_undo_gives_the_first_bytes(
        place in any::<Index>(),
        steps in prop::collection::vec(prop::collection::vec(idea(), 1..4), 1..4),
    ) {
        let fixtures = fixtures();
        let (name, first) = place.get(&fixtures);
        let unlike_before = is_unlike_4d(std::str::from_utf8(first).unwrap());
        let (mut text, mut options) = (String::from_utf8(first.clone()).unwrap(), OPTIONS.to_owned());
        let mut undo = Vec::new();
        for ideas in steps {
            let (document, file, before) = load(text.as_bytes(), options.as_bytes());
            let after = edited(&before, &ideas);
            let Ok(patch) = encode(&document, &before, &after) else { continue };
            let Ok(new_options) = encode_options(options.as_bytes(), &file, Some(&document), &before, &after) else { continue };
            let new = patch.apply(&text).unwrap();
            undo.push((patch.reversed(&text).unwrap(), text));
            text = new;
            if let Some(new) = new_options {
                options = String::from_utf8(new).unwrap();
            }
            let (_, _, decoded) = load(text.as_bytes(), options.as_bytes());
            prop_assert!(same_in_order(&decoded, &after), "{}\n{}\n{}", name, text, options);
            prop_assert!(unlike_before || !is_unlike_4d(&text), "{}\n{}", name, text);
        }
        while let Some((back, earlier)) = undo.pop() {
            text = back.apply(&text).unwrap();
            prop_assert_eq!(&text, &earlier, "{}", name);
        }
        prop_assert_eq!(text.as_bytes(), first.as_slice());
    }

    #[test]
    fn a_new_file_means_its_directory_and_is_laid_out_as_4d_does_it(ideas in prop::collection::vec(idea(), 0..8)) {
        let before = DirectoryText::parse(b"{}".to_vec()).unwrap().directory;
        let after = edited(&before, &ideas);
        let Ok(text) = encode_new(&after) else { return Ok(()) };
        let options = encode_options(b"", &OptionsFile::default(), None, &before, &after).unwrap().unwrap_or_default();
        let (_, _, decoded) = load(text.as_bytes(), &options);
        prop_assert!(same_in_order(&decoded, &after), "{}", text);
        prop_assert!(!is_unlike_4d(&text));
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        let mut out = Vec::new();
        let formatter = serde_json::ser::PrettyFormatter::with_indent(b"\t");
        let mut serializer = serde_json::Serializer::with_formatter(&mut out, formatter);
        serde::Serialize::serialize(&value, &mut serializer).unwrap();
        prop_assert_eq!(String::from_utf8(out).unwrap(), text);
    }
}

/// Bugs once: a user that no text means was written as a text that means another or nobody.
#[test]
fn whom_a_file_cannot_refer_to_is_refused_and_not_confused() {
    let nameless = file("odd", "empty-alias");
    let nameless = DirectoryText::parse(nameless).unwrap().directory;
    assert_eq!(encode_new(&nameless), Err(EncodeError::NamelessUser));

    let twins =
        br#"{"users": {"designer": {"alias": "Boss"}, "administrator": {"alias": "Boss"}}}"#;
    let twins = DirectoryText::parse(twins.to_vec()).unwrap();
    let mut after = twins.directory.clone();
    let add = Change::AddGroup {
        name: Some(GroupName::new("Devs").unwrap()),
        administrator: AdministratorMembership::Member,
    };
    let _applied = after.apply(&[add], &Rules::default()).unwrap();
    let ambiguous = EncodeError::AmbiguousUser {
        name: "Boss".to_owned(),
    };
    let edited = encode(&twins.document, &twins.directory, &after);
    assert_eq!(edited.unwrap_err(), ambiguous);
    assert_eq!(encode_new(&after), Err(ambiguous));
}

/// Where a key stood twice, all members were once looked through for each user who was renamed.
#[test]
fn everybody_gets_another_name_in_linear_time_though_a_key_stands_twice() {
    let text = |name: &str, twin: &str| {
        let user = |number| format!("\"{name} {number}\":{{}}");
        let users: Vec<_> = (0..20_000).map(user).collect();
        format!("{{\"users\":{{{twin}{}}}}}", users.join(","))
    };
    let read = DirectoryText::parse(text("Ann", "\"Ann 7\":{},").into()).unwrap();
    let mut after = read.directory.clone();
    let changes = (0..20_000).map(|number| Change::RenameUser {
        user: UserName::from_stored(format!("Ann {number}")),
        name: UserName::from_stored(format!("Bob {number}")),
    });
    let changes: Vec<_> = changes.collect();
    let _applied = after.apply(&changes, &Rules::default()).unwrap();
    let patch = encode(&read.document, &read.directory, &after).unwrap();
    assert_eq!(patch.apply(read.document.text()), Some(text("Bob", "")));
}

#[test]
fn a_new_file_of_what_was_read_means_the_same() {
    for (name, bytes) in fixtures() {
        let read = DirectoryText::parse(bytes).unwrap().directory;
        let Ok(text) = encode_new(&read) else {
            continue;
        };
        let again = DirectoryText::parse(text.into_bytes()).unwrap().directory;
        let difference = compare(&read, &again);
        // A third party's plug-in stands in guichet.toml.
        let elsewhere = |delta: &Delta| matches!(delta, Delta::PluginGranted { .. });
        assert!(
            difference.deltas().all(elsewhere),
            "{name}: {}",
            difference.canonical()
        );
    }
}

#[test]
fn the_file_of_a_new_project_is_4ds() {
    let project = Project::new();
    drop(project.store().init(&note()).unwrap());
    let text = String::from_utf8(project.read(USER)).unwrap();
    insta::assert_snapshot!(text, @r#"
    {
    	"users": {
    		"designer": {
    			"alias": "Designer"
    		},
    		"administrator": {
    			"alias": "Administrator"
    		}
    	},
    	"sqlSchemaGranters": {
    		"DEFAULT_SCHEMA": {
    			"readOnlyAccessGroup": "*",
    			"readWriteAccessGroup": "*",
    			"allAccessGroup": ""
    		}
    	},
    	"settings": {
    		"localGenericWebUser": "Designer",
    		"designAccessGroup": "*",
    		"remoteGenericWebUser": "Designer",
    		"remoteDefaultUser": ""
    	}
    }
    "#);
}

#[test]
fn every_kind_of_change_on_every_fixture_comes_back_and_is_taken_back() {
    let mut runner = TestRunner::deterministic();
    let mut made = 0;
    for (name, bytes) in fixtures() {
        let (document, _, before) = load(&bytes, OPTIONS.as_bytes());
        for kind in 0..Idea::KINDS {
            let idea = idea()
                .new_tree(&mut runner)
                .unwrap()
                .current()
                .of_kind(kind);
            let after = edited(&before, &[idea]);
            let Ok(patch) = encode(&document, &before, &after) else {
                continue;
            };
            let new = patch.apply(document.text()).unwrap();
            let file = OptionsFile::parse(OPTIONS.as_bytes()).unwrap();
            let options =
                encode_options(OPTIONS.as_bytes(), &file, Some(&document), &before, &after)
                    .unwrap();
            let options = options.unwrap_or_else(|| OPTIONS.into());
            let (_, _, decoded) = load(new.as_bytes(), &options);
            assert!(same_in_order(&decoded, &after), "{name} {kind}\n{new}");
            let back = patch.reversed(document.text()).unwrap();
            assert_eq!(
                back.apply(&new).as_deref(),
                Some(document.text()),
                "{name} {kind}"
            );
            made += usize::from(new != document.text());
        }
    }
    assert!(made > 500, "{made}");
}

/// Edits and undoes through a store, on a disk in memory.
fn through_a_store(first: &[u8], steps: &[Vec<Idea>]) -> Result<(), TestCaseError> {
    const FILE: &str = "/shop/Settings/directory.json";
    const TOML: &str = "/shop/Settings/guichet.toml";
    let disk = Simulated::new(
        &[(FILE, first), (TOML, OPTIONS.as_bytes())],
        &["/shop/Project"],
    );
    let target = Target::Project {
        project: ProjectPath::At("/shop".into()),
        data: None,
    };
    let store =
        DirectoryStore::with_files(Arc::new(disk.clone()), target, StoreSettings::default());
    let both = || (disk.bytes(FILE), disk.bytes(TOML));
    let mut states = vec![both()];
    for ideas in steps {
        let result = store.edit(&note(), |directory, _| {
            let changes: Vec<_> = ideas.iter().map(|idea| idea.change(directory)).collect();
            directory.apply(&changes, &Rules::default())
        });
        if result.is_ok_and(|edited| !edited.files.is_empty()) {
            states.push(both());
        } else {
            prop_assert_eq!(
                states.last(),
                Some(&both()),
                "a refused edit changes nothing"
            );
        }
    }
    prop_assert_eq!(store.log().unwrap().len(), states.len() - 1);
    states.pop();
    while let Some(former) = states.pop() {
        store.undo(&note()).unwrap();
        prop_assert_eq!(both(), former);
    }
    prop_assert!(store.undo(&note()).is_err());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn a_store_takes_every_sequence_of_edits_of_both_files_back(
        place in any::<Index>(),
        steps in prop::collection::vec(prop::collection::vec(idea(), 1..3), 1..8),
    ) {
        let fixtures = fixtures();
        through_a_store(&place.get(&fixtures).1, &steps)?;
    }

    #[test]
    fn any_text_is_made_of_any_other_and_back(old in "[abé😀]{0,8}", new in "[abé😀]{0,8}") {
        let patch = Patch::between(&old, &new);
        prop_assert_eq!(patch.apply(&old), Some(new.clone()));
        prop_assert_eq!(patch.reversed(&old).unwrap().apply(&new), Some(old));
    }
}
