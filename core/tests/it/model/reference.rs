//! The model: the file as lists of texts, edited in the plainest way.

use std::collections::{BTreeMap, BTreeSet};

use guichet_core::{Change, WebSide};

use super::generator::Who;

/// An account; the first two of the file are the built-ins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Account {
    pub(super) name: String,
    pub(super) method: Option<String>,
    pub(super) password: Option<String>,
}

/// A group with its two lists, as texts.
#[derive(Debug, Clone)]
pub(super) struct Listed {
    pub(super) name: String,
    pub(super) users: Vec<String>,
    pub(super) groups: Vec<String>,
}

/// The file.
#[derive(Debug, Clone)]
pub(super) struct File {
    pub(super) users: Vec<Account>,
    pub(super) groups: Vec<Listed>,
    pub(super) plugins: BTreeMap<String, String>,
    pub(super) areas: BTreeMap<String, String>,
    pub(super) default_user: String,
    pub(super) web_users: BTreeMap<WebSide, String>,
}

pub(super) fn same(left: &str, right: &str) -> bool {
    use unicode_normalization::UnicodeNormalization as _;
    let folded = |text: &str| text.nfc().collect::<String>().to_lowercase();
    folded(left) == folded(right)
}

fn find<'a>(names: impl Iterator<Item = &'a String> + Clone, text: &str) -> Option<usize> {
    let exact = names.clone().position(|name| name == text);
    exact.or_else(|| names.into_iter().position(|name| same(name, text)))
}

pub(super) type Answer = Result<(), &'static str>;

impl File {
    pub(super) fn new() -> Self {
        let built_in = |name: &str| Account {
            name: name.to_owned(),
            method: None,
            password: None,
        };
        Self {
            users: vec![built_in("Designer"), built_in("Administrator")],
            groups: Vec::new(),
            plugins: BTreeMap::new(),
            areas: BTreeMap::new(),
            default_user: String::new(),
            web_users: WebSide::ALL
                .map(|side| (side, "Designer".to_owned()))
                .into(),
        }
    }

    pub(super) fn user(&self, text: &str) -> Option<usize> {
        find(self.users.iter().map(|user| &user.name), text)
    }

    pub(super) fn group(&self, text: &str) -> Option<usize> {
        find(self.groups.iter().map(|group| &group.name), text)
    }

