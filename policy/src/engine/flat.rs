//! Lists of numbers under construction: counted, then placed.

use super::{count_steps, number};

/// For each owner from 0 a list of numbers: all in one run, owner after owner.
#[derive(Debug, Default)]
pub(super) struct Flat {
    /// Where each owner's items end.
    pub(super) ends: Vec<u32>,
    pub(super) items: Vec<u32>,
}

impl Flat {
    pub(super) fn with_capacity(owners: usize) -> Self {
        Self {
            ends: Vec::with_capacity(owners),
            items: Vec::new(),
        }
    }

    /// Gathers the lists of `owners` owners from pairs of an owner and an item, which it goes through
    /// twice. Linear.
    pub(super) fn gathered(owners: usize, links: impl Iterator<Item = (u32, u32)> + Clone) -> Self {
        let mut counts = vec![0; owners];
        // Nested iterators are much faster from inside than in a loop.
        links
            .clone()
            .for_each(|(owner, _)| count(&mut counts, owner));
        let mut open = Open::with_counts(counts);
        links.for_each(|(owner, item)| open.place(owner, item));
        open.closed()
    }

    /// Ends the list of the next owner: what was pushed to `items` since the last call.
    pub(super) fn end_list(&mut self) {
        self.ends.push(number(self.items.len()));
    }

    /// Returns the list of an owner.
    #[inline]
    pub(super) fn list(&self, owner: usize) -> &[u32] {
        let before = owner
            .checked_sub(1)
            .and_then(|before| self.ends.get(before));
        let begin = before.map_or(0, |end| *end as usize);
        let end = self.ends.get(owner).map_or(begin, |end| *end as usize);
        self.items.get(begin..end).unwrap_or_default()
    }

    /// Returns all lists in the order of owners.
    pub(super) fn lists(&self) -> impl ExactSizeIterator<Item = &[u32]> + Clone {
        (0..self.ends.len()).map(|owner| self.list(owner))
    }
}

/// Counts one more item of an owner.
#[inline]
pub(super) fn count(counts: &mut [u32], owner: u32) {
    if let Some(count) = counts.get_mut(owner as usize) {
        *count = count.wrapping_add(1);
    }
}

/// Lists whose lengths are known and whose items come in any order of owners.
#[derive(Debug)]
pub(super) struct Open {
    /// Where the next item of each owner goes.
    places: Vec<u32>,
    items: Vec<u32>,
}

impl Open {
    /// Makes room for the counted items of each owner, the owners in their own order.
    pub(super) fn with_counts(mut counts: Vec<u32>) -> Self {
        let mut total = 0_u32;
        for count in &mut counts {
            let count = std::mem::replace(count, total);
            total = total.wrapping_add(count);
        }
        Self::of_size(counts, total)
    }

    /// Makes room for the counted items of each owner, the owners in another order, in which the lists are
    /// numbered when it is closed.
    pub(super) fn in_order(mut counts: Vec<u32>, order: &[u32]) -> Self {
        let mut total = 0_u32;
        for owner in order {
            if let Some(count) = counts.get_mut(*owner as usize) {
                let count = std::mem::replace(count, total);
                total = total.wrapping_add(count);
            }
        }
        Self::of_size(counts, total)
    }

    fn of_size(places: Vec<u32>, total: u32) -> Self {
        count_steps(places.len().saturating_add(total as usize));
        Self {
            places,
            items: vec![0; total as usize],
        }
    }

    /// Puts an item into the list of an owner, which must have been counted.
    #[inline]
    pub(super) fn place(&mut self, owner: u32, item: u32) {
        if let Some(place) = self.places.get_mut(owner as usize) {
            if let Some(free) = self.items.get_mut(*place as usize) {
                *free = item;
            }
            *place = place.wrapping_add(1);
        }
    }

    /// Ends it, with all items there.
    pub(super) fn closed(self) -> Flat {
        Flat {
            ends: self.places,
            items: self.items,
        }
    }

    /// Ends lists that [`Open::in_order`] started.
    pub(super) fn closed_in(self, order: &[u32]) -> Flat {
        let end = |owner: &u32| self.places.get(*owner as usize).copied();
        Flat {
            ends: order.iter().filter_map(end).collect(),
            items: self.items,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Flat;

    #[test]
    fn lists_gathered_the_other_way_round_twice_are_the_same() {
        let links = [(0, 1), (0, 2), (2, 0), (2, 2)];
        let there = Flat::gathered(4, links.iter().copied());
        assert_eq!(there.list(0), [1, 2]);
        assert_eq!(there.list(1), [] as [u32; 0]);
        let turned = |flat: &Flat| {
            let links = (0..).zip(flat.lists()).flat_map(|(owner, list)| {
                let turn = move |item: &u32| (*item, owner);
                list.iter().map(turn)
            });
            Flat::gathered(4, links)
        };
        let back = turned(&turned(&there));
        assert!(back.lists().eq(there.lists()));
        assert_eq!(turned(&there).list(2), [0, 2]);
    }
}
