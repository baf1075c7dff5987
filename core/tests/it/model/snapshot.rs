//! The meaning of a directory and of the model's file, to compare them.

use std::collections::{BTreeMap, BTreeSet};

use guichet_core::Directory;

use super::generator::areas;
use super::reference::{Account, File};
use crate::support::{grant_text, setting_text};

/// What a directory and a file are compared by: the meaning, with the order of users and groups.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Snapshot {
    users: Vec<Account>,
    groups: Vec<(String, [BTreeSet<String>; 4])>,
    plugins: BTreeMap<String, String>,
    areas: BTreeMap<String, String>,
    settings: Vec<String>,
}

impl File {
    /// What the file means.
    pub(super) fn snapshot(&self) -> Snapshot {
        let user = |text: &String| self.user(text).map(|user| self.users[user].name.clone());
        let group = |text: &String| {
            self.group(text)
                .map(|group| self.groups[group].name.clone())
        };
        let found = |list: &[String], find: &dyn Fn(&String) -> Option<String>| {
            let known: BTreeSet<String> = list.iter().filter_map(find).collect();
            let missing = list
                .iter()
                .filter(|text| find(text).is_none())
                .cloned()
                .collect();
            (known, missing)
        };
        let groups = self.groups.iter().map(|listed| {
            let (users, missing_users) = found(&listed.users, &user);
            let (groups, missing_groups) = found(&listed.groups, &group);
            (
                listed.name.clone(),
                [users, missing_users, groups, missing_groups],
            )
        });
        let named = |text: &String| group(text).unwrap_or_else(|| text.clone());
        let restricted = |grants: &BTreeMap<String, String>| {
            let grants = grants.iter().filter(|(_, text)| *text != "*");
            grants
                .map(|(key, text)| (key.clone(), named(text)))
                .collect()
        };
        let settings = std::iter::once(&self.default_user).chain(self.web_users.values());
        Snapshot {
            users: self.users.clone(),
            groups: groups.collect(),
            plugins: restricted(&self.plugins),
            areas: restricted(&self.areas),
            settings: settings
                .map(|text| user(text).unwrap_or_else(|| text.clone()))
                .collect(),
        }
    }
}

impl Snapshot {
    /// What a directory means.
    pub(super) fn of(directory: &Directory) -> Self {
        let users = directory.users().map(|(_, user)| Account {
            name: user.name().to_string(),
            method: user.startup_method().map(ToString::to_string),
            password: user
                .credential()
                .map(|stored| stored.expose_stored_text().to_owned()),
        });
        let groups = directory.groups().map(|(_, group)| {
            let user = |handle: &_| directory.user(*handle).unwrap().name().to_string();
            let nested = |handle: &_| directory.group(*handle).unwrap().name().to_string();
            let lists = [
                group.users().iter().map(user).collect(),
                group
                    .missing_users()
                    .iter()
                    .map(ToString::to_string)
                    .collect(),
                group.groups().iter().map(nested).collect(),
                group
                    .missing_groups()
                    .iter()
                    .map(ToString::to_string)
                    .collect(),
            ];
            (group.name().to_string(), lists)
        });
        let grants = directory.grants();
        let plugins = grants.plugins().iter().map(|grant| {
            (
                grant.plugin().to_string(),
                grant_text(directory, grant.grantee()),
            )
        });
        let areas = areas().into_iter().filter_map(|area| {
            let text = grant_text(directory, grants.area(&area)?);
            Some((area.to_string(), text))
        });
        let references = directory.settings().references();
        Self {
            users: users.collect(),
            groups: groups.collect(),
            plugins: plugins.filter(|(_, text)| text != "*").collect(),
            areas: areas.filter(|(_, text)| text != "*").collect(),
            settings: references
                .map(|reference| setting_text(directory, reference))
                .into(),
        }
    }
}
