//! Members that come and leave, in one change for each group.

use std::collections::{BTreeMap, HashSet};

use crate::change::{Change, Refusal};
use crate::compare::entries::Entry;
use crate::compare::identities::UserKey;
use crate::delta::Delta;
use crate::name::{GroupName, UserName};

use super::planner::Planner;
use super::trial::Step;

/// The members of one group that come or leave.
#[derive(Default)]
struct Members {
    users: Vec<(usize, UserName)>,
    groups: Vec<(usize, GroupName)>,
}

impl Members {
    fn deltas(&self) -> Vec<usize> {
        let users = self.users.iter().map(|(index, _)| *index);
        users
            .chain(self.groups.iter().map(|(index, _)| *index))
            .collect()
    }

    fn halves(mut self) -> [Self; 2] {
        let half = self.users.len().saturating_add(self.groups.len()) / 2;
        let users = self.users.split_off(half.min(self.users.len()));
        let groups = self.groups.split_off(half.saturating_sub(self.users.len()));
        [self, Self { users, groups }]
    }
}

/// One member, by what it is called now.
enum Member {
    User(UserName),
    Group(GroupName),
}

impl Planner<'_> {
    pub(super) fn take_members_out(&mut self, gone: &HashSet<UserKey>) {
        let mut leaving: BTreeMap<GroupName, Members> = BTreeMap::new();
        for (index, entry) in self.deltas() {
            let member = match &entry.delta {
                // Goes with the user.
                Delta::MemberUserRemoved { .. }
                    if entry.user.is_some_and(|user| gone.contains(&user)) =>
                {
                    continue;
                }
                Delta::MemberUserRemoved { group, user } => self
                    .called
                    .user(entry.user, user)
                    .map(|user| (group, Member::User(user))),
                Delta::MemberGroupRemoved { group, member } => self
                    .called
                    .group(entry.nested, member)
                    .map(|member| (group, Member::Group(member))),
                Delta::MissingUserRemoved { group, name } => {
                    Ok((group, Member::User(name.clone())))
                }
                Delta::MissingGroupRemoved { group, name } => {
                    Ok((group, Member::Group(name.clone())))
                }
                _ => continue,
            };
            self.collect(&mut leaving, index, entry, member);
        }
        self.make_each(leaving, |group, users, groups| Change::RemoveMembers {
            group,
            users,
            groups,
        });
    }

    pub(super) fn place_members(&mut self) {
        let mut coming: BTreeMap<GroupName, Members> = BTreeMap::new();
        for (index, entry) in self.deltas() {
            let member = match &entry.delta {
                Delta::MemberUserAdded { group, user } => self
                    .called
                    .user(entry.user, user)
                    .map(|user| (group, Member::User(user))),
                Delta::MemberGroupAdded { group, member } => self
                    .called
                    .group(entry.nested, member)
                    .map(|member| (group, Member::Group(member))),
                Delta::MissingUserAdded { name, .. } => {
                    Err(Refusal::UnknownUser { name: name.clone() })
                }
                Delta::MissingGroupAdded { name, .. } => {
                    Err(Refusal::UnknownGroup { name: name.clone() })
                }
                _ => continue,
            };
            self.collect(&mut coming, index, entry, member);
        }
        self.make_each(coming, |group, users, groups| Change::AddMembers {
            group,
            users,
            groups,
        });
    }

    /// Files a member under what its group is called now.
    fn collect(
        &mut self,
        lists: &mut BTreeMap<GroupName, Members>,
        index: usize,
        entry: &Entry,
        member: Result<(&GroupName, Member), Refusal>,
    ) {
        let called =
            member.and_then(|(group, member)| Ok((self.called.group(entry.group, group)?, member)));
        match called {
            Err(refusal) => self.refuse(index, refusal),
            Ok((group, Member::User(user))) => {
                lists.entry(group).or_default().users.push((index, user));
            }
            Ok((group, Member::Group(nested))) => {
                lists.entry(group).or_default().groups.push((index, nested));
            }
        }
    }

    /// Makes one change for each group. One that is refused is made in two halves, and so on: who
    /// cannot be made a member keeps nobody else out. Linear for each refused member, at most, and a
    /// logarithm.
    fn make_each(
        &mut self,
        lists: BTreeMap<GroupName, Members>,
        change: impl Fn(GroupName, Vec<UserName>, Vec<GroupName>) -> Change,
    ) {
        let mut open: Vec<(GroupName, Members)> = lists.into_iter().collect();
        while !open.is_empty() {
            let steps = open.iter().map(|(group, members)| {
                let (users, groups) = (members.users.iter(), members.groups.iter());
                Step {
                    deltas: members.deltas(),
                    change: change(
                        group.clone(),
                        users.map(|one| one.1.clone()).collect(),
                        groups.map(|one| one.1.clone()).collect(),
                    ),
                }
            });
            let refused = self.trial.make(steps.collect());
            let mut refused = refused.into_iter().peekable();
            let mut halves = Vec::new();
            for (group, members) in open {
                let deltas = members.deltas();
                let Some((_, refusal)) = refused.next_if(|(step, _)| step.deltas == deltas) else {
                    continue;
                };
                if let [index] = deltas.as_slice() {
                    self.refuse(*index, refusal);
                } else {
                    let [first, second] = members.halves();
                    halves.extend([(group.clone(), first), (group, second)]);
                }
            }
            open = halves;
        }
    }
}
