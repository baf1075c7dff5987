//! `settings.4DSettings`: the servers that it publishes, and the numbers of users and groups that were left in it.
//!
//! The file is 4D's own, in XML; it is only read here. Applications that were binary databases once kept who may reach
//! what in it, as numbers. In a project `directory.json` says that, by name, and a number is a position that shifts
//! (decision D9): one that still is there names whoever is at that place today.
//!
//! | attribute, below `preferences/com.4d` | goes with |
//! |---|---|
//! | `interface/developper/@design_acces` | the Design environment |
//! | `interface/user/@default_user` | the Default User |
//! | `web/standalone_server/options/web_passwords/@generic_web_user` | `localGenericWebUser` |
//! | `web/remote/options/web_passwords/@generic_web_user` | `remoteGenericWebUser` |
//! | `sql/access/@data_read_only`, `@data_read_write`, `@full` | the three rights of `DEFAULT_SCHEMA` |
//! | `web/standalone_server/configuration/@publish_at_startup` | the web server is published |
//! | `web/standalone_server/rest/@launch_at_startup` | the REST server is published |
//!
//! For a group 0 means everyone, 1 nobody, and 15001 the first group; for a user 0 means none. All of this was seen in
//! projects; 4D documents none of it. For the SQL server and the application server no attribute is known.

use guichet_core::{
    AccessArea, Directory, Grantee, GroupId, GroupReference, Reference, SchemaName, SqlRight,
    StoredGrantee, UserId, UserReference,
};
use roxmltree::{Document, Node};

use guichet_core::Position;

/// A server that `settings.4DSettings` publishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PublishedServer {
    /// The web server.
    Web,
    /// The REST server.
    Rest,
}

/// A number of a user or a group.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Number {
    meaning: What,
    attribute: &'static str,
    value: i64,
    position: Position,
}

/// What a number says.
#[derive(Clone, Debug, PartialEq, Eq)]
enum What {
    Area(AccessArea),
    DefaultUser,
    LocalWebUser,
    RemoteWebUser,
}

/// A number of a user or a group that says something else than `directory.json`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SettingsLeftover {
    /// The attribute, such as `design_acces`.
    pub attribute: &'static str,
    /// The number.
    pub number: i64,
    /// Who the number means, in words.
    pub means: String,
    /// Who `directory.json` names, in words.
    pub directory_says: String,
    /// Where the attribute stands.
    pub position: Position,
}

/// What a `settings.4DSettings` says of users, groups and servers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SettingsFile {
    numbers: Vec<Number>,
    web: Option<bool>,
    rest: Option<bool>,
}

impl SettingsFile {
    /// Reads the bytes of a `settings.4DSettings`; `None` if they are not XML in UTF-8.
    ///
    /// It is nobody's task here to say what is wrong with that file. Linear.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let document = Document::parse(text.trim_start_matches('\u{feff}')).ok()?;
        let cut = text.len() - document.input_text().len();
        let settings = below(document.root(), &["preferences", "com.4d"]);
        let mut read = Self::default();
        let Some(settings) = settings else {
            return Some(read);
        };
        for (path, attribute, meaning) in numbers() {
            let found = below(settings, path).and_then(|node| node.attribute_node(attribute));
            let Some(found) = found else { continue };
            let Ok(value) = found.value().trim().parse() else {
                continue;
            };
            read.numbers.push(Number {
                meaning,
                attribute,
                value,
                position: Position::new(bytes, found.range().start + cut),
            });
        }
        let server = ["web", "standalone_server"];
        let truth = |element: &str, attribute: &str| {
            let server = below(settings, &server)?;
            match below(server, &[element])?.attribute(attribute)? {
                "true" | "1" => Some(true),
                "false" | "0" => Some(false),
                _ => None,
            }
        };
        read.web = truth("configuration", "publish_at_startup");
        read.rest = truth("rest", "launch_at_startup");
        Some(read)
    }

    /// Returns whether a server is published at startup; none where the file does not say.
    pub(crate) const fn publishes(&self, server: PublishedServer) -> Option<bool> {
        match server {
            PublishedServer::Web => self.web,
            PublishedServer::Rest => self.rest,
        }
    }

    /// Returns every number that says something else than a directory.
    pub(crate) fn leftovers(&self, directory: &Directory) -> Vec<SettingsLeftover> {
        let found = self.numbers.iter().filter_map(|number| {
            let (means, directory_says) = match &number.meaning {
                What::Area(area) => {
                    let (means, says) = (
                        grantee_of(directory, number.value),
                        directory.grants().area(area)?,
                    );
                    if means.as_ref() == Some(says) {
                        return None;
                    }
                    let words = |grantee| grantee_words(directory, grantee);
                    (means.as_ref().map(words), words(says))
                }
                user => {
                    let settings = directory.settings();
                    let says = match user {
                        What::LocalWebUser => settings.local_web_user(),
                        What::RemoteWebUser => settings.remote_web_user(),
                        _ => settings.default_user(),
                    };
                    let means = user_of(directory, number.value);
                    if means.as_ref() == Some(says) {
                        return None;
                    }
                    let words = |user| user_words(directory, user);
                    (means.as_ref().map(words), words(says))
                }
            };
            Some(SettingsLeftover {
                attribute: number.attribute,
                number: number.value,
                means: means.unwrap_or_else(|| "nobody who is there".to_owned()),
                directory_says,
                position: number.position,
            })
        });
        found.collect()
    }
}

