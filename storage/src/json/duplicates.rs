//! Keys that stand twice in one object.

use std::hash::{BuildHasher as _, RandomState};

use hashbrown::HashTable;

use super::document::Document;
use super::node::{Kind, Member, Node};

/// Up to this many members every pair is compared; above, names go through a hash table.
const FEW: usize = 8;

/// Returns every member whose name stands again further down in the same object, in the order of the text.
pub(super) fn overridden(document: &Document) -> Vec<Member<'_>> {
    let mut found = Vec::new();
    let objects = (0..document.tape().len())
        .filter_map(|index| Node::at(document, index))
        .filter(|node| node.kind() == Kind::Object);
    for object in objects {
        match object.len() {
            0 | 1 => {}
            2..=FEW => among_few(object, &mut found),
            _ => among_many(object, &mut found),
        }
    }
    found.sort_by_key(|member| member.key.span().start);
    found
}

/// Compares every member with those behind it.
fn among_few<'d>(object: Node<'d>, found: &mut Vec<Member<'d>>) {
    let mut members = object.members();
    while let Some(member) = members.next() {
        if members.clone().any(|later| later.has_name_of(member)) {
            found.push(member);
        }
    }
}

/// Looks every member up among those before it.
fn among_many<'d>(object: Node<'d>, found: &mut Vec<Member<'d>>) {
    let hasher = RandomState::new();
    let hash = |member: &Member<'_>| hasher.hash_one(member.name());
    let mut seen: HashTable<u32> = HashTable::with_capacity(object.len());
    let at = |index: u32| object.member_at(index);
    for (index, member) in object.members_with_index() {
        let code = hash(&member);
        let earlier = seen.find_mut(code, |&other| {
            at(other).is_some_and(|other| other.has_name_of(member))
        });
        match earlier {
            Some(earlier) => {
                found.extend(at(*earlier));
                *earlier = index;
            }
            None => {
                seen.insert_unique(code, index, |&other| {
                    at(other).map_or(0, |other| hash(&other))
                });
            }
        }
    }
}
