//! The changes that make a wish true.

use std::collections::HashSet;

use crate::change::{AdministratorMembership, Change};
use crate::directory::Directory;
use crate::group::Group;
use crate::name::{GroupName, UserName};
use crate::reference::Reference;
use crate::settings::UserReference;
use crate::user::User;

use super::resolved::{Gone, One, Person, Resolved, Team};
use super::{Absent, Wish, WishError};

impl Wish {
    /// Returns the changes that make the wish true of a directory; an empty list if it is true already.
    ///
    /// First leaves and goes who is absent, if that was asked; then come users and groups, then
    /// members, and then everything else. What is not said is the same afterwards, except for what a
    /// change brings with it anyway: a deleted user leaves every group and setting (decision D22), and
    /// a name that a list, a grant or a setting was waiting for finds its user or group.
    ///
    /// Of several users or groups of exactly one name, which no edit makes, only the first can be
    /// said anything of, as everywhere; the others stay as long as it stays.
    ///
    /// Linear in the directory and the wish.
    ///
    /// # Errors
    ///
    /// [`WishError`] where a member is nobody. Whether the names may be given, and whether groups
    /// would contain each other, is asked by [`Directory::apply`].
    pub fn changes(&self, current: &Directory) -> Result<Vec<Change>, WishError> {
        let Resolved {
            people,
            teams,
            gone,
            rest,
        } = Resolved::of(self, current)?;
        let mut changes = Vec::new();
        if self.absent_members == Absent::Removed {
            let leaving = teams
                .iter()
                .filter_map(|team| leaving(team, current, &gone));
            changes.extend(leaving);
        }
        changes.extend(rest.into_iter().map(|group| Change::EmptyGroup {
            group: group.clone(),
        }));
        changes.extend(gone.names.iter().map(|user| Change::DeleteUser {
            user: (*user).clone(),
        }));
        let new = people.iter().filter(|person| person.is_new());
        changes.extend(new.map(|person| Change::AddUser {
            name: Some(person.name.clone()),
            startup_method: None,
            groups: Vec::new(),
        }));
        let new = teams.iter().filter(|team| team.is_new());
        changes.extend(new.map(|team| Change::AddGroup {
            name: Some(team.name.clone()),
            administrator: AdministratorMembership::Outside,
        }));
        changes.extend(teams.iter().filter_map(|team| coming(team, current)));
        for person in &people {
            changes.extend(properties(person, current).into_iter().flatten());
        }
        changes.extend(self.grants(current));
        changes.extend(self.settings(current));
        Ok(changes)
    }

    fn grants(&self, current: &Directory) -> Vec<Change> {
        let grants = current.grants();
        let areas = self
            .areas
            .values()
            .filter(|(area, grantee)| grants.area(area) != Some(&current.resolve_grantee(grantee)));
        let areas = areas.map(|(area, grantee)| Change::GrantArea {
            area: area.clone(),
            grantee: grantee.clone(),
        });
        let plugins = self
            .plugins
            .iter()
            .filter(|(plugin, grantee)| *grants.plugin(plugin) != current.resolve_grantee(grantee));
        let plugins = plugins.map(|(plugin, grantee)| Change::GrantPlugin {
            plugin: plugin.clone(),
            grantee: grantee.clone(),
        });
        areas.chain(plugins).collect()
    }

    fn settings(&self, current: &Directory) -> Vec<Change> {
        let is = |reference: &UserReference, wanted: Option<&UserName>| match wanted {
            None => reference.is_none(),
            Some(name) => {
                let user = current.find_user(name.as_str());
                user.is_some() && reference.as_ref().and_then(Reference::known).copied() == user
            }
        };
        let settings = current.settings();
        let mut changes = Vec::new();
        if let Some(user) = self.default_user.value()
            && !is(settings.default_user(), user.as_ref())
        {
            changes.push(Change::SetDefaultUser { user: user.clone() });
        }
        for (side, user) in self.web_users.iter() {
            if !is(settings.web_user(*side), user.as_ref()) {
                changes.push(Change::SetWebUser {
                    side: *side,
                    user: user.clone(),
                });
            }
        }
        changes
    }
}

/// Takes out of a group who is not wished in it; who is deleted goes by that.
fn leaving(team: &Team<'_>, current: &Directory, gone: &Gone<'_>) -> Option<Change> {
    let group = existing(team, current)?;
    let wanted: HashSet<_> = team.users.iter().map(|(user, _)| user).collect();
    let users = group
        .users
        .iter()
        .filter(|user| !wanted.contains(&One::There(**user)) && !gone.handles.contains(user));
    let users = users.filter_map(|user| {
        let name = &current.user(*user)?.name;
        current.user_is_meant_by_name(*user).then_some(name)
    });
    let wanted: HashSet<_> = team.groups.iter().map(|(group, _)| group).collect();
    let nested = group
        .groups
        .iter()
        .filter(|nested| !wanted.contains(&One::There(**nested)));
    let nested = nested.filter_map(|nested| {
        let name = &current.group(*nested)?.name;
        current.group_is_meant_by_name(*nested).then_some(name)
    });
    let users: Vec<UserName> = users.chain(&group.missing_users).cloned().collect();
    let groups: Vec<GroupName> = nested.chain(&group.missing_groups).cloned().collect();
    (!users.is_empty() || !groups.is_empty()).then(|| Change::RemoveMembers {
        group: team.name.clone(),
        users,
        groups,
    })
}

/// Places in a group who is wished in it and is not.
fn coming(team: &Team<'_>, current: &Directory) -> Option<Change> {
    let group = existing(team, current);
    let mut users: HashSet<_> = group
        .into_iter()
        .flat_map(|group| group.users.iter().map(|user| One::There(*user)))
        .collect();
    let mut groups: HashSet<_> = group
        .into_iter()
        .flat_map(|group| group.groups.iter().map(|nested| One::There(*nested)))
        .collect();
    let new_users = team
        .users
        .iter()
        .filter(|(user, _)| users.insert(user.clone()));
    let new_users: Vec<UserName> = new_users.map(|(_, name)| (*name).clone()).collect();
    let new_groups = team
        .groups
        .iter()
        .filter(|(nested, _)| groups.insert(nested.clone()));
    let new_groups: Vec<GroupName> = new_groups.map(|(_, name)| (*name).clone()).collect();
    (!new_users.is_empty() || !new_groups.is_empty()).then(|| Change::AddMembers {
        group: team.name.clone(),
        users: new_users,
        groups: new_groups,
    })
}

fn existing<'a>(team: &Team<'_>, current: &'a Directory) -> Option<&'a Group> {
    match &team.one {
        One::There(group) => current.group(*group),
        One::New(_) => None,
    }
}

/// Sets what a wish says of an account.
fn properties(person: &Person<'_>, current: &Directory) -> [Option<Change>; 2] {
    let account = match &person.one {
        One::There(user) => current.user(*user),
        One::New(_) => None,
    };
    let method = account.and_then(User::startup_method);
    let method = method.filter(|method| !method.as_str().is_empty());
    let password = account.and_then(User::credential);
    let wanted = person.startup_method.value();
    let wanted = wanted.filter(|wanted| **wanted != method);
    let method = wanted.map(|wanted| Change::SetStartupMethod {
        user: person.name.clone(),
        method: wanted.cloned(),
    });
    let wanted = person.password.value();
    let wanted = wanted.filter(|wanted| **wanted != password);
    let password = wanted.map(|wanted| Change::SetPassword {
        user: person.name.clone(),
        credential: wanted.cloned(),
    });
    [method, password]
}
