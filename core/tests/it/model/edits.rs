//! What each kind of change does to the model.

#![allow(clippy::too_many_lines, reason = "one arm for each kind of change")]

use guichet_core::{AdministratorMembership, Change, Grantee};

use super::reference::{Answer, File, same};

impl File {
    pub(super) fn make(&mut self, change: &Change) -> Answer {
        let before = self.clone();
        match change {
            Change::AddUser {
                name,
                startup_method,
                groups,
            } => {
                let groups = self.all_groups(groups)?;
                let method = startup_method.as_ref().map(ToString::to_string);
                self.new_user(name.as_ref().map(AsRef::as_ref), method)?;
                for group in groups {
                    self.put_in(group, self.users.len() - 1);
                }
            }
            Change::DuplicateUser { user, name } => {
                let user = self.known_user(user.as_str())?;
                let method = self.users[user].method.clone();
                self.new_user(name.as_ref().map(AsRef::as_ref), method)?;
                for group in 0..self.groups.len() {
                    if before.groups[group]
                        .users
                        .iter()
                        .any(|text| before.user(text) == Some(user))
                    {
                        self.put_in(group, self.users.len() - 1);
                    }
                }
            }
            Change::RenameUser { user, name } => {
                let user = self.known_user(user.as_str())?;
                if self.users[user].name == name.as_str() {
                    return Ok(());
                }
                Self::check_name(name.as_str(), 80)?;
                let twin =
                    |other: usize| other != user && same(&self.users[other].name, name.as_str());
                if (0..self.users.len()).any(twin) {
                    return Err("name-taken");
                }
                self.rewrite_user(user, name.as_str());
                self.users[user].name = name.to_string();
            }
            Change::DeleteUser { user } => {
                let user = self.known_user(user.as_str())?;
                if user < 2 {
                    return Err("built-in");
                }
                self.rewrite_user(user, "");
                self.users.remove(user);
            }
            Change::SetPassword { user, credential } => {
                let user = self.known_user(user.as_str())?;
                let text =
                    |stored: &guichet_core::Credential| stored.expose_stored_text().to_owned();
                self.users[user].password = credential.as_ref().map(text);
            }
            Change::SetStartupMethod { user, method } => {
                let user = self.known_user(user.as_str())?;
                let method = method.as_ref().map(ToString::to_string);
                self.users[user].method = method.filter(|method| !method.is_empty());
            }
            Change::AddGroup {
                name,
                administrator,
            } => {
                let group = self.new_group(name.as_ref().map(AsRef::as_ref))?;
                if *administrator == AdministratorMembership::Member {
                    self.put_in(group, 1);
                }
            }
            Change::DuplicateGroup { group, name } => {
                let original = self.known_group(group.as_str())?;
                let copy = self.new_group(name.as_ref().map(AsRef::as_ref))?;
                for text in &before.groups[original].users {
                    if let Some(user) = before.user(text) {
                        self.put_in(copy, user);
                    }
                }
                let nested: Vec<usize> = before.groups[original]
                    .groups
                    .iter()
                    .filter_map(|text| before.group(text))
                    .collect();
                for nested in nested {
                    let name = self.groups[nested].name.clone();
                    self.groups[copy].groups.push(name);
                }
                self.refuse_cycles_since(&before, copy)?;
            }
            Change::RenameGroup { group, name } => {
                let group = self.known_group(group.as_str())?;
                if self.groups[group].name == name.as_str() {
                    return Ok(());
                }
                Self::check_name(name.as_str(), 15)?;
                let twin =
                    |other: usize| other != group && same(&self.groups[other].name, name.as_str());
                if (0..self.groups.len()).any(twin) {
                    return Err("name-taken");
                }
                self.rewrite_group(group, name.as_str());
                self.groups[group].name = name.to_string();
                self.refuse_cycles_since(&before, group)?;
            }
            Change::EmptyGroup { group } => {
                let group = self.known_group(group.as_str())?;
                self.groups[group].users.clear();
                self.groups[group].groups.clear();
            }
            Change::AddMembers {
                group,
                users,
                groups,
            } => {
                let group = self.known_group(group.as_str())?;
                let users: Vec<usize> = users
                    .iter()
                    .map(|name| self.known_user(name.as_str()))
                    .collect::<Result<_, _>>()?;
                let groups = self.all_groups(groups)?;
                for user in users {
                    self.put_in(group, user);
                }
                groups
                    .into_iter()
                    .try_for_each(|nested| self.nest(group, nested))?;
            }
            Change::RemoveMembers {
                group,
                users,
                groups,
            } => {
                let group = self.known_group(group.as_str())?;
                for name in users {
                    let name = name.as_str();
                    let target = self.user(name);
                    let names = |text: &String| match target {
                        Some(_) => before.user(text) == target,
                        None => same(text, name),
                    };
                    if target.is_none() && !before.groups[group].users.iter().any(names) {
                        return Err("unknown-user");
                    }
                    self.groups[group].users.retain(|text| !names(text));
                }
                for name in groups {
                    let name = name.as_str();
                    let target = self.group(name);
                    let names = |text: &String| match target {
                        Some(_) => before.group(text) == target,
                        None => same(text, name),
                    };
                    if target.is_none() && !before.groups[group].groups.iter().any(names) {
                        return Err("unknown-group");
                    }
                    self.groups[group].groups.retain(|text| !names(text));
                }
            }
            Change::GrantPlugin { plugin, grantee } => {
                let plugin = plugin.as_str();
                let known = ["web", "write"].contains(&plugin) || self.plugins.contains_key(plugin);
                if !known {
                    return Err("unknown-plugin");
                }
                let text = self.grant(grantee)?;
                self.plugins.insert(plugin.to_owned(), text);
            }
            Change::GrantArea { area, grantee } => {
                let text = self.grant(grantee)?;
                let area = area.to_string();
                if area.contains("no schema") {
                    return Err("unknown-schema");
                }
                self.areas.insert(area, text);
            }
            Change::SetDefaultUser { user } => self.default_user = self.setting(user.as_ref())?,
            Change::SetWebUser { side, user } => {
                let text = self.setting(user.as_ref())?;
                self.web_users.insert(*side, text);
            }
        }
        Ok(())
    }

    fn all_groups(&self, names: &[guichet_core::GroupName]) -> Result<Vec<usize>, &'static str> {
        names
            .iter()
            .map(|name| self.known_group(name.as_str()))
            .collect()
    }

    fn grant(&self, grantee: &Grantee) -> Result<String, &'static str> {
        if let Grantee::Group(name) = grantee {
            self.known_group(name.as_str())?;
        }
        Ok(grantee.as_text().to_owned())
    }

    fn setting(&self, user: Option<&guichet_core::UserName>) -> Result<String, &'static str> {
        let Some(name) = user else {
            return Ok(String::new());
        };
        let user = self.known_user(name.as_str())?;
        Ok(self.users[user].name.clone())
    }
}
