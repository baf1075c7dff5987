//! The directory that is measured.
#![allow(dead_code, reason = "each benchmark uses its part")]

use guichet_core::{
    AccessArea, Credential, Directory, DirectoryBuilder, Grantee, GroupHandle, GroupName,
    UserHandle, UserName,
};

/// A directory with its handles in the order of their numbers.
#[derive(Debug)]
pub(crate) struct Made {
    pub(crate) directory: Directory,
    pub(crate) users: Vec<UserHandle>,
    pub(crate) groups: Vec<GroupHandle>,
}

/// As many users as groups: each group holds up to three further down, each user is in two; Design
/// is for group 5.
pub(crate) fn layered(size: usize) -> Made {
    let mut builder = DirectoryBuilder::new();
    let designer = builder.as_directory().designer();
    builder.credential(
        designer,
        Credential::from_stored("AAAAAAAAAAAAAAAAAAAAAA=="),
    );
    let users = (0..size).map(|n| builder.user(UserName::from_stored(format!("u{n}"))));
    let users: Vec<_> = users.collect();
    let groups = (0..size).map(|n| builder.group(GroupName::from_stored(format!("g{n}"))));
    let groups: Vec<_> = groups.collect();
    for (n, group) in groups.iter().enumerate() {
        let mut members = builder.members_of(*group);
        for nested in [2 * n + 1, 2 * n + 2, 3 * n + 7] {
            members.group(&format!("g{nested}"));
        }
        members.user(&format!("u{n}"));
        members.user(&format!("u{}", n * 7 % size));
    }
    builder.grant_area(&AccessArea::Design, &Grantee::parse("g5"));
    Made {
        directory: builder.finish(),
        users,
        groups,
    }
}
