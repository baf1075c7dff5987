//! An ordered list of named things with stable slots: what users and groups are kept in.
//!
//! A slot never changes and is never reused; slots are given out in the order of the file. A position
//! counts the slots in use before one. Looking up by slot or name is O(1), by position O(1) as long
//! as nothing was removed and O(log n) then; so is removing.

mod gaps;

use foldhash::quality::RandomState;

use hashbrown::HashTable;

use crate::identity::{hash_name, same_name};

use self::gaps::Gaps;

/// Something that a roster can keep: it has a name.
pub(crate) trait Named {
    fn name_text(&self) -> &str;
}

/// A slot with the tag of its name: what lies in the slot is only looked at when the tag is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Tagged {
    tag: Tag,
    slot: u32,
}

/// The half of the hash of a folded name that is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Tag(u32);

impl Tag {
    fn of(hasher: &RandomState, name: &str) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "one half is kept")]
        Self(hash_name(hasher, name) as u32)
    }

    /// Returns the tag as the table wants a hash: both ends of it count.
    const fn hash(self) -> u64 {
        (self.0 as u64) << 32 | self.0 as u64
    }
}

/// What a name was found to be the name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) slot: u32,
    /// Whether the name is exactly this, and not only the same by decision D7.
    pub(crate) exact: bool,
}

/// The ordered list.
#[derive(Clone)]
pub(crate) struct Roster<T> {
    slots: Vec<Option<T>>,
    // INVARIANT: says of every slot whether it is empty.
    gaps: Gaps,
    // INVARIANT: holds exactly the slots in use, under the tag of their name.
    names: HashTable<Tagged>,
    hasher: RandomState,
}

impl<T> Default for Roster<T> {
    fn default() -> Self {
        Self {
            slots: Vec::new(),
            gaps: Gaps::default(),
            names: HashTable::new(),
            hasher: RandomState::default(),
        }
    }
}

impl<T: Named> Roster<T> {
    pub(crate) fn len(&self) -> usize {
        self.slots
            .len()
            .saturating_sub(self.gaps.count(self.slots.len()))
    }

    /// The number of slots ever given out: a dense table by slot has this many rows.
    pub(crate) fn slot_count(&self) -> usize {
        self.slots.len()
    }

    pub(crate) fn get(&self, slot: u32) -> Option<&T> {
        self.slots.get(slot as usize)?.as_ref()
    }

    pub(crate) fn position(&self, slot: u32) -> Option<u32> {
        self.get(slot)?;
        let before = self.gaps.count(slot as usize);
        Some(slot.saturating_sub(u32::try_from(before).unwrap_or(u32::MAX)))
    }

    pub(crate) fn at_position(&self, position: u32) -> Option<u32> {
        let slot = self.gaps.slot_at(position as usize);
        let slot = u32::try_from(slot).ok()?;
        self.get(slot).map(|_| slot)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, &T)> {
        let slots = (0..).zip(&self.slots);
        slots.filter_map(|(slot, value)| Some((slot, value.as_ref()?)))
    }

    /// Finds the slot of a name by decision D7: the first in file order that is exactly it, else
    /// the first that is the same.
    pub(crate) fn find(&self, name: &str) -> Option<u32> {
        self.look_up(name).map(|found| found.slot)
    }

    /// Finds as [`Roster::find`] does, and tells how.
    pub(crate) fn look_up(&self, name: &str) -> Option<Found> {
        self.look_up_tagged(Tag::of(&self.hasher, name), name)
    }

