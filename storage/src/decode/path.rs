//! The way to a value, kept on the stack until somebody asks for its pointer.

use crate::json::Pointer;

/// The way from the root of a document to a value.
#[derive(Clone, Copy, Debug)]
pub(super) enum Path<'p> {
    /// The whole document.
    Root,
    /// A member of an object.
    Member(&'p Path<'p>, &'p str),
    /// An element of an array.
    Element(&'p Path<'p>, usize),
}

impl<'p> Path<'p> {
    /// Goes on to a member.
    pub(super) const fn member(&'p self, name: &'p str) -> Self {
        Self::Member(self, name)
    }

    /// Goes on to an element.
    pub(super) const fn element(&'p self, index: usize) -> Self {
        Self::Element(self, index)
    }

    /// Returns the pointer.
    pub(super) fn pointer(&self) -> Pointer {
        // Walks outward and then back; no path of a directory is longer than a handful of steps.
        let mut steps = Vec::new();
        let mut at = self;
        while let Self::Member(outer, _) | Self::Element(outer, _) = at {
            steps.push(at);
            at = outer;
        }
        steps
            .iter()
            .rev()
            .fold(Pointer::root(), |pointer, step| match step {
                Self::Member(_, name) => pointer.member(name),
                Self::Element(_, index) => pointer.element(*index),
                Self::Root => pointer,
            })
    }
}
