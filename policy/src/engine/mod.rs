//! The fast engine: who is effectively in which group, asked millions of times and edited between.
//!
//! A [`Snapshot`] is the direct memberships in both directions, as numbers, and *rows*: for a user
//! or a group that is asked about again and again, the set of all groups above it, packed. Rows are a
//! cache: computed when they pay, published once, dropped by an edit that may change them, bounded by
//! a budget. Without its row a question is a search upward that turns back wherever the order of
//! groups shows that the goal cannot be above.
//!
//! # Numbers
//!
//! Inside, groups are numbered by levels: first those that nothing contains, then those that only
//! they contain, and so on. A chain or full layers then have rows that are one run of numbers. Beside
//! its number each group has a *level*, larger than the levels of its containers; an edit that breaks
//! this raises levels below it. Groups of a cycle, and groups below one, share a level, and searches
//! turn back one level later in a snapshot that has a cycle: nothing else knows of cycles.
//!
//! # Sharing
//!
//! Everything is in pages behind reference counts. A clone copies none of them; an edit copies the
//! pages that it touches if another snapshot shares them. So a writer edits a clone and publishes it
//! ([`Published`]) while readers go on with the old one, which never changes.

mod buckets;
mod build;
mod edit;
mod flat;
mod lists;
mod marks;
mod pack;
mod published;
mod row;
mod rows;
mod search;
mod snapshot;
#[cfg(test)]
mod steps;

pub use edit::Edit;
pub use marks::SearchBuffers;
pub use published::Published;
pub use snapshot::Snapshot;

/// A count or an index as a number; there are never that many users or groups.
fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// Counts steps in tests: see `steps`.
#[inline]
fn count_steps(steps: usize) {
    #[cfg(test)]
    steps::add(steps);
    #[cfg(not(test))]
    let _ = steps;
}
