//! Where in a document somebody or something of its directory stands: for findings that are about users and groups.

use std::ops::Range;

use guichet_core::identity::same_name;
use guichet_core::{
    AccessArea, Directory, GroupHandle, PluginKey, RestSide, SchemaName, UserHandle,
};

use crate::json::{Document, Member, Node, Pointer, Position};
use crate::keys::{self, same_but_first_letter};
use crate::place::{Place, SourceFile};

/// A place with the bytes that it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The place.
    pub place: Place,
    /// The bytes of the text, quotation marks and brackets included.
    pub span: Range<usize>,
}

/// The users and groups of a document, found by their handles.
///
/// # Examples
///
/// ```
/// use guichet_storage::places::Places;
/// use guichet_storage::text::DirectoryText;
///
/// let text = DirectoryText::parse(b"{\"users\": {\"Ann\": {}},\n\"groups\": {\"Sales\": {\"users\": [\"Ann\"]}}}".to_vec())?;
/// let places = Places::of(&text.document, &text.directory);
/// let (ann, sales) = (text.directory.find_user("Ann").unwrap(), text.directory.find_group("Sales").unwrap());
///
/// let spot = places.user_in(sales, ann).unwrap();
/// assert_eq!(spot.place.pointer.as_str(), "/groups/Sales/users/0");
/// assert_eq!(spot.place.position.to_string(), "line 2, column 32");
/// assert_eq!(text.document.text().get(spot.span), Some("\"Ann\""));
/// # Ok::<(), guichet_storage::text::TextError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Places<'d> {
    document: &'d Document,
    directory: &'d Directory,
    /// By the index of the handle.
    users: Vec<Option<Member<'d>>>,
    groups: Vec<Member<'d>>,
}

impl<'d> Places<'d> {
    /// Looks every user and group up; linear.
    ///
    /// `directory` must be what [`decode`](crate::decode::decode) made of the document.
    pub fn of(document: &'d Document, directory: &'d Directory) -> Self {
        let overridden = document.overridden_keys();
        let counted = |section: &str| -> Vec<Member<'d>> {
            let members = document.root().get(section).into_iter();
            members
                .flat_map(Node::members)
                .filter(|member| overridden.binary_search(&member.key.index()).is_err())
                .collect()
        };
        let users = counted("users");
        let built_in = |key: &str| users.iter().find(|user| user.name() == key).copied();
        let built_ins = keys::BUILT_INS.iter().map(|one| built_in(one.key));
        let ordinary = users
            .iter()
            .filter(|user| !keys::is_built_in(&user.name()))
            .map(|user| Some(*user));
        Self {
            users: built_ins.chain(ordinary).collect(),
            groups: counted("groups"),
            document,
            directory,
        }
    }

    /// Returns where a user is defined: its key. None for a built-in user who is missing in the file.
    pub fn user(&self, user: UserHandle) -> Option<Spot> {
        let user = self.users.get(user.index())?.as_ref()?;
        Some(self.spot(user.key, defined("users", user)))
    }

    /// Returns where a group is defined: its key.
    pub fn group(&self, group: GroupHandle) -> Option<Spot> {
        let group = self.groups.get(group.index())?;
        Some(self.spot(group.key, defined("groups", group)))
    }

    /// Returns the stored password of a user.
    pub fn password(&self, user: UserHandle) -> Option<Spot> {
        let user = self.users.get(user.index())?.as_ref()?;
        let pointer = defined("users", user).member("password");
        Some(self.spot(user.value.get("password")?, pointer))
    }

    /// Returns where a group lists a user. Linear in the list.
    pub fn user_in(&self, group: GroupHandle, user: UserHandle) -> Option<Spot> {
        self.member(group, "users", |name| {
            self.directory.find_user(name) == Some(user)
        })
    }

    /// Returns where a group lists another one. Linear in the list.
    pub fn group_in(&self, container: GroupHandle, nested: GroupHandle) -> Option<Spot> {
        self.member(container, "groups", |name| {
            self.directory.find_group(name) == Some(nested)
        })
    }

    /// Returns who has an access area: the value in the file. None where the file does not say, as for the HTTP server.
    pub fn area(&self, area: &AccessArea) -> Option<Spot> {
        match area {
            AccessArea::Design => self.setting("designAccessGroup"),
            AccessArea::Rest(RestSide::Local) => self.setting("localMobileAccessGroupRW"),
            AccessArea::Rest(RestSide::Remote) => self.setting("remoteMobileAccessGroupRW"),
            AccessArea::Sql { schema, right } => self.schema(schema, right.key()),
            AccessArea::Http => None,
        }
    }

    /// Returns who has a plug-in: the value in the file. None where the file does not say.
    pub fn plugin(&self, plugin: &PluginKey) -> Option<Spot> {
        let plugins = self.document.root().get("remoteGranters")?;
        let pointer = Pointer::root().member("remoteGranters");
        let pointer = pointer.member(plugin.as_str());
        Some(self.spot(plugins.get(plugin.as_str())?, pointer))
    }

    /// Returns the value of a setting by its key, in small or capital first letter.
    pub fn setting(&self, key: &str) -> Option<Spot> {
        let settings = self.document.root().get("settings")?;
        let same = |member: &Member<'_>| same_but_first_letter(key, &member.name());
        let found = settings.members().filter(same).last()?;
        Some(self.spot(found.value, defined("settings", &found)))
    }

    /// Returns the bytes of the value or key that begins at a position, such as that of a
    /// [`Problem`](crate::decode::Problem). O(log n).
    pub fn span(&self, position: Position) -> Option<Range<usize>> {
        self.document.node_at_position(position).map(Node::span)
    }

    fn schema(&self, schema: &SchemaName, right: &str) -> Option<Spot> {
        let schemas = self.document.root().get("sqlSchemaGranters")?;
        let same = schemas
            .members()
            .filter(|member| same_name(&member.name(), schema.as_str()));
        let values = same.filter_map(|member| {
            let pointer = defined("sqlSchemaGranters", &member).member(right);
            Some((member.value.get(right)?, pointer))
        });
        let (value, pointer) = values.last()?;
        Some(self.spot(value, pointer))
    }

    fn member(&self, group: GroupHandle, list: &str, is_it: impl Fn(&str) -> bool) -> Option<Spot> {
        let group = self.groups.get(group.index())?;
        let mut names = group.value.get(list)?.elements().enumerate();
        let (index, found) =
            names.find(|(_, name)| name.as_str().is_some_and(|name| is_it(&name)))?;
        let pointer = defined("groups", group).member(list).element(index);
        Some(self.spot(found, pointer))
    }

    fn spot(&self, node: Node<'_>, pointer: Pointer) -> Spot {
        let span = node.span();
        Spot {
            place: Place {
                file: SourceFile::Directory,
                position: self.document.position(span.start),
                pointer,
            },
            span,
        }
    }
}

/// Returns the address of a member of one of the document's sections.
fn defined(section: &str, member: &Member<'_>) -> Pointer {
    Pointer::root().member(section).member(&member.name())
}
