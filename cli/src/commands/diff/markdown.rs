//! A comparison for the description of a pull request, or a comment on it: short enough for both.

use guichet::{Comparison, ControlChange, Effect, PluginPlanChange, Risk};

use super::{WHOLE, sameness};
use crate::output::{Foreign, Markdown, Text, Writer};

/// The most bytes up to the end of the tables, of all changes, and of one; GitHub takes 65,536 characters.
const TABLES: usize = 30_000;
const CHANGES: usize = 22_000;
const CHANGE: usize = 2_000;

/// Returns the comparison as GitHub's and GitLab's Markdown.
pub(super) fn text(comparison: &Comparison) -> Foreign {
    let mut text = Writer::<Markdown>::new();
    text.own("### Users and groups\n\n");
    if let Some(sentence) = sameness(comparison) {
        text.sentence(sentence).own("\n");
        return text.finish();
    }
    add_people(&mut text, &Effect::new(&comparison.access));
    if let Some(sentence) = comparison.control.map(ControlChange::sentence) {
        text.own("\n**").sentence(sentence).own("**\n");
    }
    add_seats(&mut text, comparison);
    let mut sentences = Text::default();
    let (mut bytes, mut left) = (0, 0);
    for delta in comparison.difference.deltas() {
        let sentence = Text::saying(delta);
        let length = sentence.as_plain().len();
        if length <= CHANGE && bytes + length <= CHANGES {
            bytes += length;
            sentences.append(&sentence);
        } else {
            left += 1;
        }
    }
    let changes = comparison.difference.len();
    text.own("\n<details><summary>").number(changes);
    text.own(if changes == 1 { " change" } else { " changes" });
    text.own("</summary>\n\n").block(&sentences);
    add_rest(&mut text, left, "changes");
    text.own("\n</details>\n\nDigest: ")
        .given(comparison.digest())
        .own("\n");
    text.finish()
}

/// Says how many of something are left out, and where they are.
fn add_rest(text: &mut Writer<Markdown>, left: usize, what: &'static str) {
    if left > 0 {
        text.own("\nMore ").own(what).own(": ").number(left);
        text.own("; ").own(WHOLE).own(" lists each.\n");
    }
}

fn add_people(text: &mut Writer<Markdown>, effect: &Effect) {
    if effect.affected == 0 {
        text.own("Nobody gains or loses access.\n");
        return;
    }
    text.own("| Users | Change | Access |\n|---|---|---|\n");
    let rows = effect.first_groups().iter().map(|group| {
        let (mut row, users) = (Writer::new(), group.users.len());
        let mark = match group.risk {
            Risk::Administration | Risk::Design | Risk::Everyone => "**",
            _ => "",
        };
        row.own("| ").number(users).own(": ").given(group.names());
        row.own(" | ")
            .own(mark)
            .own(group.turn.verb(users))
            .own(mark);
        row.own(" | ").given(group.accesses()).own(" |\n");
        row
    });
    let rest = effect.groups.len() - effect.first_groups().len();
    let left = rest + text.fitting(TABLES, rows);
    add_rest(text, left, "groups of users");
}

fn add_seats(text: &mut Writer<Markdown>, comparison: &Comparison) {
    if comparison.seats.is_empty() {
        return;
    }
    text.own("\n| Plug-in | Users who may use it | Seats short |\n|---|---|---|\n");
    let left = text.fitting(TABLES, comparison.seats.iter().map(plugin_row));
    add_rest(text, left, "plug-ins");
}

fn plugin_row(plugin: &PluginPlanChange) -> Writer<Markdown> {
    let mut row = Writer::new();
    row.own("| ").given(&plugin.plugin).own(" | ");
    row.change(plugin.entitled_before.get(), plugin.entitled_after.get());
    row.own(" | ");
    match (plugin.short_before, plugin.short_after) {
        (Some(before), Some(after)) => {
            row.change(before.get(), after.get());
        }
        (None, Some(after)) => {
            row.given(after);
        }
        (_, None) => {}
    }
    row.own(" |\n");
    row
}
