//! The order of the merged directory.

use guichet_core::{Directory, DirectoryBuilder, GroupName, UserName, merge, same_in_order};

/// Users in an order, and group `Devs` with members in an order.
fn devs(users: &[&str], members: &[&str]) -> Directory {
    let mut builder = DirectoryBuilder::new();
    for name in users {
        builder.user(UserName::from_stored(*name));
    }
    let group = builder.group(GroupName::from_stored("Devs"));
    for name in members {
        builder.members_of(group).user(name);
    }
    builder.finish()
}

#[test]
fn what_theirs_adds_comes_last_in_their_order_and_members_are_placed_as_by_an_edit() {
    let base = devs(&["Ann", "Bob", "Eve"], &["Eve", "Ann"]);
    let ours = devs(&["Ann", "Bob", "Carl", "Eve"], &["Eve", "Ann"]);
    let theirs = devs(
        &["Zoë", "Bob", "Dora", "Eve"],
        &["Zoë", "Dora", "Eve", "Bob"],
    );

    let merge = merge(&base, &ours, &theirs);
    let expected = devs(
        &["Bob", "Carl", "Eve", "Zoë", "Dora"],
        &["Bob", "Eve", "Zoë", "Dora"],
    );
    assert!(same_in_order(merge.directory(), &expected));
    let merged = merge.directory();
    for name in ["Bob", "Carl", "Eve", "Devs"] {
        assert_eq!(merged.find_user(name), ours.find_user(name));
        assert_eq!(merged.find_group(name), ours.find_group(name));
    }
}
