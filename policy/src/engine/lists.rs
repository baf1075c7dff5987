//! Lists of numbers by owner, in pages that successive snapshots share.

use std::collections::HashMap;
use std::sync::Arc;

use super::flat::Flat;
use super::{count_steps, number};

/// How many owners a page has.
const SPAN: usize = 32;

/// The words of a page before its items: a bit for each owner whose list is a hub, then where each
/// list begins, and where the last one ends.
const HEAD: usize = SPAN + 2;

/// A longer list leaves its page: an edit of a neighbour must not move it.
const HUB: usize = 1_024;

/// Free places that an edited page gets.
const SLACK: usize = 12;

/// For each owner from 0 a list of numbers without a double, in no particular order.
///
/// An owner that is not there has an empty list. A clone costs two reference counts; the first edit
/// after a clone copies the table of pages and one page.
#[derive(Debug, Clone, Default)]
pub(super) struct Lists {
    pages: Arc<Vec<Arc<[u32]>>>,
    hubs: Arc<HashMap<usize, Arc<Vec<u32>>>>,
}

impl Lists {
    /// Puts lists into pages. Linear.
    pub(super) fn of(flat: &Flat) -> Self {
        let mut lists = Self::default();
        let pages = Arc::make_mut(&mut lists.pages);
        let hubs = Arc::make_mut(&mut lists.hubs);
        count_steps(flat.ends.len().saturating_add(flat.items.len()));
        let mut words: Vec<u32> = Vec::new();
        let mut begin = 0;
        for (nth, ends) in flat.ends.chunks(SPAN).enumerate() {
            words.clear();
            words.resize(HEAD, 0);
            let page_end = ends.last().map_or(begin, |end| *end as usize);
            let items = flat.items.get(begin..page_end).unwrap_or_default();
            let longest = lengths(begin, ends).max().unwrap_or(0);
            if longest > HUB {
                let mut at = 0_usize;
                for (place, length) in lengths(begin, ends).enumerate() {
                    let next = at.saturating_add(length);
                    let list = items.get(at..next).unwrap_or_default();
                    at = next;
                    if length > HUB {
                        mark_hub(&mut words, place);
                        let owner = nth.saturating_mul(SPAN).saturating_add(place);
                        hubs.insert(owner, Arc::new(list.to_vec()));
                    } else {
                        words.extend_from_slice(list);
                    }
                    let end = number(words.len());
                    set(&mut words, place.saturating_add(2), end);
                }
            } else {
                words.extend_from_slice(items);
                let moved = number(HEAD).wrapping_sub(number(begin));
                let places = words.iter_mut().skip(2);
                for (place, end) in places.zip(ends) {
                    *place = end.wrapping_add(moved);
                }
            }
            set(&mut words, 1, number(HEAD));
            let used = number(words.len());
            let empty = words.get_mut(ends.len().saturating_add(2)..HEAD);
            empty.unwrap_or_default().fill(used);
            begin = page_end;
            pages.push(Arc::from(words.as_slice()));
        }
        lists
    }

    /// Returns the list of an owner.
    #[inline]
    pub(super) fn list(&self, owner: usize) -> &[u32] {
        let place = owner % SPAN;
        let Some(page) = self.pages.get(owner / SPAN) else {
            return &[];
        };
        let Some([hubs, starts @ ..]) = page.first_chunk::<HEAD>() else {
            return &[];
        };
        if hubs >> place & 1 == 1 {
            return self.hubs.get(&owner).map_or(&[], |hub| hub.as_slice());
        }
        let (Some(start), Some(end)) = (starts.get(place), starts.get(place.wrapping_add(1)))
        else {
            return &[];
        };
        page.get(*start as usize..*end as usize).unwrap_or_default()
    }

