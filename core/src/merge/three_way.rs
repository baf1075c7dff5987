//! The three-way rule, thing by thing: whoever changed it since the base has it.

use std::collections::{BTreeMap, HashSet};

use crate::compare::Delta;
use crate::compare::entries::{Entry, entries};
use crate::compare::identities::{GroupKey, Identities, UserKey};
use crate::compare::state::{Account, Listing, Members, State};

use super::conflict::{Conflict, ConflictKind};
use super::sides::{Made, is_removal, is_use};

/// A merge under way.
#[derive(Debug)]
pub(super) struct Merger<'a, 'b> {
    pub(super) identities: &'b Identities<'a>,
    pub(super) base: State<'a>,
    pub(super) ours: Made<'a>,
    pub(super) theirs: Made<'a>,
    pub(super) merged: State<'a>,
    /// Users that theirs removed and ours keeps.
    kept_users: HashSet<UserKey>,
    /// Groups that theirs removed and ours keeps.
    kept_groups: HashSet<GroupKey>,
    pub(super) conflicts: Vec<Conflict>,
}

/// The value after the three-way rule, and whether the sides agree.
pub(super) enum Chosen<T> {
    Agreed(T),
    /// Both changed it differently.
    Disputed,
}

/// `base` is none where the base lacks the thing that has the value.
pub(super) fn choose<T: PartialEq>(base: Option<&T>, ours: T, theirs: T) -> Chosen<T> {
    if ours == theirs || base == Some(&theirs) {
        Chosen::Agreed(ours)
    } else if base == Some(&ours) {
        Chosen::Agreed(theirs)
    } else {
        Chosen::Disputed
    }
}

impl<'a, 'b> Merger<'a, 'b> {
    pub(super) fn new(identities: &'b Identities<'a>) -> Option<Self> {
        let [base, ours, theirs] = identities.sides() else {
            return None;
        };
        let base = State::of(base, identities);
        let ours = Made::new(&base, ours, identities);
        let theirs = Made::new(&base, theirs, identities);
        Some(Self {
            identities,
            merged: ours.state.clone(),
            base,
            ours,
            theirs,
            kept_users: HashSet::new(),
            kept_groups: HashSet::new(),
            conflicts: Vec::new(),
        })
    }

    /// Returns what ours lacks of the merge, and the conflicts in a stable order.
    pub(super) fn merge(mut self) -> (Vec<Entry>, Vec<Conflict>) {
        self.merge_accounts();
        self.merge_group_names();
        self.settle_user_names();
        self.settle_group_names();
        self.merge_members();
        self.merge_grants();
        self.merge_settings();
        self.adopt();
        self.break_cycles();
        let entries = entries(&self.ours.state, &self.merged, self.identities);
        let mut conflicts = self.conflicts;
        conflicts.sort_by(Conflict::by_place);
        (entries, conflicts)
    }

    pub(super) fn conflict(&mut self, kind: ConflictKind, ours: Vec<Delta>, theirs: Vec<Delta>) {
        self.conflicts.push(Conflict { kind, ours, theirs });
    }

    /// Decides whether something stays that both sides may have removed or used.
    ///
    /// A side that removed it has a `removal`, one that did something with it has `uses`.
    fn stays(
        &mut self,
        [in_base, in_ours, in_theirs]: [bool; 3],
        about: impl Fn(&Made<'a>, fn(&Delta) -> bool) -> Vec<Delta>,
    ) -> Stays {
        if in_ours == in_theirs {
            return if in_ours { Stays::InBoth } else { Stays::No };
        }
        if !in_base {
            return if in_ours {
                Stays::InOurs
            } else {
                Stays::InTheirs
            };
        }
        let (remover, changer) = if in_ours {
            (&self.theirs, &self.ours)
        } else {
            (&self.ours, &self.theirs)
        };
        let uses = about(changer, is_use);
        if uses.is_empty() {
            return Stays::No;
        }
        let removal = about(remover, is_removal);
        let kind = ConflictKind::RemovedAndChanged;
        if in_ours {
            self.conflict(kind, uses, removal);
            Stays::Kept
        } else {
            self.conflict(kind, removal, uses);
            Stays::No
        }
    }

    fn merge_accounts(&mut self) {
        for key in (0..self.identities.user_count()).map(UserKey::at) {
            let sides = [&self.base, &self.ours.state, &self.theirs.state];
            let [base, ours, theirs] = sides.map(|state| state.user(key).copied());
            let present = [base.is_some(), ours.is_some(), theirs.is_some()];
            let account = match self.stays(present, |made, picked| made.about_user(key, picked)) {
                Stays::No => None,
                Stays::InOurs => ours,
                Stays::InTheirs => theirs,
                Stays::Kept => {
                    self.kept_users.insert(key);
                    ours
                }
                Stays::InBoth => ours
                    .zip(theirs)
                    .map(|(ours, theirs)| self.merge_account(key, base, ours, theirs)),
            };
            self.merged.set_user(key, account);
        }
    }

    fn merge_account(
        &mut self,
        key: UserKey,
        base: Option<Account<'a>>,
        ours: Account<'a>,
        theirs: Account<'a>,
    ) -> Account<'a> {
        // A user that both added began without a password and a startup method.
        let password = base.and_then(|base| base.password);
        let method = base.and_then(|base| base.startup_method);
        let name = choose(base.as_ref().map(|base| &base.name), ours.name, theirs.name);
        let password = choose(Some(&password), ours.password, theirs.password);
        let method = choose(Some(&method), ours.startup_method, theirs.startup_method);
        let mut disputed: Vec<fn(&Delta) -> bool> = Vec::new();
        let merged = Account {
            name: name.or_dispute(ours.name, || {
                disputed.push(|delta| matches!(delta, Delta::UserRenamed { .. }));
            }),
            password: password.or_dispute(ours.password, || {
                disputed.push(|delta| matches!(delta, Delta::PasswordChanged { .. }));
            }),
            startup_method: method.or_dispute(ours.startup_method, || {
                disputed.push(|delta| matches!(delta, Delta::StartupMethodChanged { .. }));
            }),
        };
        if base.is_none() && !disputed.is_empty() {
            disputed = vec![|delta| matches!(delta, Delta::UserAdded { .. })];
        }
        for picked in disputed {
            let (ours, theirs) = (
                self.ours.about_user(key, picked),
                self.theirs.about_user(key, picked),
            );
            self.conflict(ConflictKind::BothChanged, ours, theirs);
        }
        merged
    }

