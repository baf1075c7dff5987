//! Keys that stand twice in one object.

use std::hash::{BuildHasher as _, RandomState};

use hashbrown::HashTable;

use super::document::Document;
use super::node::{Kind, Member, Node};

/// Up to this many members every pair is compared; above, names go through a hash table.
const FEW: usize = 8;

/// Returns the tape index of every key that stands again further down in the same object, ascending.
///
/// What stands directly in one of the objects `passed_over` is not looked at.
pub(super) fn overridden(document: &Document, passed_over: &[Node<'_>]) -> Vec<u32> {
    let mut found = Vec::new();
    let objects = (0..document.tape().len())
        .filter_map(|index| Node::at(document, index))
        .filter(|node| node.kind() == Kind::Object)
        .filter(|node| {
            passed_over
                .iter()
                .all(|other| other.index() != node.index())
        });
    for object in objects {
        match object.len() {
            0 | 1 => {}
            2..=FEW => among_few(object, &mut found),
            _ => among_many(object, &mut found),
        }
    }
    found.sort_unstable();
    found
}

/// Compares every member with those after it.
fn among_few(object: Node<'_>, found: &mut Vec<u32>) {
    let mut members = object.members();
    while let Some(member) = members.next() {
        if members.clone().any(|later| later.has_name_of(member)) {
            found.push(member.key.index());
        }
    }
}

/// Looks every member up among those before it.
fn among_many(object: Node<'_>, found: &mut Vec<u32>) {
    let hasher = RandomState::new();
    let hash = |member: &Member<'_>| hasher.hash_one(member.name());
    let mut seen: HashTable<u32> = HashTable::with_capacity(object.len());
    let at = |index: u32| object.document().member_at(index);
    for member in object.members() {
        let index = member.key.index();
        let code = hash(&member);
        let earlier = seen.find_mut(code, |&other| {
            at(other).is_some_and(|other| other.has_name_of(member))
        });
        match earlier {
            Some(earlier) => {
                found.push(std::mem::replace(earlier, index));
            }
            None => {
                seen.insert_unique(code, index, |&other| {
                    at(other).map_or(0, |other| hash(&other))
                });
            }
        }
    }
}
