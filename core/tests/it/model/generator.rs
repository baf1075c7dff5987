//! Random directories as files may hold them, and random changes.
//!
//! Few names, so that they meet: twins by case and by Unicode form, names over the limits, illegal
//! ones, and the names of the built-ins.

use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use guichet_core::{
    AccessArea, AdministratorMembership, Change, Credential, Directory, DirectoryBuilder, Grantee,
    GroupName, MethodName, PluginKey, RestSide, SchemaName, SqlRight, UserName, WebSide,
};

use super::reference::{Account, File, Listed};

const USERS: &[&str] = &[
    "Ann",
    "ann",
    "ANN",
    "Bob",
    "bob",
    "Zo\u{eb}",
    "zoe\u{308}",
    "Boss",
    "New user1",
    "New user2",
    "Designer",
    "Administrator",
    " lead",
];
const GROUPS: &[&str] = &[
    "Devs",
    "devs",
    "Ops",
    "OPS",
    "QA",
    "Sales",
    "New group1",
    "\u{c9}t\u{e9}",
    "longer than 15 characters",
];
const ILLEGAL: &[&str] = &["", " ", "*", "tab\there"];
pub(crate) const PLUGINS: &[&str] = &["web", "write", "barcode", "nothing"];

/// Who asks.
#[derive(Debug, Clone)]
pub(crate) enum Who {
    Designer,
    Administrator,
    User(String),
    Nobody,
}

pub(crate) fn who() -> impl Strategy<Value = Who> {
    prop_oneof![
        6 => Just(Who::Designer),
        3 => Just(Who::Administrator),
        2 => select(USERS).prop_map(|name| Who::User(name.to_owned())),
        1 => Just(Who::Nobody),
    ]
}

pub(crate) fn areas() -> Vec<AccessArea> {
    let sql = |schema: &str, right| AccessArea::Sql {
        schema: SchemaName::from_stored(schema),
        right,
    };
    vec![
        AccessArea::Design,
        AccessArea::Http,
        AccessArea::Rest(RestSide::Local),
        AccessArea::Rest(RestSide::Remote),
        sql("DEFAULT_SCHEMA", SqlRight::Read),
        sql("DEFAULT_SCHEMA", SqlRight::All),
        sql("no schema", SqlRight::Write),
    ]
}

fn user_text() -> impl Strategy<Value = String> {
    select(USERS).prop_map(str::to_owned)
}

fn group_text() -> impl Strategy<Value = String> {
    select(GROUPS).prop_map(str::to_owned)
}

fn user() -> impl Strategy<Value = UserName> {
    prop_oneof![
        20 => user_text(),
        1 => select(ILLEGAL).prop_map(str::to_owned),
        1 => Just("x".repeat(81)),
    ]
    .prop_map(UserName::from_stored)
}

fn group() -> impl Strategy<Value = GroupName> {
    prop_oneof![20 => group_text(), 1 => select(ILLEGAL).prop_map(str::to_owned)]
        .prop_map(GroupName::from_stored)
}

fn users() -> impl Strategy<Value = Vec<UserName>> {
    prop::collection::vec(user(), 0..3)
}

fn groups() -> impl Strategy<Value = Vec<GroupName>> {
    prop::collection::vec(group(), 0..3)
}

fn grantee() -> impl Strategy<Value = Grantee> {
    prop_oneof![
        Just(Grantee::Everyone),
        Just(Grantee::Nobody),
        group().prop_map(Grantee::Group),
    ]
}

fn method() -> impl Strategy<Value = Option<MethodName>> {
    option::of(select(&["Start", "Other", ""][..]).prop_map(MethodName::from_stored))
}

fn credential() -> impl Strategy<Value = Option<Credential>> {
    option::of(select(&["digest one", "digest two"][..]).prop_map(Credential::from_stored))
}

