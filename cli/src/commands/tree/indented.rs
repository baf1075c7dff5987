//! The hierarchy as an indented tree. A group that is nested twice is shown once and referred to.

use std::collections::VecDeque;

use super::hierarchy::Hierarchy;
use crate::output::{Ink, Person, Text, count, listed_people, shown};

/// Deeper groups continue in a tree of their own, so that a long chain stays readable.
const DEEPEST: usize = 24;
/// Users named beside a group; the rest is counted.
const USERS_SHOWN: usize = 8;

/// One line that is still to be printed.
struct Open {
    node: usize,
    /// For each level above, whether more follows there.
    more: Vec<bool>,
}

/// Draws the tree, without recursion.
pub(super) fn text(hierarchy: &Hierarchy) -> Text {
    let mut text = Text::default();
    let mut drawn = vec![false; hierarchy.nodes.len()];
    let mut trees: VecDeque<usize> = hierarchy.roots.iter().copied().collect();
    while let Some(root) = trees.pop_front() {
        let mut open = vec![Open {
            node: root,
            more: Vec::new(),
        }];
        while let Some(Open { node: index, more }) = open.pop() {
            let Some(node) = hierarchy.nodes.get(index) else {
                continue;
            };
            text.ink(Ink::Faint, branches(&more));
            text.ink(Ink::Strong, shown(&node.name));
            let seen = drawn
                .get_mut(index)
                .is_some_and(|drawn| std::mem::replace(drawn, true));
            if seen {
                let remark = if node.nested.is_empty() {
                    ""
                } else {
                    "  (shown above)"
                };
                text.ink(Ink::Faint, remark);
            } else {
                add_users(&mut text, &node.users);
                if more.len() < DEEPEST {
                    let last = node.nested.len().saturating_sub(1);
                    open.extend(
                        node.nested
                            .iter()
                            .enumerate()
                            .rev()
                            .map(|(place, nested)| Open {
                                node: *nested,
                                more: more.iter().copied().chain([place < last]).collect(),
                            }),
                    );
                } else if !node.nested.is_empty() {
                    text.ink(Ink::Faint, "  (continued below)");
                    if let Some(drawn) = drawn.get_mut(index) {
                        *drawn = false;
                    }
                    trees.push_back(index);
                }
            }
            text.end();
        }
    }
    if hierarchy.nodes.is_empty() {
        text.line("no groups");
    }
    text
}

fn branches(more: &[bool]) -> String {
    let Some((last, above)) = more.split_last() else {
        return String::new();
    };
    let mut text: String = above
        .iter()
        .map(|more| if *more { "│  " } else { "   " })
        .collect();
    text.push_str(if *last { "├─ " } else { "└─ " });
    text
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
