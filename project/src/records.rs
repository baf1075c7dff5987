//! What a directory lists, in names: its users, its groups, and the plug-ins with who may use them.

use std::collections::HashSet;
use std::hash::Hash;

use guichet_core::{
    Grantee, Group, GroupHandle, GroupId, PasswordKind, Plugin, PluginKey, PluginNumber, User,
    UserHandle, UserId, UserKind,
};
use guichet_licensing::{Moment, Owned};
use guichet_policy::Person;

use crate::view::View;

/// A user as a list shows them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct UserRecord {
    /// The number.
    pub id: u32,
    /// The name.
    pub name: String,
    /// Whether it is one of the built-in users.
    pub kind: UserKind,
    /// The kind of the stored password.
    pub password: PasswordKind,
    /// The method that 4D runs when the user opens the application.
    pub startup_method: Option<String>,
    /// The groups that the user is placed in directly.
    pub groups: Vec<String>,
}

/// A user with every group that membership reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct UserDetail {
    /// The user.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub user: UserRecord,
    /// Every group that the user is in.
    pub effective_groups: Vec<String>,
    /// Those of them that the user is in only through others.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub through_nesting: Vec<String>,
}

/// A group as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct GroupRecord {
    /// The number.
    pub id: u32,
    /// The name.
    pub name: String,
    /// The users placed directly in it.
    pub users: Vec<Person>,
    /// The groups placed directly in it.
    pub groups: Vec<String>,
}

/// A group with every user and group in it, directly or through other groups.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct GroupDetail {
    /// The group.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub group: GroupRecord,
    /// Every user who is in it.
    pub effective_users: Vec<Person>,
    /// Every group that is nested in it.
    pub effective_groups: Vec<String>,
    /// Every group that it is in.
    pub member_of: Vec<String>,
}

/// A plug-in, who may use it, and how many seats are owned.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct PluginRecord {
    /// The key.
    pub plugin: String,
    /// The number, where one is declared.
    pub number: Option<u32>,
    /// The name.
    pub name: String,
    /// Who may use it: `everyone`, `nobody` or `group`.
    pub grantee: &'static str,
    /// The group.
    pub group: Option<String>,
    /// How many seats `guichet.toml` says are owned.
    pub owned: Owned,
    /// Who may use it, by name.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub granted_to: Grantee,
}

impl View {
    /// Lists every user, in the order of their numbers; linear in users and memberships.
    ///
    /// ```
    /// use guichet::Project;
    ///
    /// let view = Project::open("../examples/accounting")?.current();
    /// let users = view.list_users();
    /// assert_eq!((users[2].name.as_str(), users[2].id), ("Ann Lee", 3));
    /// # Ok::<(), guichet::Error>(())
    /// ```
    pub fn list_users(&self) -> Vec<UserRecord> {
        self.user_records(|_| true)
    }

    /// Lists the users in a group, direct or through nested groups, in the order of their numbers;
    /// linear in users and memberships.
    pub fn list_users_in(&self, group: GroupHandle) -> Vec<UserRecord> {
        let members = self.policy().closure().users_of_group(group);
        let members: HashSet<UserHandle> = members.into_iter().collect();
        self.user_records(|user| members.contains(&user))
    }

    fn user_records(&self, is_listed: impl Fn(UserHandle) -> bool) -> Vec<UserRecord> {
        let mut placed_in = vec![Vec::new(); self.directory().user_table_size()];
        for (_, group) in self.directory().groups() {
            for user in group.users() {
                if let Some(groups) = placed_in.get_mut(user.index()) {
                    groups.push(group.name().to_string());
                }
            }
        }
        let users = self.directory().users();
        users
            .filter(|(handle, _)| is_listed(*handle))
            .map(|(handle, _)| {
                let groups = placed_in.get_mut(handle.index()).map(std::mem::take);
                self.user_record(handle, groups.unwrap_or_default())
            })
            .collect()
    }

    /// Shows one user; linear in groups and memberships.
    pub fn show_user(&self, user: UserHandle) -> UserDetail {
        let groups = self.directory().groups();
        let direct = groups.filter(|(_, group)| group.users().contains(&user));
        let direct: Vec<GroupHandle> = direct.map(|(handle, _)| handle).collect();
        let effective = self.policy().closure().groups_of_user(user);
        UserDetail {
            through_nesting: self.group_names(&others(&effective, &direct)),
            effective_groups: self.group_names(&effective),
            user: self.user_record(user, self.group_names(&direct)),
        }
    }

