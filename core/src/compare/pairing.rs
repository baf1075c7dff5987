//! Which name of one list is which name of another (decision D7).

use std::cmp::Ordering;

use crate::identity::folded_name;

/// Pairs names with names: first those that are exactly the same, then of the others those that
/// differ in case or in Unicode form only.
///
/// Exact twins pair in the order given, since the first is the one that a reference means; twins
/// by case in the order of their texts. So the order of a list counts only for exact twins.
///
/// O(n log n); only what has no exact partner is folded.
pub(super) fn pair<K: Copy, N: Copy>(known: Vec<(&str, K)>, new: Vec<(&str, N)>) -> Vec<(K, N)> {
    let (mut pairs, known, new) = join(known, new);
    if known.is_empty() || new.is_empty() {
        return pairs;
    }
    let known = known
        .into_iter()
        .map(|(text, key)| (folded_name(text), key));
    let new = new.into_iter().map(|(text, key)| (folded_name(text), key));
    let (by_case, _, _) = join(known.collect(), new.collect());
    pairs.extend(by_case);
    pairs
}

/// What has a partner, and what of either list has none, in the order of the texts.
type Joined<T, K, N> = (Vec<(K, N)>, Vec<(T, K)>, Vec<(T, N)>);

fn join<T: Ord, K: Copy, N: Copy>(mut known: Vec<(T, K)>, mut new: Vec<(T, N)>) -> Joined<T, K, N> {
    // Stable, so that equal texts keep the order they came in.
    known.sort_by(|(left, _), (right, _)| left.cmp(right));
    new.sort_by(|(left, _), (right, _)| left.cmp(right));
    let mut pairs = Vec::with_capacity(known.len().min(new.len()));
    let (mut only_known, mut only_new) = (Vec::new(), Vec::new());
    let (mut known, mut new) = (known.into_iter().peekable(), new.into_iter().peekable());
    while let (Some((left, key)), Some((right, other))) = (known.peek(), new.peek()) {
        match left.cmp(right) {
            Ordering::Equal => {
                pairs.push((*key, *other));
                known.next();
                new.next();
            }
            Ordering::Less => only_known.extend(known.next()),
            Ordering::Greater => only_new.extend(new.next()),
        }
    }
    only_known.extend(known);
    only_new.extend(new);
    (pairs, only_known, only_new)
}

#[cfg(test)]
mod tests {
    use super::pair;

    fn names(names: &[&'static str]) -> Vec<(&'static str, usize)> {
        names.iter().copied().zip(0..).collect()
    }

    #[test]
    fn an_exact_name_comes_before_one_that_differs_in_case() {
        let mut pairs = pair(names(&["ann", "Ann"]), names(&["ANN", "ann"]));
        pairs.sort_unstable();
        assert_eq!(pairs, [(0, 1), (1, 0)]);
    }

    #[test]
    fn twins_by_case_pair_in_the_order_of_their_texts_whatever_order_they_come_in() {
        let pairs = pair(names(&["Ann", "aNN"]), names(&["ANN", "ann", "annE"]));
        assert_eq!(pairs, [(0, 0), (1, 1)], "`ANN` < `Ann` < `aNN` < `ann`");
        let turned = pair(names(&["aNN", "Ann"]), names(&["annE", "ann", "ANN"]));
        assert_eq!(turned, [(1, 2), (0, 1)]);
    }

    #[test]
    fn exact_twins_pair_in_the_order_of_the_file() {
        let pairs = pair(names(&["Ann", "Ann"]), names(&["Ann", "Bob", "Ann"]));
        assert_eq!(pairs, [(0, 0), (1, 2)]);
    }
}
