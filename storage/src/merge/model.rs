//! Ours with what theirs brings, by names, and the directory that it makes.

use std::collections::{HashMap, HashSet};

use guichet_core::change::WebSide;
use guichet_core::compare::{Delta, Difference, MentionedGrantee, MentionedUser};
use guichet_core::{
    AccessArea, Credential, Directory, DirectoryBuilder, Grantee, GroupHandle, GroupName,
    GroupReference, MethodName, PluginKey, Reference, StoredGrantee, UserHandle, UserKind,
    UserName, UserReference,
};
use indexmap::IndexMap;

/// A merged directory before it is one: everything by the names that it has in the end.
#[derive(Debug)]
pub(super) struct Model {
    users: Vec<Account>,
    groups: Vec<Team>,
    user_places: HashMap<UserName, usize>,
    group_places: HashMap<GroupName, usize>,
    /// In the order of the file.
    areas: IndexMap<AccessArea, Grantee>,
    plugins: IndexMap<PluginKey, Grantee>,
    default_user: Option<String>,
    /// None where it is the Designer, as in a file that does not say.
    local_web_user: Option<String>,
    remote_web_user: Option<String>,
}

#[derive(Debug)]
struct Account {
    name: UserName,
    kind: UserKind,
    credential: Option<Credential>,
    startup_method: Option<MethodName>,
}

#[derive(Debug)]
struct Team {
    name: GroupName,
    users: Members,
    groups: Members,
}

/// Members of one kind, also such as nobody is.
#[derive(Debug, Default)]
struct Members {
    listed: Vec<String>,
    new: Vec<String>,
    gone: HashSet<String>,
}

impl Members {
    fn listed(names: impl Iterator<Item = String>) -> Self {
        Self {
            listed: names.collect(),
            ..Self::default()
        }
    }

    /// Puts new members where the file's order has them (decision D32), or last where the list is in another order.
    fn settle<N: std::borrow::Borrow<str> + Eq + std::hash::Hash>(
        &mut self,
        places: &HashMap<N, usize>,
    ) {
        self.listed.retain(|name| !self.gone.contains(name));
        let place = |name: &String| places.get(name.as_str()).copied().unwrap_or(usize::MAX);
        let in_order = self.listed.is_sorted_by_key(place);
        self.listed.append(&mut self.new);
        if in_order {
            self.listed.sort_by_cached_key(place);
        }
    }
}

/// Who of ours is gone, and who has another name.
#[derive(Debug, Default)]
pub(super) struct Fates {
    pub(super) users_gone: HashSet<UserName>,
    pub(super) groups_gone: HashSet<GroupName>,
    users_renamed: HashMap<UserName, UserName>,
    groups_renamed: HashMap<GroupName, GroupName>,
}

impl Fates {
    pub(super) fn of(difference: &Difference) -> Self {
        let mut fates = Self::default();
        for delta in difference.deltas() {
            match delta.clone() {
                Delta::UserRemoved { user, .. } => drop(fates.users_gone.insert(user)),
                Delta::GroupRemoved { group } => drop(fates.groups_gone.insert(group)),
                Delta::UserRenamed { from, to } => drop(fates.users_renamed.insert(from, to)),
                Delta::GroupRenamed { from, to } => drop(fates.groups_renamed.insert(from, to)),
                _ => {}
            }
        }
        fates
    }

    /// Returns what a user is called in the newer directory.
    pub(super) fn user<'n>(&'n self, name: &'n UserName) -> &'n UserName {
        self.users_renamed.get(name).unwrap_or(name)
    }

    /// Returns what a group is called in the newer directory.
    pub(super) fn group<'n>(&'n self, name: &'n GroupName) -> &'n GroupName {
        self.groups_renamed.get(name).unwrap_or(name)
    }
}

/// Ours, whose users and groups are called by their names in the end.
struct Ours<'o> {
    directory: &'o Directory,
    fates: &'o Fates,
}

