//! `effective`: the whole closure, both ways.
//!
//! On the largest directory that is some ten million names, so they are written as they are found
//! and never kept: what is kept is each name once.

use std::io;

use guichet::View;
use guichet::policy::{Labelled, Roster};
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use crate::context::Context;
use crate::error::Result;
use crate::help::examples;
use crate::output::{Ink, Marked as _, Person, Printer, Report, Text, beside, listed_texts, shown};

/// The arguments of `effective`: none of its own.
#[derive(Debug, clap::Args)]
#[command(after_help = examples!(
    "guichet effective --format json > audit.json" => "to compare next year",
))]
pub(crate) struct Args {}

/// Runs `effective`.
pub(crate) fn run(_: &Args, context: &Context<'_>) -> Result<Box<dyn Report>> {
    let view = context.project()?.current();
    Ok(Box::new(Effective::of(&view)))
}

/// The closure, and what everybody in it is called when people are shown it.
#[derive(Debug)]
struct Effective {
    roster: Roster,
    users: Vec<Text>,
    groups: Vec<Text>,
}

impl Effective {
    fn of(view: &View) -> Self {
        let roster = view.policy().closure().roster();
        let users = roster.users().iter().map(|user| {
            let name = user.label.clone();
            let person = view.person(user.handle);
            Text::of(Person { name, ..person }.in_words())
        });
        let groups = roster
            .groups()
            .iter()
            .map(|group| Text::of(shown(&group.label)));
        Self {
            users: users.collect(),
            groups: groups.collect(),
            roster,
        }
    }
}

/// Prints one of the two ways through the closure: everybody, and what belongs to each.
fn print_half(
    printer: &mut Printer<'_>,
    headings: [&str; 2],
    names: &[Text],
    others: &[Text],
    lists: impl Iterator<Item = Vec<usize>>,
) -> io::Result<()> {
    let [first, second] = headings.map(|heading| Text::inked(Ink::Strong, heading));
    let columns = names.iter().chain([&first]).map(Text::columns).max();
    let columns = columns.unwrap_or_default();
    let page = printer.page();
    printer.text(&beside(&first, columns, &second, page))?;
    for (name, places) in names.iter().zip(lists) {
        let list = listed_texts(places.iter().filter_map(|place| others.get(*place)));
        printer.text(&beside(name, columns, &list, page))?;
    }
    Ok(())
}

/// An object of lists, each made when it is written.
struct Lists<F>(F);

impl<'r, F, I> Serialize for Lists<F>
where
    F: Fn() -> I,
    I: Iterator<Item = (&'r str, Vec<&'r str>)>,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_map((self.0)())
    }
}

/// Puts labels in the place of places.
fn labelled<'r, H, O>(
    everybody: &'r [Labelled<H>],
    others: &'r [Labelled<O>],
    lists: impl Iterator<Item = Vec<usize>> + 'r,
) -> impl Iterator<Item = (&'r str, Vec<&'r str>)> {
    everybody.iter().zip(lists).map(|(one, places)| {
        let others = places.iter().filter_map(|place| others.get(*place));
        let labels = others.map(|other| other.label.as_str());
        (one.label.as_str(), labels.collect())
    })
}

impl Serialize for Effective {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let roster = &self.roster;
        let (users, groups) = (roster.users(), roster.groups());
        let of_users = Lists(|| labelled(users, groups, roster.groups_of_users()));
        let of_groups = Lists(|| labelled(groups, users, roster.users_of_groups()));
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("users", &of_users)?;
        map.serialize_entry("groups", &of_groups)?;
        map.end()
    }
}

impl Report for Effective {
    fn print(&self, printer: &mut Printer<'_>) -> io::Result<()> {
        let (users, groups) = (&self.users, &self.groups);
        let of_users = self.roster.groups_of_users();
        print_half(printer, ["User", "Is in"], users, groups, of_users)?;
        printer.text(&Text::saying(""))?;
        if groups.is_empty() {
            return printer.text(&Text::saying("no groups"));
        }
        let of_groups = self.roster.users_of_groups();
        print_half(printer, ["Group", "Has"], groups, users, of_groups)
    }
}