pub(crate) fn change() -> impl Strategy<Value = Change> {
    let administrator = select(
        &[
            AdministratorMembership::Member,
            AdministratorMembership::Outside,
        ][..],
    );
    prop_oneof![
        3 => (option::of(user()), method(), groups())
            .prop_map(|(name, startup_method, groups)| Change::AddUser { name, startup_method, groups }),
        1 => (user(), option::of(user())).prop_map(|(user, name)| Change::DuplicateUser { user, name }),
        3 => (user(), user()).prop_map(|(user, name)| Change::RenameUser { user, name }),
        2 => user().prop_map(|user| Change::DeleteUser { user }),
        2 => (user(), credential()).prop_map(|(user, credential)| Change::SetPassword { user, credential }),
        1 => (user(), method()).prop_map(|(user, method)| Change::SetStartupMethod { user, method }),
        3 => (option::of(group()), administrator)
            .prop_map(|(name, administrator)| Change::AddGroup { name, administrator }),
        1 => (group(), option::of(group())).prop_map(|(group, name)| Change::DuplicateGroup { group, name }),
        3 => (group(), group()).prop_map(|(group, name)| Change::RenameGroup { group, name }),
        1 => group().prop_map(|group| Change::EmptyGroup { group }),
        5 => (group(), users(), groups())
            .prop_map(|(group, users, groups)| Change::AddMembers { group, users, groups }),
        3 => (group(), users(), groups())
            .prop_map(|(group, users, groups)| Change::RemoveMembers { group, users, groups }),
        2 => (select(PLUGINS), grantee()).prop_map(|(plugin, grantee)| Change::GrantPlugin {
            plugin: PluginKey::from_stored(plugin),
            grantee,
        }),
        2 => (select(areas()), grantee()).prop_map(|(area, grantee)| Change::GrantArea { area, grantee }),
        1 => option::of(user()).prop_map(|user| Change::SetDefaultUser { user }),
        1 => (select(&WebSide::ALL[..]), option::of(user()))
            .prop_map(|(side, user)| Change::SetWebUser { side, user }),
    ]
}

/// A file to start from, whatever is wrong with it.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    users: Vec<(String, Option<String>)>,
    groups: Vec<(String, Vec<String>, Vec<String>)>,
    design: String,
    barcode: Option<String>,
    default_user: String,
}

pub(crate) fn draft() -> impl Strategy<Value = Draft> {
    let method = option::of(Just("Start".to_owned()));
    let account = (select(&USERS[..9]).prop_map(str::to_owned), method);
    let listed = (
        group_text(),
        prop::collection::vec(user_text(), 0..4),
        prop::collection::vec(group_text(), 0..3),
    );
    let grantee = || prop_oneof![Just("*".to_owned()), Just(String::new()), group_text()];
    (
        prop::collection::vec(account, 0..5),
        prop::collection::vec(listed, 0..5),
        grantee(),
        option::of(grantee()),
        prop_oneof![Just(String::new()), user_text()],
    )
        .prop_map(|(mut users, mut groups, design, barcode, default_user)| {
            // The keys of a JSON object are different texts; twins by case there may be.
            let mut seen = Vec::new();
            users.retain(|(name, _)| {
                !seen.contains(name) && {
                    seen.push(name.clone());
                    true
                }
            });
            let mut seen = Vec::new();
            groups.retain(|(name, ..)| {
                !seen.contains(name) && {
                    seen.push(name.clone());
                    true
                }
            });
            Draft {
                users,
                groups,
                design,
                barcode,
                default_user,
            }
        })
}

impl Draft {
    /// The draft as a reader of files builds it.
    pub(crate) fn directory(&self) -> Directory {
        let mut builder = DirectoryBuilder::new();
        for (name, method) in &self.users {
            let user = builder.user(UserName::from_stored(name.as_str()));
            if let Some(method) = method {
                builder.startup_method(user, MethodName::from_stored(method.as_str()));
            }
        }
        let handles: Vec<_> = self
            .groups
            .iter()
            .map(|(name, ..)| builder.group(GroupName::from_stored(name.as_str())))
            .collect();
        for (handle, (_, users, groups)) in handles.into_iter().zip(&self.groups) {
            let mut members = builder.members_of(handle);
            for user in users {
                members.user(user);
            }
            for group in groups {
                members.group(group);
            }
        }
        builder.grant_area(&AccessArea::Design, &Grantee::parse(&self.design));
        if let Some(barcode) = &self.barcode {
            builder.grant_plugin(&PluginKey::from_stored("barcode"), &Grantee::parse(barcode));
        }
        builder.default_user(&self.default_user);
        builder.finish()
    }

    /// The draft as the model keeps it.
    pub(super) fn file(&self) -> File {
        let mut file = File::new();
        for (name, method) in &self.users {
            file.users.push(Account {
                name: name.clone(),
                method: method.clone(),
                password: None,
            });
        }
        for (name, users, groups) in &self.groups {
            file.groups.push(Listed {
                name: name.clone(),
                users: users.clone(),
                groups: groups.clone(),
            });
        }
        file.areas
            .insert(AccessArea::Design.to_string(), self.design.clone());
        if let Some(barcode) = &self.barcode {
            file.plugins.insert("barcode".to_owned(), barcode.clone());
        }
        file.default_user.clone_from(&self.default_user);
        file
    }
}
