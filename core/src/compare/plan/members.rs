//! Members that come and leave, in one change for each group.

use std::collections::{BTreeMap, HashSet};

use crate::change::{Change, Refusal};
use crate::compare::delta::Delta;
use crate::compare::entries::Entry;
use crate::compare::identities::UserKey;
use crate::name::{GroupName, UserName};

use super::planner::Planner;
use super::trial::Step;

/// The members of one group that come or leave.
#[derive(Default)]
struct Members {
    users: Vec<(usize, UserName)>,
    groups: Vec<(usize, GroupName)>,
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
        self.make_each(&leaving, |group, users, groups| Change::RemoveMembers {
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
        self.make_each(&coming, |group, users, groups| Change::AddMembers {
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

    /// Makes one change for each group, and where it is refused, one for each member.
    fn make_each(
        &mut self,
        lists: &BTreeMap<GroupName, Members>,
        change: impl Fn(GroupName, Vec<UserName>, Vec<GroupName>) -> Change,
    ) {
        let whole = lists.iter().map(|(group, members)| {
            let (users, groups) = (members.users.iter(), members.groups.iter());
            Step {
                deltas: users
                    .clone()
                    .map(|one| one.0)
                    .chain(groups.clone().map(|one| one.0))
                    .collect(),
                change: change(
                    group.clone(),
                    users.map(|one| one.1.clone()).collect(),
                    groups.map(|one| one.1.clone()).collect(),
                ),
            }
        });
        let refused = self.trial.make(whole.collect());
        let mut singles = Vec::new();
        for (step, _) in refused {
            let (Change::AddMembers { group, .. } | Change::RemoveMembers { group, .. }) =
                &step.change
            else {
                continue;
            };
            let Some(members) = lists.get(group) else {
                continue;
            };
            singles.extend(members.users.iter().map(|(index, user)| Step {
                change: change(group.clone(), vec![user.clone()], Vec::new()),
                deltas: vec![*index],
            }));
            singles.extend(members.groups.iter().map(|(index, nested)| Step {
                change: change(group.clone(), Vec::new(), vec![nested.clone()]),
                deltas: vec![*index],
            }));
        }
        self.make(singles);
    }
}
