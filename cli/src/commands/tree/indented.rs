//! The hierarchy as an indented tree. A group that is nested twice is shown once and referred to.

use guichet::policy::Shown;

use super::Tree;
use crate::output::{Ink, Person, Text, count, listed_people, shown};

/// Deeper groups continue in a tree of their own, so that a long chain stays readable.
const DEEPEST: usize = 24;
/// Users named beside a group; the rest is counted.
const USERS_SHOWN: usize = 8;

/// Draws the tree.
pub(super) fn text(tree: &Tree) -> Text {
    let mut text = Text::default();
    for row in tree.hierarchy.outline(DEEPEST) {
        let (Some(group), Some(node)) = (
            tree.groups.get(row.node),
            tree.hierarchy.nodes().get(row.node),
        ) else {
            continue;
        };
        text.ink(Ink::Faint, branches(&row.more));
        text.ink(Ink::Strong, shown(&group.name));
        if row.shown != Shown::Above {
            add_users(&mut text, &group.users);
        }
        text.ink(
            Ink::Faint,
            match row.shown {
                Shown::Above if !node.nested.is_empty() => "  (shown above)",
                Shown::Below => "  (continued below)",
                Shown::Above | Shown::Here => "",
            },
        );
        text.end();
    }
    if tree.groups.is_empty() {
        text.line("no groups");
    }
    text
}

fn branches(more: &[bool]) -> String {
    let Some((last, above)) = more.split_last() else {
        return String::new();
    };
    let above = above.iter().map(|more| if *more { "│  " } else { "   " });
    above.chain([if *last { "├─ " } else { "└─ " }]).collect()
}

fn add_users(text: &mut Text, users: &[Person]) {
    let first = users.get(..USERS_SHOWN).unwrap_or(users);
    if !first.is_empty() {
        text.add("  ");
        text.append(&listed_people(first));
    }
    let rest = users.len() - first.len();
    if rest > 0 {
        text.add(format_args!(" and {}", count(rest, "more user")));
    }
}
