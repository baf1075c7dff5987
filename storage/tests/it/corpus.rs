//! The look-alikes of real files, against answers that were computed by other means.

use std::fs;

use guichet_core::{AccessArea, AccessControl, Directory, Grantee, PluginKey, RestSide};
use guichet_storage::json::Document;
use guichet_storage::{OptionsFile, decode};
use serde_json::Value;

use crate::support::{files, fixtures};

fn directory(bytes: Vec<u8>) -> Directory {
    decode(&Document::parse(bytes).unwrap(), &OptionsFile::default())
        .unwrap()
        .directory
}

fn user_text(directory: &Directory, reference: &guichet_core::UserReference) -> String {
    reference
        .as_ref()
        .and_then(guichet_core::Reference::known)
        .map(|user| directory.user(*user).unwrap().name().to_string())
        .unwrap_or_default()
}

fn area_text(directory: &Directory, area: &AccessArea) -> String {
    directory
        .grantee_by_name(directory.grants().area(area).unwrap())
        .as_text()
        .to_owned()
}

/// Returns a setting as `directory.json` writes it.
fn setting(directory: &Directory, key: &str) -> String {
    let settings = directory.settings();
    match key {
        "localGenericWebUser" => user_text(directory, settings.local_web_user()),
        "remoteGenericWebUser" => user_text(directory, settings.remote_web_user()),
        "remoteDefaultUser" => user_text(directory, settings.default_user()),
        "designAccessGroup" => area_text(directory, &AccessArea::Design),
        "localMobileAccessGroupRW" => area_text(directory, &AccessArea::Rest(RestSide::Local)),
        "remoteMobileAccessGroupRW" => area_text(directory, &AccessArea::Rest(RestSide::Remote)),
        other => panic!("{other}"),
    }
}

#[test]
fn counts_access_control_granters_and_settings_are_as_expected() {
    let mut compared = 0;
    for (name, bytes) in files("corpus") {
        let expected = fixtures("corpus").join(format!("{name}.expected.json"));
        let Ok(expected) = fs::read(expected) else {
            assert_eq!(name, "survey-78-users.resaved");
            continue;
        };
        let expected: Value = serde_json::from_slice(&expected).unwrap();
        let directory = directory(bytes);
        assert_eq!(
            directory.user_count(),
            usize::try_from(expected["users"].as_u64().unwrap()).unwrap(),
            "{name}"
        );
        assert_eq!(
            directory.group_count(),
            usize::try_from(expected["groups"].as_u64().unwrap()).unwrap(),
            "{name}"
        );
        let control = directory.access_control() == AccessControl::On;
        assert_eq!(
            control,
            expected["access_control"].as_bool().unwrap(),
            "{name}"
        );
        for (key, value) in expected["granters"].as_object().unwrap() {
            let stored = directory
                .grants()
                .plugin(&PluginKey::from_stored(key.as_str()));
            assert_eq!(
                directory.grantee_by_name(stored).as_text(),
                value.as_str().unwrap(),
                "{name} {key}"
            );
            compared += 1;
        }
        for (key, value) in expected["settings"].as_object().unwrap() {
            let mut letters = key.chars();
            let first = letters.next().unwrap().to_ascii_lowercase();
            let key = format!("{first}{}", letters.as_str());
            assert_eq!(
                setting(&directory, &key),
                value.as_str().unwrap(),
                "{name} {key}"
            );
            compared += 1;
        }
        for user in expected["user"].as_object().unwrap().keys() {
            let handle = directory.find_user(user).unwrap();
            assert_eq!(
                directory.user(handle).unwrap().name().as_str(),
                user,
                "{name}"
            );
        }
        for group in expected["group"].as_object().unwrap().keys() {
            let handle = directory.find_group(group).unwrap();
            assert_eq!(
                directory.group(handle).unwrap().name().as_str(),
                group,
                "{name}"
            );
        }
    }
    assert!(compared > 100, "{compared}");
}

#[test]
fn what_a_file_leaves_out_is_open_as_4d_writes_it_for_untouched_projects() {
    let directory = directory(fs::read(fixtures("corpus").join("oldest-2019.json")).unwrap());
    for (key, value) in [
        ("localGenericWebUser", "Designer"),
        ("remoteGenericWebUser", "Designer"),
        ("remoteDefaultUser", ""),
        ("designAccessGroup", "*"),
        ("localMobileAccessGroupRW", "*"),
        ("remoteMobileAccessGroupRW", "*"),
    ] {
        assert_eq!(setting(&directory, key), value, "{key}");
    }
    assert!(directory.grants().plugins().is_empty());
    assert_eq!(
        *directory.grants().plugin(&PluginKey::from_stored("write")),
        Grantee::Everyone
    );
}
