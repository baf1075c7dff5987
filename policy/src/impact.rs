//! What an edit means for people: who gains and who loses which access.

use std::collections::{HashMap, HashSet, VecDeque};

use guichet_core::{Directory, UserHandle, UserId, UserName};

use crate::access::Access;
use crate::effect::{Risk, Turn};
use crate::holders::Holders;
use crate::policy::Policy;

/// One access that one user gains or loses.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct AccessChange {
    /// The user: the name after the change, of a user who is gone the name before.
    pub user: UserName,
    /// Which user of that name: several accounts may have one.
    #[cfg_attr(feature = "serde", serde(rename = "id"))]
    pub number: UserNumber,
    /// The access, spelled as [`Access::describe`] does.
    pub access: String,
    /// Whether the user had it before.
    pub before: bool,
    /// Whether the user has it after.
    pub after: bool,
    /// How dangerous it is.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub risk: Risk,
}

impl AccessChange {
    /// Returns whether the access is gained or lost.
    pub const fn turn(&self) -> Turn {
        if self.after { Turn::Gain } else { Turn::Loss }
    }
}

/// The number of a user whose access changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(untagged))]
#[non_exhaustive]
pub enum UserNumber {
    /// The number after the change.
    Now(UserId),
    /// The number before it, of a user who is gone.
    Gone(UserId),
}

impl UserNumber {
    /// Returns the number, whenever the user has it.
    pub const fn id(self) -> UserId {
        match self {
            Self::Now(id) | Self::Gone(id) => id,
        }
    }
}

/// Compares two directories by the names of their users: who gains and who loses what.
///
/// Every access of either directory is asked for every user of either ([`Policy::accesses`]); a
/// user has nothing where there is no user of exactly that name. A plug-in that one of the two knows
/// exists for both: where its only grant is taken away, it is open to everyone. A user who was renamed
/// is one that is gone and one that is new; [`impact_with_renames`] and [`impact_of_edit`] know better.
///
/// The answer is ordered: the users as they are after, then those who are gone, and for each the
/// accesses as they are listed after.
///
/// Empty for two directories in which everybody may do the same (decision D35: it is the difference
/// of [`Policy::who_can`], access by access). O(users + memberships + changes + what `who_can` takes
/// for each access that is not open to everyone).
///
/// ```
/// use guichet_core::{Credential, DirectoryBuilder, Grantee, GroupName, Mode, Options, UserName};
/// use guichet_core::AccessArea;
/// use guichet_policy::{Policy, impact};
///
/// let policy = |members: &[&str]| {
///     let mut builder = DirectoryBuilder::new();
///     let designer = builder.as_directory().designer();
///     builder.credential(designer, Credential::from_stored("AAAAAAAAAAAAAAAAAAAAAA=="));
///     builder.user(UserName::from_stored("Ann"));
///     let devs = builder.group(GroupName::from_stored("Devs"));
///     for member in members {
///         builder.members_of(devs).user(member);
///     }
///     builder.grant_area(&AccessArea::Http, &Grantee::parse("Devs"));
///     Policy::new(builder.finish(), Mode::Server, Options::default())
/// };
/// let changes = impact(&policy(&["Ann"]), &policy(&[]));
/// let [change] = changes.as_slice() else { return Err("one change") };
/// assert_eq!((change.user.as_str(), change.access.as_str()), ("Ann", "http"));
/// assert!(change.before && !change.after);
/// # Ok::<(), &str>(())
/// ```
pub fn impact(before: &Policy, after: &Policy) -> Vec<AccessChange> {
    impact_with_renames(before, after, |_| None)
}

