//! Brings users, groups and memberships of an LDAP dump into a directory, and leaves all else alone.
//!
//! ```text
//! cargo run -p guichet-core --example directory_of_another_source
//! ```

#![allow(clippy::print_stdout, reason = "an example shows something")]

use guichet_core::{
    Absent, AccessArea, DirectoryBuilder, Grantee, GroupName, Rules, UserName, Wish,
};

/// What the other source knows: groups and the names of their users.
const DUMP: [(&str, &[&str]); 2] = [("Accounting", &["Ann", "Zoë"]), ("Support", &["Zoë"])];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut builder = DirectoryBuilder::new();
    builder.user(UserName::new("Ann")?);
    builder.user(UserName::new("Bob")?);
    let accounting = builder.group(GroupName::new("Accounting")?);
    builder.members_of(accounting).user("Bob");
    builder.grant_area(&AccessArea::Design, &Grantee::parse("Accounting"));
    let mut directory = builder.finish(); // a program reads it from its file

    let mut wish = Wish::new();
    for (group, users) in DUMP {
        for user in users {
            wish.user(UserName::new(user)?);
            wish.member_user(GroupName::new(group)?, UserName::new(user)?);
        }
    }
    wish.absent_users(Absent::Removed);
    wish.absent_members(Absent::Removed);

    let changes = wish.changes(&directory)?;
    let applied = directory.apply(&changes, &Rules::default())?;
    for event in &applied.events {
        println!("{event}");
    }
    let design = directory.grants().area(&AccessArea::Design);
    let design = design.map(|grantee| directory.grantee_by_name(grantee));
    println!("the Design environment is as before: {design:?}");
    println!("a second time: {} changes", wish.changes(&directory)?.len());
    Ok(())
}