    /// Returns the lists of an owner and of the next one, which must be in the same page.
    #[inline]
    pub(super) fn pair(&self, owner: usize) -> (&[u32], &[u32]) {
        let place = owner % SPAN;
        let page = self.pages.get(owner / SPAN).map_or(&[][..], |page| page);
        match page.first_chunk::<HEAD>() {
            Some([0, starts @ ..]) => {
                let bound = |nth| starts.get(nth).map_or(0, |start| *start as usize);
                let (begin, between) = (bound(place), bound(place.wrapping_add(1)));
                let end = bound(place.wrapping_add(2));
                let list = |begin, end| page.get(begin..end).unwrap_or_default();
                (list(begin, between), list(between, end))
            }
            _ => (self.list(owner), self.list(owner.saturating_add(1))),
        }
    }

    /// Makes room for owners below a number.
    pub(super) fn grow(&mut self, owners: usize) {
        if self.pages.len().saturating_mul(SPAN) < owners {
            let start = number(HEAD);
            let mut empty = [start; HEAD];
            if let Some(hubs) = empty.first_mut() {
                *hubs = 0;
            }
            let pages = Arc::make_mut(&mut self.pages);
            pages.resize_with(owners.div_ceil(SPAN), || Arc::from(empty.as_slice()));
        }
    }

    /// Adds an item; returns whether it was not there.
    pub(super) fn insert(&mut self, owner: usize, item: u32) -> bool {
        if self.list(owner).contains(&item) {
            return false;
        }
        self.grow(owner.saturating_add(1));
        let place = owner % SPAN;
        let Some(page) = Arc::make_mut(&mut self.pages).get_mut(owner / SPAN) else {
            return false;
        };
        if is_hub(page, place) {
            if let Some(hub) = Arc::make_mut(&mut self.hubs).get_mut(&owner) {
                Arc::make_mut(hub).push(item);
            }
            return true;
        }
        let (start, end, used) = bounds(page, place);
        if end.saturating_sub(start) >= HUB {
            let mut list = page.get(start..end).unwrap_or_default().to_vec();
            list.push(item);
            let mut words = page.to_vec();
            words.drain(start..end);
            shift(&mut words, place, |at| {
                at.saturating_sub(number(end.saturating_sub(start)))
            });
            mark_hub(&mut words, place);
            *page = Arc::from(words);
            Arc::make_mut(&mut self.hubs).insert(owner, Arc::new(list));
            return true;
        }
        if used == page.len() || Arc::get_mut(page).is_none() {
            let mut words = Vec::with_capacity(used.saturating_add(SLACK));
            words.extend_from_slice(page.get(..used).unwrap_or_default());
            words.resize(used.saturating_add(SLACK), 0);
            *page = Arc::from(words);
        }
        if let Some(words) = Arc::get_mut(page) {
            count_steps(used.saturating_sub(end));
            words.copy_within(end..used, end.saturating_add(1));
            set(words, end, item);
            shift(words, place, |at| at.saturating_add(1));
        }
        true
    }

    /// Takes an item out; returns whether it was there.
    pub(super) fn remove(&mut self, owner: usize, item: u32) -> bool {
        let Some(found) = self.list(owner).iter().position(|one| *one == item) else {
            return false;
        };
        let place = owner % SPAN;
        let Some(page) = Arc::make_mut(&mut self.pages).get_mut(owner / SPAN) else {
            return false;
        };
        if is_hub(page, place) {
            if let Some(hub) = Arc::make_mut(&mut self.hubs).get_mut(&owner) {
                Arc::make_mut(hub).swap_remove(found);
            }
            return true;
        }
        let (start, _, used) = bounds(page, place);
        let at = start.saturating_add(found);
        if Arc::get_mut(page).is_none() {
            *page = Arc::from(page.as_ref());
        }
        if let Some(words) = Arc::get_mut(page) {
            count_steps(used.saturating_sub(at));
            words.copy_within(at.saturating_add(1)..used, at);
            shift(words, place, |at| at.saturating_sub(1));
        }
        true
    }