/// Compares two directories as [`impact`] does, given the former names of renamed users.
///
/// `former` answers for the name that a user has after; without an answer it is the same name.
pub fn impact_with_renames(
    before: &Policy,
    after: &Policy,
    former: impl Fn(&UserName) -> Option<UserName>,
) -> Vec<AccessChange> {
    // Of two users of one name the first is the first on the other side, the second the second.
    let mut there: HashMap<&UserName, VecDeque<UserHandle>> = HashMap::new();
    for (user, account) in before.directory().users() {
        there.entry(account.name()).or_default().push_back(user);
    }
    let pairs = Pairs::new(before, after, |_, name| {
        let former = former(name);
        there.get_mut(former.as_ref().unwrap_or(name))?.pop_front()
    });
    pairs.changes(before, after)
}

/// Compares a directory with an edited copy of it, whose handles mean the same users.
///
/// As [`impact`], but a user who was renamed is the same user.
pub fn impact_of_edit(before: &Policy, after: &Policy) -> Vec<AccessChange> {
    let there = |user: UserHandle| before.directory().user(user).map(|_| user);
    Pairs::new(before, after, |user, _| there(user)).changes(before, after)
}

/// A user on both sides, or on one.
struct Pair {
    before: Option<UserHandle>,
    after: Option<UserHandle>,
    name: UserName,
    number: UserNumber,
}

struct Pairs(Vec<Pair>);

impl Pairs {
    /// Pairs the users; the closure finds who a user was, and nobody twice.
    fn new(
        before: &Policy,
        after: &Policy,
        mut former: impl FnMut(UserHandle, &UserName) -> Option<UserHandle>,
    ) -> Self {
        let mut paired: HashSet<UserHandle> = HashSet::new();
        let mut pairs = Vec::new();
        for (user, account) in after.directory().users() {
            let Some(id) = after.directory().user_id(user) else {
                continue;
            };
            let name = account.name();
            let was = former(user, name);
            paired.extend(was);
            pairs.push(Pair {
                before: was,
                after: Some(user),
                name: name.clone(),
                number: UserNumber::Now(id),
            });
        }
        for (user, account) in before.directory().users() {
            if let Some(id) = before.directory().user_id(user)
                && !paired.contains(&user)
            {
                pairs.push(Pair {
                    before: Some(user),
                    after: None,
                    name: account.name().clone(),
                    number: UserNumber::Gone(id),
                });
            }
        }
        Self(pairs)
    }

    fn changes(&self, before: &Policy, after: &Policy) -> Vec<AccessChange> {
        self.counted(before, after).0
    }

    /// Finds the changes and counts how many users were looked at for it.
    fn counted(&self, before: &Policy, after: &Policy) -> (Vec<AccessChange>, usize) {
        let was = Places::new(before.directory(), self.0.iter().map(|pair| pair.before));
        let is = Places::new(after.directory(), self.0.iter().map(|pair| pair.after));
        let one_sided: Vec<usize> = (0..self.0.len())
            .filter(|place| !was.has(*place) || !is.has(*place))
            .collect();
        let mut looked_at = 0_usize;
        let mut found = Vec::new();
        for (order, access) in accesses(before, after).iter().enumerate() {
            let (had, has) = (before.holders(access), after.holders(access));
            let places = match (&had, &has) {
                // A user who is on both sides has it on both.
                (Holders::Everyone, Holders::Everyone) => one_sided.clone(),
                (Holders::Users(had), Holders::Users(has)) => {
                    let mut places = [was.of(had), is.of(has)].concat();
                    places.sort_unstable();
                    places.dedup();
                    places
                }
                _ => (0..self.0.len()).collect(),
            };
            looked_at = looked_at.saturating_add(places.len());
            let risk = risk(access, &had, &has);
            let (had, has) = (was.has_access(had), is.has_access(has));
            let mut text = None;
            for place in places {
                let Some(pair) = self.0.get(place) else {
                    continue;
                };
                let (before, now) = (had(place), has(place));
                if before != now {
                    let describe = || access.describe(after.directory()).to_string();
                    let change = AccessChange {
                        user: pair.name.clone(),
                        number: pair.number,
                        access: text.get_or_insert_with(describe).clone(),
                        before,
                        after: now,
                        risk,
                    };
                    found.push((place, order, change));
                }
            }
        }
        found.sort_by_key(|(place, order, _)| (*place, *order));
        let found = found.into_iter().map(|(_, _, change)| change);
        (found.collect(), looked_at)
    }
}

