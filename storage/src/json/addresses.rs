//! The addresses of many values at once, in one walk.

use std::iter::{Copied, Peekable};
use std::slice::Iter;

use super::document::Document;
use super::node::Node;
use super::pointer::Pointer;

/// Returns the address of every value or key of which the tape index is given; the indexes ascend.
///
/// The address of a key is that of its member. Passes over every container that holds none of them.
pub(super) fn addresses(document: &Document, indexes: &[u32]) -> Vec<Pointer> {
    let mut walk = Walk {
        wanted: indexes.iter().copied().peekable(),
        found: Vec::with_capacity(indexes.len()),
    };
    let root = document.root();
    walk.value(root, root, &Pointer::root());
    walk.found
}

/// The walk under way.
struct Walk<'i> {
    wanted: Peekable<Copied<Iter<'i, u32>>>,
    found: Vec<Pointer>,
}

impl Walk<'_> {
    /// Returns whether something of a value is wanted: of its key, of itself or of what is inside.
    fn is_wanted(&mut self, value: Node<'_>) -> bool {
        let next = self.wanted.peek();
        next.is_some_and(|next| *next <= value.last_index())
    }

    /// Notes the address of a value and of its key, and of what is inside. As deep as a document at most, which is
    /// bounded.
    fn value(&mut self, key: Node<'_>, value: Node<'_>, pointer: &Pointer) {
        let is_here = |index: &u32| *index == key.index() || *index == value.index();
        while self.wanted.next_if(is_here).is_some() {
            self.found.push(pointer.clone());
        }
        let mut members = value.members();
        let mut elements = value.elements().enumerate();
        while self.is_wanted(value) {
            if let Some(member) = members.next() {
                if self.is_wanted(member.value) {
                    self.value(member.key, member.value, &pointer.member(&member.name()));
                }
            } else if let Some((index, element)) = elements.next() {
                if self.is_wanted(element) {
                    self.value(element, element, &pointer.element(index));
                }
            } else {
                return;
            }
        }
    }
}
