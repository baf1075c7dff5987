//! What an edit means for people, grouped: those who gain or lose the same are one group.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::fmt;

use guichet_core::{UserId, UserName};

use crate::impact::{AccessChange, UserNumber};

/// What a change of access is about, the most dangerous first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "kebab-case")
)]
#[non_exhaustive]
pub enum Risk {
    /// The server's administration window.
    Administration,
    /// The Design environment, and the Runtime Explorer.
    Design,
    /// An access that is now open to everyone.
    Everyone,
    /// A plug-in.
    Plugin,
    /// Any other access.
    Other,
}

/// Whether an access is gained or lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "kebab-case")
)]
pub enum Turn {
    /// It is gained.
    Gain,
    /// It is lost.
    Loss,
}

impl Turn {
    /// Returns the verb for so many users: `gains`, `lose`.
    pub const fn verb(self, users: usize) -> &'static str {
        match (self, users) {
            (Self::Gain, 1) => "gains",
            (Self::Gain, _) => "gain",
            (Self::Loss, 1) => "loses",
            (Self::Loss, _) => "lose",
        }
    }
}

/// Who gains and who loses access: the people with the same gain, or the same loss, are one group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Effect {
    /// The groups: the most dangerous first, then gains before losses, then large before small.
    pub groups: Vec<EffectGroup>,
    /// How many users gain or lose something.
    pub affected: usize,
    /// How many users lose something.
    pub losing: usize,
}

/// People who gain, or lose, the same.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct EffectGroup {
    /// The most dangerous of what they gain or lose.
    pub risk: Risk,
    /// Whether they gain or lose it.
    pub turn: Turn,
    /// What they gain or lose, the most dangerous first, each spelled as in [`AccessChange::access`].
    pub access: Vec<String>,
    /// The people, in the order of the changes.
    pub users: Vec<AffectedUser>,
}

/// A user who gains or loses something.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct AffectedUser {
    /// The name, as in [`AccessChange::user`].
    pub user: UserName,
    /// The number, as in [`AccessChange::number`].
    #[cfg_attr(feature = "serde", serde(rename = "id"))]
    pub number: UserNumber,
    /// The number once more, where another affected user has the same name.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub distinct: Option<UserId>,
}

impl Effect {
    /// Groups the changes that [`impact`](crate::impact()) and its like return, user by user.
    ///
    /// Every change is in exactly one group, and every user in at most two: one of those who gain,
    /// one of those who lose. O(changes) expected, and sorting the groups.
    ///
    /// ```
    /// # use guichet_core::{AccessArea, Credential, DirectoryBuilder, Grantee, Mode, Options, UserName};
    /// use guichet_policy::{Effect, Policy, Turn, impact};
    ///
    /// # let policy = |http: Grantee| {
    /// #     let mut builder = DirectoryBuilder::new();
    /// #     let designer = builder.as_directory().designer();
    /// #     builder.credential(designer, Credential::from_stored("AAAAAAAAAAAAAAAAAAAAAA=="));
    /// #     builder.user(UserName::from_stored("Ann"));
    /// #     builder.grant_area(&AccessArea::Http, &http);
    /// #     Policy::new(builder.finish(), Mode::Server, Options::default())
    /// # };
    /// let changes = impact(&policy(Grantee::Everyone), &policy(Grantee::Nobody));
    /// let effect = Effect::new(&changes);
    /// let [group] = effect.groups.as_slice() else { return Err("one group") };
    /// // The Administrator and Ann; nothing is closed to the Designer.
    /// assert_eq!((group.turn, group.users.len(), effect.losing), (Turn::Loss, 2, 2));
    /// assert_eq!(group.access, ["http"]);
    /// # Ok::<(), &str>(())
    /// ```
    pub fn new(changes: &[AccessChange]) -> Self {
        let of_user = || changes.chunk_by(|left, right| person(left) == person(right));
        let mut names: HashMap<&UserName, HashSet<UserNumber>> = HashMap::new();
        for change in changes {
            let numbers = names.entry(&change.user).or_default();
            numbers.insert(change.number);
        }
        let mut places: HashMap<(Turn, Vec<&str>), usize> = HashMap::new();
        let mut effect = Self::default();
        for changes in of_user() {
            effect.affected = effect.affected.saturating_add(1);
            for turn in [Turn::Gain, Turn::Loss] {
                let of_turn = || changes.iter().filter(|change| change.turn() == turn);
                let Some(first) = of_turn().next() else {
                    continue;
                };
                if turn == Turn::Loss {
                    effect.losing = effect.losing.saturating_add(1);
                }
                let access = of_turn().map(|change| change.access.as_str()).collect();
                let place = *places.entry((turn, access)).or_insert_with(|| {
                    effect.groups.push(EffectGroup::new(turn, of_turn()));
                    effect.groups.len().saturating_sub(1)
                });
                let several = names.get(&first.user).is_some_and(|ids| ids.len() > 1);
                if let Some(group) = effect.groups.get_mut(place) {
                    group.users.push(AffectedUser {
                        user: first.user.clone(),
                        number: first.number,
                        distinct: several.then(|| first.number.id()),
                    });
                }
            }
        }
        let groups = &mut effect.groups;
        groups.sort_by_key(|group| (group.risk, group.turn, Reverse(group.users.len())));
        effect
    }