    fn merge_group_names(&mut self) {
        for key in (0..self.identities.group_count()).map(GroupKey::at) {
            let sides = [&self.base, &self.ours.state, &self.theirs.state];
            let [base, ours, theirs] = sides.map(|state| state.group(key).map(|group| group.name));
            let present = [base.is_some(), ours.is_some(), theirs.is_some()];
            let name = match self.stays(present, |made, picked| made.about_group(key, picked)) {
                Stays::No => None,
                Stays::InOurs => ours,
                Stays::InTheirs => theirs,
                Stays::Kept => {
                    self.kept_groups.insert(key);
                    ours
                }
                Stays::InBoth => ours.zip(theirs).map(|(ours, theirs)| {
                    choose(base.as_ref(), ours, theirs).or_dispute(ours, || {
                        let own = |delta: &Delta| {
                            matches!(delta, Delta::GroupRenamed { .. } | Delta::GroupAdded { .. })
                        };
                        let deltas = (
                            self.ours.about_group(key, own),
                            self.theirs.about_group(key, own),
                        );
                        self.conflicts.push(Conflict {
                            kind: ConflictKind::BothChanged,
                            ours: deltas.0,
                            theirs: deltas.1,
                        });
                    })
                }),
            };
            let listing = name.map(|name| Listing {
                name,
                members: Members::default(),
            });
            self.merged.set_group(key, listing);
        }
    }

    fn merge_members(&mut self) {
        for key in (0..self.identities.group_count()).map(GroupKey::at) {
            if self.merged.group(key).is_none() {
                continue;
            }
            let members = |state: &State<'a>| state.group(key).map(|group| group.members.clone());
            let base = members(&self.base).unwrap_or_default();
            let mut merged = match (members(&self.ours.state), members(&self.theirs.state)) {
                (Some(ours), Some(theirs)) => Members {
                    users: merge_keys(&base.users, &ours.users, &theirs.users, &self.kept_users),
                    groups: merge_keys(
                        &base.groups,
                        &ours.groups,
                        &theirs.groups,
                        &self.kept_groups,
                    ),
                    missing_users: merge_names(
                        &base.missing_users,
                        &ours.missing_users,
                        &theirs.missing_users,
                    ),
                    missing_groups: merge_names(
                        &base.missing_groups,
                        &ours.missing_groups,
                        &theirs.missing_groups,
                    ),
                },
                (Some(only), None) | (None, Some(only)) => only,
                (None, None) => continue,
            };
            merged
                .users
                .retain(|user| self.merged.user(*user).is_some());
            merged
                .groups
                .retain(|group| self.merged.group(*group).is_some());
            if let Some(members) = self.merged.members_mut(key) {
                *members = merged;
            }
        }
    }
}

/// Whether something stays, and whose it is.
enum Stays {
    No,
    InBoth,
    InOurs,
    InTheirs,
    /// Theirs removed it; ours, which did something with it, keeps it.
    Kept,
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

/// Who is in a list: in both, or new on one side. `kept` stay where ours has them.
fn merge_keys<K: Copy + Ord + std::hash::Hash>(
    base: &[K],
    ours: &[K],
    theirs: &[K],
    kept: &HashSet<K>,
) -> Vec<K> {
    let has = |list: &[K], key: &K| list.binary_search(key).is_ok();
    let stay = ours
        .iter()
        .filter(|key| has(theirs, key) || !has(base, key) || kept.contains(key));
    let come = theirs
        .iter()
        .filter(|key| !has(ours, key) && !has(base, key));
    let mut merged: Vec<K> = stay.chain(come).copied().collect();
    merged.sort_unstable();
    merged
}

fn merge_names<'a, N>(
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
