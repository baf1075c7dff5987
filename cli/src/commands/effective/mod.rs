//! `effective`: the whole closure, both ways.
//!
//! On the largest directory that is some ten million names, so they are written as they are found
//! and never kept: what is kept is each name once, and its rank among the sorted ones.
//!
//! Two accounts may have one name: the one that the name finds is called by it, another one by its name
//! and number, in the keys and in the lists.

mod ranked;

use std::convert::Infallible;
use std::io;

use guichet::core::{Directory, GroupHandle, GroupId, UserHandle, UserId, UserKind};
use guichet::policy::{Closure, Scratch};
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::context::Context;
use crate::error::Result;
use crate::help::examples;
use crate::output::{Column, Ink, Page, Person, Printer, Report, Table, Text, shown, to_json};
use ranked::{Called, Named, Ranked};

/// The arguments of `effective`: none of its own.
#[derive(Debug, clap::Args)]
#[command(after_help = examples!(
    "guichet effective --format json > audit.json" => "to compare with, next year",
))]
pub(crate) struct Args {}

/// The closure, and what everybody in it is called.
#[derive(Debug)]
struct Effective {
    closure: Closure,
    users: Ranked<UserHandle>,
    groups: Ranked<GroupHandle>,
}

/// Runs `effective`.
pub(crate) fn run(_: &Args, context: &Context<'_>) -> Result<Box<dyn Report>> {
    let loaded = context.load()?;
    let closure = loaded.policy().closure().clone();
    Ok(Box::new(Effective::of(loaded.directory(), closure)))
}

/// One of the two ways through the closure.
#[derive(Debug, Clone, Copy)]
enum Half {
    /// Each user with its groups.
    Users,
    /// Each group with its users.
    Groups,
}

impl Half {
    const EVERY: [Self; 2] = [Self::Users, Self::Groups];

    const fn key(self) -> &'static str {
        match self {
            Self::Users => "users",
            Self::Groups => "groups",
        }
    }

    const fn headings(self) -> [&'static str; 2] {
        match self {
            Self::Users => ["User", "Is in"],
            Self::Groups => ["Group", "Has"],
        }
    }
}

impl Effective {
    fn of(directory: &Directory, closure: Closure) -> Self {
        let users = directory.users().map(|(handle, user)| Named {
            handle,
            index: handle.index(),
            number: directory.user_id(handle).map_or(0, UserId::get),
            name: user.name().as_str(),
        });
        let groups = directory.groups().map(|(handle, group)| Named {
            handle,
            index: handle.index(),
            number: directory.group_id(handle).map_or(0, GroupId::get),
            name: group.name().as_str(),
        });
        let person = |user: UserHandle, label: &str| {
            let user = directory.user(user);
            let kind = user.map_or(UserKind::User, guichet::core::User::kind);
            let name = label.to_owned();
            Text::of(Person { name, kind }.in_words())
        };
        Self {
            users: Ranked::new(
                &users.collect::<Vec<_>>(),
                directory.user_table_size(),
                |name| directory.find_user(name),
                person,
            ),
            groups: Ranked::new(
                &groups.collect::<Vec<_>>(),
                directory.group_table_size(),
                |name| directory.find_group(name),
                |_, label| Text::of(shown(label)),
            ),
            closure,
        }
    }

    /// Calls `write` with everybody of a half and with the list that belongs to it, both sorted.
    fn each<E>(
        &self,
        half: Half,
        mut write: impl FnMut(&Called, &[&Called]) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let mut scratch = Scratch::new();
        let snapshot = self.closure.snapshot();
        match half {
            Half::Users => {
                for (user, called) in self.users.iter() {
                    let groups = snapshot.groups_of_user(user, &mut scratch);
                    let groups = groups.iter().map(|group| group.index());
                    write(called, &self.groups.names(groups))?;
                }
            }
            Half::Groups => {
                for (group, called) in self.groups.iter() {
                    let users = snapshot.users_of_group(group, &mut scratch);
                    let users = users.iter().map(|user| user.index());
                    write(called, &self.users.names(users))?;
                }
            }
        }
        Ok(())
    }

