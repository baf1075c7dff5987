//! Member lists: inserting at the places that the file's order gives (decision D32), taking out,
//! and undoing either. Every function is linear at most.

use crate::steps;

/// Inserts handles into a list, each before the first entry that comes later in the file, and
/// returns where they stand afterwards, in ascending order.
///
/// Handles are in the order of the file, and so is `new`; entries that are there keep their order
/// among themselves, whatever it is.
pub(crate) fn insert<H: Copy + Ord>(list: &mut Vec<H>, new: &[H]) -> Vec<usize> {
    steps::add(list.len());
    if let [one] = new {
        let later = list.iter().position(|entry| one < entry);
        let place = later.unwrap_or(list.len());
        list.insert(place, *one);
        return vec![place];
    }
    let mut places = Vec::with_capacity(new.len());
    let mut pending = new.iter().copied().peekable();
    let old = std::mem::take(list);
    list.reserve(old.len().saturating_add(new.len()));
    for entry in old {
        while let Some(handle) = pending.next_if(|handle| *handle < entry) {
            places.push(list.len());
            list.push(handle);
        }
        list.push(entry);
    }
    for handle in pending {
        places.push(list.len());
        list.push(handle);
    }
    places
}

/// Takes the entries at some places, in ascending order, out of a list.
pub(super) fn remove_places<H>(list: &mut Vec<H>, places: &[usize]) {
    steps::add(list.len());
    if let [place] = places {
        if *place < list.len() {
            list.remove(*place);
        }
        return;
    }
    let mut places = places.iter().copied().peekable();
    let mut index = 0_usize;
    list.retain(|_| {
        let leaves = places.next_if_eq(&index).is_some();
        index = index.saturating_add(1);
        !leaves
    });
}

/// Takes out of a list what a test picks, and returns it with the places that it had.
pub(super) fn take<H: Clone>(
    list: &mut Vec<H>,
    mut leaves: impl FnMut(&H) -> bool,
) -> Vec<(usize, H)> {
    steps::add(list.len());
    let mut taken = Vec::new();
    let mut index = 0_usize;
    list.retain(|entry| {
        let goes = leaves(entry);
        if goes {
            taken.push((index, entry.clone()));
        }
        index = index.saturating_add(1);
        !goes
    });
    taken
}

/// Puts back what [`take`] took.
pub(super) fn put_back<H>(list: &mut Vec<H>, taken: Vec<(usize, H)>) {
    steps::add(list.len());
    let old = std::mem::take(list);
    list.reserve(old.len().saturating_add(taken.len()));
    let mut taken = taken.into_iter().peekable();
    for entry in old {
        while let Some((_, back)) = taken.next_if(|(place, _)| *place == list.len()) {
            list.push(back);
        }
        list.push(entry);
    }
    list.extend(taken.map(|(_, back)| back));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{insert, put_back, remove_places, take};

    /// The rule of decision D32, one entry at a time.
    fn insert_slowly(list: &mut Vec<u32>, new: &[u32]) {
        for handle in new {
            let place = list.iter().position(|entry| entry > handle);
            list.insert(place.unwrap_or(list.len()), *handle);
        }
    }

    proptest! {
        #[test]
        fn inserting_together_is_inserting_one_by_one_in_any_order(
            old in Just((0..40_u32).collect::<Vec<_>>()).prop_shuffle(),
            picks in prop::collection::vec(any::<bool>(), 40),
            order in Just((0..40_u32).collect::<Vec<_>>()).prop_shuffle(),
        ) {
            let is_new = |handle: &u32| picks[*handle as usize];
            let existing: Vec<u32> = old.into_iter().filter(|handle| !is_new(handle)).collect();
            let new: Vec<u32> = (0..40).filter(is_new).collect();
            let mut slow = existing.clone();
            let shuffled: Vec<u32> = order.into_iter().filter(is_new).collect();
            insert_slowly(&mut slow, &shuffled);

            let mut fast = existing.clone();
            let places = insert(&mut fast, &new);
            prop_assert_eq!(&fast, &slow);
            remove_places(&mut fast, &places);
            prop_assert_eq!(fast, existing);
        }

        #[test]
        fn what_is_taken_can_be_put_back(
            list in prop::collection::vec(0..10_u32, 0..30),
            below in 0..11_u32,
        ) {
            let mut edited = list.clone();
            let taken = take(&mut edited, |entry| *entry < below);
            prop_assert!(edited.iter().all(|entry| *entry >= below));
            put_back(&mut edited, taken);
            prop_assert_eq!(edited, list);
        }
    }
}
