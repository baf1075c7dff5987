//! Keys that stand twice in one object.

use std::borrow::Cow;
use std::collections::HashSet;

use super::document::Document;
use super::node::{Kind, Member, Node};

/// Up to this many members every pair is compared; above, names go through a hash set.
const FEW: usize = 8;

/// Returns every member whose name stands earlier in the same object, in the order of the text.
pub(super) fn find(document: &Document) -> Vec<Member<'_>> {
    let mut repeated = Vec::new();
    for index in 0..document.tape().len() {
        if let Some(object) =
            Node::at(document, index).filter(|node| node.kind() == Kind::Object && node.len() > 1)
        {
            inside(object, &mut repeated);
        }
    }
    repeated.sort_by_key(|member| member.key.span().start);
    repeated
}

/// Adds the repeated members of one object.
fn inside<'d>(object: Node<'d>, repeated: &mut Vec<Member<'d>>) {
    if object.len() <= FEW {
        let mut earlier: [Cow<'d, str>; FEW] = [const { Cow::Borrowed("") }; FEW];
        for (count, (member, slot)) in object.members().zip(0..FEW).enumerate() {
            let name = member.name();
            if earlier.iter().take(count).any(|other| *other == name) {
                repeated.push(member);
            }
            if let Some(place) = earlier.get_mut(slot) {
                *place = name;
            }
        }
        return;
    }
    let mut names = HashSet::with_capacity(object.len());
    repeated.extend(
        object
            .members()
            .filter(|member| !names.insert(member.name())),
    );
}
