//! How groups are shown: in a list, and one with everybody in it.

use guichet::{GroupDetail, GroupRecord};

use crate::output::{
    Column, Content, Facts, Ink, Marked, Page, Report, Row, Text, joined, listed, listed_people,
    shown,
};

impl Row for GroupRecord {
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
            joined(self.users.iter().map(Marked::in_words)).into(),
            listed(&self.groups).into(),
        ]
    }
}

impl Report for GroupDetail {
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
