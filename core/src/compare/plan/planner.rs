//! Turning deltas into changes, step by step on a copy of the directory.

use std::collections::{BTreeMap, HashSet};

use crate::change::{AdministratorMembership, Change, Refusal, Rules};
use crate::delta::{Delta, MentionedGrantee, MentionedUser};
use crate::directory::Directory;
use crate::grantee::Grantee;
use crate::name::UserName;
use crate::reference::Reference;

use super::called::Called;
use super::trial::{Step, Trial};
use crate::compare::difference::Difference;
use crate::compare::entries::Entry;
use crate::compare::identities::UserKey;

/// Makes the changes of a difference on a copy, and notes those that are refused.
///
/// The order is one in which nothing stands in the way of what comes later: members leave, users
/// go, names change, users and groups come, members come, and then the rest.
pub(super) struct Planner<'a> {
    pub(super) entries: &'a [Entry],
    pub(super) called: Called,
    pub(super) trial: Trial<'a>,
    /// By the place of the delta.
    refused: BTreeMap<usize, Refusal>,
}

impl<'a> Planner<'a> {
    pub(super) fn new(difference: &'a Difference, old: &Directory, rules: &'a Rules<'a>) -> Self {
        Self {
            entries: &difference.entries,
            called: difference.called.clone(),
            trial: Trial::new(old, rules),
            refused: BTreeMap::new(),
        }
    }

    /// Returns the changes, and by the place of the delta why some could not be made.
    pub(super) fn plan(mut self) -> (Vec<Change>, BTreeMap<usize, Refusal>) {
        if self.entries.is_empty() {
            return (Vec::new(), self.refused);
        }
        let gone = self.deleted_users();
        self.take_members_out(&gone);
        self.delete_users(&gone);
        self.rename();
        self.add();
        self.place_members();
        self.set_the_rest();
        (self.trial.into_changes(), self.refused)
    }

