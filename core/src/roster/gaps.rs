//! How many of the slots before one are empty.

/// A Fenwick tree over the slots, from the first gap on: without a gap it costs nothing.
///
/// Node `i`, counted from 1, has the gaps among as many slots up to the `i`-th as the lowest bit of
/// `i` says.
#[derive(Debug, Clone, Default)]
pub(super) struct Gaps {
    // INVARIANT: empty, or as long as there are slots.
    nodes: Vec<usize>,
}

const fn lowest_bit(number: usize) -> usize {
    number & number.wrapping_neg()
}

impl Gaps {
    fn node(&self, number: usize) -> usize {
        let place = number
            .checked_sub(1)
            .and_then(|place| self.nodes.get(place));
        place.copied().unwrap_or(0)
    }

    /// Returns how many of the first slots are empty.
    pub(super) fn count(&self, first: usize) -> usize {
        let mut gaps = 0_usize;
        let mut number = first.min(self.nodes.len());
        while number > 0 {
            gaps = gaps.saturating_add(self.node(number));
            number = number.saturating_sub(lowest_bit(number));
        }
        gaps
    }

    /// Returns the slot in use that so many in use come before, or what is after the last slot.
    pub(super) fn slot_at(&self, position: usize) -> usize {
        if self.nodes.is_empty() {
            return position;
        }
        let (mut slot, mut left) = (0_usize, position);
        let mut step = self.nodes.len().next_power_of_two();
        while step > 0 {
            let next = slot.saturating_add(step);
            let used = step.saturating_sub(self.node(next));
            if next <= self.nodes.len() && used <= left {
                slot = next;
                left = left.saturating_sub(used);
            }
            step /= 2;
        }
        slot.saturating_add(left)
    }

    /// A slot was added at the end.
    pub(super) fn push(&mut self) {
        if self.nodes.is_empty() {
            return;
        }
        let number = self.nodes.len().saturating_add(1);
        let before = number.saturating_sub(lowest_bit(number));
        let gaps = self.count(number).saturating_sub(self.count(before));
        self.nodes.push(gaps);
    }

    /// The last slot, which was in use, is no more.
    pub(super) fn pop(&mut self) {
        self.nodes.pop();
    }

    /// A slot of so many is empty from now on.
    pub(super) fn open(&mut self, slot: usize, slots: usize) {
        if self.nodes.is_empty() {
            self.nodes = vec![0; slots];
        }
        self.change(slot, |gaps| gaps.saturating_add(1));
    }

    /// A slot is in use again.
    pub(super) fn close(&mut self, slot: usize) {
        self.change(slot, |gaps| gaps.saturating_sub(1));
    }

    fn change(&mut self, slot: usize, change: impl Fn(usize) -> usize) {
        let mut number = slot.saturating_add(1);
        while let Some(node) = self.nodes.get_mut(number.saturating_sub(1)) {
            *node = change(*node);
            number = number.saturating_add(lowest_bit(number));
        }
    }

    /// Returns whether these are the gaps of some slots; for tests.
    pub(super) fn are(&self, empty: impl ExactSizeIterator<Item = bool> + Clone) -> bool {
        let mut gaps = 0_usize;
        let slots = empty.len();
        let counted = empty.enumerate().all(|(slot, empty)| {
            let before = self.count(slot) == gaps;
            gaps = gaps.saturating_add(usize::from(empty));
            before
        });
        counted && self.count(slots) == gaps && (self.nodes.is_empty() || self.nodes.len() == slots)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Gaps;

    proptest! {
        #[test]
        fn gaps_are_counted_as_a_list_of_them_would_be(
            steps in prop::collection::vec((0..4_u8, 0..40_usize), 0..120),
        ) {
            let (mut slots, mut gaps) = (Vec::new(), Gaps::default());
            for (step, place) in steps {
                match (step, slots.get(place).copied()) {
                    (1, Some(false)) => {
                        slots[place] = true;
                        gaps.open(place, slots.len());
                    }
                    (2, Some(true)) => {
                        slots[place] = false;
                        gaps.close(place);
                    }
                    (3, _) if slots.last() == Some(&false) => {
                        slots.pop();
                        gaps.pop();
                    }
                    _ => {
                        slots.push(false);
                        gaps.push();
                    }
                }
                prop_assert!(gaps.are(slots.iter().copied()));
                let used = (0..slots.len()).filter(|slot| !slots[*slot]);
                for (position, slot) in used.clone().enumerate() {
                    prop_assert_eq!(gaps.slot_at(position), slot);
                }
                prop_assert!(gaps.slot_at(used.count()) >= slots.len());
            }
        }
    }
}
