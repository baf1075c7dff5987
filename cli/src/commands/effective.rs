//! `effective`: the whole closure, both ways.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use crate::context::Context;
use crate::error::Result;
use crate::output::{Column, Ink, Page, Report, Table, to_json};

/// The arguments of `effective`: none of its own.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

#[derive(Debug, Serialize)]
struct Effective {
    users: BTreeMap<String, Vec<String>>,
    groups: BTreeMap<String, Vec<String>>,
}

/// Runs `effective`.
pub(crate) fn run(_: &Args, context: &Context<'_>) -> Result<Box<dyn Report>> {
    let loaded = context.load()?;
    let policy = loaded.policy();
    let closure = policy.closure();
    let sorted = |mut names: Vec<String>| {
        names.sort_unstable();
        names
    };
    let users = loaded.directory().users().map(|(user, record)| {
        let groups = closure.groups_of_user(user);
        (
            record.name().to_string(),
            sorted(loaded.group_names(&groups)),
        )
    });
    let groups = loaded.directory().groups().map(|(group, record)| {
        let users = closure.users_of_group(group);
        (record.name().to_string(), sorted(loaded.user_names(&users)))
    });
    Ok(Box::new(Effective {
        users: users.collect(),
        groups: groups.collect(),
    }))
}

impl Report for Effective {
    fn json(&self) -> Value {
        to_json(self)
    }

    fn text(&self, page: Page) -> String {
        let mut text = half(page, "User", "is in", &self.users);
        text.push('\n');
        text.push_str(&half(page, "Group", "has", &self.groups));
        text
    }
}

fn half(
    page: Page,
    heading: &'static str,
    verb: &'static str,
    rows: &BTreeMap<String, Vec<String>>,
) -> String {
    let mut table = Table::new(page, &[Column::Text(heading), Column::Text(verb)]);
    for (name, others) in rows {
        let others = if others.is_empty() {
            "–".to_owned()
        } else {
            others.join(", ")
        };
        table.row(Ink::Plain, [name.clone(), others]);
    }
    table.render()
}
