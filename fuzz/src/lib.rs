//! What the fuzz targets share: edits made of few names, so that they meet.

use guichet_core::{
    AccessArea, AdministratorMembership, BuiltInPlugin, Change, Credential, Directory,
    DirectoryBuilder, Grantee, GroupName, MethodName, PluginKey, RestSide, Rules, SchemaName,
    SqlRight, UserName, WebSide,
};
use libfuzzer_sys::arbitrary::{self, Arbitrary};

/// Names of users: twins by case and by Unicode form, and those of the built-ins.
const USERS: [&str; 8] = [
    "Ann",
    "ANN",
    "Bob",
    "Zo\u{eb}",
    "zoe\u{308}",
    "Designer",
    "Administrator",
    "*",
];

/// Names of groups: the same, and one that no edit may make.
const GROUPS: [&str; 8] = [
    "Devs",
    "devs",
    "Ops",
    "QA",
    "\u{c9}t\u{e9}",
    "Sales",
    "All",
    "longer than 15 characters",
];

/// A user's name by its place among few.
#[derive(Debug, Clone, Copy, Arbitrary)]
pub struct User(u8);

impl User {
    /// Returns the name.
    pub fn name(self) -> UserName {
        UserName::from_stored(USERS[usize::from(self.0) % USERS.len()])
    }
}

/// A group's name by its place among few.
#[derive(Debug, Clone, Copy, Arbitrary)]
pub struct Group(u8);

impl Group {
    /// Returns the name.
    pub fn name(self) -> GroupName {
        GroupName::from_stored(GROUPS[usize::from(self.0) % GROUPS.len()])
    }
}

/// Who is granted something.
#[derive(Debug, Clone, Copy, Arbitrary)]
pub enum To {
    /// Everyone.
    Everyone,
    /// Nobody.
    Nobody,
    /// A group.
    Group(Group),
}

impl To {
    fn grantee(self) -> Grantee {
        match self {
            Self::Everyone => Grantee::Everyone,
            Self::Nobody => Grantee::Nobody,
            Self::Group(group) => Grantee::Group(group.name()),
        }
    }
}

/// One edit.
#[derive(Debug, Clone, Copy, Arbitrary)]
pub enum Edit {
    /// Adds a user, perhaps with a startup method.
    AddUser(User, Option<bool>),
    /// Duplicates a user.
    DuplicateUser(User, User),
    /// Renames a user.
    RenameUser(User, User),
    /// Deletes a user.
    DeleteUser(User),
    /// Sets or removes a stored password.
    Password(User, Option<bool>),
    /// Sets or removes a startup method.
    Method(User, Option<bool>),
    /// Adds a group, with the Administrator or without.
    AddGroup(Group, bool),
    /// Duplicates a group.
    DuplicateGroup(Group, Group),
    /// Renames a group.
    RenameGroup(Group, Group),
    /// Empties a group.
    EmptyGroup(Group),
    /// Places a user in a group.
    PlaceUser(Group, User),
    /// Places a group in a group.
    PlaceGroup(Group, Group),
    /// Takes a user out of a group.
    TakeUser(Group, User),
    /// Takes a group out of a group.
    TakeGroup(Group, Group),
    /// Grants a plug-in.
    Plugin(u8, To),
    /// Grants an area.
    Area(u8, To),
    /// Sets the Default User.
    DefaultUser(Option<User>),
    /// Sets a generic web user.
    WebUser(bool, Option<User>),
}

fn text(choice: bool) -> &'static str {
    if choice { "One" } else { "Two" }
}

fn area(number: u8) -> AccessArea {
    let sql = |right| AccessArea::Sql {
        schema: SchemaName::default_schema(),
        right,
    };
    match number % 7 {
        0 => AccessArea::Design,
        1 => AccessArea::Http,
        2 => AccessArea::Rest(RestSide::Local),
        3 => AccessArea::Rest(RestSide::Remote),
        4 => sql(SqlRight::Read),
        5 => sql(SqlRight::Write),
        _ => sql(SqlRight::All),
    }
}

fn plugin(number: u8) -> PluginKey {
    let plugins = BuiltInPlugin::ALL;
    PluginKey::from_stored(plugins[usize::from(number) % plugins.len()].key())
}

