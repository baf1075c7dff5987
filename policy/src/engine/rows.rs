//! Rows by owner: computed when they are wanted, published once, shared by successive snapshots.

use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use super::row::{Row, cost};

/// How many owners a page has.
const SPAN: usize = 32;

/// The place of a row, and how often it was wanted while it was not there.
#[derive(Debug, Default)]
struct Place {
    row: OnceLock<Row>,
    misses: AtomicU8,
}

impl Clone for Place {
    fn clone(&self) -> Self {
        Self {
            row: self.row.clone(),
            misses: AtomicU8::new(self.misses.load(Ordering::Relaxed)),
        }
    }
}

/// The places of neighbours.
type Page = [Place; SPAN];

/// A row, or none yet, for each owner from 0.
///
/// Reading and publishing need no lock. A clone shares the pages. What is published in a page shows
/// in every snapshot that shares it, so an edit first leaves the pages of all owners whose rows it
/// may change, empty ones too: see [`Forgetting`].
#[derive(Debug, Clone)]
pub(super) struct Rows {
    pages: Arc<Vec<OnceLock<Arc<Page>>>>,
}

impl Rows {
    pub(super) fn new(owners: usize) -> Self {
        Self {
            pages: Arc::new(empty(owners.div_ceil(SPAN))),
        }
    }

    /// Returns the row of an owner.
    #[inline]
    pub(super) fn get(&self, owner: usize) -> Option<&[u8]> {
        let page = self.pages.get(owner / SPAN)?.get()?;
        page.get(owner % SPAN)?.row.get().map(|row| &**row)
    }

    /// Notes that a row was wanted and not there; returns how often that had been so before.
    pub(super) fn missed(&self, owner: usize) -> u8 {
        let Some(place) = self.place(owner) else {
            return 0;
        };
        // Two threads at once may count as one: the count is only a hint.
        let before = place.misses.load(Ordering::Relaxed);
        place
            .misses
            .store(before.saturating_add(1), Ordering::Relaxed);
        before
    }

    /// Publishes a row, unless another thread was faster, and returns the one that is there.
    pub(super) fn publish(&self, owner: usize, row: Row, budget: &Budget) -> Option<&[u8]> {
        Some(self.place(owner)?.row.get_or_init(|| {
            budget.take(cost(&row) as usize);
            row
        }))
    }

    fn place(&self, owner: usize) -> Option<&Place> {
        let page = self.pages.get(owner / SPAN)?;
        page.get_or_init(Arc::default).get(owner % SPAN)
    }

    /// Makes room for owners below a number.
    pub(super) fn grow(&mut self, owners: usize) {
        let pages = owners.div_ceil(SPAN);
        if self.pages.len() < pages {
            Arc::make_mut(&mut self.pages).resize_with(pages, OnceLock::new);
        }
    }

    /// Starts to forget rows; from here on the table of pages is this snapshot's own.
    pub(super) fn forgetting(&mut self) -> Forgetting<'_> {
        Forgetting {
            pages: Arc::make_mut(&mut self.pages),
        }
    }
}

fn empty(pages: usize) -> Vec<OnceLock<Arc<Page>>> {
    let mut table = Vec::new();
    table.resize_with(pages, OnceLock::new);
    table
}

/// Forgets the rows of some owners in one snapshot, and in no other.
#[derive(Debug)]
pub(super) struct Forgetting<'a> {
    pages: &'a mut Vec<OnceLock<Arc<Page>>>,
}

impl Forgetting<'_> {
    /// Forgets one row. A page that another snapshot shares is copied first.
    pub(super) fn forget(&mut self, owner: usize, budget: &Budget) {
        let page = self.pages.get_mut(owner / SPAN);
        let Some(page) = page.and_then(OnceLock::get_mut) else {
            return;
        };
        let nth = owner % SPAN;
        let Some(place) = page.get(nth) else {
            return;
        };
        place.misses.store(0, Ordering::Relaxed);
        if place.row.get().is_none() && Arc::strong_count(page) == 1 {
            return;
        }
        let place = Arc::make_mut(page).get_mut(nth);
        if let Some(row) = place.and_then(|place| place.row.take()) {
            budget.give_back(cost(&row) as usize);
        }
    }

    /// Forgets all rows at once.
    pub(super) fn forget_all(&mut self) {
        *self.pages = empty(self.pages.len());
    }
}

/// How many bytes rows may take, and how many they do.
#[derive(Debug)]
pub(super) struct Budget {
    used: AtomicUsize,
    limit: usize,
}

impl Clone for Budget {
    fn clone(&self) -> Self {
        Self {
            used: AtomicUsize::new(self.used.load(Ordering::Relaxed)),
            limit: self.limit,
        }
    }
}

impl Budget {
    pub(super) const fn new(limit: usize) -> Self {
        Self {
            used: AtomicUsize::new(0),
            limit,
        }
    }

    /// Returns whether another row may be made.
    pub(super) fn allows(&self) -> bool {
        self.used.load(Ordering::Relaxed) < self.limit
    }

    pub(super) fn used(&self) -> usize {
        self.used.load(Ordering::Relaxed)
    }

    pub(super) fn give_back_all(&self) {
        self.used.store(0, Ordering::Relaxed);
    }

    fn take(&self, bytes: usize) {
        self.used.fetch_add(bytes, Ordering::Relaxed);
    }

    /// Rows that two snapshots share count in both, so one may give back more than it took.
    fn give_back(&self, bytes: usize) {
        let left = self.used.load(Ordering::Relaxed).saturating_sub(bytes);
        self.used.store(left, Ordering::Relaxed);
    }
}
