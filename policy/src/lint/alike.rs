//! What has the same key, put together.

use std::collections::HashMap;
use std::hash::Hash;

/// Puts together what has the same key, in the order of the first of each; looks at each once.
pub(super) fn together<T, K: Hash + Eq>(all: Vec<T>, key: impl Fn(&T) -> K) -> Vec<Vec<T>> {
    let mut places: HashMap<K, usize> = HashMap::with_capacity(all.len());
    let mut alike: Vec<Vec<T>> = Vec::new();
    for one in all {
        let next = alike.len();
        let place = *places.entry(key(&one)).or_insert(next);
        match alike.get_mut(place) {
            Some(others) => others.push(one),
            None => alike.push(vec![one]),
        }
    }
    alike
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::together;

    #[test]
    fn each_is_looked_at_once_however_many_are_alike() {
        let looked_at = [500, 1_000, 2_000].map(|size| {
            let looked_at = Cell::new(0_usize);
            let alike = together((0..size).collect(), |_: &usize| {
                looked_at.set(looked_at.get() + 1);
            });
            assert_eq!(alike.len(), 1);
            looked_at.get()
        });
        assert_eq!(looked_at, [500, 1_000, 2_000]);
    }
}
