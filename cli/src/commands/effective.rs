//! `effective`: the whole closure, both ways.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use crate::context::Context;
use crate::error::Result;
use crate::output::{
    Column, Content, Page, Paint, Person, Report, Table, listed, listed_people, shown, to_json,
};

/// The arguments of `effective`: none of its own.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

#[derive(Debug, Serialize)]
struct Effective {
    users: BTreeMap<String, Vec<String>>,
    groups: BTreeMap<String, Vec<Person>>,
}

/// Runs `effective`.
pub(crate) fn run(_: &Args, context: &Context<'_>) -> Result<Box<dyn Report>> {
    let loaded = context.load()?;
    let policy = loaded.policy();
    let closure = policy.closure();
    let users = loaded.directory().users().map(|(user, record)| {
        let groups = closure.groups_of_user(user);
        (
            record.name().to_string(),
            sorted(loaded.group_names(&groups)),
        )
    });
    let groups = loaded.directory().groups().map(|(group, record)| {
        let users = closure.users_of_group(group);
        (record.name().to_string(), sorted(loaded.people(&users)))
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
        let users = self.users.iter();
        let users = users.map(|(user, groups)| [shown(user).into_owned(), listed(groups)]);
        let groups = self.groups.iter().map(|(group, users)| {
            let users = listed_people(users, Paint::Plain);
            [shown(group).into_owned(), users]
        });
        let users = half(page, ["User", "Is in"], users);
        let groups = if self.groups.is_empty() {
            "no groups\n".to_owned()
        } else {
            half(page, ["Group", "Has"], groups)
        };
        format!("{users}\n{groups}")
    }
}

fn half(
    page: Page,
    headings: [&'static str; 2],
    rows: impl Iterator<Item = [String; 2]>,
) -> String {
    let mut table = Table::new(page, &headings.map(Column::Text));
    for row in rows {
        table.row(row.map(Content::from));
    }
    table.render()
}

fn sorted<T: Ord>(mut names: Vec<T>) -> Vec<T> {
    names.sort_unstable();
    names
}
