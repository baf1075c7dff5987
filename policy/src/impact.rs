//! What an edit means for people: who gains and who loses which access.

use std::collections::{HashMap, HashSet, VecDeque};

use guichet_core::{Directory, UserHandle, UserId, UserName};

use crate::access::Access;
use crate::policy::Policy;

/// One access that one user gains or loses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessChange {
    /// The user: the name after the change, of a user who is gone the name before.
    pub user: UserName,
    /// Which user of that name: several accounts may have one.
    pub number: UserNumber,
    /// The access, spelled as [`Access::describe`] does.
    pub access: String,
    /// Whether the user had it before.
    pub before: bool,
    /// Whether the user has it after.
    pub after: bool,
}

/// The number of a user whose access changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
/// exists for both: where its only grant is taken away, it is open to everyone. A user who was renamed is one that
/// is gone and one that is new; [`impact_with_renames`] and [`impact_of_edit`] know better.
///
/// The answer is ordered: the users as they are after, then those who are gone, and for each the
/// accesses as they are listed after.
///
/// Empty for two directories in which everybody may do the same (decision D35: it is the difference
/// of [`Policy::who_can`], access by access). O(accesses × (users + memberships)).
///
/// ```
/// use guichet_core::{Credential, DirectoryBuilder, Grantee, GroupName, Mode, Options, UserName};
/// use guichet_core::AccessArea;
/// use guichet_policy::{Policy, impact};
///
/// let policy = |members: &[&str]| {
///     let mut builder = DirectoryBuilder::new();
///     let designer = builder.as_directory().designer();
///     builder.credential(designer, Credential::stored("AAAAAAAAAAAAAAAAAAAAAA=="));
///     builder.user(UserName::stored("Ann"));
///     let devs = builder.group(GroupName::stored("Devs"));
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

/// Compares two directories as [`impact`] does, told what renamed users were called before.
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
        let mut paired = Marks::new(before.directory());
        let mut pairs = Vec::new();
        for (user, account) in after.directory().users() {
            let Some(id) = after.directory().user_id(user) else {
                continue;
            };
            let name = account.name();
            let was = former(user, name);
            if let Some(was) = was {
                paired.mark(was);
            }
            pairs.push(Pair {
                before: was,
                after: Some(user),
                name: name.clone(),
                number: UserNumber::Now(id),
            });
        }
        for (user, account) in before.directory().users() {
            if let Some(id) = before.directory().user_id(user)
                && !paired.has(user)
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
        let mut found = Vec::new();
        for (order, access) in accesses(before, after).iter().enumerate() {
            let (had, has) = (Marks::of(before, access), Marks::of(after, access));
            let mut text = None;
            for (place, pair) in self.0.iter().enumerate() {
                let was = pair.before.is_some_and(|user| had.has(user));
                let is = pair.after.is_some_and(|user| has.has(user));
                if was != is {
                    let describe = || access.describe(after.directory()).to_string();
                    let change = AccessChange {
                        user: pair.name.clone(),
                        number: pair.number,
                        access: text.get_or_insert_with(describe).clone(),
                        before: was,
                        after: is,
                    };
                    found.push((place, order, change));
                }
            }
        }
        found.sort_by_key(|(place, order, _)| (*place, *order));
        found.into_iter().map(|(_, _, change)| change).collect()
    }
}

/// The accesses of both, each once; those that are no more stand last.
fn accesses(before: &Policy, after: &Policy) -> Vec<Access> {
    let mut accesses = after.accesses();
    let known: HashSet<Access> = accesses.iter().cloned().collect();
    let gone = before.accesses().into_iter();
    accesses.extend(gone.filter(|access| !known.contains(access)));
    accesses
}

/// A set of users of one directory.
struct Marks(Vec<bool>);

impl Marks {
    fn new(directory: &Directory) -> Self {
        Self(vec![false; directory.user_table_size()])
    }

    fn of(policy: &Policy, access: &Access) -> Self {
        let mut marks = Self::new(policy.directory());
        for user in policy.audience(access) {
            marks.mark(user);
        }
        marks
    }

    fn mark(&mut self, user: UserHandle) {
        if let Some(mark) = self.0.get_mut(user.index()) {
            *mark = true;
        }
    }

    fn has(&self, user: UserHandle) -> bool {
        self.0.get(user.index()).copied().unwrap_or_default()
    }
}
