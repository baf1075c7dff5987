//! Edits a small office as the Administrator, shows what happened, and takes it back.
//!
//! ```text
//! cargo run -p guichet-core --example reorganise
//! ```

#![allow(clippy::print_stdout, reason = "an example shows something")]

use guichet_core::{
    Actor, AdministratorMembership, Change, DirectoryBuilder, Grantee, GroupName, Options,
    PluginKey, Rules, UserName,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut builder = DirectoryBuilder::new();
    for name in ["Ann", "Bob"] {
        builder.user(UserName::new(name)?);
    }
    let accounting = builder.group(GroupName::new("Accounting")?);
    let mut members = builder.members_of(accounting);
    members.user("Ann");
    members.user("Bob");
    let mut directory = builder.finish();

    let list = [
        Change::AddGroup {
            name: Some(GroupName::new("Finance")?),
            administrator: AdministratorMembership::Outside,
        },
        Change::AddMembers {
            group: GroupName::new("Accounting")?,
            users: vec![],
            groups: vec![GroupName::new("Finance")?],
        },
        Change::AddMembers {
            group: GroupName::new("Finance")?,
            users: vec![UserName::new("Ann")?],
            groups: vec![],
        },
        Change::GrantPlugin {
            plugin: PluginKey::from_stored("write"),
            grantee: Grantee::Group(GroupName::new("Finance")?),
        },
        Change::DeleteUser {
            user: UserName::new("Bob")?,
        },
    ];
    let rules = Rules::new(Actor::Administrator, Options::default());
    let applied = directory.apply(&list, &rules)?;
    for event in &applied.events {
        println!("{event}");
    }

    let closing = Change::AddMembers {
        group: GroupName::new("Finance")?,
        users: vec![],
        groups: vec![GroupName::new("Accounting")?],
    };
    if let Err(refused) = directory.apply(&[closing], &rules) {
        println!("refused: {refused}");
    }

    directory.revert(applied.reversal)?;
    println!(
        "taken back: {} users, {} group",
        directory.user_count(),
        directory.group_count()
    );
    Ok(())
}
