//! `effective`: the whole closure, both ways.
//!
//! On the largest directory that is some ten million names, so they are written as they are found
//! and never kept: what is kept is each name once, and its rank among the sorted ones.
//!
//! | module | what is there |
//! |---|---|
//! | here | the command, its text and its JSON |
//! | [`ranked`] | each name once, and lists of names by their ranks |
//! | [`half`] | a table whose second column is written as it is found |

mod half;
mod ranked;

use std::convert::Infallible;
use std::io::{self, Write};

use guichet_core::{GroupHandle, UserHandle};
use guichet_policy::{Closure, Scratch};
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::context::Context;
use crate::error::Result;
use crate::help::examples;
use crate::output::{Column, Page, Paint, Person, Report, Table, joined, shown, to_json};
use half::Half;
use ranked::{Names, Ranked};

/// The arguments of `effective`: none of its own.
#[derive(Debug, clap::Args)]
#[command(after_help = examples!(
    "guichet effective --format json > audit.json" => "to compare with, next year",
))]
pub(crate) struct Args {}

/// The closure, and the names that its lists are written with.
#[derive(Debug)]
struct Effective {
    closure: Closure,
    users: Ranked<UserHandle, Person>,
    groups: Ranked<GroupHandle, String>,
}

/// Runs `effective`.
pub(crate) fn run(_: &Args, context: &Context<'_>) -> Result<Box<dyn Report>> {
    let loaded = context.load()?;
    let directory = loaded.directory();
    let users = directory.users();
    let users = users.map(|(user, _)| (user, user.index(), loaded.person(user)));
    let groups = directory.groups();
    let groups = groups.map(|(group, record)| (group, group.index(), record.name().to_string()));
    Ok(Box::new(Effective {
        closure: loaded.policy().closure().clone(),
        users: Ranked::new(users, directory.user_table_size()),
        groups: Ranked::new(groups, directory.group_table_size()),
    }))
}

impl Effective {
    /// Calls `write` with each user's name and groups, both sorted.
    fn each_user<E>(
        &self,
        mut write: impl FnMut(&str, Names<'_, GroupHandle, String>) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let mut scratch = Scratch::new();
        let mut ranks = Vec::new();
        for (user, person) in self.users.once_each(|person| &person.name) {
            let groups = self.closure.snapshot().groups_of_user(user, &mut scratch);
            let groups = groups.iter().map(|group| group.index());
            write(&person.name, self.groups.names(groups, &mut ranks))?;
        }
        Ok(())
    }

    /// Calls `write` with each group's name and users, both sorted.
    fn each_group<E>(
        &self,
        mut write: impl FnMut(&str, Names<'_, UserHandle, Person>) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let mut scratch = Scratch::new();
        let mut ranks = Vec::new();
        for (group, name) in self.groups.once_each(|name| name) {
            let users = self.closure.snapshot().users_of_group(group, &mut scratch);
            let users = users.iter().map(|user| user.index());
            write(name, self.users.names(users, &mut ranks))?;
        }
        Ok(())
    }
}

impl Serialize for Effective {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut halves = serializer.serialize_map(Some(2))?;
        halves.serialize_entry("users", &Users(self))?;
        halves.serialize_entry("groups", &Groups(self))?;
        halves.end()
    }
}

struct Users<'a>(&'a Effective);

impl Serialize for Users<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.0
            .each_user(|user, groups| map.serialize_entry(user, &groups))?;
        map.end()
    }
}

struct Groups<'a>(&'a Effective);

impl Serialize for Groups<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.0
            .each_group(|group, users| map.serialize_entry(group, &users))?;
        map.end()
    }
}

impl Report for Effective {
    fn json(&self) -> Value {
        to_json(self)
    }

