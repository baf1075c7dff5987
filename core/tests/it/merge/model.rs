//! A merge against an obvious model: a directory as a table of facts, merged row by row.
//!
//! The edits add users and groups, change properties, memberships, grants and settings. Nothing is
//! renamed or removed here, and a group is only placed in an earlier one: what follows of those has
//! examples and laws of its own.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::sample::select;

use guichet_core::{
    AccessArea, AdministratorMembership, Change, Credential, Directory, DirectoryBuilder, Grantee,
    MethodName, PluginKey,
};

use super::merged;
use crate::compare::edited;
use crate::support::{grant_text, group, setting_text, user};

const USERS: &[&str] = &["Ann", "Bob", "Carl", "Dora", "Eve"];
const GROUPS: &[&str] = &["All", "Devs", "Ops", "QA", "Sales"];

/// All that a directory says, one row for each thing that can change by itself.
type Facts = BTreeMap<String, String>;

fn facts(directory: &Directory) -> Facts {
    let mut facts = Facts::new();
    for (_, user) in directory.users() {
        let name = user.name();
        facts.insert(format!("user {name}"), String::from("is there"));
        if let Some(method) = user.startup_method() {
            facts.insert(format!("method of {name}"), method.to_string());
        }
        if let Some(password) = user.credential() {
            facts.insert(
                format!("password of {name}"),
                password.expose_stored_text().to_owned(),
            );
        }
    }
    for (_, group) in directory.groups() {
        let name = group.name();
        facts.insert(format!("group {name}"), String::from("is there"));
        for user in group.users() {
            let user = directory.user(*user).unwrap().name();
            facts.insert(format!("user {user} in {name}"), String::from("is there"));
        }
        for nested in group.groups() {
            let nested = directory.group(*nested).unwrap().name();
            facts.insert(
                format!("group {nested} in {name}"),
                String::from("is there"),
            );
        }
    }
    let design = directory.grants().area(&AccessArea::Design).unwrap();
    facts.insert(String::from("design"), grant_text(directory, design));
    let write = directory.grants().plugin(&PluginKey::from_stored("write"));
    facts.insert(String::from("write"), grant_text(directory, write));
    let default = setting_text(directory, directory.settings().default_user());
    facts.insert(String::from("default user"), default);
    facts
}

/// Row by row: whoever changed it has it, and ours if both did. Returns the table, and the rows
/// that both changed, not to the same.
fn merged_facts(base: &Facts, ours: &Facts, theirs: &Facts) -> (Facts, BTreeSet<String>) {
    let mut merged = Facts::new();
    let mut disputed = BTreeSet::new();
    let rows: BTreeSet<&String> = base
        .keys()
        .chain(ours.keys())
        .chain(theirs.keys())
        .collect();
    for row in rows {
        let [base, ours, theirs] = [base.get(row), ours.get(row), theirs.get(row)];
        let value = if ours == base { theirs } else { ours };
        if ours != base && theirs != base && ours != theirs {
            disputed.insert(row.clone());
        }
        merged.extend(value.map(|value| (row.clone(), value.clone())));
    }
    (merged, disputed)
}

fn base() -> Directory {
    let mut builder = DirectoryBuilder::new();
    for name in &USERS[..3] {
        builder.user(user(name));
    }
    for name in &GROUPS[..3] {
        builder.group(group(name));
    }
    builder.finish()
}

fn edit() -> impl Strategy<Value = Change> {
    let grantee = || {
        prop_oneof![
            Just(Grantee::Everyone),
            Just(Grantee::Nobody),
            select(GROUPS).prop_map(|name| Grantee::Group(group(name))),
        ]
    };
    let nesting = (1..GROUPS.len()).prop_flat_map(|down| (0..down, Just(down)));
    prop_oneof![
        1 => select(USERS).prop_map(|name| Change::AddUser {
            name: Some(user(name)),
            startup_method: None,
            groups: Vec::new(),
        }),
        1 => select(GROUPS).prop_map(|name| Change::AddGroup {
            name: Some(group(name)),
            administrator: AdministratorMembership::Outside,
        }),
        3 => (select(GROUPS), select(USERS)).prop_map(|(name, member)| Change::AddMembers {
            group: group(name),
            users: vec![user(member)],
            groups: Vec::new(),
        }),
        1 => (select(GROUPS), select(USERS)).prop_map(|(name, member)| Change::RemoveMembers {
            group: group(name),
            users: vec![user(member)],
            groups: Vec::new(),
        }),
        2 => nesting.prop_map(|(up, down)| Change::AddMembers {
            group: group(GROUPS[up]),
            users: Vec::new(),
            groups: vec![group(GROUPS[down])],
        }),
        1 => (select(USERS), select(&["One", "Two"][..])).prop_map(|(name, method)| {
            Change::SetStartupMethod { user: user(name), method: Some(MethodName::from_stored(method)) }
        }),
        1 => (select(USERS), select(&["one", "two"][..])).prop_map(|(name, password)| {
            Change::SetPassword { user: user(name), credential: Some(Credential::from_stored(password)) }
        }),
        1 => grantee().prop_map(|grantee| Change::GrantArea { area: AccessArea::Design, grantee }),
        1 => grantee().prop_map(|grantee| Change::GrantPlugin {
            plugin: PluginKey::from_stored("write"),
            grantee,
        }),
        1 => select(USERS).prop_map(|name| Change::SetDefaultUser { user: Some(user(name)) }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_lost_and_only_what_both_changed_conflicts(
        before in prop::collection::vec(edit(), 0..6),
        ours in prop::collection::vec(edit(), 0..12),
        theirs in prop::collection::vec(edit(), 0..12),
    ) {
        let base = edited(&base(), &before);
        let (ours, theirs) = (edited(&base, &ours), edited(&base, &theirs));
        let (result, left, conflicts) = merged(&base, &ours, &theirs);
        prop_assert_eq!(left, Vec::<String>::new());
        let (expected, disputed) = merged_facts(&facts(&base), &facts(&ours), &facts(&theirs));
        prop_assert_eq!(facts(&result), expected);
        // A user that both added is one conflict, whatever it differs in.
        prop_assert_eq!(conflicts.is_empty(), disputed.is_empty());
        prop_assert!(conflicts.len() <= disputed.len());
    }
}
