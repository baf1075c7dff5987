//! Steps counted in unit tests, so that growth is measured without a clock.

#[cfg(test)]
use std::cell::Cell;

#[cfg(test)]
thread_local! {
    static STEPS: Cell<usize> = const { Cell::new(0) };
}

/// Takes note of a visit to one item; costs nothing outside unit tests.
#[inline]
pub(crate) fn step() {
    #[cfg(test)]
    STEPS.set(STEPS.get() + 1);
}

/// Returns how many items some work visits.
#[cfg(test)]
pub(crate) fn counted(work: impl FnOnce()) -> usize {
    STEPS.set(0);
    work();
    STEPS.get()
}

/// Checks that work grows as what it is given: twice and four times as much takes at most so many times the steps.
#[cfg(test)]
pub(crate) fn assert_linear(size: usize, work: impl Fn(usize)) {
    let [one, two, four] = [size, 2 * size, 4 * size].map(|size| counted(|| work(size)));
    assert!(one >= size, "only {one} steps are counted for {size}");
    assert!(
        two <= 2 * one + 16 && four <= 4 * one + 64,
        "{one} {two} {four}"
    );
}
