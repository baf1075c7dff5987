//! Each name once, in order; a list of names is a list of ranks, looked up when it is written.

use serde::{Serialize, Serializer};

/// Things sorted by what they are called.
#[derive(Debug)]
pub(super) struct Ranked<H, N> {
    sorted: Vec<(H, N)>,
    /// The rank of each, by the index of its handle.
    ranks: Vec<u32>,
}

impl<H: Copy, N: Ord> Ranked<H, N> {
    /// Ranks handles, each with its index and its name; the indices are below `size`.
    pub(super) fn new(things: impl Iterator<Item = (H, usize, N)>, size: usize) -> Self {
        let mut things: Vec<_> = things.collect();
        things.sort_by(|(_, _, left), (_, _, right)| left.cmp(right));
        let mut ranks = vec![0; size];
        for ((_, index, _), rank) in things.iter().zip(0..) {
            if let Some(place) = ranks.get_mut(*index) {
                *place = rank;
            }
        }
        let sorted = things.into_iter().map(|(handle, _, name)| (handle, name));
        Self {
            sorted: sorted.collect(),
            ranks,
        }
    }

    /// Tells whether there is none.
    pub(super) const fn is_empty(&self) -> bool {
        self.sorted.is_empty()
    }

    /// Returns every name, by rank.
    pub(super) fn all(&self) -> impl Iterator<Item = &N> {
        self.sorted.iter().map(|(_, name)| name)
    }

    /// Returns the things in order; of those with one name the last one, since names are JSON keys.
    pub(super) fn once_each<'a>(
        &'a self,
        name: impl Fn(&'a N) -> &'a String,
    ) -> impl Iterator<Item = (H, &'a N)> {
        let next = self.sorted.iter().skip(1).map(Some).chain([None]);
        let things = self.sorted.iter().zip(next);
        things.filter_map(move |((handle, called), next)| {
            let again = next.is_some_and(|(_, next)| name(next) == name(called));
            (!again).then_some((*handle, called))
        })
    }

    /// Returns the names of what has these indices, sorted.
    pub(super) fn names<'a>(
        &'a self,
        indices: impl Iterator<Item = usize>,
        ranks: &'a mut Vec<u32>,
    ) -> Names<'a, H, N> {
        ranks.clear();
        ranks.extend(indices.filter_map(|index| self.ranks.get(index)));
        ranks.sort_unstable();
        Names { ranks, of: self }
    }
}

/// A list of names, each looked up when it is written.
pub(super) struct Names<'a, H, N> {
    ranks: &'a [u32],
    of: &'a Ranked<H, N>,
}

impl<H, N> Names<'_, H, N> {
    /// Returns the ranks of the names, ascending.
    pub(super) const fn ranks(&self) -> &[u32] {
        self.ranks
    }

    /// Returns the names, sorted.
    pub(super) fn iter(&self) -> impl Iterator<Item = &N> {
        let named = |rank: &u32| self.of.sorted.get(*rank as usize);
        self.ranks.iter().filter_map(named).map(|(_, name)| name)
    }
}

impl<H, N: Serialize> Serialize for Names<'_, H, N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}
