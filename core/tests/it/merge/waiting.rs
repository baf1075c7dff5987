//! A name that nobody had on one side, and that somebody of the other side has: it is found in the
//! merge itself, whatever held it.

use guichet_core::{
    AccessArea, AdministratorMembership, Change, Directory, DirectoryBuilder, Grantee, merge,
};

use super::examples::branch;
use crate::support::{group, user};

/// A directory with one group, altered.
fn devs(alter: impl FnOnce(&mut DirectoryBuilder)) -> Directory {
    let mut builder = DirectoryBuilder::new();
    builder.group(group("Devs"));
    alter(&mut builder);
    builder.finish()
}

fn place(builder: &mut DirectoryBuilder, container: &str, kind: &str, name: &str) {
    let container = builder.as_directory().find_group(container).unwrap();
    let mut members = builder.members_of(container);
    match kind {
        "user" => _ = members.user(name),
        _ => _ = members.group(name),
    }
}

/// What theirs brings to ours, as sentences.
fn brought(ours: &Directory, theirs: &Directory) -> Vec<String> {
    let base = devs(|_| {});
    let merge = merge(&base, ours, theirs);
    assert!(merge.conflicts().is_empty());
    merge
        .difference()
        .deltas()
        .map(ToString::to_string)
        .collect()
}

/// Theirs adds Carl.
fn carl() -> Directory {
    let add = Change::AddUser {
        name: Some(user("Carl")),
        startup_method: None,
        groups: Vec::new(),
    };
    branch(&devs(|_| {}), [add])
}

/// Theirs adds QA.
fn qa() -> Directory {
    let add = Change::AddGroup {
        name: Some(group("QA")),
        administrator: AdministratorMembership::Outside,
    };
    branch(&devs(|_| {}), [add])
}

#[test]
fn in_a_list_of_users() {
    let ours = devs(|builder| place(builder, "Devs", "user", "CARL"));
    assert_eq!(
        brought(&ours, &carl()),
        [
            "user `Carl` was added",
            "user `Carl` is now in group `Devs`",
            "group `Devs` no longer lists the unknown user `CARL`",
        ]
    );
}

#[test]
fn in_a_list_of_groups() {
    let ours = devs(|builder| place(builder, "Devs", "group", "qa"));
    // What theirs brings waits for somebody itself.
    let theirs = devs(|builder| {
        builder.group(group("QA"));
        place(builder, "QA", "group", "Later");
    });
    assert_eq!(
        brought(&ours, &theirs),
        [
            "group `QA` was added",
            "group `QA` is now in group `Devs`",
            "group `QA` now lists the unknown group `Later`",
            "group `Devs` no longer lists the unknown group `qa`",
        ]
    );
}

#[test]
fn in_a_grant() {
    let grantee = Grantee::Group(group("qa"));
    let ours = devs(|builder| _ = builder.grant_area(&AccessArea::Design, &grantee));
    assert_eq!(
        brought(&ours, &qa()),
        [
            "group `QA` was added",
            "the Design environment is now open to group `QA`, before: the unknown group `qa`",
        ]
    );
}

#[test]
fn in_a_setting() {
    let ours = devs(|builder| _ = builder.default_user("carl"));
    assert_eq!(
        brought(&ours, &carl()),
        [
            "user `Carl` was added",
            "the Default User is now `Carl`, before: the unknown user `carl`",
        ]
    );
}
