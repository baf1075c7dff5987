//! Random changes that fit a directory: they name users and groups that are there, most of the time.

use guichet_core::{
    AccessArea, AdministratorMembership, Change, Credential, Directory, Grantee, GroupName,
    MethodName, PluginKey, RestSide, Rules, SchemaName, SqlRight, UserName, WebSide,
};
use guichet_storage::{DirectoryText, encode};
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// A change whose users and groups are not chosen yet.
#[derive(Clone, Debug)]
pub(crate) struct Idea {
    kind: u8,
    who: [Index; 3],
    what: [Index; 3],
    name: String,
}

pub(crate) fn idea() -> impl Strategy<Value = Idea> {
    let name = prop_oneof![
        8 => "[A-Za-z0-9é ]{1,9}".prop_map(|text| format!("{text}x")),
        2 => select(&["Ghost Writer", "Nobody", "q\"uo\\te", "Équipe", "😀", "New user1", "Sales", "sales", "LIA MOOR"][..])
            .prop_map(str::to_owned),
    ];
    (
        0..Idea::KINDS,
        any::<[Index; 3]>(),
        any::<[Index; 3]>(),
        name,
    )
        .prop_map(|(kind, who, what, name)| Idea {
            kind,
            who,
            what,
            name,
        })
}

/// Applies what can be applied of a sequence.
pub(crate) fn edited(directory: &Directory, ideas: &[Idea]) -> Directory {
    let mut after = directory.clone();
    for idea in ideas {
        let change = idea.change(&after);
        let _refused = after.apply(&[change], &Rules::default());
    }
    after
}

/// A text after the same; none where a file cannot say it.
pub(crate) fn edited_text(text: &DirectoryText, ideas: &[Idea]) -> Option<DirectoryText> {
    let after = edited(&text.directory, ideas);
    let patch = encode(&text.document, &text.directory, &after).ok()?;
    let bytes = patch.apply(text.document.text()).unwrap().into_bytes();
    Some(DirectoryText::parse(bytes).unwrap())
}

const DIGESTS: [&str; 2] = [
    "r0z/2g0H3wUsWfuzy66adw==",
    "$2b$10$kDmGbtoQTzsXnyHWwReaPIvXkS0xbTjsuOqdLUcEZmXwYPv3kQ2aa",
];

impl Idea {
    /// How many kinds of ideas there are.
    pub(crate) const KINDS: u8 = 18;

    /// The same with another kind of change.
    pub(crate) fn of_kind(self, kind: u8) -> Self {
        Self { kind, ..self }
    }

    /// Chooses among the users and groups of a directory.
    pub(crate) fn change(&self, directory: &Directory) -> Change {
        match self.kind {
            0..=6 => self.user_change(directory),
            7..=13 => self.group_change(directory),
            _ => self.grant(directory),
        }
    }

    fn user(&self, directory: &Directory, which: usize) -> UserName {
        let users: Vec<_> = directory
            .users()
            .map(|(_, user)| user.name().clone())
            .collect();
        self.who[which].get(&users).clone()
    }

    fn group(&self, directory: &Directory, which: usize) -> GroupName {
        let groups: Vec<_> = directory
            .groups()
            .map(|(_, group)| group.name().clone())
            .collect();
        if groups.is_empty() {
            return GroupName::from_stored("none");
        }
        self.what[which].get(&groups).clone()
    }

    fn user_change(&self, directory: &Directory) -> Change {
        let user = self.user(directory, 0);
        let name = UserName::from_stored(self.name.as_str());
        let coin = self.what[2].index(2) == 0;
        match self.kind {
            0 => Change::AddUser {
                name: Some(name),
                startup_method: coin.then(|| MethodName::from_stored("Start \"up\"")),
                groups: directory
                    .groups()
                    .next()
                    .map(|_| self.group(directory, 0))
                    .into_iter()
                    .collect(),
            },
            1 => Change::DuplicateUser { user, name: None },
            2 | 3 => Change::RenameUser { user, name },
            4 => Change::DeleteUser { user },
            5 => Change::SetPassword {
                user,
                credential: [None, Some(DIGESTS[0]), Some(DIGESTS[1])][self.what[1].index(3)]
                    .map(Credential::from_stored),
            },
            _ => Change::SetStartupMethod {
                user,
                method: coin.then(|| MethodName::from_stored(self.name.as_str())),
            },
        }
    }

    fn group_change(&self, directory: &Directory) -> Change {
        let group = self.group(directory, 0);
        let name = GroupName::from_stored(self.name.as_str());
        match self.kind {
            7 => Change::AddGroup {
                name: Some(name),
                administrator: match self.what[2].index(2) {
                    0 => AdministratorMembership::Member,
                    _ => AdministratorMembership::Outside,
                },
            },
            8 => Change::DuplicateGroup { group, name: None },
            9 | 10 => Change::RenameGroup { group, name },
            11 => Change::EmptyGroup { group },
            12 => Change::AddMembers {
                group,
                users: vec![self.user(directory, 1), self.user(directory, 2)],
                groups: vec![self.group(directory, 1)],
            },
            _ => {
                let held = directory
                    .find_group(group.as_str())
                    .and_then(|found| directory.group(found));
                let user = held
                    .and_then(|held| held.users().first())
                    .and_then(|user| directory.user(*user));
                let nested = held
                    .and_then(|held| held.groups().last())
                    .and_then(|nested| directory.group(*nested));
                Change::RemoveMembers {
                    group,
                    users: user.map(|user| user.name().clone()).into_iter().collect(),
                    groups: nested
                        .map(|nested| nested.name().clone())
                        .into_iter()
                        .collect(),
                }
            }
        }
    }

    fn grant(&self, directory: &Directory) -> Change {
        let [one, _, three] = self.what;
        let grantee = match three.index(4) {
            0 => Grantee::Everyone,
            1 => Grantee::Nobody,
            _ => Grantee::Group(self.group(directory, 1)),
        };
        let user = (three.index(3) > 0).then(|| self.user(directory, 0));
        match self.kind {
            14 => Change::GrantPlugin {
                plugin: PluginKey::from_stored(*one.get(&["web", "write", "odbcPro", "barcode"])),
                grantee,
            },
            15 => {
                let sql = |right| AccessArea::Sql {
                    schema: SchemaName::default_schema(),
                    right,
                };
                let areas = [
                    AccessArea::Design,
                    AccessArea::Http,
                    AccessArea::Rest(RestSide::Local),
                    AccessArea::Rest(RestSide::Remote),
                    sql(SqlRight::Read),
                    sql(SqlRight::All),
                ];
                Change::GrantArea {
                    area: one.get(&areas).clone(),
                    grantee,
                }
            }
            16 => Change::SetDefaultUser { user },
            _ => Change::SetWebUser {
                side: if one.index(2) == 0 {
                    WebSide::Local
                } else {
                    WebSide::Remote
                },
                user,
            },
        }
    }
}
