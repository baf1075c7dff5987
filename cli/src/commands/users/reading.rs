//! `users list` and `users show`.

use std::collections::HashSet;
use std::hash::Hash;

use guichet::core::{Directory, UserHandle, UserKind};
use serde::Serialize;
use serde_json::Value;

use crate::context::Context;
use crate::error::Result;
use crate::loaded::Loaded;
use crate::output::{
    Column, Content, Facts, Ink, Listing, Marked as _, Page, Person, Report, Row, Text, listed,
    shown, to_json,
};

/// Runs `users list`.
pub(super) fn list(context: &Context<'_>) -> Result<Box<dyn Report>> {
    let loaded = context.load()?;
    let directory = loaded.directory();
    let direct = DirectGroups::of(directory);
    let users = directory
        .users()
        .map(|(user, _)| UserRow::of(directory, &direct, user))
        .collect();
    Ok(Box::new(Listing(users)))
}

/// Runs `users show`.
pub(super) fn show(user: &str, context: &Context<'_>) -> Result<Box<dyn Report>> {
    let loaded = context.load()?;
    let user = loaded.user(user)?;
    Ok(Box::new(UserDetail::of(&loaded, user)))
}

/// The groups that each user is placed in directly, by the user's table index.
struct DirectGroups(Vec<Vec<String>>);

impl DirectGroups {
    fn of(directory: &Directory) -> Self {
        let mut groups = vec![Vec::new(); directory.user_table_size()];
        for (_, group) in directory.groups() {
            for user in group.users() {
                if let Some(groups) = groups.get_mut(user.index()) {
                    groups.push(group.name().to_string());
                }
            }
        }
        Self(groups)
    }

    fn get(&self, user: UserHandle) -> Vec<String> {
        self.0.get(user.index()).cloned().unwrap_or_default()
    }
}

#[derive(Debug, Serialize)]
struct UserRow {
    id: u32,
    name: String,
    #[serde(serialize_with = "kind_word")]
    kind: UserKind,
    password: &'static str,
    startup_method: Option<String>,
    groups: Vec<String>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn kind_word<S: serde::Serializer>(
    kind: &UserKind,
    serializer: S,
) -> std::result::Result<S::Ok, S::Error> {
    serializer.serialize_str(kind.as_str())
}

impl UserRow {
    fn of(directory: &Directory, direct: &DirectGroups, handle: UserHandle) -> Self {
        let user = directory.user(handle);
        Self {
            id: directory
                .user_id(handle)
                .map_or(0, guichet::core::UserId::get),
            name: user.map(|user| user.name().to_string()).unwrap_or_default(),
            kind: user.map_or(UserKind::User, guichet::core::User::kind),
            password: user.map_or("none", |user| user.password().as_str()),
            startup_method: user
                .and_then(|user| user.startup_method())
                .map(ToString::to_string),
            groups: direct.get(handle),
        }
    }
}

impl Row for UserRow {
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
            self.password.into(),
            self.startup_method.as_deref().unwrap_or_default().into(),
            listed(&self.groups).into(),
        ]
    }
}

#[derive(Debug, Serialize)]
struct UserDetail {
    #[serde(flatten)]
    user: UserRow,
    effective_groups: Vec<String>,
    /// Those of them that the user is in through others alone.
    #[serde(skip)]
    through_nesting: Vec<String>,
}

impl UserDetail {
    fn of(loaded: &Loaded, user: UserHandle) -> Self {
        let directory = loaded.directory();
        let policy = loaded.policy();
        let effective = policy.closure().groups_of_user(user);
        let row = UserRow::of(directory, &DirectGroups::of(directory), user);
        let effective_groups = loaded.group_names(&effective);
        Self {
            through_nesting: not_among(&row.groups, &effective_groups),
            user: row,
            effective_groups,
        }
    }
}

impl Report for UserDetail {
    fn json(&self) -> Value {
        to_json(self)
    }

    fn text(&self, page: Page) -> Text {
        let UserRow {
            id,
            name,
            kind,
            password,
            startup_method,
            groups,
        } = &self.user;
        let mut facts = Facts::new(page);
        let (name, kind) = (name.clone(), *kind);
        facts.add_text("user", Person { name, kind }.marked());
        facts.add("id", id.to_string());
        facts.add("kind", kind.as_str());
        facts.add("password", *password);
        facts.add(
            "startup method",
            startup_method.as_deref().unwrap_or("none"),
        );
        facts.add("placed in", listed(groups));
        facts.add("also in", listed(&self.through_nesting));
        facts.render()
    }
}

/// Returns those of `all` that are not among `some`; linear in both.
fn not_among<T: Clone + Eq + Hash>(some: &[T], all: &[T]) -> Vec<T> {
    let some: HashSet<&T> = some.iter().collect();
    let others = all.iter().filter(|one| !some.contains(one));
    others.cloned().collect()
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::hash::{Hash, Hasher};

    use super::not_among;

    thread_local! {
        static STEPS: Cell<usize> = const { Cell::new(0) };
    }

    fn step() {
        STEPS.set(STEPS.get() + 1);
    }

    /// A name that counts how often it is looked at.
    #[derive(Debug, Clone, Eq)]
    struct Counted(usize);

    impl PartialEq for Counted {
        fn eq(&self, other: &Self) -> bool {
            step();
            self.0 == other.0
        }
    }

    impl Hash for Counted {
        fn hash<H: Hasher>(&self, state: &mut H) {
            step();
            self.0.hash(state);
        }
    }

    /// Somebody may be in thousands of groups.
    #[test]
    fn the_groups_through_nesting_are_found_in_linear_steps() {
        let steps = |size: usize| {
            let all: Vec<Counted> = (0..size).map(Counted).collect();
            let some: Vec<Counted> = (0..size).step_by(2).map(Counted).collect();
            STEPS.set(0);
            let others = not_among(&some, &all).len();
            assert_eq!(others, size / 2);
            STEPS.get()
        };
        let [once, twice, four_times] = [1_000, 2_000, 4_000].map(steps);
        assert!(once <= 4 * 1_000, "{once}");
        assert!(twice <= 2 * once + once / 4, "{once} {twice}");
        assert!(four_times <= 4 * once + once / 4, "{once} {four_times}");
    }
}