    pub(super) fn known_user(&self, text: &str) -> Result<usize, &'static str> {
        self.user(text).ok_or("unknown-user")
    }

    pub(super) fn known_group(&self, text: &str) -> Result<usize, &'static str> {
        self.group(text).ok_or("unknown-group")
    }

    fn allowed(&self, change: &Change, who: &Who) -> bool {
        let designers = |user: &str| self.user(user) == Some(0);
        match who {
            Who::Designer => true,
            Who::Administrator => match change {
                Change::RenameUser { user, .. }
                | Change::DeleteUser { user }
                | Change::SetPassword { user, .. }
                | Change::SetStartupMethod { user, .. } => !designers(user.as_str()),
                Change::GrantArea { .. }
                | Change::SetDefaultUser { .. }
                | Change::SetWebUser { .. } => false,
                _ => true,
            },
            Who::User(own) => match change {
                Change::SetPassword { user, .. } => {
                    let own = self.user(own);
                    own.is_some_and(|own| own > 1) && own == self.user(user.as_str())
                }
                _ => false,
            },
            Who::Nobody => false,
        }
    }

    pub(super) fn check_name(name: &str, limit: usize) -> Answer {
        if name.trim().is_empty() || name == "*" || name.contains('\t') {
            Err("illegal-name")
        } else if name.chars().count() > limit {
            Err("name-too-long")
        } else {
            Ok(())
        }
    }

    pub(super) fn new_user(
        &mut self,
        wanted: Option<&str>,
        method: Option<String>,
    ) -> Result<String, &'static str> {
        let name = match wanted {
            None => (1..=u32::MAX)
                .map(|number| format!("New user{number}"))
                .find(|name| self.user(name).is_none())
                .unwrap(),
            Some(name) => {
                Self::check_name(name, 80)?;
                if self.user(name).is_some() {
                    return Err("name-taken");
                }
                name.to_owned()
            }
        };
        self.users.push(Account {
            name: name.clone(),
            method: method.filter(|method| !method.is_empty()),
            password: None,
        });
        Ok(name)
    }

    pub(super) fn new_group(&mut self, wanted: Option<&str>) -> Result<usize, &'static str> {
        let name = match wanted {
            None => (1..=u32::MAX)
                .map(|number| format!("New group{number}"))
                .find(|name| self.group(name).is_none())
                .unwrap(),
            Some(name) => {
                Self::check_name(name, 15)?;
                if self.group(name).is_some() {
                    return Err("name-taken");
                }
                name.to_owned()
            }
        };
        self.groups.push(Listed {
            name,
            users: Vec::new(),
            groups: Vec::new(),
        });
        Ok(self.groups.len() - 1)
    }

    fn reaches(&self, from: usize, to: usize) -> bool {
        let mut seen = BTreeSet::from([from]);
        let mut open = vec![from];
        while let Some(group) = open.pop() {
            for text in &self.groups[group].groups {
                if let Some(nested) = self.group(text).filter(|nested| seen.insert(*nested)) {
                    open.push(nested);
                }
            }
        }
        seen.contains(&to)
    }

    pub(super) fn nest(&mut self, container: usize, nested: usize) -> Answer {
        let listed = self.groups[container].groups.clone();
        if listed.iter().any(|text| self.group(text) == Some(nested)) {
            return Ok(());
        }
        if self.reaches(nested, container) {
            return Err("cycle");
        }
        let name = self.groups[nested].name.clone();
        self.groups[container].groups.push(name);
        Ok(())
    }

    pub(super) fn put_in(&mut self, group: usize, user: usize) {
        let name = self.users[user].name.clone();
        let listed = self.groups[group].users.clone();
        if !listed.iter().any(|text| self.user(text) == Some(user)) {
            self.groups[group].users.push(name);
        }
    }

    /// The edges that a new group name brings to life may not close a cycle.
    pub(super) fn refuse_cycles_since(&self, before: &Self, named: usize) -> Answer {
        for container in 0..self.groups.len() {
            let edge = |file: &Self| {
                let target = |text: &String| file.group(text) == Some(named);
                file.groups
                    .get(container)
                    .is_some_and(|listed| listed.groups.iter().any(target))
            };
            if edge(self) && !edge(before) && self.reaches(named, container) {
                return Err("cycle");
            }
        }
        Ok(())
    }

    /// Gives every text of a user another value; an empty one takes it away.
    pub(super) fn rewrite_user(&mut self, user: usize, to: &str) {
        let old = self.clone();
        let names = |text: &String| old.user(text) == Some(user);
        for group in &mut self.groups {
            for text in &mut group.users {
                if names(text) {
                    to.clone_into(text);
                }
            }
            group.users.retain(|text| !text.is_empty());
        }
        let settings = self.web_users.values_mut().chain([&mut self.default_user]);
        for text in settings {
            if names(text) {
                to.clone_into(text);
            }
        }
    }

    pub(super) fn rewrite_group(&mut self, group: usize, to: &str) {
        let old = self.clone();
        let names = |text: &String| old.group(text) == Some(group);
        let lists = self.groups.iter_mut().flat_map(|listed| &mut listed.groups);
        let grants = self.plugins.values_mut().chain(self.areas.values_mut());
        for text in lists.chain(grants) {
            if names(text) {
                to.clone_into(text);
            }
        }
    }

    /// Makes a change, or refuses it with a code and changes nothing.
    pub(super) fn apply(&mut self, change: &Change, who: &Who) -> Answer {
        if !self.allowed(change, who) {
            return Err("not-allowed");
        }
        let mut edited = self.clone();
        edited.make(change)?;
        if matches!(who, Who::Administrator) && edited.has_rights_by_name_since(self) {
            return Err("not-allowed");
        }
        *self = edited;
        Ok(())
    }

    /// Whether an area or a setting that named nothing names something now: who may not set it may
    /// not bring that about by a name either.
    fn has_rights_by_name_since(&self, before: &Self) -> bool {
        let dangling =
            |text: &str, found: Option<usize>| !text.is_empty() && text != "*" && found.is_none();
        let area = self.areas.iter().any(|(area, text)| {
            let old = before.areas.get(area);
            old.is_some_and(|old| dangling(old, before.group(old))) && self.group(text).is_some()
        });
        let setting =
            |old: &str, text: &str| dangling(old, before.user(old)) && self.user(text).is_some();
        let web = |side: &WebSide| setting(&before.web_users[side], &self.web_users[side]);
        area || setting(&before.default_user, &self.default_user) || WebSide::ALL.iter().any(web)
    }
}
