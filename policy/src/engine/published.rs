//! The current snapshot, read by many threads while a writer replaces it.

use std::sync::Arc;

use arc_swap::ArcSwap;

/// Publishes one snapshot after another: a [`Snapshot`](crate::Snapshot), a
/// [`Closure`](crate::Closure) or a [`Policy`](crate::Policy).
///
/// A reader takes the current one without a lock and without waiting for a writer; it stays whole
/// for as long as the reader keeps it.
///
/// ```
/// use guichet_core::{DirectoryBuilder, GroupName, UserName};
/// use guichet_policy::{Edit, Published, Snapshot};
///
/// let mut builder = DirectoryBuilder::new();
/// let ann = builder.user(UserName::from_stored("Ann"));
/// let devs = builder.group(GroupName::from_stored("Devs"));
/// let live = Published::new(Snapshot::new(builder.as_directory()));
///
/// let held = live.current();
/// live.update(|now| now.after([Edit::PlaceUser { group: devs, user: ann }]));
/// assert!(live.current().is_member(ann, devs));
/// assert!(!held.is_member(ann, devs));
/// ```
#[derive(Debug)]
pub struct Published<T> {
    current: ArcSwap<T>,
}

impl<T> Published<T> {
    /// Starts with a first snapshot.
    pub fn new(first: T) -> Self {
        Self {
            current: ArcSwap::from_pointee(first),
        }
    }

    /// Returns the current snapshot.
    pub fn current(&self) -> Arc<T> {
        self.current.load_full()
    }

    /// Replaces the current snapshot by its successor.
    ///
    /// No update is lost: when another writer was faster, the successor is made again from that
    /// writer's snapshot.
    pub fn update(&self, successor: impl Fn(&T) -> T) {
        self.current.rcu(|now| successor(now));
    }
}
