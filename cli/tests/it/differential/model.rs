//! What a directory means, worked out slowly from the decisions alone; it shares nothing with the
//! product.

use std::collections::{HashMap, HashSet, VecDeque};

use super::names::same;
use super::random::Options;
use super::written::Written;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Designer,
    Administrator,
    User,
}

#[derive(Debug)]
pub(super) struct User {
    pub(super) name: String,
    pub(super) kind: Kind,
    pub(super) has_password: bool,
    pub(super) startup_method: Option<String>,
}

#[derive(Debug)]
pub(super) struct Group {
    pub(super) name: String,
    /// Who is placed in it directly, each once, by place.
    pub(super) users: Vec<usize>,
    pub(super) groups: Vec<usize>,
}

/// Who is given something (decision D12).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Grantee {
    Everyone,
    Nobody,
    Group(usize),
    Missing(String),
}

/// What may be asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Access {
    Design,
    RuntimeExplorer,
    Http,
    Rest,
    /// A schema by place, and how wide the right is.
    Sql(usize, usize),
    /// A plug-in by place.
    Plugin(usize),
    Group(usize),
    Administration,
}

/// A decision: allowed or not, the reason, and for a member how many groups the chain has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) allowed: bool,
    pub(super) reason: &'static str,
    pub(super) chain: Option<usize>,
}

pub(super) const RIGHTS: [&str; 3] = ["read", "write", "all"];
const BUILT_IN_PLUGINS: [&str; 6] = ["web", "soap", "oci", "write", "view", "odbcPro"];

#[derive(Debug)]
pub(super) struct Model {
    pub(super) users: Vec<User>,
    pub(super) groups: Vec<Group>,
    /// The spellings of each schema, and who has its three rights.
    pub(super) schemas: Vec<(Vec<String>, [Grantee; 3])>,
    pub(super) plugins: Vec<(String, Grantee)>,
    design: Grantee,
    http: Grantee,
    rest: Grantee,
    single_user: bool,
    administrator_design: bool,
    designer_plugins: bool,
    /// For each user the groups that the user is in, with the length of a shortest chain.
    effective: Vec<HashMap<usize, usize>>,
}

impl Model {
    pub(super) fn of(directory: &Written, options: &Options) -> Self {
        let mut model = Self {
            users: Vec::new(),
            groups: Vec::new(),
            schemas: Vec::new(),
            plugins: Vec::new(),
            design: Grantee::Everyone,
            http: Grantee::Everyone,
            rest: Grantee::Everyone,
            single_user: options.single_user,
            administrator_design: options.administrator_design,
            designer_plugins: options.designer_plugins,
            effective: Vec::new(),
        };
        model.read_users(directory.get("users"));
        model.read_groups(directory.get("groups"));
        let users = 0..model.users.len();
        model.effective = users.map(|user| model.chains(user)).collect();
        let settings = directory.get("settings");
        let setting = |key| settings.and_then(|settings| settings.get(key));
        model.design = model.granted(setting("designAccessGroup").map(Written::text));
        // The REST server of single-user 4D has a setting of its own (D15).
        let rest = if options.single_user {
            "localMobileAccessGroupRW"
        } else {
            "remoteMobileAccessGroupRW"
        };
        model.rest = model.granted(setting(rest).map(Written::text));
        model.http = model.granted(options.http.as_deref());
        model.read_schemas(directory.get("sqlSchemaGranters"));
        model.read_plugins(directory.get("remoteGranters"), options);
        model
    }

    /// The Designer is the first and the Administrator the second, then the order of the file (D9).
    fn read_users(&mut self, users: Option<&Written>) {
        let user = |name: &str, kind, fields: Option<&Written>| User {
            name: name.to_owned(),
            kind,
            has_password: fields.is_some_and(|fields| fields.get("password").is_some()),
            startup_method: fields
                .and_then(|fields| fields.get("startupMethod"))
                .map(|method| method.text().to_owned()),
        };
        for (key, kind, usual) in [
            ("designer", Kind::Designer, "Designer"),
            ("administrator", Kind::Administrator, "Administrator"),
        ] {
            let fields = users.and_then(|users| users.get(key));
            // A missing one has its usual alias (D11), one without alias the key (D8).
            let name = fields.map_or(usual, |fields| {
                fields.get("alias").map_or(key, Written::text)
            });
            self.users.push(user(name, kind, fields));
        }
        for (key, fields) in users.map_or_else(Vec::new, Written::members) {
            if key != "designer" && key != "administrator" {
                self.users.push(user(key, Kind::User, Some(fields)));
            }
        }
    }

