//! `groups list` and `groups show`.

use guichet::core::{GroupHandle, GroupId};
use serde::Serialize;
use serde_json::Value;

use crate::context::Context;
use crate::error::Result;
use crate::loaded::Loaded;
use crate::output::{
    Column, Content, Facts, Ink, Listing, Marked as _, Page, Person, Report, Row, Text, joined,
    listed, listed_people, shown, to_json,
};

/// Runs `groups list`.
pub(super) fn list(context: &Context<'_>) -> Result<Box<dyn Report>> {
    let loaded = context.load()?;
    let groups = loaded.directory().groups();
    let rows = groups.map(|(group, _)| GroupRow::of(&loaded, group));
    Ok(Box::new(Listing(rows.collect())))
}

/// Runs `groups show`.
pub(super) fn show(group: &str, context: &Context<'_>) -> Result<Box<dyn Report>> {
    let loaded = context.load()?;
    let group = loaded.group(group)?;
    let policy = loaded.policy();
    let closure = policy.closure();
    Ok(Box::new(GroupDetail {
        group: GroupRow::of(&loaded, group),
        effective_users: loaded.people(&closure.users_of_group(group)),
        effective_groups: loaded.group_names(&closure.nested_groups(group)),
        member_of: loaded.group_names(&closure.containers(group)),
    }))
}

#[derive(Debug, Serialize)]
struct GroupRow {
    id: u32,
    name: String,
    users: Vec<Person>,
    groups: Vec<String>,
}

impl GroupRow {
    fn of(loaded: &Loaded, handle: GroupHandle) -> Self {
        let directory = loaded.directory();
        let group = directory.group(handle);
        Self {
            id: directory.group_id(handle).map_or(0, GroupId::get),
            name: group
                .map(|group| group.name().to_string())
                .unwrap_or_default(),
            users: group
                .map(|group| loaded.people(group.users()))
                .unwrap_or_default(),
            groups: group
                .map(|group| loaded.group_names(group.groups()))
                .unwrap_or_default(),
        }
    }
}

impl Row for GroupRow {
    const COLUMNS: &'static [Column] = &[
        Column::Number("Id"),
        Column::Text("Name"),
        Column::Text("Users"),
        Column::Text("Nested groups"),
    ];
    const NONE: &'static str = "no groups";

    fn cells(&self) -> Vec<Content> {
        vec![
            self.id.to_string().into(),
            shown(&self.name).into(),
            joined(self.users.iter().map(Person::in_words)).into(),
            listed(&self.groups).into(),
        ]
    }
}

#[derive(Debug, Serialize)]
struct GroupDetail {
    #[serde(flatten)]
    group: GroupRow,
    effective_users: Vec<Person>,
    effective_groups: Vec<String>,
    member_of: Vec<String>,
}

impl Report for GroupDetail {
    fn json(&self) -> Value {
        to_json(self)
    }

    fn text(&self, page: Page) -> Text {
        let mut facts = Facts::new(page);
        facts.add_inked("group", Ink::Strong, shown(&self.group.name));
        facts.add("id", self.group.id.to_string());
        facts.add_text("users", listed_people(&self.group.users));
        facts.add("nested groups", listed(&self.group.groups));
        facts.add_text("all its users", listed_people(&self.effective_users));
        facts.add("all nested groups", listed(&self.effective_groups));
        facts.add("containers", listed(&self.member_of));
        facts.render()
    }
}