impl Ours<'_> {
    fn user(&self, user: UserHandle) -> Option<String> {
        let user = self.directory.user(user)?;
        Some(self.fates.user(user.name()).to_string())
    }

    fn group(&self, group: GroupHandle) -> Option<String> {
        let group = self.directory.group(group)?;
        Some(self.fates.group(group.name()).to_string())
    }

    fn grantee(&self, grantee: &StoredGrantee) -> Grantee {
        match (self.directory.grantee_by_name(grantee), grantee) {
            (Grantee::Group(name), Grantee::Group(GroupReference::Known(_))) => {
                Grantee::Group(self.fates.group(&name).clone())
            }
            (named, _) => named,
        }
    }

    fn setting(&self, reference: &UserReference) -> Option<String> {
        match reference {
            None => Some(String::new()),
            Some(Reference::Missing(name)) => Some(name.to_string()),
            Some(Reference::Known(user)) => self.user(*user),
        }
    }

    fn web_setting(&self, reference: &UserReference) -> Option<String> {
        let designer = *reference == Some(Reference::Known(self.directory.designer()));
        if designer {
            None
        } else {
            self.setting(reference)
        }
    }
}

impl Model {
    /// Takes ours and changes all that theirs brings.
    pub(super) fn of(directory: &Directory, fates: &Fates, difference: &Difference) -> Self {
        let ours = Ours { directory, fates };
        let users = directory.users().map(|(_, user)| user);
        let users = users.filter(|user| !fates.users_gone.contains(user.name()));
        let groups = directory.groups().map(|(_, group)| group);
        let groups = groups.filter(|group| !fates.groups_gone.contains(group.name()));
        let (grants, settings) = (directory.grants(), directory.settings());
        let areas = grants.areas().filter_map(|area| {
            let grantee = ours.grantee(grants.area(&area)?);
            Some((area, grantee))
        });
        let plugins = grants.plugins().iter();
        let plugins = plugins.map(|grant| (grant.plugin().clone(), ours.grantee(grant.grantee())));
        let mut model = Self {
            users: users
                .map(|user| Account {
                    name: fates.user(user.name()).clone(),
                    kind: user.kind(),
                    credential: user.credential().cloned(),
                    startup_method: user.startup_method().cloned(),
                })
                .collect(),
            groups: groups
                .map(|group| {
                    let users = group.users().iter().filter_map(|user| ours.user(*user));
                    let missing = group.missing_users().iter().map(ToString::to_string);
                    let nested = group.groups().iter().filter_map(|group| ours.group(*group));
                    let lost = group.missing_groups().iter().map(ToString::to_string);
                    Team {
                        name: fates.group(group.name()).clone(),
                        users: Members::listed(users.chain(missing)),
                        groups: Members::listed(nested.chain(lost)),
                    }
                })
                .collect(),
            user_places: HashMap::new(),
            group_places: HashMap::new(),
            areas: areas.collect(),
            plugins: plugins.collect(),
            default_user: ours.setting(settings.default_user()),
            local_web_user: ours.web_setting(settings.local_web_user()),
            remote_web_user: ours.web_setting(settings.remote_web_user()),
        };
        let users = model.users.iter().map(|user| user.name.clone());
        model.user_places = users.zip(0..).collect();
        let groups = model.groups.iter().map(|group| group.name.clone());
        model.group_places = groups.zip(0..).collect();
        difference.deltas().for_each(|delta| model.apply(delta));
        model.settle();
        model
    }