    /// Returns the first ten groups: as many as people read.
    pub fn first_groups(&self) -> &[EffectGroup] {
        self.groups.get(..MOST_GROUPS).unwrap_or(&self.groups)
    }

    /// Returns whether the [`first_groups`](Self::first_groups), with the names that they list, are the
    /// whole effect.
    pub fn is_short(&self) -> bool {
        let is_short = |group: &EffectGroup| {
            group.users.len() <= MOST_NAMES && group.access.len() <= MOST_ACCESSES
        };
        self.groups.len() <= MOST_GROUPS && self.groups.iter().all(is_short)
    }
}

/// The most groups, names of a group and accesses of a group that are listed.
const MOST_GROUPS: usize = 10;
const MOST_NAMES: usize = 6;
const MOST_ACCESSES: usize = 12;

impl EffectGroup {
    fn new<'c>(turn: Turn, changes: impl Iterator<Item = &'c AccessChange>) -> Self {
        let mut changes: Vec<&AccessChange> = changes.collect();
        changes.sort_by_key(|change| change.risk);
        Self {
            risk: changes.first().map_or(Risk::Other, |change| change.risk),
            turn,
            access: changes.iter().map(|change| change.access.clone()).collect(),
            users: Vec::new(),
        }
    }

    /// Returns who they are: `71 users`, or the name of the only one.
    pub fn who(&self) -> String {
        match self.users.as_slice() {
            [one] => one.to_string(),
            users => format!("{} users", users.len()),
        }
    }

    /// Returns the first six names, and how many more there are.
    pub fn names(&self) -> String {
        some(&self.users, MOST_NAMES)
    }

    /// Returns the first twelve accesses, and how many more there are.
    pub fn accesses(&self) -> String {
        some(&self.access, MOST_ACCESSES)
    }
}

/// The name, in quotation marks where its ends could not be seen otherwise, with the number where it
/// takes one to tell users apart.
impl fmt::Display for AffectedUser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.user.as_str();
        if name.trim() == name && !name.is_empty() {
            f.write_str(name)?;
        } else {
            write!(f, "\"{name}\"")?;
        }
        self.distinct
            .map_or(Ok(()), |number| write!(f, " (#{number})"))
    }
}

fn some(all: &[impl fmt::Display], most: usize) -> String {
    let some: Vec<String> = all.iter().take(most).map(ToString::to_string).collect();
    match all.len().saturating_sub(most) {
        0 => some.join(", "),
        rest => format!("{} and {rest} more", some.join(", ")),
    }
}

fn person(change: &AccessChange) -> (&UserName, UserNumber) {
    (&change.user, change.number)
}
