//! Merging groups, their names and their direct members.

use crate::compare::identities::{GroupKey, UserKey};
use crate::compare::state::{Listing, Members};

use super::conflict::ConflictKind;
use super::merger::{Merger, Presence};
use super::three_way::{choose, choose_keys, choose_names};

impl<'a> Merger<'a, '_> {
    /// Merges which groups there are and what they are called; they are empty as yet.
    pub(super) fn merge_groups(&mut self) {
        for key in self.identities.groups() {
            let sides = [&self.base, &self.ours.state, &self.theirs.state];
            let [base, ours, theirs] = sides.map(|state| state.group(key).map(|group| group.name));
            let presence = self.presence(base.as_ref(), ours, theirs, |made, picked| {
                made.about_group(key, picked)
            });
            let name = match presence {
                Presence::Absent => None,
                Presence::One(name) => Some(name),
                Presence::Both(ours, theirs) => {
                    let chosen = choose(base.as_ref(), ours, theirs);
                    Some(chosen.or_dispute(ours, || {
                        let (ours, theirs) = (self.ours.naming(key), self.theirs.naming(key));
                        self.conflict(ConflictKind::BothChanged, ours, theirs);
                    }))
                }
            };
            let listing = name.map(|name| Listing {
                name,
                members: Members::default(),
            });
            self.merged.set_group(key, listing);
        }
    }

    pub(super) fn merge_members(&mut self) {
        let nobody = Members::default();
        for key in self.identities.groups() {
            let sides = [&self.base, &self.ours.state, &self.theirs.state];
            let sides = sides.map(|state| state.group(key).map(|group| &group.members));
            let mut members = match sides {
                [base, Some(ours), Some(theirs)] => {
                    self.choose_members(base.unwrap_or(&nobody), ours, theirs)
                }
                [_, Some(only), None] | [_, None, Some(only)] => only.clone(),
                [_, None, None] => continue,
            };
            members
                .users
                .retain(|user| self.merged.user(*user).is_some());
            members
                .groups
                .retain(|group| self.merged.group(*group).is_some());
            if let Some(merged) = self.merged.members_mut(key) {
                *merged = members;
            }
        }
    }

    /// Applies the three-way rule to each membership. What theirs removed altogether and the merge
    /// keeps stays where ours has it.
    fn choose_members(
        &self,
        base: &Members<'a>,
        ours: &Members<'a>,
        theirs: &Members<'a>,
    ) -> Members<'a> {
        let user_kept = |user: UserKey| {
            self.base.user(user).is_some() && self.theirs.state.user(user).is_none()
        };
        let group_kept = |group: GroupKey| {
            self.base.group(group).is_some() && self.theirs.state.group(group).is_none()
        };
        Members {
            users: choose_keys(&base.users, &ours.users, &theirs.users, user_kept),
            groups: choose_keys(&base.groups, &ours.groups, &theirs.groups, group_kept),
            missing_users: choose_names(
                &base.missing_users,
                &ours.missing_users,
                &theirs.missing_users,
            ),
            missing_groups: choose_names(
                &base.missing_groups,
                &ours.missing_groups,
                &theirs.missing_groups,
            ),
        }
    }
}