/// The attributes with numbers: the elements on the way, the attribute, what it says.
fn numbers() -> [(&'static [&'static str], &'static str, What); 7] {
    let sql = |right| {
        let schema = SchemaName::default_schema();
        What::Area(AccessArea::Sql { schema, right })
    };
    [
        (
            &["interface", "developper"],
            "design_acces",
            What::Area(AccessArea::Design),
        ),
        (&["interface", "user"], "default_user", What::DefaultUser),
        (
            &["web", "standalone_server", "options", "web_passwords"],
            "generic_web_user",
            What::LocalWebUser,
        ),
        (
            &["web", "remote", "options", "web_passwords"],
            "generic_web_user",
            What::RemoteWebUser,
        ),
        (&["sql", "access"], "data_read_only", sql(SqlRight::Read)),
        (&["sql", "access"], "data_read_write", sql(SqlRight::Write)),
        (&["sql", "access"], "full", sql(SqlRight::All)),
    ]
}

/// Returns the first element on a way down.
fn below<'a, 'i>(node: Node<'a, 'i>, path: &[&str]) -> Option<Node<'a, 'i>> {
    path.iter().try_fold(node, |node, name| {
        node.children().find(|child| child.has_tag_name(*name))
    })
}

/// Returns who gets an access by a number; `None` where nobody has that number.
fn grantee_of(directory: &Directory, number: i64) -> Option<StoredGrantee> {
    match number {
        0 => Some(Grantee::Everyone),
        1 => Some(Grantee::Nobody),
        _ => {
            let id = GroupId::new(u32::try_from(number).ok()?).ok()?;
            let group = directory.group_by_id(id)?;
            Some(Grantee::Group(GroupReference::Known(group)))
        }
    }
}

/// Returns the user that a number means; `None` where nobody has that number.
fn user_of(directory: &Directory, number: i64) -> Option<UserReference> {
    if number == 0 {
        return Some(None);
    }
    let id = UserId::new(u32::try_from(number).ok()?).ok()?;
    let user = directory.user_by_id(id)?;
    Some(Some(Reference::Known(user)))
}

fn grantee_words(directory: &Directory, grantee: &StoredGrantee) -> String {
    match (grantee, directory.grantee_by_name(grantee)) {
        (Grantee::Everyone, _) => "everyone".to_owned(),
        (Grantee::Nobody, _) => "nobody".to_owned(),
        (_, named) => format!(
            "the group `{}`",
            guichet_core::visible::escaped(named.as_text())
        ),
    }
}

fn user_words(directory: &Directory, user: &UserReference) -> String {
    let name = match user {
        None => return "no user".to_owned(),
        Some(Reference::Missing(name)) => Some(name),
        Some(Reference::Known(user)) => directory.user(*user).map(guichet_core::User::name),
    };
    let name = name.map_or("", |name| name.as_str());
    format!("the user `{}`", guichet_core::visible::escaped(name))
}