    /// Returns everybody of a half, as people are shown them.
    fn shown(&self, half: Half) -> Vec<&Text> {
        match half {
            Half::Users => self.users.iter().map(|(_, user)| &user.shown).collect(),
            Half::Groups => self.groups.iter().map(|(_, group)| &group.shown).collect(),
        }
    }

    /// Prints a half as a table of which only the first column is laid out.
    fn print_half(&self, half: Half, printer: &mut Printer<'_>) -> io::Result<()> {
        let names = self.shown(half);
        if names.is_empty() {
            return printer.text(&none(half));
        }
        let [first, second] = half.headings();
        let mut column = Table::new(printer.page(), &[Column::Text(first)]);
        for name in names {
            column.row([name.as_plain().into()]);
        }
        let mut margin = column.margin().into_iter();
        let mut line = |text: &Text| {
            let mut line = margin.next().unwrap_or_default();
            line.line_of(text);
            printer.text(&line)
        };
        line(&Text::inked(Ink::Strong, second))?;
        self.each(half, |_, list| line(&listed(list)))
    }
}

fn listed(list: &[&Called]) -> Text {
    let mut text = Text::default();
    for called in list {
        if !text.is_empty() {
            text.add(", ");
        }
        text.append(&called.shown);
    }
    if text.is_empty() {
        text.add("none");
    }
    text
}

fn none(half: Half) -> Text {
    Text::saying(format_args!("no {}", half.key()))
}

impl Serialize for Effective {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(Half::EVERY.len()))?;
        for half in Half::EVERY {
            map.serialize_entry(half.key(), &Lists { all: self, half })?;
        }
        map.end()
    }
}

/// A half as an object of lists, each made when it is written.
struct Lists<'a> {
    all: &'a Effective,
    half: Half,
}

impl Serialize for Lists<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.all
            .each(self.half, |called, list| map.serialize_entry(called, list))?;
        map.end()
    }
}

impl Report for Effective {
    fn json(&self) -> Value {
        to_json(self)
    }

    fn text(&self, page: Page) -> Text {
        let table = |half: Half| {
            let mut table = Table::new(page, &half.headings().map(Column::Text));
            let Ok(()) = self.each(half, |called, list| {
                let list = listed(list);
                table.row([called.shown.as_plain().into(), list.as_plain().into()]);
                Ok::<(), Infallible>(())
            });
            if self.shown(half).is_empty() {
                none(half)
            } else {
                table.render()
            }
        };
        let mut text = table(Half::Users);
        text.end();
        text.append(&table(Half::Groups));
        text
    }

    fn print_json(&self, printer: &mut Printer<'_>) -> io::Result<()> {
        printer.json(self, None)
    }

    /// Only a terminal's width makes it necessary to see every list before the first is written.
    fn print(&self, printer: &mut Printer<'_>) -> io::Result<()> {
        let page = printer.page();
        if page.width.is_some() {
            return printer.text(&self.text(page));
        }
        self.print_half(Half::Users, printer)?;
        printer.text(&Text::saying(""))?;
        self.print_half(Half::Groups, printer)
    }
}

#[cfg(test)]
mod tests {
    use guichet::core::{DirectoryBuilder, GroupName, UserName};
    use guichet::policy::Closure;

    use super::Effective;
    use crate::output::{Page, Paint, Printer, Report as _};

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
        Effective::of(&directory.clone(), Closure::new(directory))
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
            effective.print(&mut Printer::new(&mut text, page)).unwrap();
            let whole = effective.text(page);
            assert_eq!(String::from_utf8(text).unwrap(), whole.as_plain());

            let mut json = Vec::new();
            let mut printer = Printer::new(&mut json, page);
            effective.print_json(&mut printer).unwrap();
            let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
            assert_eq!(json, effective.json());
        }
    }
}