    /// Looks many names up, and adds what was found for each in turn.
    ///
    /// Look-ups of a large roster mostly wait for memory; here they wait together.
    pub(crate) fn look_up_all<'n>(
        &self,
        names: impl Iterator<Item = &'n str> + Clone,
        found: &mut Vec<Option<Found>>,
    ) {
        let tags = names.clone().map(|name| Tag::of(&self.hasher, name));
        let tags: Vec<Tag> = tags.collect();
        // Each step asks for memory that no other look-up of the same step has to wait for.
        let likely: Vec<Option<u32>> = tags.iter().map(|tag| self.only(*tag)).collect();
        let texts = likely.iter().map(|slot| self.text((*slot)?));
        let texts: Vec<Option<&str>> = texts.collect();
        let likely = likely.into_iter().zip(texts);
        let wanted = names.zip(tags).zip(likely);
        found.extend(wanted.map(|((name, tag), likely)| match likely {
            (Some(slot), Some(text)) if text == name => Some(Found { slot, exact: true }),
            _ => self.look_up_tagged(tag, name),
        }));
    }

    fn look_up_tagged(&self, tag: Tag, name: &str) -> Option<Found> {
        let mut first: Option<(bool, u32)> = None;
        for slot in self.slots_tagged(tag) {
            let Some(text) = self.text(slot) else {
                continue;
            };
            let inexact = text != name;
            if inexact && !same_name(text, name) {
                continue;
            }
            let rank = (inexact, slot);
            if first.is_none_or(|first| rank < first) {
                first = Some(rank);
            }
        }
        let (inexact, slot) = first?;
        Some(Found {
            slot,
            exact: !inexact,
        })
    }

    fn slots_tagged(&self, tag: Tag) -> impl Iterator<Item = u32> {
        let tagged = self.names.iter_hash(tag.hash());
        tagged
            .filter(move |known| known.tag == tag)
            .map(|known| known.slot)
    }

    /// Returns the slot that has a tag, if it is the only one.
    fn only(&self, tag: Tag) -> Option<u32> {
        let mut slots = self.slots_tagged(tag);
        slots.next().filter(|_| slots.next().is_none())
    }

    /// Finds a slot other than one whose name is the same as a text (decision D7): the first in
    /// file order.
    pub(crate) fn find_other(&self, name: &str, except: Option<u32>) -> Option<u32> {
        self.slots_tagged(Tag::of(&self.hasher, name))
            .filter(|slot| Some(*slot) != except)
            .filter(|slot| self.text(*slot).is_some_and(|text| same_name(text, name)))
            .min()
    }

    /// Returns whether a slot is the last in file order.
    pub(crate) fn is_last(&self, slot: u32) -> bool {
        let behind = (slot as usize).saturating_add(1);
        let gaps = self
            .gaps
            .count(self.slots.len())
            .saturating_sub(self.gaps.count(behind));
        self.get(slot).is_some() && behind.saturating_add(gaps) == self.slots.len()
    }

    /// Makes room for so many more.
    pub(crate) fn reserve(&mut self, more: usize) {
        self.names.reserve(more, |known| known.tag.hash());
        self.slots.reserve(more);
    }

    pub(crate) fn push(&mut self, value: T) -> u32 {
        let tag = Tag::of(&self.hasher, value.name_text());
        self.push_tagged(value, tag)
    }

    /// Adds a value, and returns the one that had its name already.
    pub(crate) fn push_noting_twin(&mut self, value: T) -> (u32, Option<Found>) {
        let tag = Tag::of(&self.hasher, value.name_text());
        let twin = self.look_up_tagged(tag, value.name_text());
        (self.push_tagged(value, tag), twin)
    }

    fn push_tagged(&mut self, value: T, tag: Tag) -> u32 {
        let slot = u32::try_from(self.slots.len()).unwrap_or(u32::MAX);
        self.slots.push(Some(value));
        self.gaps.push();
        self.index(slot, tag);
        slot
    }

    /// Undoes the latest [`Roster::push`], of which nobody heard: the slot is given out again.
    pub(crate) fn pop(&mut self) {
        if let Some(slot) = self
            .slots
            .len()
            .checked_sub(1)
            .and_then(|last| last.try_into().ok())
        {
            self.unindex(slot);
            self.slots.pop();
            self.gaps.pop();
        }
    }

    /// Puts a value back into its slot.
    pub(crate) fn restore(&mut self, slot: u32, value: T) {
        let tag = Tag::of(&self.hasher, value.name_text());
        let Some(place) = self.slots.get_mut(slot as usize) else {
            return;
        };
        if place.replace(value).is_none() {
            self.gaps.close(slot as usize);
        }
        self.index(slot, tag);
    }

    /// Takes a value out of its slot, which stays empty.
    pub(crate) fn remove(&mut self, slot: u32) -> Option<T> {
        self.unindex(slot);
        let value = self.slots.get_mut(slot as usize)?.take()?;
        self.gaps.open(slot as usize, self.slots.len());
        Some(value)
    }

    /// Puts another value in the place of one and returns the old one.
    pub(crate) fn replace(&mut self, slot: u32, value: T) -> Option<T> {
        let tag = Tag::of(&self.hasher, value.name_text());
        self.unindex(slot);
        let place = self.slots.get_mut(slot as usize)?.as_mut()?;
        let old = std::mem::replace(place, value);
        self.index(slot, tag);
        Some(old)
    }

    /// Changes a value in place, its name too.
    pub(crate) fn update<R>(&mut self, slot: u32, edit: impl FnOnce(&mut T) -> R) -> Option<R> {
        self.unindex(slot);
        let place = self.slots.get_mut(slot as usize)?.as_mut()?;
        let answer = edit(place);
        let tag = Tag::of(&self.hasher, place.name_text());
        self.index(slot, tag);
        Some(answer)
    }

    /// Changes a value in place in a way that keeps its name.
    pub(crate) fn get_mut_keeping_name(&mut self, slot: u32) -> Option<&mut T> {
        self.slots.get_mut(slot as usize)?.as_mut()
    }

    fn text(&self, slot: u32) -> Option<&str> {
        self.get(slot).map(Named::name_text)
    }

    fn index(&mut self, slot: u32, tag: Tag) {
        let tagged = Tagged { tag, slot };
        self.names
            .insert_unique(tag.hash(), tagged, |known| known.tag.hash());
    }

    fn unindex(&mut self, slot: u32) {
        let Some(tag) = self.text(slot).map(|name| Tag::of(&self.hasher, name)) else {
            return;
        };
        let tagged = Tagged { tag, slot };
        if let Ok(entry) = self.names.find_entry(tag.hash(), |known| *known == tagged) {
            entry.remove();
        }
    }

    /// Returns whether the invariants hold; for tests.
    pub(crate) fn is_sound(&self) -> bool {
        let empty = self.slots.iter().map(Option::is_none);
        let found = |slot: u32, value: &T| {
            let tag = Tag::of(&self.hasher, value.name_text());
            self.slots_tagged(tag).any(|found| found == slot)
        };
        self.gaps.are(empty)
            && self.iter().count() == self.names.len()
            && self.iter().all(|(slot, value)| found(slot, value))
            && (0..).zip(self.iter()).all(|(position, (slot, _))| {
                self.position(slot) == Some(position) && self.at_position(position) == Some(slot)
            })
    }
}