    fn read_groups(&mut self, groups: Option<&Written>) {
        let groups = groups.map_or_else(Vec::new, Written::members);
        for (name, _) in &groups {
            self.groups.push(Group {
                name: (*name).to_owned(),
                users: Vec::new(),
                groups: Vec::new(),
            });
        }
        for (place, (_, fields)) in groups.iter().enumerate() {
            let listed = |key| fields.get(key).map_or(&[][..], Written::list);
            // Who does not exist is ignored, who is there twice counts once (D11).
            let users = listed("users")
                .iter()
                .filter_map(|name| self.find_user(name));
            let users = each_once(users);
            let nested = listed("groups")
                .iter()
                .filter_map(|name| self.find_group(name));
            let nested = each_once(nested);
            self.groups[place].users = users;
            self.groups[place].groups = nested;
        }
    }

    fn read_schemas(&mut self, schemas: Option<&Written>) {
        let open = || [Grantee::Everyone, Grantee::Everyone, Grantee::Everyone];
        self.schemas
            .push((vec!["DEFAULT_SCHEMA".to_owned()], open()));
        let alike = |left: &str, right: &str| left.eq_ignore_ascii_case(right);
        let mut said: HashSet<usize> = HashSet::new();
        for (name, fields) in schemas.map_or_else(Vec::new, Written::members) {
            let keys = [
                "readOnlyAccessGroup",
                "readWriteAccessGroup",
                "allAccessGroup",
            ];
            let rights = keys.map(|key| self.granted(fields.get(key).map(Written::text)));
            let known = self
                .schemas
                .iter()
                .position(|(names, _)| alike(&names[0], name));
            let place = known.unwrap_or(self.schemas.len());
            if known.is_none() {
                self.schemas.push((Vec::new(), open()));
            }
            let (names, stored) = &mut self.schemas[place];
            names.push(name.to_owned());
            let twin = !said.insert(place);
            for (stored, right) in stored.iter_mut().zip(rights) {
                // Of two spellings the narrower right counts.
                if !twin || width(&right) < width(stored) {
                    *stored = right;
                }
            }
        }
    }

    fn read_plugins(&mut self, granters: Option<&Written>, options: &Options) {
        let built_in = BUILT_IN_PLUGINS.iter();
        self.plugins = built_in
            .map(|key| ((*key).to_owned(), Grantee::Everyone))
            .collect();
        let mut give = |key: &str, grantee: Grantee| match self
            .plugins
            .iter_mut()
            .find(|(known, _)| known == key)
        {
            Some((_, stored)) => *stored = grantee,
            None => self.plugins.push((key.to_owned(), grantee)),
        };
        let entries = granters.map_or_else(Vec::new, Written::members);
        for (key, text) in entries {
            let grantee = granted_in(&self.groups, Some(text.text()));
            give(key, grantee);
        }
        if let Some(text) = &options.scanner {
            let grantee = granted_in(&self.groups, Some(text));
            give("scanner", grantee);
        }
    }

    fn granted(&self, text: Option<&str>) -> Grantee {
        granted_in(&self.groups, text)
    }

    /// Exact first, else without regard to case and composition (D7); the first of several.
    pub(super) fn find_user(&self, name: &str) -> Option<usize> {
        find(self.users.iter().map(|user| user.name.as_str()), name)
    }

    pub(super) fn find_group(&self, name: &str) -> Option<usize> {
        find(self.groups.iter().map(|group| group.name.as_str()), name)
    }

    /// Returns for each group that a user is in the number of groups of a shortest chain.
    pub(super) fn effective(&self, user: usize) -> &HashMap<usize, usize> {
        &self.effective[user]
    }

    fn chains(&self, user: usize) -> HashMap<usize, usize> {
        let mut chains = HashMap::new();
        let direct =
            (0..self.groups.len()).filter(|group| self.groups[*group].users.contains(&user));
        let mut waiting: VecDeque<(usize, usize)> = direct.map(|group| (group, 1)).collect();
        while let Some((group, length)) = waiting.pop_front() {
            if chains.contains_key(&group) {
                continue;
            }
            chains.insert(group, length);
            let above =
                (0..self.groups.len()).filter(|one| self.groups[*one].groups.contains(&group));
            waiting.extend(above.map(|one| (one, length + 1)));
        }
        chains
    }

