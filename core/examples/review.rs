//! Reviews a change of an office, then merges it with what was changed on site meanwhile.
//!
//! ```text
//! cargo run -p guichet-core --example review
//! ```

#![allow(clippy::print_stdout, reason = "an example shows something")]

use guichet_core::{
    Change, Directory, DirectoryBuilder, GroupName, Refused, Rules, UserName, compare, merge,
    order_only,
};

/// Groups with their users, in the order given, as a file may have them.
fn office(groups: &[(&str, &[&str])]) -> Directory {
    let mut builder = DirectoryBuilder::new();
    for name in groups.iter().flat_map(|(_, users)| *users) {
        if builder.as_directory().find_user(name).is_none() {
            builder.user(UserName::from_stored(*name));
        }
    }
    for (name, users) in groups {
        let group = builder.group(GroupName::from_stored(*name));
        for user in *users {
            builder.members_of(group).user(user);
        }
    }
    builder.finish()
}

fn main() -> Result<(), Refused> {
    let shipped = office(&[("Finance", &["Ann", "Bob"]), ("Sales", &["Carl"])]);
    let reordered = office(&[("Sales", &["Carl"]), ("Finance", &["Bob", "Ann"])]);
    let is_noise = order_only(&shipped, &reordered);
    println!("4D wrote the file again, only the order differs: {is_noise}");

    let upgrade = office(&[
        ("Accounting", &["Ann", "Bob"]),
        ("Sales", &["Carl", "Dora"]),
    ]);
    println!("\nthe upgrade:");
    for delta in compare(&shipped, &upgrade).deltas() {
        println!("  {delta}");
    }

    let mut on_site = shipped.clone();
    let changes = [
        Change::RenameGroup {
            group: GroupName::from_stored("Finance"),
            name: GroupName::from_stored("Controlling"),
        },
        Change::AddUser {
            name: Some(UserName::from_stored("Eve")),
            startup_method: None,
            groups: vec![GroupName::from_stored("Sales")],
        },
    ];
    let applied = on_site.apply(&changes, &Rules::default())?;
    println!("\non site, meanwhile:");
    for event in &applied.events {
        println!("  {event}");
    }

    let merge = merge(&shipped, &on_site, &upgrade);
    println!("\nto be decided:");
    for conflict in merge.conflicts() {
        println!("  {conflict}");
    }
    let plan = merge.difference().plan(&on_site, &Rules::default());
    let applied = on_site.apply(plan.changes(), &Rules::default())?;
    println!("\nthe merge brings the rest:");
    for event in &applied.events {
        println!("  {event}");
    }
    Ok(())
}