impl Edit {
    /// Returns the edit as a change.
    pub fn change(self) -> Change {
        match self {
            Self::AddUser(user, method) => Change::AddUser {
                name: Some(user.name()),
                startup_method: method.map(|method| MethodName::from_stored(text(method))),
                groups: Vec::new(),
            },
            Self::DuplicateUser(user, name) => Change::DuplicateUser {
                user: user.name(),
                name: Some(name.name()),
            },
            Self::RenameUser(user, name) => Change::RenameUser {
                user: user.name(),
                name: name.name(),
            },
            Self::DeleteUser(user) => Change::DeleteUser { user: user.name() },
            Self::Password(user, password) => Change::SetPassword {
                user: user.name(),
                credential: password.map(|password| Credential::from_stored(text(password))),
            },
            Self::Method(user, method) => Change::SetStartupMethod {
                user: user.name(),
                method: method.map(|method| MethodName::from_stored(text(method))),
            },
            Self::AddGroup(group, administrator) => Change::AddGroup {
                name: Some(group.name()),
                administrator: if administrator {
                    AdministratorMembership::Member
                } else {
                    AdministratorMembership::Outside
                },
            },
            Self::DuplicateGroup(group, name) => Change::DuplicateGroup {
                group: group.name(),
                name: Some(name.name()),
            },
            Self::RenameGroup(group, name) => Change::RenameGroup {
                group: group.name(),
                name: name.name(),
            },
            Self::EmptyGroup(group) => Change::EmptyGroup {
                group: group.name(),
            },
            Self::PlaceUser(group, user) => Change::AddMembers {
                group: group.name(),
                users: vec![user.name()],
                groups: Vec::new(),
            },
            Self::PlaceGroup(group, nested) => Change::AddMembers {
                group: group.name(),
                users: Vec::new(),
                groups: vec![nested.name()],
            },
            Self::TakeUser(group, user) => Change::RemoveMembers {
                group: group.name(),
                users: vec![user.name()],
                groups: Vec::new(),
            },
            Self::TakeGroup(group, nested) => Change::RemoveMembers {
                group: group.name(),
                users: Vec::new(),
                groups: vec![nested.name()],
            },
            Self::Plugin(number, to) => Change::GrantPlugin {
                plugin: plugin(number),
                grantee: to.grantee(),
            },
            Self::Area(number, to) => Change::GrantArea {
                area: area(number),
                grantee: to.grantee(),
            },
            Self::DefaultUser(user) => Change::SetDefaultUser {
                user: user.map(User::name),
            },
            Self::WebUser(local, user) => Change::SetWebUser {
                side: if local {
                    WebSide::Local
                } else {
                    WebSide::Remote
                },
                user: user.map(User::name),
            },
        }
    }
}

/// A file as somebody may have written it by hand: any members, whether they exist or not.
#[derive(Debug, Clone, Arbitrary)]
pub struct Draft {
    designer: Option<User>,
    users: Vec<User>,
    groups: Vec<(Group, Vec<User>, Vec<Group>)>,
    design: To,
    default: Option<User>,
}

impl Draft {
    /// Returns the draft as a reader of files builds it.
    ///
    /// No two users, and no two groups, have exactly the same name: keys of an object are different.
    pub fn directory(&self) -> Directory {
        let mut builder = DirectoryBuilder::new();
        if let Some(user) = self.designer {
            builder.designer(user.name());
        }
        let exists = |directory: &Directory, name: &UserName| {
            directory.users().any(|(_, user)| user.name() == name)
        };
        for user in &self.users {
            if !exists(builder.as_directory(), &user.name()) {
                builder.user(user.name());
            }
        }
        let mut handles = Vec::new();
        for (group, users, nested) in &self.groups {
            let known = builder.as_directory().groups();
            if !known
                .into_iter()
                .any(|(_, one)| *one.name() == group.name())
            {
                handles.push((builder.group(group.name()), users, nested));
            }
        }
        for (handle, users, nested) in handles {
            let mut members = builder.members_of(handle);
            for user in users {
                members.user(user.name().as_str());
            }
            for group in nested {
                members.group(group.name().as_str());
            }
        }
        builder.grant_area(&AccessArea::Design, &self.design.grantee());
        if let Some(user) = self.default {
            builder.default_user(user.name().as_str());
        }
        builder.finish()
    }
}

/// Returns the directory after those of some edits that are not refused.
pub fn edited(directory: &Directory, edits: &[Edit]) -> Directory {
    let mut edited = directory.clone();
    for edit in edits {
        let _ = edited.apply(&[edit.change()], &Rules::default());
    }
    edited
}