/// How dangerous it is that other users have an access than before.
fn risk(access: &Access, had: &Holders, has: &Holders) -> Risk {
    match (access, had, has) {
        (Access::Administration, ..) => Risk::Administration,
        (Access::Design | Access::RuntimeExplorer, ..) => Risk::Design,
        (_, Holders::Users(_), Holders::Everyone) => Risk::Everyone,
        (Access::Plugin(_), ..) => Risk::Plugin,
        _ => Risk::Other,
    }
}

/// The accesses of both, each once; those that are gone come last.
fn accesses(before: &Policy, after: &Policy) -> Vec<Access> {
    let mut accesses = after.accesses();
    let known: HashSet<Access> = accesses.iter().cloned().collect();
    let gone = before.accesses().into_iter();
    accesses.extend(gone.filter(|access| !known.contains(access)));
    accesses
}

/// The places of the users of one side among the pairs.
struct Places {
    /// The place of each user, by [`UserHandle::index`].
    of_user: Vec<Option<usize>>,
    /// Which pairs have a user on this side.
    has: Vec<bool>,
}

impl Places {
    fn new(directory: &Directory, pairs: impl Iterator<Item = Option<UserHandle>>) -> Self {
        let mut of_user = vec![None; directory.user_table_size()];
        let mut has = Vec::new();
        for (place, user) in pairs.enumerate() {
            has.push(user.is_some());
            if let Some(there) = user.and_then(|user| of_user.get_mut(user.index())) {
                *there = Some(place);
            }
        }
        Self { of_user, has }
    }

    fn has(&self, place: usize) -> bool {
        self.has.get(place).copied().unwrap_or_default()
    }

    fn of(&self, users: &[UserHandle]) -> Vec<usize> {
        let places = users
            .iter()
            .filter_map(|user| self.of_user.get(user.index()));
        places.filter_map(|place| *place).collect()
    }

    /// Returns what tells whether the user at a place is one of the holders of an access.
    fn has_access(&self, holders: Holders) -> impl Fn(usize) -> bool + '_ {
        let places: Option<HashSet<usize>> = match holders {
            Holders::Everyone => None,
            Holders::Users(users) => Some(self.of(&users).into_iter().collect()),
        };
        move |place| match &places {
            None => self.has(place),
            Some(places) => places.contains(&place),
        }
    }
}

#[cfg(test)]
mod tests {
    use guichet_core::{
        Credential, DirectoryBuilder, Grantee, GroupName, Mode, Options, PluginKey, UserName,
    };

    use super::{Pairs, impact};
    use crate::policy::Policy;

    /// Many users, and as many plug-ins each of which one of them may use.
    #[test]
    fn users_without_an_access_are_not_looked_at_for_it() {
        let looked_at = |size: usize| {
            let mut builder = DirectoryBuilder::new();
            let designer = builder.as_directory().designer();
            builder.credential(
                designer,
                Credential::from_stored("AAAAAAAAAAAAAAAAAAAAAA=="),
            );
            for n in 0..size {
                let (user, group) = (format!("u{n}"), format!("g{n}"));
                builder.user(UserName::from_stored(user.as_str()));
                let handle = builder.group(GroupName::from_stored(group.as_str()));
                builder.members_of(handle).user(&user);
                let plugin = PluginKey::from_stored(format!("p{n}"));
                builder.grant_plugin(&plugin, &Grantee::parse(&group));
            }
            let policy = Policy::new(builder.finish(), Mode::Server, Options::default());
            assert_eq!(impact(&policy, &policy), []);
            let pairs = Pairs::new(&policy, &policy, |user, _| Some(user));
            pairs.counted(&policy, &policy).1
        };
        // Two more for administration.
        assert_eq!([250, 500, 1_000].map(looked_at), [252, 502, 1_002]);
    }
}