    /// Makes one change; those of names, and of who is gone, are made already.
    fn apply(&mut self, delta: &Delta) {
        match delta {
            Delta::UserAdded {
                user,
                password,
                startup_method,
            } => {
                self.user_places.insert(user.clone(), self.users.len());
                self.users.push(Account {
                    name: user.clone(),
                    kind: UserKind::User,
                    credential: password.clone(),
                    startup_method: startup_method.clone(),
                });
            }
            Delta::PasswordChanged { user, after, .. } => {
                if let Some(user) = self.user(user) {
                    user.credential.clone_from(after);
                }
            }
            Delta::StartupMethodChanged { user, after, .. } => {
                if let Some(user) = self.user(user) {
                    user.startup_method.clone_from(after);
                }
            }
            Delta::GroupAdded { group } => {
                self.group_places.insert(group.clone(), self.groups.len());
                self.groups.push(Team {
                    name: group.clone(),
                    users: Members::default(),
                    groups: Members::default(),
                });
            }
            Delta::MemberUserAdded { group, user: name }
            | Delta::MissingUserAdded { group, name } => {
                if let Some(team) = self.team(group) {
                    team.users.new.push(name.to_string());
                }
            }
            Delta::MemberUserRemoved { group, user: name }
            | Delta::MissingUserRemoved { group, name } => {
                if let Some(team) = self.team(group) {
                    team.users.gone.insert(name.to_string());
                }
            }
            Delta::MemberGroupAdded {
                group,
                member: name,
            }
            | Delta::MissingGroupAdded { group, name } => {
                if let Some(team) = self.team(group) {
                    team.groups.new.push(name.to_string());
                }
            }
            Delta::MemberGroupRemoved {
                group,
                member: name,
            }
            | Delta::MissingGroupRemoved { group, name } => {
                if let Some(team) = self.team(group) {
                    team.groups.gone.insert(name.to_string());
                }
            }
            Delta::PluginGranted { plugin, after, .. } => {
                self.plugins.insert(plugin.clone(), named(after));
            }
            Delta::AreaGranted { area, after, .. } => {
                self.areas.insert(area.clone(), named(after));
            }
            Delta::DefaultUserChanged { after, .. } => self.default_user = Some(setting(after)),
            Delta::WebUserChanged { side, after, .. } => match side {
                WebSide::Local => self.local_web_user = Some(setting(after)),
                WebSide::Remote => self.remote_web_user = Some(setting(after)),
            },
            _ => {}
        }
    }

    fn user(&mut self, name: &UserName) -> Option<&mut Account> {
        self.users.get_mut(*self.user_places.get(name)?)
    }

    fn team(&mut self, name: &GroupName) -> Option<&mut Team> {
        self.groups.get_mut(*self.group_places.get(name)?)
    }

    fn settle(&mut self) {
        for team in &mut self.groups {
            team.users.settle(&self.user_places);
            team.groups.settle(&self.group_places);
        }
    }

    /// Builds the directory: the users and groups of ours in their order, then the new ones.
    pub(super) fn build(&self) -> Directory {
        let mut builder = DirectoryBuilder::new();
        for account in &self.users {
            let user = match account.kind {
                UserKind::Designer => builder.designer(account.name.clone()),
                UserKind::Administrator => builder.administrator(account.name.clone()),
                UserKind::User => builder.user(account.name.clone()),
            };
            if let Some(credential) = &account.credential {
                builder.credential(user, credential.clone());
            }
            if let Some(method) = &account.startup_method {
                builder.startup_method(user, method.clone());
            }
        }
        let groups = self.groups.iter();
        let handles: Vec<_> = groups
            .map(|team| builder.group(team.name.clone()))
            .collect();
        for (group, team) in handles.into_iter().zip(&self.groups) {
            let mut members = builder.members_of(group);
            for name in &team.users.listed {
                members.user(name);
            }
            for name in &team.groups.listed {
                members.group(name);
            }
        }
        for (area, grantee) in &self.areas {
            builder.grant_area(area, grantee);
        }
        for (plugin, grantee) in &self.plugins {
            builder.grant_plugin(plugin, grantee);
        }
        if let Some(user) = &self.default_user {
            builder.default_user(user);
        }
        if let Some(user) = &self.local_web_user {
            builder.local_web_user(user);
        }
        if let Some(user) = &self.remote_web_user {
            builder.remote_web_user(user);
        }
        builder.finish()
    }
}

fn named(grantee: &MentionedGrantee) -> Grantee {
    match grantee {
        Grantee::Everyone => Grantee::Everyone,
        Grantee::Nobody => Grantee::Nobody,
        Grantee::Group(group) => Grantee::Group(group.name().clone()),
    }
}

fn setting(user: &MentionedUser) -> String {
    let user = user.as_ref().map(|user| user.name().to_string());
    user.unwrap_or_default()
}
