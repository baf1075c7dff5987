//! A comparison for the description of a pull request, or a comment on it.

use guichet::policy::AccessChange;
use guichet::{Comparison, ControlChange};

use super::sameness;
use crate::output::{Foreign, Markdown, Text, Writer};
use crate::people::{by_user, some};

/// Returns the comparison as GitHub's and GitLab's Markdown.
pub(super) fn text(comparison: &Comparison) -> Foreign {
    let mut text = Writer::<Markdown>::new();
    text.own("### Users and groups\n\n");
    if let Some(sentence) = sameness(comparison) {
        text.sentence(sentence).own("\n");
        return text.finish();
    }
    add_people(&mut text, &comparison.access);
    if let Some(sentence) = comparison.control.map(ControlChange::sentence) {
        text.own("\n**").sentence(sentence).own("**\n");
    }
    add_seats(&mut text, comparison);
    let mut sentences = Text::default();
    for delta in comparison.difference.deltas() {
        sentences.line(delta);
    }
    let changes = comparison.difference.len();
    text.own("\n<details><summary>").number(changes);
    text.own(if changes == 1 { " change" } else { " changes" });
    text.own("</summary>\n\n").block(&sentences);
    text.own("\n</details>\n\nDigest: ")
        .given(comparison.digest())
        .own("\n");
    text.finish()
}

fn add_people(text: &mut Writer<Markdown>, changes: &[AccessChange]) {
    if changes.is_empty() {
        text.own("Nobody gains or loses access.\n");
        return;
    }
    text.own("| User | Gains | Loses |\n|---|---|---|\n");
    for of_user in by_user(changes) {
        text.own("| ");
        text.given(of_user.name);
        if let Some(number) = of_user.number {
            text.own(" (#").given(number).own(")");
        }
        for gained in [true, false] {
            text.own(" | ").codes(&some(of_user.changes, gained));
        }
        text.own(" |\n");
    }
}

fn add_seats(text: &mut Writer<Markdown>, comparison: &Comparison) {
    if comparison.seats.is_empty() {
        return;
    }
    text.own("\n| Plug-in | Users who may use it | Seats short |\n|---|---|---|\n");
    for plugin in &comparison.seats {
        text.own("| ").given(&plugin.plugin).own(" | ");
        text.change(plugin.entitled_before.get(), plugin.entitled_after.get());
        text.own(" | ");
        match (plugin.short_before, plugin.short_after) {
            (Some(before), Some(after)) => {
                text.change(before.get(), after.get());
            }
            (None, Some(after)) => {
                text.given(after);
            }
            (_, None) => {}
        }
        text.own(" |\n");
    }
}
