//! Views: immutable, shared by clones, renewed when the file changes.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;

use guichet::{Project, Reason, View};

use crate::support::Shop;

fn names_of(view: &View) -> Vec<String> {
    let users = view.directory().users();
    users.map(|(_, user)| user.name().to_string()).collect()
}

#[test]
fn a_view_never_changes_and_a_reload_gives_another_one() {
    let shop = Shop::new();
    let project = shop.open();
    let clone = project.clone();
    let before = project.current();
    let names = names_of(&before);

    shop.replace("\"Ann Lee\"", "\"Anna Lee\"");
    assert_eq!(
        project.current().revision(),
        before.revision(),
        "nobody has looked yet"
    );
    let after = project.reload().unwrap();
    assert_ne!(after.revision(), before.revision());
    assert_eq!(names_of(&before), names);
    assert!(names_of(&after).contains(&"Anna Lee".to_owned()));
    assert_eq!(
        clone.current().revision(),
        after.revision(),
        "a clone is the same project"
    );
}

#[test]
fn a_reload_of_unchanged_files_gives_the_same_view() {
    let shop = Shop::new();
    let project = shop.open();
    let before = project.current();
    let after = project.reload().unwrap();
    assert!(Arc::ptr_eq(
        before.policy().directory(),
        after.policy().directory()
    ));
}

#[test]
fn a_change_of_guichet_toml_alone_gives_another_view() {
    let shop = Shop::new();
    let project = shop.open();
    let before = project.current();
    let options = shop.read("Settings/guichet.toml");
    shop.write(
        "Settings/guichet.toml",
        &options.replace("seats = 2", "seats = 3"),
    );
    let after = project.reload().unwrap();
    assert_eq!(after.revision(), before.revision());
    assert_ne!(after.options_revision(), before.options_revision());
    assert_ne!(after.entitlements(), before.entitlements());
}

#[test]
fn a_file_that_breaks_leaves_the_last_good_view() {
    let shop = Shop::new();
    let project = shop.open();
    let before = project.current();
    shop.write("Settings/directory.json", "{");
    assert_eq!(project.reload().unwrap_err().code(), "json-syntax");
    assert_eq!(project.current().revision(), before.revision());
}

#[test]
fn a_data_folder_that_appears_counts_after_a_reload() {
    let shop = Shop::new();
    let project = shop.open();
    shop.write("Data/Settings/directory.json", "{}");
    let view = project.reload().unwrap();
    assert_eq!(
        view.location().shadowed,
        [shop.path("Settings/directory.json")]
    );
    assert_eq!(view.directory().user_count(), 2);
}

#[test]
fn questions_are_answered_as_the_policy_answers_them() {
    let shop = Shop::new();
    let view = shop.open().current();
    let (ann, zoe) = (
        view.user("Ann Lee").unwrap(),
        view.user("Zoé Martin").unwrap(),
    );
    let write = view.access("plugin:write").unwrap();
    assert_eq!(view.check(ann, &write).unwrap().reason(), Reason::Member);
    assert_eq!(view.check(zoe, &write).unwrap().reason(), Reason::NotMember);
    assert_eq!(
        view.audience(&write).unwrap().users,
        view.people(&[ann, view.user("#4").unwrap()])
    );
    let reach = view.reach(ann);
    assert_eq!(reach.user, view.person(ann));
    assert!(
        reach
            .access
            .contains(&view.answer(ann, &write).unwrap().verdict)
    );
}

#[test]
fn a_project_and_its_views_are_shared_between_threads() {
    fn shared<T: Send + Sync + Clone + 'static>() {}
    shared::<Project>();
    shared::<View>();
}

#[test]
fn every_area_is_listed_with_who_has_it() {
    let shop = Shop::new();
    let view = shop.open().current();
    let areas = view.areas().into_iter();
    let areas = areas.map(|(access, grantee)| {
        let group = grantee.group().map(ToString::to_string);
        let who = group.unwrap_or_else(|| grantee.kind().to_owned());
        format!("{} {who}", access.describe(view.directory()))
    });
    assert_eq!(
        areas.collect::<Vec<_>>(),
        [
            "design General Mgmt",
            "runtime-explorer General Mgmt",
            "http Accounting",
            "rest everyone",
            "sql:DEFAULT_SCHEMA:read Accounting",
            "sql:DEFAULT_SCHEMA:write everyone",
            "sql:DEFAULT_SCHEMA:all everyone",
        ]
    );
}
