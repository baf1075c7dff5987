//! The same work on several threads at once.

use std::thread::ScopedJoinHandle;

/// Runs `work` on each of `threads` threads at once and returns the sum of what it returns.
///
/// # Panics
///
/// When the work does.
pub fn on_threads(threads: usize, work: impl Fn() -> usize + Sync) -> usize {
    std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(&work)).collect();
        let ended = running.into_iter().map(ScopedJoinHandle::join);
        ended.map(|sum| sum.expect("the work does not panic")).sum()
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;

    use super::on_threads;

    #[test]
    fn the_threads_run_at_once_and_their_results_are_added() {
        let all_there = Barrier::new(2);
        let work = || {
            all_there.wait();
            21
        };
        assert_eq!(on_threads(2, work), 42);
    }
}
