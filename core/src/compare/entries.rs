//! The differences of two states, each with the keys of what it is about.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use crate::delta::{Delta, MentionedGrantee, MentionedUser};
use crate::grantee::Grantee;
use crate::name::{GroupName, UserName};
use crate::reference::Reference;

use super::areas::AreaKey;
use super::identities::{GroupKey, Identities, UserKey};
use super::state::{Account, Members, Person, Setting, State, Target};

/// A delta, and who it is about: what only names cannot tell when a file has twins.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) delta: Delta,
    /// The user that it changes, places, takes out, or makes the user of a setting.
    pub(crate) user: Option<UserKey>,
    /// The group that it changes, whose members it changes, or that is granted something.
    pub(crate) group: Option<GroupKey>,
    /// The nested group that is placed or taken out.
    pub(crate) nested: Option<GroupKey>,
    /// The area that is granted.
    pub(crate) area: Option<AreaKey>,
}

impl Entry {
    const fn new(delta: Delta) -> Self {
        Self {
            delta,
            user: None,
            group: None,
            nested: None,
            area: None,
        }
    }

    fn user(self, user: UserKey) -> Self {
        Self {
            user: Some(user),
            ..self
        }
    }
}

/// Returns what `after` has differently, in the order of [`Delta::place`].
///
/// Linear in both, except for the sorting of what differs.
pub(crate) fn entries(
    before: &State<'_>,
    after: &State<'_>,
    identities: &Identities<'_>,
) -> Vec<Entry> {
    let mut walk = Walk {
        before,
        after,
        identities,
        entries: Vec::new(),
    };
    walk.users();
    walk.groups();
    walk.grants();
    walk.settings();
    let mut entries = walk.entries;
    entries.sort_by(|left, right| left.delta.place().cmp(&right.delta.place()));
    entries
}

struct Walk<'a, 'b> {
    before: &'b State<'a>,
    after: &'b State<'a>,
    identities: &'b Identities<'a>,
    entries: Vec<Entry>,
}

