//! Counts the steps of what may not grow faster than its input. Only tests count.

/// Notes steps of work.
#[cfg(not(test))]
#[inline]
pub(crate) const fn add(_: usize) {}

#[cfg(test)]
pub(crate) use counting::{add, count};

#[cfg(test)]
mod counting {
    use std::cell::Cell;

    thread_local! {
        static STEPS: Cell<usize> = const { Cell::new(0) };
    }

    /// Notes steps of work.
    pub(crate) fn add(steps: usize) {
        STEPS.set(STEPS.get() + steps);
    }

    /// Returns how many steps some work of this thread takes, and what it returns.
    pub(crate) fn count<T>(work: impl FnOnce() -> T) -> (usize, T) {
        let before = STEPS.get();
        let answer = work();
        (STEPS.get() - before, answer)
    }
}
