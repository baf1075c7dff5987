//! What a name refers to: somebody who has it, or nobody.

/// Something that a grant, a setting or a member list refers to by name.
///
/// How what is known is pointed at depends on where the reference is: by a handle inside a
/// [`Directory`](crate::Directory), by handle and name in an [`Event`](crate::Event), by name in a
/// [`Delta`](crate::Delta).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(untagged))]
pub enum Reference<T, N = T> {
    /// Somebody or something that has the name.
    Known(T),
    /// A name that nobody has: it means nothing, and lint reports it (decisions D11 and D12).
    Missing(N),
}

impl<T, N> Reference<T, N> {
    /// Returns what has the name; `None` if nothing has it.
    pub const fn known(&self) -> Option<&T> {
        match self {
            Self::Known(known) => Some(known),
            Self::Missing(_) => None,
        }
    }

    /// Returns the same reference with both parts written in another way; `None` where the other way
    /// has nothing for what is known.
    pub(crate) fn rewrite<'r, U, M>(
        &'r self,
        known: impl FnOnce(&'r T) -> Option<U>,
        missing: impl FnOnce(&'r N) -> M,
    ) -> Option<Reference<U, M>> {
        match self {
            Self::Known(thing) => known(thing).map(Reference::Known),
            Self::Missing(name) => Some(Reference::Missing(missing(name))),
        }
    }
}

impl<Name> Reference<Name, Name> {
    /// Returns the name, whoever has it.
    pub const fn name(&self) -> &Name {
        match self {
            Self::Known(name) | Self::Missing(name) => name,
        }
    }
}