impl<'a> Walk<'a, '_> {
    fn users(&mut self) {
        for key in self.identities.users() {
            let (before, after) = (self.before.user(key), self.after.user(key));
            let deltas = match (before, after) {
                (None, None) => Vec::new(),
                (None, Some(account)) => vec![Delta::UserAdded {
                    user: account.name.clone(),
                    id: (),
                    password: account.password.cloned(),
                    startup_method: account.startup_method.cloned(),
                }],
                (Some(account), None) => vec![Delta::UserRemoved {
                    user: account.name.clone(),
                    id: (),
                    password: account.password.cloned(),
                    startup_method: account.startup_method.cloned(),
                    shifted: (),
                }],
                (Some(before), Some(after)) => changed_account(before, after),
            };
            let deltas = deltas.into_iter().map(|delta| Entry::new(delta).user(key));
            self.entries.extend(deltas);
        }
    }

    fn groups(&mut self) {
        let nothing = Members::default();
        for key in self.identities.groups() {
            let (before, after) = (self.before.group(key), self.after.group(key));
            let Some(name) = after.or(before).map(|listing| listing.name.clone()) else {
                continue;
            };
            let own = match (before, after) {
                (Some(before), Some(after)) if before.name != after.name => {
                    Some(Delta::GroupRenamed {
                        from: before.name.clone(),
                        to: name.clone(),
                    })
                }
                (None, Some(_)) => Some(Delta::GroupAdded {
                    group: name.clone(),
                    id: (),
                }),
                (Some(_), None) => Some(Delta::GroupRemoved {
                    group: name.clone(),
                    id: (),
                }),
                _ => None,
            };
            let first = self.entries.len();
            self.entries.extend(own.map(Entry::new));
            let [before, after] =
                [before, after].map(|listing| listing.map_or(&nothing, |group| &group.members));
            self.members(&name, before, after);
            for entry in self.entries.iter_mut().skip(first) {
                entry.group = Some(key);
            }
        }
    }

    fn members(&mut self, group: &GroupName, before: &Members<'_>, after: &Members<'_>) {
        for (user, side) in unshared(&before.users, &after.users) {
            let Some(name) = self.user_name(user) else {
                continue;
            };
            let (group, name) = (group.clone(), name.clone());
            let delta = match side {
                Only::Before => Delta::MemberUserRemoved { group, user: name },
                Only::After => Delta::MemberUserAdded { group, user: name },
            };
            self.entries.push(Entry::new(delta).user(user));
        }
        for (nested, side) in unshared(&before.groups, &after.groups) {
            let Some(name) = self.group_name(nested) else {
                continue;
            };
            let (group, member) = (group.clone(), name.clone());
            let delta = match side {
                Only::Before => Delta::MemberGroupRemoved { group, member },
                Only::After => Delta::MemberGroupAdded { group, member },
            };
            self.entries.push(Entry {
                nested: Some(nested),
                ..Entry::new(delta)
            });
        }
        self.missing(
            group,
            [&before.missing_users, &after.missing_users],
            |group, name| Delta::MissingUserRemoved { group, name },
            |group, name| Delta::MissingUserAdded { group, name },
        );
        self.missing(
            group,
            [&before.missing_groups, &after.missing_groups],
            |group, name| Delta::MissingGroupRemoved { group, name },
            |group, name| Delta::MissingGroupAdded { group, name },
        );
    }

    /// Names that nobody has, which only one of two lists has.
    fn missing<N: Clone>(
        &mut self,
        group: &GroupName,
        [before, after]: [&BTreeMap<String, &N>; 2],
        removed: impl Fn(GroupName, N) -> Delta,
        added: impl Fn(GroupName, N) -> Delta,
    ) {
        let gone = absent(before, after).map(|name| removed(group.clone(), name.clone()));
        let new = absent(after, before).map(|name| added(group.clone(), name.clone()));
        self.entries.extend(gone.chain(new).map(Entry::new));
    }

    fn grants(&mut self) {
        let areas: BTreeSet<_> = self
            .before
            .areas
            .keys()
            .chain(self.after.areas.keys())
            .collect();
        for key in areas {
            let (before, after) = (self.before.area(*key), self.after.area(*key));
            if let Some(area) = key.area(self.identities).filter(|_| before != after) {
                let delta = Delta::AreaGranted {
                    area,
                    before: self.grantee(&before),
                    after: self.grantee(&after),
                };
                self.push_grant(delta, &after, Some(*key));
            }
        }
        let plugins: BTreeSet<_> = self
            .before
            .plugins
            .keys()
            .chain(self.after.plugins.keys())
            .copied()
            .collect();
        for plugin in plugins {
            let (before, after) = (self.before.plugin(plugin), self.after.plugin(plugin));
            if before != after {
                let delta = Delta::PluginGranted {
                    plugin: plugin.clone(),
                    before: self.grantee(&before),
                    after: self.grantee(&after),
                };
                self.push_grant(delta, &after, None);
            }
        }
    }

    fn push_grant(&mut self, delta: Delta, after: &Target<'_>, area: Option<AreaKey>) {
        let group = match after {
            Grantee::Group(Reference::Known(key)) => Some(*key),
            _ => None,
        };
        self.entries.push(Entry {
            group,
            area,
            ..Entry::new(delta)
        });
    }

    fn settings(&mut self) {
        for setting in Setting::ALL {
            let (before, after) = (self.before.setting(setting), self.after.setting(setting));
            if before == after {
                continue;
            }
            let user = match after {
                Some(Reference::Known(key)) => Some(key),
                _ => None,
            };
            let (before, after) = (self.person(before), self.person(after));
            let delta = match setting {
                Setting::DefaultUser => Delta::DefaultUserChanged { before, after },
                Setting::WebUser(side) => Delta::WebUserChanged {
                    side,
                    before,
                    after,
                },
            };
            self.entries.push(Entry {
                user,
                ..Entry::new(delta)
            });
        }
    }

    fn user_name(&self, key: UserKey) -> Option<&'a UserName> {
        let account = self.after.user(key).or_else(|| self.before.user(key));
        account.map(|account| account.name)
    }

    fn group_name(&self, key: GroupKey) -> Option<&'a GroupName> {
        let listing = self.after.group(key).or_else(|| self.before.group(key));
        listing.map(|listing| listing.name)
    }

    fn grantee(&self, target: &Target<'a>) -> MentionedGrantee {
        target.rewrite(|group| {
            group.rewrite(|key| self.group_name(*key).cloned(), |name| name.0.clone())
        })
    }

    fn person(&self, person: Person<'a>) -> MentionedUser {
        person?.rewrite(|key| self.user_name(*key).cloned(), |name| name.0.clone())
    }
}

fn changed_account(before: &Account<'_>, after: &Account<'_>) -> Vec<Delta> {
    let mut deltas = Vec::new();
    if before.name != after.name {
        deltas.push(Delta::UserRenamed {
            from: before.name.clone(),
            to: after.name.clone(),
        });
    }
    if before.password != after.password {
        deltas.push(Delta::PasswordChanged {
            user: after.name.clone(),
            before: before.password.cloned(),
            after: after.password.cloned(),
        });
    }
    if before.startup_method != after.startup_method {
        deltas.push(Delta::StartupMethodChanged {
            user: after.name.clone(),
            before: before.startup_method.cloned(),
            after: after.startup_method.cloned(),
        });
    }
    deltas
}

/// Which of two sorted lists has a key that the other has not.
#[derive(Debug, Clone, Copy)]
enum Only {
    Before,
    After,
}

/// Returns what only one of two sorted lists has.
fn unshared<K: Copy + Ord>(before: &[K], after: &[K]) -> Vec<(K, Only)> {
    let mut unshared = Vec::new();
    let (mut before, mut after) = (before.iter().peekable(), after.iter().peekable());
    while let (Some(left), Some(right)) = (before.peek(), after.peek()) {
        match left.cmp(right) {
            Ordering::Equal => {
                before.next();
                after.next();
            }
            Ordering::Less => unshared.extend(before.next().map(|key| (*key, Only::Before))),
            Ordering::Greater => unshared.extend(after.next().map(|key| (*key, Only::After))),
        }
    }
    unshared.extend(before.map(|key| (*key, Only::Before)));
    unshared.extend(after.map(|key| (*key, Only::After)));
    unshared
}

fn absent<'a, N>(
    names: &BTreeMap<String, &'a N>,
    others: &BTreeMap<String, &'a N>,
) -> impl Iterator<Item = &'a N> {
    let names = names
        .iter()
        .filter(|(folded, _)| !others.contains_key(*folded));
    names.map(|(_, name)| *name)
}