    /// Returns how many bytes of heap the lists take, shared ones counted too.
    pub(super) fn bytes(&self) -> usize {
        let pages = self.pages.iter().map(|page| page.len().saturating_mul(4));
        let hubs = self.hubs.values().map(|hub| hub.len().saturating_mul(4));
        let table = self.pages.len().saturating_mul(size_of::<Arc<[u32]>>());
        pages.chain(hubs).sum::<usize>().saturating_add(table)
    }
}

/// How long the lists of a page are.
fn lengths(begin: usize, ends: &[u32]) -> impl Iterator<Item = usize> {
    let mut before = begin;
    ends.iter().map(move |end| {
        let end = *end as usize;
        end.saturating_sub(std::mem::replace(&mut before, end))
    })
}

fn is_hub(words: &[u32], place: usize) -> bool {
    words.first().is_some_and(|hubs| hubs >> place & 1 == 1)
}

fn mark_hub(words: &mut [u32], place: usize) {
    if let Some(hubs) = words.first_mut() {
        *hubs |= 1 << place;
    }
}

/// Where a list begins and ends in its page, and where the last list does.
fn bounds(words: &[u32], place: usize) -> (usize, usize, usize) {
    let word = |at: usize| words.get(at).map_or(0, |word| *word as usize);
    (
        word(place.saturating_add(1)),
        word(place.saturating_add(2)),
        word(HEAD - 1),
    )
}

/// Moves the end of a list and everything after it.
fn shift(words: &mut [u32], place: usize, moved: impl Fn(u32) -> u32) {
    let ends = words.get_mut(place.saturating_add(2)..HEAD);
    for end in ends.unwrap_or_default() {
        *end = moved(*end);
    }
}

fn set(words: &mut [u32], at: usize, value: u32) {
    if let Some(word) = words.get_mut(at) {
        *word = value;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::{Flat, HUB, Lists, SPAN};

    #[test]
    fn edits_do_what_they_do_to_sets_and_leave_the_clone_alone() {
        let mut random = 1_u32;
        let mut draw = |below: u32| {
            random = random.wrapping_mul(747_796_405).wrapping_add(2_891_336_453);
            (random >> 9) % below
        };
        let start: Vec<Vec<u32>> = (0..100).map(|n| (0..n % 5).collect()).collect();
        let links = (0..)
            .zip(&start)
            .flat_map(|(owner, list)| list.iter().map(move |item| (owner, *item)));
        let mut lists = Lists::of(&Flat::gathered(start.len(), links));
        let mut model: BTreeMap<usize, BTreeSet<u32>> = start
            .iter()
            .map(|list| list.iter().copied().collect())
            .enumerate()
            .collect();
        for step in 0..20_000 {
            let owner = if step % 2 == 0 { 7 } else { draw(120) as usize };
            let item = draw(3_000);
            let set = model.entry(owner).or_default();
            if draw(5) < 3 {
                let before = lists.clone();
                let length = before.list(owner).len();
                assert_eq!(lists.insert(owner, item), set.insert(item));
                assert_eq!(before.list(owner).len(), length, "a clone keeps its lists");
            } else {
                assert_eq!(lists.remove(owner, item), set.remove(&item));
            }
        }
        assert!(model[&7].len() > HUB, "a hub was made");
        for owner in 0..100 + SPAN {
            let found: BTreeSet<u32> = lists.list(owner).iter().copied().collect();
            assert_eq!(found.len(), lists.list(owner).len());
            assert_eq!(
                found,
                model.get(&owner).cloned().unwrap_or_default(),
                "{owner}"
            );
        }
        for owner in (0..200).step_by(2) {
            let both = (lists.list(owner), lists.list(owner + 1));
            assert_eq!(lists.pair(owner), both, "{owner}");
        }
        assert_eq!(lists.list(1_000_000), [] as [u32; 0]);
    }
}
