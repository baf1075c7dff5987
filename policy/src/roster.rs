//! The whole closure, both ways, with everybody in the order of a label that nobody else has.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use guichet_core::{GroupHandle, GroupId, UserHandle, UserId};

use crate::closure::Closure;
use crate::engine::SearchBuffers;

/// Everybody of a directory, and who is effectively in which group; made by [`Closure::roster`].
///
/// Two accounts may have one name. The one that the name finds is called by it; another one by its
/// name and number, such as `Boss (#4)`. So no two users have the same label, and no two groups.
///
/// The largest directory has some ten million pairs of a user and a group, so the lists are made one
/// at a time.
///
/// ```
/// use guichet_core::{DirectoryBuilder, GroupName, UserName};
/// use guichet_policy::Closure;
///
/// let mut builder = DirectoryBuilder::new();
/// builder.user(UserName::from_stored("Zoé"));
/// builder.user(UserName::from_stored("Ann"));
/// let accounting = builder.group(GroupName::from_stored("Accounting"));
/// let finance = builder.group(GroupName::from_stored("Finance"));
/// builder.members_of(accounting).group("Finance");
/// builder.members_of(finance).user("Ann");
///
/// let roster = Closure::new(builder.finish()).roster();
/// let users: Vec<&str> = roster.users().iter().map(|user| user.label.as_str()).collect();
/// assert_eq!(users, ["Administrator", "Ann", "Designer", "Zoé"]);
/// let groups: Vec<Vec<usize>> = roster.groups_of_users().collect();
/// assert_eq!(groups, [vec![], vec![0, 1], vec![], vec![]]);
/// ```
#[derive(Debug, Clone)]
pub struct Roster {
    closure: Closure,
    users: Ranked<UserHandle>,
    groups: Ranked<GroupHandle>,
}

/// A user or a group with its label.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Labelled<H> {
    /// The user or the group.
    pub handle: H,
    /// The name, with the number where the name finds somebody else.
    pub label: String,
}

impl Closure {
    /// Lists everybody; O(n log n) in the users and groups.
    pub fn roster(&self) -> Roster {
        let directory = self.directory();
        let users = directory.users().map(|(handle, user)| Unlabelled {
            handle,
            index: handle.index(),
            number: directory.user_id(handle).map_or(0, UserId::get),
            name: user.name().as_str(),
        });
        let groups = directory.groups().map(|(handle, group)| Unlabelled {
            handle,
            index: handle.index(),
            number: directory.group_id(handle).map_or(0, GroupId::get),
            name: group.name().as_str(),
        });
        Roster {
            users: Ranked::new(&users.collect::<Vec<_>>(), |name| directory.find_user(name)),
            groups: Ranked::new(&groups.collect::<Vec<_>>(), |name| {
                directory.find_group(name)
            }),
            closure: self.clone(),
        }
    }
}

impl Roster {
    /// Returns every user, sorted by label.
    pub fn users(&self) -> &[Labelled<UserHandle>] {
        &self.users.sorted
    }

    /// Returns every group, sorted by label.
    pub fn groups(&self) -> &[Labelled<GroupHandle>] {
        &self.groups.sorted
    }

    /// Returns for each of [`users`](Self::users) the groups that the user is in, directly or through
    /// nested groups, as places in [`groups`](Self::groups), in order.
    pub fn groups_of_users(&self) -> impl Iterator<Item = Vec<usize>> + '_ {
        let mut scratch = SearchBuffers::new();
        self.users.sorted.iter().map(move |user| {
            let snapshot = self.closure.snapshot();
            let groups = snapshot.groups_of_user(user.handle, &mut scratch).iter();
            self.groups.places(groups.map(|group| group.index()))
        })
    }

    /// Returns for each of [`groups`](Self::groups) the users that are in it, directly or through
    /// nested groups, as places in [`users`](Self::users), in order.
    pub fn users_of_groups(&self) -> impl Iterator<Item = Vec<usize>> + '_ {
        let mut scratch = SearchBuffers::new();
        self.groups.sorted.iter().map(move |group| {
            let snapshot = self.closure.snapshot();
            let users = snapshot.users_of_group(group.handle, &mut scratch).iter();
            self.users.places(users.map(|user| user.index()))
        })
    }
}

/// Users, or groups, sorted by their labels.
#[derive(Debug, Clone)]
struct Ranked<H> {
    sorted: Vec<Labelled<H>>,
    /// The place of each among the sorted ones, by the index of its handle.
    places: Vec<u32>,
}

/// A user or a group to be ranked.
struct Unlabelled<'d, H> {
    handle: H,
    /// The index of the handle.
    index: usize,
    /// The number that people know it by.
    number: u32,
    name: &'d str,
}

impl<H: Copy + Eq> Ranked<H> {
    /// Ranks users or groups; `found` returns who has a name.
    fn new(things: &[Unlabelled<'_, H>], found: impl Fn(&str) -> Option<H>) -> Self {
        let mut sorted: Vec<_> = things.iter().zip(labels(things, found)).collect();
        sorted.sort_by(|(_, left), (_, right)| left.cmp(right));
        let size = things.iter().map(|thing| thing.index + 1).max();
        let mut places = vec![0; size.unwrap_or(0)];
        for ((thing, _), rank) in sorted.iter().zip(0..) {
            if let Some(place) = places.get_mut(thing.index) {
                *place = rank;
            }
        }
        let labelled = |(thing, label): (&Unlabelled<'_, H>, String)| Labelled {
            handle: thing.handle,
            label,
        };
        Self {
            sorted: sorted.into_iter().map(labelled).collect(),
            places,
        }
    }

    /// Returns the places of those with these indices, in order.
    fn places(&self, indices: impl Iterator<Item = usize>) -> Vec<usize> {
        let places = indices.filter_map(|index| self.places.get(index));
        let mut places: Vec<usize> = places.map(|place| *place as usize).collect();
        places.sort_unstable();
        places
    }
}

/// Returns a label for each: its name for the one that the name finds; for another one of that name its
/// number follows, as often as it takes to be no name and no label of anybody else.
fn labels<H: Copy + Eq>(
    things: &[Unlabelled<'_, H>],
    found: impl Fn(&str) -> Option<H>,
) -> Vec<String> {
    let mut owners: HashMap<&str, H> = HashMap::with_capacity(things.len());
    for thing in things {
        let owner = owners.entry(thing.name).or_insert(thing.handle);
        if *owner != thing.handle && found(thing.name) == Some(thing.handle) {
            *owner = thing.handle;
        }
    }
    let mut given: HashSet<String> = HashSet::new();
    let label = |thing: &Unlabelled<'_, H>| {
        let mut label = thing.name.to_owned();
        if owners.get(thing.name) == Some(&thing.handle) {
            return label;
        }
        while owners.contains_key(label.as_str()) || given.contains(&label) {
            // Writing to a string cannot fail.
            let _ = write!(label, " (#{})", thing.number);
        }
        given.insert(label.clone());
        label
    };
    things.iter().map(label).collect()
}

#[cfg(test)]
mod tests {
    use super::{Unlabelled, labels};

    fn labelled(names: &[&str], found: impl Fn(&str) -> Option<u32>) -> Vec<String> {
        let things = names.iter().zip(1..).map(|(name, number)| Unlabelled {
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