    /// Returns the groups nested in one, and those that it is nested in, itself left out (D33).
    pub(super) fn around(&self, group: usize) -> [Vec<usize>; 2] {
        let nested = |of: usize| self.groups[of].groups.clone();
        let above = |of: usize| {
            let groups = 0..self.groups.len();
            groups
                .filter(|one| self.groups[*one].groups.contains(&of))
                .collect()
        };
        [reached(group, nested), reached(group, above)]
    }

    /// Returns the grantees that open an access (D17).
    pub(super) fn grantees(&self, access: &Access) -> Vec<Grantee> {
        match access {
            Access::Design | Access::RuntimeExplorer => vec![self.design.clone()],
            Access::Http => vec![self.http.clone()],
            Access::Rest => vec![self.rest.clone()],
            Access::Sql(schema, right) => self.schemas[*schema].1[*right..].to_vec(),
            Access::Plugin(plugin) => vec![self.plugins[*plugin].1.clone()],
            Access::Group(group) => vec![Grantee::Group(*group)],
            Access::Administration => Vec::new(),
        }
    }

    pub(super) fn decide(&self, user: usize, access: &Access) -> Answer {
        let answer = |allowed, reason| Answer {
            allowed,
            reason,
            chain: None,
        };
        if self.single_user {
            return answer(true, "single-user");
        }
        if !self.users[0].has_password {
            return answer(true, "access-control-off");
        }
        let kind = self.users[user].kind;
        let is_group = matches!(access, Access::Group(_));
        let is_plugin = matches!(access, Access::Plugin(_));
        if kind == Kind::Designer && !is_group && (!is_plugin || self.designer_plugins) {
            return answer(true, "designer");
        }
        let is_design = matches!(access, Access::Design | Access::RuntimeExplorer);
        if kind == Kind::Administrator
            && (*access == Access::Administration || (is_design && self.administrator_design))
        {
            return answer(true, "administrator");
        }
        if *access == Access::Administration {
            return answer(false, "not-entitled");
        }
        let grantees = self.grantees(access);
        if grantees.contains(&Grantee::Everyone) {
            return answer(true, "everyone");
        }
        let effective = self.effective(user);
        let lengths = grantees.iter().filter_map(|grantee| match grantee {
            Grantee::Group(group) => effective.get(group).copied(),
            _ => None,
        });
        if let Some(shortest) = lengths.min() {
            return Answer {
                chain: Some(shortest),
                ..answer(true, "member")
            };
        }
        if is_group && kind == Kind::Designer {
            return answer(true, "designer");
        }
        let has = |wanted: fn(&Grantee) -> bool| grantees.iter().any(wanted);
        let reason = if has(|grantee| matches!(grantee, Grantee::Group(_))) {
            "not-member"
        } else if has(|grantee| matches!(grantee, Grantee::Missing(_))) {
            "missing-group"
        } else {
            "nobody"
        };
        answer(false, reason)
    }
}

fn granted_in(groups: &[Group], text: Option<&str>) -> Grantee {
    match text {
        None | Some("*") => Grantee::Everyone,
        Some("") => Grantee::Nobody,
        Some(name) => find(groups.iter().map(|group| group.name.as_str()), name)
            .map_or_else(|| Grantee::Missing(name.to_owned()), Grantee::Group),
    }
}

const fn width(grantee: &Grantee) -> u8 {
    match grantee {
        Grantee::Nobody => 0,
        Grantee::Missing(_) | Grantee::Group(_) => 1,
        Grantee::Everyone => 2,
    }
}

fn find<'a>(mut names: impl Iterator<Item = &'a str> + Clone, wanted: &str) -> Option<usize> {
    let exact = names.clone().position(|name| name == wanted);
    exact.or_else(|| names.position(|name| same(name, wanted)))
}

fn each_once(places: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut once = Vec::new();
    for place in places {
        if !once.contains(&place) {
            once.push(place);
        }
    }
    once
}

fn reached(start: usize, next: impl Fn(usize) -> Vec<usize>) -> Vec<usize> {
    let mut seen = vec![start];
    let mut at = 0;
    while let Some(group) = seen.get(at).copied() {
        at += 1;
        for one in next(group) {
            if !seen.contains(&one) {
                seen.push(one);
            }
        }
    }
    let mut others = seen.split_off(1);
    others.sort_unstable();
    others
}
