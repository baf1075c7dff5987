//! How users are shown: in a list, and one with its groups.

use guichet::{Person, UserDetail, UserRecord};

use crate::output::{
    Column, Content, Facts, Ink, Marked as _, Page, Report, Row, Text, listed, shown,
};

impl Row for UserRecord {
    const COLUMNS: &'static [Column] = &[
        Column::Number("Id"),
        Column::Text("Name"),
        Column::Text("Kind"),
        Column::Text("Password"),
        Column::Text("Startup method"),
        Column::Text("Groups"),
    ];
    const NONE: &'static str = "no users";

    fn cells(&self) -> Vec<Content> {
        let ink = Ink::of_user(self.kind);
        vec![
            self.id.to_string().into(),
            Content::inked(ink, shown(&self.name)),
            Content::inked(ink, self.kind.as_str()),
            self.password.as_str().into(),
            self.startup_method.as_deref().unwrap_or_default().into(),
            listed(&self.groups).into(),
        ]
    }
}

impl Report for UserDetail {
    fn text(&self, page: Page) -> Text {
        let user = &self.user;
        let (name, kind) = (user.name.clone(), user.kind);
        let mut facts = Facts::new(page);
        facts.add_text("user", Person { name, kind }.marked());
        facts.add("id", user.id.to_string());
        facts.add("kind", kind.as_str());
        facts.add("password", user.password.as_str());
        let method = user.startup_method.as_deref();
        facts.add("startup method", method.unwrap_or("none"));
        facts.add("placed in", listed(&user.groups));
        facts.add("also in", listed(&self.through_nesting));
        facts.render()
    }
}
