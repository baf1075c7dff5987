//! What a directory means without any order: the slow, obvious side of every comparison.

use std::collections::BTreeMap;

use guichet_core::{Directory, Grantee, GroupReference, Reference, StoredGrantee, UserReference};
use guichet_storage::DirectoryText;

/// Reads a text that is a directory.
pub(crate) fn parse(text: &str) -> DirectoryText {
    DirectoryText::parse(text.as_bytes().to_vec()).unwrap()
}

/// Everything that a directory says, by names, sorted.
pub(crate) fn meaning(directory: &Directory) -> BTreeMap<String, Vec<String>> {
    let mut said = BTreeMap::new();
    for (_, user) in directory.users() {
        let password = user
            .credential()
            .map(guichet_core::Credential::expose_stored_text);
        let entry = said.entry(format!("user {}", user.name()));
        entry.or_insert_with(Vec::new).push(format!(
            "{:?} {:?} {password:?}",
            user.kind(),
            user.startup_method()
        ));
    }
    for (_, group) in directory.groups() {
        let users = group.users().iter();
        let users = users.map(|user| format!("user {}", directory.user(*user).unwrap().name()));
        let groups = group.groups().iter();
        let groups = groups.map(|one| format!("group {}", directory.group(*one).unwrap().name()));
        let ghosts = group.missing_users().iter();
        let ghosts = ghosts.map(|name| format!("no user {name}"));
        let missing = group.missing_groups().iter();
        let missing = missing.map(|name| format!("no group {name}"));
        let members = users.chain(groups).chain(ghosts).chain(missing);
        let entry = said.entry(format!("group {}", group.name()));
        entry.or_insert_with(Vec::new).extend(members);
    }
    let grants = directory.grants();
    for area in grants.areas() {
        let grantee = grants.area(&area).map(|one| grantee(directory, one));
        said.insert(format!("area {area:?}"), grantee.into_iter().collect());
    }
    for grant in grants.plugins() {
        let text = grantee(directory, grant.grantee());
        said.insert(format!("plug-in {}", grant.plugin().as_str()), vec![text]);
    }
    let settings = directory.settings();
    for (name, reference) in [
        ("default", settings.default_user()),
        ("local", settings.local_web_user()),
        ("remote", settings.remote_web_user()),
    ] {
        said.insert(format!("setting {name}"), vec![user(directory, reference)]);
    }
    for values in said.values_mut() {
        values.sort();
    }
    said
}

fn grantee(directory: &Directory, grantee: &StoredGrantee) -> String {
    match grantee {
        Grantee::Group(GroupReference::Known(group)) => {
            format!("group {}", directory.group(*group).unwrap().name())
        }
        other => format!("{other:?}"),
    }
}

fn user(directory: &Directory, reference: &UserReference) -> String {
    match reference {
        Some(Reference::Known(user)) => {
            format!("user {}", directory.user(*user).unwrap().name())
        }
        other => format!("{other:?}"),
    }
}
