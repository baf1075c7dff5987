//! Users and groups in the order of what they are called, each called otherwise than all others.

use std::collections::{HashMap, HashSet};

use serde::{Serialize, Serializer};

use crate::output::Text;

/// What a user or a group is called; no two users are called the same, and no two groups.
#[derive(Debug)]
pub(super) struct Called {
    /// For programs: the name, with the number where another account is found by the name.
    pub(super) label: String,
    /// For people.
    pub(super) shown: Text,
}

impl Serialize for Called {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.label)
    }
}

/// Users, or groups, sorted by their labels.
#[derive(Debug)]
pub(super) struct Ranked<H> {
    sorted: Vec<(H, Called)>,
    /// The rank of each, by the index of its handle.
    ranks: Vec<u32>,
}

/// A user or a group to be ranked.
#[derive(Debug)]
pub(super) struct Named<'d, H> {
    pub(super) handle: H,
    /// The index of the handle.
    pub(super) index: usize,
    /// The number that people know it by.
    pub(super) number: u32,
    pub(super) name: &'d str,
}

impl<H: Copy + Eq> Ranked<H> {
    /// Ranks users or groups, whose indices are below `size`. `found` says whom a name finds, `shown` how
    /// a label is printed.
    pub(super) fn new(
        things: &[Named<'_, H>],
        size: usize,
        found: impl Fn(&str) -> Option<H>,
        shown: impl Fn(H, &str) -> Text,
    ) -> Self {
        let labels = labels(things, found);
        let mut sorted: Vec<_> = things.iter().zip(labels).collect();
        sorted.sort_by(|(_, left), (_, right)| left.cmp(right));
        let mut ranks = vec![0; size];
        for ((thing, _), rank) in sorted.iter().zip(0..) {
            if let Some(place) = ranks.get_mut(thing.index) {
                *place = rank;
            }
        }
        let called = |(thing, label): (&Named<'_, H>, String)| {
            let shown = shown(thing.handle, &label);
            (thing.handle, Called { label, shown })
        };
        Self {
            sorted: sorted.into_iter().map(called).collect(),
            ranks,
        }
    }

    /// Returns every one with what it is called, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (H, &Called)> {
        self.sorted.iter().map(|(handle, called)| (*handle, called))
    }

    /// Returns what those with these indices are called, in order.
    pub(super) fn names(&self, indices: impl Iterator<Item = usize>) -> Vec<&Called> {
        let ranks = indices.filter_map(|index| self.ranks.get(index));
        let mut ranks: Vec<u32> = ranks.copied().collect();
        ranks.sort_unstable();
        let called = |rank: u32| self.sorted.get(rank as usize).map(|(_, called)| called);
        ranks.into_iter().filter_map(called).collect()
    }
}

/// Returns a label for each: its name for the one that the name finds; for another one of that name its
/// number follows, as often as it takes to be no name and no label of anybody else.
fn labels<H: Copy + Eq>(things: &[Named<'_, H>], found: impl Fn(&str) -> Option<H>) -> Vec<String> {
    let mut owners: HashMap<&str, H> = HashMap::with_capacity(things.len());
    for thing in things {
        let owner = owners.entry(thing.name).or_insert(thing.handle);
        if *owner != thing.handle && found(thing.name) == Some(thing.handle) {
            *owner = thing.handle;
        }
    }
    let number = |thing: &Named<'_, H>| format!(" (#{})", thing.number);
    let mut given: HashSet<String> = HashSet::new();
    let label = |thing: &Named<'_, H>| {
        let mut label = thing.name.to_owned();
        if owners.get(thing.name) == Some(&thing.handle) {
            return label;
        }
        while owners.contains_key(label.as_str()) || given.contains(&label) {
            label += &number(thing);
        }
        given.insert(label.clone());
        label
    };
    things.iter().map(label).collect()
}

#[cfg(test)]
mod tests {
    use super::{Named, labels};

    fn labelled(names: &[&str], found: impl Fn(&str) -> Option<u32>) -> Vec<String> {
        let things = names.iter().zip(1..).map(|(name, number)| Named {
            handle: number,
            index: 0,
            number,
            name,
        });
        labels(&things.collect::<Vec<_>>(), found)
    }

    #[test]
    fn the_one_that_the_name_finds_keeps_it() {
        let third = |_: &str| Some(3);
        let labels = labelled(&["Boss", "Ann", "Boss", "Boss"], third);
        assert_eq!(labels, ["Boss (#1)", "Ann", "Boss", "Boss (#4)"]);
    }

    /// Somebody may be called as a label would be.
    #[test]
    fn no_label_is_a_name_or_another_label() {
        let names = ["A", "A", "A (#2)", "A (#2)", "A (#2) (#2)"];
        let labels = labelled(&names, |_| None);
        assert_eq!(
            labels,
            [
                "A",
                "A (#2) (#2) (#2)",
                "A (#2)",
                "A (#2) (#4)",
                "A (#2) (#2)"
            ]
        );
    }
}
