//! The corpus: look-alikes of real files, with answers computed by an independent walk.

use guichet_core::{AccessControl, Mode, Options, PluginKey};
use guichet_policy::{Access, Policy};
use serde_json::Value;

use crate::support::json::{corpus, directory, expected, fixture, members, texts};
use crate::support::{group_names, sorted, user_names};

fn server(directory: guichet_core::Directory) -> Policy {
    Policy::new(directory, Mode::Server, Options::default())
}

fn grantee(policy: &Policy, access: &Access) -> String {
    let grantees = policy.grantees(access).unwrap();
    assert_eq!(grantees.len(), 1);
    grantees[0].as_text().to_owned()
}

fn names(list: &Value) -> Vec<String> {
    sorted(texts(list).map(str::to_owned).collect())
}

#[test]
fn every_closure_of_the_corpus_is_as_expected() {
    let files: Vec<_> = (corpus().into_iter())
        .filter(|(name, _)| !name.ends_with(".resaved.json"))
        .collect();
    assert_eq!(files.len(), 15);
    for (name, text) in files {
        let expected = expected(&name);
        let policy = server(directory(&text));
        let directory = policy.directory();
        let closure = policy.closure();
        assert_eq!(expected["users"], directory.user_count(), "{name}");
        assert_eq!(expected["groups"], directory.group_count(), "{name}");
        let controlled = directory.access_control() == AccessControl::On;
        assert_eq!(expected["access_control"], controlled, "{name}");
        let groups = members(&expected["group"]);
        assert_eq!(groups.len(), directory.group_count(), "{name}");
        for (group, users) in groups {
            let handle = directory.find_group(&group).unwrap();
            let found = user_names(directory, &closure.users_of_group(handle));
            assert_eq!(sorted(found), names(&users), "{name}: {group}");
        }
        let users = members(&expected["user"]);
        assert_eq!(users.len(), directory.user_count(), "{name}");
        for (user, groups) in users {
            let handle = directory.find_user(&user).unwrap();
            let found = group_names(directory, &closure.groups_of_user(handle));
            assert_eq!(sorted(found), names(&groups), "{name}: {user}");
        }
        assert!(closure.cycles().is_empty(), "{name}");
    }
}

#[test]
fn every_granter_of_the_corpus_is_as_expected() {
    for (name, text) in corpus() {
        let expected = expected(&name.replace(".resaved.json", ".json"));
        let policy = server(directory(&text));
        for (plugin, group) in members(&expected["granters"]) {
            let access = Access::Plugin(PluginKey::from_stored(plugin.as_str()));
            assert_eq!(grantee(&policy, &access), group, "{name}: {plugin}");
        }
        for (key, value) in members(&expected["settings"]) {
            let access = match key.to_ascii_lowercase().as_str() {
                "designaccessgroup" => Access::Design,
                "remotemobileaccessgrouprw" => Access::Rest,
                _ => continue,
            };
            assert_eq!(grantee(&policy, &access), value, "{name}: {key}");
        }
    }
}

/// Every decision on a directory by name, in alphabetical order.
fn decisions(policy: &Policy) -> Vec<String> {
    let directory = policy.directory();
    let mut lines = Vec::new();
    for (user, account) in directory.users() {
        for (access, decision) in policy.what_can(user) {
            let access = access.describe(directory);
            lines.push(format!("{} {access} {}", account.name(), decision.reason()));
        }
        let groups = group_names(directory, &policy.closure().groups_of_user(user));
        lines.push(format!("{} {:?}", account.name(), sorted(groups)));
    }
    sorted(lines)
}

#[test]
fn a_file_that_4d_saved_in_another_order_gives_equal_answers() {
    let first = server(fixture("survey-78-users.json"));
    let resaved = server(fixture("survey-78-users.resaved.json"));
    assert_ne!(
        user_names(
            first.directory(),
            &first.who_can(&Access::Http).unwrap().users
        ),
        user_names(
            resaved.directory(),
            &resaved.who_can(&Access::Http).unwrap().users
        ),
        "the order of the two files differs"
    );
    assert_eq!(decisions(&first), decisions(&resaved));
}