#[cfg(test)]
mod tests {
    use super::{Named, Roster, Tag};

    impl Named for &'static str {
        fn name_text(&self) -> &str {
            self
        }
    }

    fn roster() -> Roster<&'static str> {
        let mut roster = Roster::default();
        for name in ["Ann", "Bob", "Zoë"] {
            roster.push(name);
        }
        assert!(roster.is_sound());
        roster
    }

    #[test]
    fn each_broken_invariant_is_noticed() {
        let breaks: [fn(&mut Roster<&'static str>); 5] = [
            |roster| assert_eq!(roster.remove(1), Some("Bob")),
            |roster| roster.slots.push(None),
            |roster| roster.slots.truncate(2),
            |roster| roster.index(9, Tag(0)),
            |roster| {
                let Tag(right) = Tag::of(&roster.hasher, "Bob");
                roster.unindex(1);
                roster.index(1, Tag(!right));
            },
        ];
        let sound: Vec<bool> = breaks
            .into_iter()
            .map(|break_it| {
                let mut roster = roster();
                break_it(&mut roster);
                roster.is_sound()
            })
            .collect();
        // An empty slot is what a removed user leaves.
        assert_eq!(sound, [true, false, false, false, false]);
    }

    #[test]
    fn a_slot_that_was_removed_is_not_given_out_again() {
        let mut roster = roster();
        assert_eq!(roster.remove(2), Some("Zoë"));
        assert!(roster.is_last(1));
        assert_eq!(roster.push("Zoë"), 3);
        assert_eq!(
            (roster.position(3), roster.at_position(2)),
            (Some(2), Some(3))
        );
        assert_eq!(roster.at_position(3), None);
        roster.restore(2, "Zoë");
        assert_eq!(roster.position(3), Some(3));
        assert!(roster.is_sound());
    }
}
