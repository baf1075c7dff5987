//! The addresses of many values at once, in one walk.

use super::document::Document;
use super::node::{Elements, Kind, Members, Node};
use super::pointer::Pointer;

/// A container on the way down.
struct Frame<'d> {
    pointer: Pointer,
    inside: Inside<'d>,
}

/// What is left of a container.
enum Inside<'d> {
    Object(Members<'d>),
    Array(std::iter::Enumerate<Elements<'d>>),
}

impl<'d> Frame<'d> {
    fn new(container: Node<'d>, pointer: Pointer) -> Self {
        let inside = if container.kind() == Kind::Object {
            Inside::Object(container.members())
        } else {
            Inside::Array(container.elements().enumerate())
        };
        Self { pointer, inside }
    }

    /// Returns the next key, if it is an object, and the next value.
    fn next(&mut self) -> Option<(Step<'d>, Node<'d>)> {
        match &mut self.inside {
            Inside::Object(members) => members
                .next()
                .map(|member| (Step::Key(member.key), member.value)),
            Inside::Array(elements) => elements
                .next()
                .map(|(index, value)| (Step::Index(index), value)),
        }
    }
}

/// The last step of an address.
#[derive(Clone, Copy)]
enum Step<'d> {
    Key(Node<'d>),
    Index(usize),
}

impl Step<'_> {
    fn below(self, pointer: &Pointer) -> Pointer {
        match self {
            Self::Key(key) => pointer.member(&key.as_str().unwrap_or_default()),
            Self::Index(index) => pointer.element(index),
        }
    }

    fn is_at(self, index: u32) -> bool {
        matches!(self, Self::Key(key) if key.index() == index)
    }
}

/// Returns the address of every value or key of which the tape index is given; the indexes ascend.
///
/// The address of a key is that of its member. Passes over every container that holds none of them.
pub(super) fn addresses(document: &Document, indexes: &[u32]) -> Vec<Pointer> {
    let mut found = Vec::with_capacity(indexes.len());
    let mut wanted = indexes.iter().copied().peekable();
    let root = document.root();
    while wanted.next_if_eq(&root.index()).is_some() {
        found.push(Pointer::root());
    }
    let mut frames = vec![Frame::new(root, Pointer::root())];
    while let (Some(&next), Some(frame)) = (wanted.peek(), frames.last_mut()) {
        let Some((step, value)) = frame.next() else {
            frames.pop();
            continue;
        };
        if next > value.last_index() {
            continue;
        }
        let pointer = step.below(&frame.pointer);
        while wanted
            .next_if(|&index| step.is_at(index) || value.index() == index)
            .is_some()
        {
            found.push(pointer.clone());
        }
        if wanted
            .peek()
            .is_some_and(|&index| index <= value.last_index())
        {
            frames.push(Frame::new(value, pointer));
        }
    }
    found
}