    pub(super) fn deltas(&self) -> impl Iterator<Item = (usize, &'a Entry)> + use<'a> {
        self.entries.iter().enumerate()
    }

    pub(super) fn refuse(&mut self, index: usize, refusal: Refusal) {
        self.refused.entry(index).or_insert(refusal);
    }

    fn deleted_users(&self) -> HashSet<UserKey> {
        let removed = self
            .deltas()
            .filter(|(_, entry)| matches!(entry.delta, Delta::UserRemoved { .. }));
        removed.filter_map(|(_, entry)| entry.user).collect()
    }

    /// Makes steps and notes the refused ones.
    pub(super) fn make(&mut self, steps: Vec<Step>) {
        for (step, refusal) in self.trial.make(steps) {
            for index in step.deltas {
                self.refuse(index, refusal.clone());
            }
        }
    }

    fn delete_users(&mut self, gone: &HashSet<UserKey>) {
        let mut memberships: BTreeMap<UserKey, Vec<usize>> = BTreeMap::new();
        for (index, entry) in self.deltas() {
            if let (Delta::MemberUserRemoved { .. }, Some(user)) = (&entry.delta, entry.user)
                && gone.contains(&user)
            {
                memberships.entry(user).or_default().push(index);
            }
        }
        let mut steps = Vec::new();
        for (index, entry) in self.deltas() {
            let Delta::UserRemoved { user, .. } = &entry.delta else {
                continue;
            };
            let memberships = entry.user.and_then(|user| memberships.remove(&user));
            let mut deltas = memberships.unwrap_or_default();
            deltas.push(index);
            match self.called.user(entry.user, user) {
                Ok(user) => steps.push(Step {
                    change: Change::DeleteUser { user },
                    deltas,
                }),
                Err(refusal) => {
                    for index in deltas {
                        self.refuse(index, refusal.clone());
                    }
                }
            }
        }
        self.make(steps);
    }

    /// Adds users with their startup methods, and groups; their members come later.
    fn add(&mut self) {
        let mut steps = Vec::new();
        for (index, entry) in self.deltas() {
            let change = match &entry.delta {
                Delta::UserAdded {
                    user,
                    startup_method,
                    ..
                } => {
                    self.called.set_user(entry.user, Ok(user.clone()));
                    Change::AddUser {
                        name: Some(user.clone()),
                        startup_method: startup_method.clone(),
                        groups: Vec::new(),
                    }
                }
                Delta::GroupAdded { group, .. } => {
                    self.called.set_group(entry.group, Ok(group.clone()));
                    Change::AddGroup {
                        name: Some(group.clone()),
                        administrator: AdministratorMembership::Outside,
                    }
                }
                _ => continue,
            };
            steps.push(Step {
                change,
                deltas: vec![index],
            });
        }
        for (step, refusal) in self.trial.make(steps) {
            for index in step.deltas {
                if let Some(entry) = self.entries.get(index) {
                    self.called.set_user(entry.user, Err(refusal.clone()));
                    self.called.set_group(entry.group, Err(refusal.clone()));
                }
                self.refuse(index, refusal.clone());
            }
        }
    }

    /// Sets passwords, startup methods, grants and settings.
    fn set_the_rest(&mut self) {
        let mut steps = Vec::new();
        for (index, entry) in self.deltas() {
            match self.last_change(entry) {
                None => {}
                Some(Err(refusal)) => self.refuse(index, refusal),
                Some(Ok(change)) => steps.push(Step {
                    change,
                    deltas: vec![index],
                }),
            }
        }
        self.make(steps);
    }

    /// Returns the change of a delta that is carried out last, if it is one.
    fn last_change(&self, entry: &Entry) -> Option<Result<Change, Refusal>> {
        Some(match &entry.delta {
            Delta::UserAdded {
                user,
                password: credential @ Some(_),
                ..
            }
            | Delta::PasswordChanged {
                user,
                after: credential,
                ..
            } => self
                .called
                .user(entry.user, user)
                .map(|user| Change::SetPassword {
                    user,
                    credential: credential.clone(),
                }),
            Delta::StartupMethodChanged { user, after, .. } => {
                let user = self.called.user(entry.user, user);
                user.map(|user| Change::SetStartupMethod {
                    user,
                    method: after.clone(),
                })
            }
            Delta::GroupRemoved { group, .. } => Err(Refusal::GroupDeletion {
                name: group.clone(),
            }),
            Delta::PluginGranted { plugin, after, .. } => {
                let grantee = self.grantee(entry, after);
                grantee.map(|grantee| Change::GrantPlugin {
                    plugin: plugin.clone(),
                    grantee,
                })
            }
            Delta::AreaGranted { area, after, .. } => {
                let grantee = self.grantee(entry, after);
                grantee.map(|grantee| Change::GrantArea {
                    area: area.clone(),
                    grantee,
                })
            }
            Delta::DefaultUserChanged { after, .. } => {
                let user = self.setting(entry, after);
                user.map(|user| Change::SetDefaultUser { user })
            }
            Delta::WebUserChanged { side, after, .. } => {
                let user = self.setting(entry, after);
                user.map(|user| Change::SetWebUser { side: *side, user })
            }
            // Carried out before. A new kind of delta is not dropped silently: it has to be named here.
            Delta::UserAdded { password: None, .. }
            | Delta::UserRemoved { .. }
            | Delta::UserRenamed { .. }
            | Delta::GroupAdded { .. }
            | Delta::GroupRenamed { .. }
            | Delta::MemberUserAdded { .. }
            | Delta::MemberUserRemoved { .. }
            | Delta::MemberGroupAdded { .. }
            | Delta::MemberGroupRemoved { .. }
            | Delta::MissingUserAdded { .. }
            | Delta::MissingUserRemoved { .. }
            | Delta::MissingGroupAdded { .. }
            | Delta::MissingGroupRemoved { .. } => return None,
        })
    }

    fn grantee(&self, entry: &Entry, after: &MentionedGrantee) -> Result<Grantee, Refusal> {
        Ok(match after {
            Grantee::Everyone => Grantee::Everyone,
            Grantee::Nobody => Grantee::Nobody,
            Grantee::Group(Reference::Known(name)) => {
                Grantee::Group(self.called.group(entry.group, name)?)
            }
            Grantee::Group(Reference::Missing(name)) => {
                return Err(Refusal::UnknownGroup { name: name.clone() });
            }
        })
    }

    fn setting(&self, entry: &Entry, after: &MentionedUser) -> Result<Option<UserName>, Refusal> {
        match after {
            None => Ok(None),
            Some(Reference::Known(name)) => self.called.user(entry.user, name).map(Some),
            Some(Reference::Missing(name)) => Err(Refusal::UnknownUser { name: name.clone() }),
        }
    }
}