    /// Lists every group, in the order of their numbers; linear in groups and memberships.
    pub fn list_groups(&self) -> Vec<GroupRecord> {
        let groups = self.directory().groups();
        groups.map(|(group, _)| self.group_record(group)).collect()
    }

    /// Shows one group.
    pub fn show_group(&self, group: GroupHandle) -> GroupDetail {
        let closure = self.policy().closure();
        GroupDetail {
            group: self.group_record(group),
            effective_users: self.people(&closure.users_of_group(group)),
            effective_groups: self.group_names(&closure.nested_groups(group)),
            member_of: self.group_names(&closure.containers(group)),
        }
    }

    /// Lists every plug-in of the catalogue; `at` decides which licences have expired.
    pub fn list_plugins(&self, at: Moment) -> Vec<PluginRecord> {
        let plugins = self.catalogue().plugins().iter();
        plugins
            .map(|plugin| self.plugin_record(plugin, at))
            .collect()
    }

    /// Shows one plug-in; `None` if it is not in the catalogue.
    pub fn show_plugin(&self, plugin: &PluginKey, at: Moment) -> Option<PluginRecord> {
        let mut plugins = self.catalogue().plugins().iter();
        let found = plugins.find(|known| known.key == *plugin)?;
        Some(self.plugin_record(found, at))
    }

    fn user_record(&self, handle: UserHandle, groups: Vec<String>) -> UserRecord {
        let directory = self.directory();
        let user = directory.user(handle);
        UserRecord {
            id: directory.user_id(handle).map_or(0, UserId::get),
            name: self.name_of_user(handle).to_owned(),
            kind: user.map_or(UserKind::User, User::kind),
            password: user.map_or(PasswordKind::None, User::password),
            startup_method: user.and_then(User::startup_method).map(ToString::to_string),
            groups,
        }
    }

    fn group_record(&self, handle: GroupHandle) -> GroupRecord {
        let directory = self.directory();
        let group = directory.group(handle);
        GroupRecord {
            id: directory.group_id(handle).map_or(0, GroupId::get),
            name: self.name_of_group(handle).to_owned(),
            users: self.people(group.map(Group::users).unwrap_or_default()),
            groups: self.group_names(group.map(Group::groups).unwrap_or_default()),
        }
    }

    fn plugin_record(&self, plugin: &Plugin, at: Moment) -> PluginRecord {
        let directory = self.directory();
        let granted_to = directory.grantee_by_name(directory.grants().plugin(&plugin.key));
        PluginRecord {
            plugin: plugin.key.to_string(),
            number: plugin.number.map(PluginNumber::get),
            name: plugin.name.clone(),
            grantee: granted_to.kind(),
            group: granted_to.group().map(ToString::to_string),
            owned: self.owned(&plugin.key, at),
            granted_to,
        }
    }
}

/// Returns those of `all` that are not among `some`; linear in both.
fn others<T: Copy + Eq + Hash>(all: &[T], some: &[T]) -> Vec<T> {
    let some: HashSet<&T> = some.iter().collect();
    let others = all.iter().filter(|one| !some.contains(one));
    others.copied().collect()
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::hash::{Hash, Hasher};

    use super::others;

    thread_local! {
        static STEPS: Cell<usize> = const { Cell::new(0) };
    }

    fn step() {
        STEPS.set(STEPS.get() + 1);
    }

    /// A group that counts how often it is looked at.
    #[derive(Debug, Clone, Copy, Eq)]
    struct Counted(usize);

    impl PartialEq for Counted {
        fn eq(&self, other: &Self) -> bool {
            step();
            self.0 == other.0
        }
    }

    impl Hash for Counted {
        fn hash<H: Hasher>(&self, state: &mut H) {
            step();
            self.0.hash(state);
        }
    }

    /// Somebody may be in thousands of groups.
    #[test]
    fn the_groups_through_nesting_are_found_in_linear_steps() {
        let steps = |size: usize| {
            let all: Vec<Counted> = (0..size).map(Counted).collect();
            let some: Vec<Counted> = (0..size).step_by(2).map(Counted).collect();
            STEPS.set(0);
            assert_eq!(others(&all, &some).len(), size / 2);
            STEPS.get()
        };
        let [once, twice, four_times] = [1_000, 2_000, 4_000].map(steps);
        assert!(once <= 4 * 1_000, "{once}");
        assert!(twice <= 2 * once + once / 4, "{once} {twice}");
        assert!(four_times <= 4 * once + once / 4, "{once} {four_times}");
    }
}
