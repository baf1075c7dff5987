//! The three-way rule: whoever changed a thing since the base has it.

use std::collections::BTreeMap;

/// The value after the three-way rule.
pub(super) enum Chosen<T> {
    /// The sides do not contradict each other.
    Agreed(T),
    /// Both changed it, to different values.
    Disputed,
}

/// Applies the rule to one value; `base` is `None` where the base lacks what has the value.
pub(super) fn choose<T: PartialEq>(base: Option<&T>, ours: T, theirs: T) -> Chosen<T> {
    if ours == theirs || base == Some(&theirs) {
        Chosen::Agreed(ours)
    } else if base == Some(&ours) {
        Chosen::Agreed(theirs)
    } else {
        Chosen::Disputed
    }
}

impl<T> Chosen<T> {
    /// Returns the value, or ours after noting the dispute.
    pub(super) fn or_dispute(self, ours: T, note: impl FnOnce()) -> T {
        match self {
            Self::Agreed(value) => value,
            Self::Disputed => {
                note();
                ours
            }
        }
    }
}

/// Applies the rule to each key of sorted lists: what both have or one side brings is there.
///
/// What is `kept` stays where ours has it, whatever theirs did. O(n log n).
pub(super) fn choose_keys<K: Copy + Ord>(
    base: &[K],
    ours: &[K],
    theirs: &[K],
    kept: impl Fn(K) -> bool,
) -> Vec<K> {
    let has = |list: &[K], key: &K| list.binary_search(key).is_ok();
    let stay = ours
        .iter()
        .filter(|key| has(theirs, key) || !has(base, key) || kept(**key));
    let come = theirs
        .iter()
        .filter(|key| !has(ours, key) && !has(base, key));
    let mut chosen: Vec<K> = stay.chain(come).copied().collect();
    chosen.sort_unstable();
    chosen
}

/// As [`choose_keys`], for names by their folded form.
pub(super) fn choose_names<'a, N>(
    base: &BTreeMap<String, &'a N>,
    ours: &BTreeMap<String, &'a N>,
    theirs: &BTreeMap<String, &'a N>,
) -> BTreeMap<String, &'a N> {
    let stay = ours
        .iter()
        .filter(|(name, _)| theirs.contains_key(*name) || !base.contains_key(*name));
    let come = theirs
        .iter()
        .filter(|(name, _)| !ours.contains_key(*name) && !base.contains_key(*name));
    stay.chain(come)
        .map(|(folded, name)| (folded.clone(), *name))
        .collect()
}
