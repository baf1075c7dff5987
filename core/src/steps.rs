//! Counts the steps of what may not grow faster than its input. Only tests count.

/// Notes steps of work.
#[cfg(not(test))]
#[inline]
pub(crate) const fn add(_: usize) {}

#[cfg(test)]
pub(crate) use counting::{add, assert_linear, count};

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

    /// Asserts that work takes steps, and twice and four times as many for twice and four times the
    /// size.
    #[track_caller]
    pub(crate) fn assert_linear(size: usize, work: impl Fn(usize)) {
        let [once, twice, four_times] = [1, 2, 4].map(|factor| count(|| work(size * factor)).0);
        assert!(once >= size, "{once} steps for {size} are counted nowhere");
        // Room for what does not grow, and for a logarithm.
        assert!(twice * 10 <= once * 23, "{once} and then {twice} steps");
        assert!(
            four_times * 10 <= once * 46,
            "{once} and then {four_times} steps"
        );
    }
}
