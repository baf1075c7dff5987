//! Sets of numbers as bits, and the memory that searches use again.

use std::cell::Cell;

use guichet_core::{GroupHandle, UserHandle};

/// A set of numbers below a bound, one bit each.
#[derive(Debug, Default)]
pub(super) struct Marks {
    words: Vec<u64>,
}

impl Marks {
    /// Makes room for numbers below a bound; the set is empty.
    pub(super) fn prepare(&mut self, bound: usize) {
        let words = bound.div_ceil(64);
        if self.words.len() < words {
            self.words.resize(words, 0);
        }
    }

    /// Puts a number in; returns whether it was not there.
    #[inline]
    pub(super) fn insert(&mut self, number: u32) -> bool {
        let Some(word) = self.words.get_mut((number / 64) as usize) else {
            return false;
        };
        let bit = 1 << (number % 64);
        let new = *word & bit == 0;
        *word |= bit;
        new
    }

    /// Puts all numbers in from one to below another.
    pub(super) fn fill(&mut self, from: u32, to: u32) {
        if from >= to {
            return;
        }
        let last = to.saturating_sub(1);
        let first_bits = u64::MAX << (from % 64);
        let last_bits = u64::MAX >> (63 - last % 64);
        let (begin, end) = ((from / 64) as usize, (last / 64) as usize);
        match self.words.get_mut(begin..=end) {
            Some([only]) => *only |= first_bits & last_bits,
            Some([first, between @ .., last]) => {
                *first |= first_bits;
                between.fill(u64::MAX);
                *last |= last_bits;
            }
            _ => {}
        }
    }

    /// Calls with every run of numbers in order, its begin and its end, and empties the set.
    pub(super) fn drain_runs(&mut self, mut each: impl FnMut(u32, u32)) {
        let mut open: Option<u32> = None;
        let mut base = 0_u32;
        for word in &mut self.words {
            let all = std::mem::take(word);
            let mut at = 0_u32;
            while at < 64 {
                let rest = all >> at;
                match open {
                    None if rest == 0 => break,
                    None => {
                        at = at.saturating_add(rest.trailing_zeros());
                        open = Some(base.saturating_add(at));
                    }
                    Some(from) => {
                        at = at.saturating_add(rest.trailing_ones());
                        if at < 64 {
                            each(from, base.saturating_add(at));
                            open = None;
                        }
                    }
                }
            }
            base = base.saturating_add(64);
        }
        if let Some(from) = open {
            each(from, base);
        }
    }

    /// Calls with every number in order, and empties the set.
    pub(super) fn drain(&mut self, mut each: impl FnMut(u32)) {
        let mut base = 0_u32;
        for word in &mut self.words {
            let mut rest = std::mem::take(word);
            while rest != 0 {
                each(base.saturating_add(rest.trailing_zeros()));
                rest &= rest.wrapping_sub(1);
            }
            base = base.saturating_add(64);
        }
    }

    /// Empties the set.
    pub(super) fn clear(&mut self) {
        self.words.fill(0);
    }

    /// Empties a set that holds nothing but these numbers.
    pub(super) fn clear_each(&mut self, numbers: impl ExactSizeIterator<Item = u32>) {
        if numbers.len().saturating_mul(4) > self.words.len() {
            self.clear();
            return;
        }
        for number in numbers {
            if let Some(word) = self.words.get_mut((number / 64) as usize) {
                *word = 0;
            }
        }
    }
}

/// Memory that searches use again, so that a listing allocates nothing once it is warm.
///
/// One for each thread that lists; it may serve several snapshots in turn and means nothing
/// between two calls.
#[derive(Debug, Default)]
pub struct SearchBuffers {
    // INVARIANT: both sets are empty between two calls.
    pub(super) marks: Marks,
    pub(super) user_marks: Marks,
    pub(super) queue: Vec<u32>,
    pub(super) labels: Vec<u32>,
    pub(super) groups: Vec<GroupHandle>,
    pub(super) users: Vec<UserHandle>,
}

impl SearchBuffers {
    /// Makes one that has no memory yet.
    pub fn new() -> Self {
        Self::default()
    }
}

thread_local! {
    static SPARE: Cell<Option<Box<SearchBuffers>>> = const { Cell::new(None) };
}

/// Lends the scratch of this thread, or a new one while that is lent.
pub(super) fn with_spare<R>(work: impl FnOnce(&mut SearchBuffers) -> R) -> R {
    let mut scratch = SPARE
        .try_with(Cell::take)
        .ok()
        .flatten()
        .unwrap_or_default();
    let result = work(&mut scratch);
    // A thread that is ending keeps nothing, which is as good.
    _ = SPARE.try_with(|spare| spare.set(Some(scratch)));
    result
}

#[cfg(test)]
mod tests {
    use super::Marks;

    #[test]
    fn a_filled_range_is_its_numbers() {
        for (from, to) in [
            (0, 1),
            (3, 3),
            (5, 64),
            (63, 65),
            (64, 128),
            (10, 300),
            (0, 320),
        ] {
            let mut marks = Marks::default();
            marks.prepare(320);
            marks.fill(from, to);
            let mut found = Vec::new();
            marks.drain(|number| found.push(number));
            assert_eq!(found, (from..to).collect::<Vec<_>>());
            assert!(marks.insert(from), "drained");
        }
    }
}