    fn text(&self, page: Page) -> String {
        let mut users = Table::new(page, &USERS.map(Column::Text));
        let Ok(()) = self.each_user(|user, groups| {
            let groups = joined(groups.iter().map(|group| shown(group)));
            users.row([shown(user).into_owned().into(), groups.into()]);
            Ok::<(), Infallible>(())
        });
        let mut groups = Table::new(page, &GROUPS.map(Column::Text));
        let Ok(()) = self.each_group(|group, users| {
            let users = joined(users.iter().map(|user| user.marked(Paint::Plain)));
            groups.row([shown(group).into_owned().into(), users.into()]);
            Ok::<(), Infallible>(())
        });
        let groups = if self.groups.is_empty() {
            NO_GROUPS.to_owned()
        } else {
            groups.render()
        };
        format!("{}\n{groups}", users.render())
    }

    fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut *out, self)?;
        out.write_all(b"\n")
    }

    /// Only a terminal's width makes it necessary to see every list before the first is written.
    fn write_text(&self, page: Page, out: &mut dyn Write) -> io::Result<()> {
        if page.width.is_some() {
            return out.write_all(self.text(page).as_bytes());
        }
        let groups = self.groups.all().map(|name| shown(name));
        let groups: Vec<_> = groups.collect();
        let names = self.users.once_each(|person| &person.name);
        let mut half = Half::new(page, USERS, names.map(|(_, person)| shown(&person.name)));
        half.heading(out)?;
        self.each_user(|_, of_user| half.line(of_user.ranks(), &groups, out))?;
        out.write_all(b"\n")?;
        if groups.is_empty() {
            return out.write_all(NO_GROUPS.as_bytes());
        }
        let people = self.users.all().map(|person| person.marked(Paint::Plain));
        let people: Vec<_> = people.collect();
        let names = self.groups.once_each(|name| name);
        let mut half = Half::new(page, GROUPS, names.map(|(_, name)| shown(name)));
        half.heading(out)?;
        self.each_group(|_, of_group| half.line(of_group.ranks(), &people, out))
    }
}

const USERS: [&str; 2] = ["User", "Is in"];
const GROUPS: [&str; 2] = ["Group", "Has"];
const NO_GROUPS: &str = "no groups\n";

#[cfg(test)]
mod tests {
    use guichet_core::{DirectoryBuilder, GroupName, UserKind, UserName};
    use guichet_policy::Closure;

    use super::{Effective, Ranked};
    use crate::output::{Page, Paint, Person, Report as _};

    fn effective(groups: &[(&str, &[&str])]) -> Effective {
        let mut builder = DirectoryBuilder::new();
        for user in ["Zoé", " b", "a"] {
            builder.user(UserName::stored(user));
        }
        for (group, users) in groups {
            let group = builder.group(GroupName::stored(*group));
            for user in *users {
                builder.members_of(group).user(user);
            }
        }
        let directory = builder.finish();
        let person = |name: &str| Person {
            name: name.to_owned(),
            kind: UserKind::User,
        };
        let users = directory.users();
        let users = users.map(|(user, of)| (user, user.index(), person(of.name().as_str())));
        let groups = directory.groups();
        let groups = groups.map(|(group, of)| (group, group.index(), of.name().to_string()));
        Effective {
            users: Ranked::new(users, directory.user_table_size()),
            groups: Ranked::new(groups, directory.group_table_size()),
            closure: Closure::new(directory),
        }
    }

    #[test]
    fn what_is_written_as_it_is_found_is_what_the_whole_table_says() {
        let page = Page {
            paint: Paint::Plain,
            width: None,
        };
        let some: &[(&str, &[&str])] = &[("Web", &["Zoé", "a"]), ("Empty", &[]), ("A", &["a"])];
        for groups in [some, &[]] {
            let effective = effective(groups);
            let mut text = Vec::new();
            effective.write_text(page, &mut text).unwrap();
            assert_eq!(String::from_utf8(text).unwrap(), effective.text(page));

            let mut json = Vec::new();
            effective.write_json(&mut json).unwrap();
            let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
            assert_eq!(json, effective.json());
        }
    }
}
