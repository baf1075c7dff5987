//! Where in a document somebody or something of its directory stands: for findings that are about users and groups.

use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Range;
use std::sync::OnceLock;

use guichet_core::identity::same_name;
use guichet_core::{
    AccessArea, Directory, Grantee, GroupHandle, PluginKey, RestSide, SchemaName, UserHandle,
};

use crate::file_keys::{self, same_but_first_letter};
use crate::json::{Document, Member, Node, Pointer};
use crate::located::{Place, SourceFile};
use crate::steps::step;
use guichet_core::Position;

/// A place with the bytes that it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extent {
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
/// use guichet_storage::{DirectoryText, SourceMap};
///
/// let text = DirectoryText::parse(b"{\"users\": {\"Ann\": {}},\n\"groups\": {\"Sales\": {\"users\": [\"Ann\"]}}}".to_vec())?;
/// let places = SourceMap::new(&text.document, &text.directory);
/// let (ann, sales) = (text.directory.find_user("Ann").unwrap(), text.directory.find_group("Sales").unwrap());
///
/// let spot = places.user_in(sales, ann).unwrap();
/// assert_eq!(spot.place.pointer.as_str(), "/groups/Sales/users/0");
/// assert_eq!(spot.place.position.to_string(), "line 2, column 32");
/// assert_eq!(text.document.text().get(spot.span), Some("\"Ann\""));
/// # Ok::<(), guichet_storage::TextError>(())
/// ```
#[derive(Clone, Debug)]
pub struct SourceMap<'d> {
    document: &'d Document,
    directory: &'d Directory,
    /// By the index of the handle.
    users: Vec<Option<Member<'d>>>,
    groups: Vec<Team<'d>>,
    /// The schemas that count.
    schemas: Vec<Member<'d>>,
}

/// A group, and where each member is in its list: found out when it is first asked.
#[derive(Clone, Debug)]
struct Team<'d> {
    member: Member<'d>,
    users: OnceLock<Listed<UserHandle>>,
    groups: OnceLock<Listed<GroupHandle>>,
}

/// The number and the tape index of the element that names somebody first.
type Listed<H> = HashMap<H, (usize, u32)>;

impl<'d> SourceMap<'d> {
    /// Looks every user and group up; linear.
    ///
    /// `directory` must be what [`decode`](crate::decode()) made of the document.
    pub fn new(document: &'d Document, directory: &'d Directory) -> Self {
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
        let built_ins = file_keys::BUILT_INS.iter().map(|one| built_in(one.key));
        let ordinary = users
            .iter()
            .filter(|user| !file_keys::is_built_in(&user.name()))
            .map(|user| Some(*user));
        Self {
            users: built_ins.chain(ordinary).collect(),
            groups: counted("groups")
                .into_iter()
                .map(|member| Team {
                    member,
                    users: OnceLock::new(),
                    groups: OnceLock::new(),
                })
                .collect(),
            schemas: counted("sqlSchemaGranters"),
            document,
            directory,
        }
    }

    /// Returns where a user is defined: its key. None for a built-in user who is missing in the file.
    pub fn user(&self, user: UserHandle) -> Option<Extent> {
        let user = self.users.get(user.index())?.as_ref()?;
        Some(self.spot(user.key, defined("users", user)))
    }

    /// Returns where a group is defined: its key.
    pub fn group(&self, group: GroupHandle) -> Option<Extent> {
        let group = &self.groups.get(group.index())?.member;
        Some(self.spot(group.key, defined("groups", group)))
    }

    /// Returns the stored password of a user.
    pub fn password(&self, user: UserHandle) -> Option<Extent> {
        let user = self.users.get(user.index())?.as_ref()?;
        let pointer = defined("users", user).member("password");
        Some(self.spot(user.value.get("password")?, pointer))
    }

    /// Returns where a group lists a user.
    ///
    /// Linear in the list when the group is first asked, O(1) after that.
    pub fn user_in(&self, group: GroupHandle, user: UserHandle) -> Option<Extent> {
        let team = self.groups.get(group.index())?;
        let find = |name: &str| self.directory.find_user(name);
        let listed = team.users.get_or_init(|| listed(team, "users", find));
        self.member(team, "users", listed, &user)
    }

    /// Returns where a group lists another one.
    ///
    /// Linear in the list when the group is first asked, O(1) after that.
    pub fn group_in(&self, container: GroupHandle, nested: GroupHandle) -> Option<Extent> {
        let team = self.groups.get(container.index())?;
        let find = |name: &str| self.directory.find_group(name);
        let listed = team.groups.get_or_init(|| listed(team, "groups", find));
        self.member(team, "groups", listed, &nested)
    }

    /// Returns who has an access area: the value in the file. None where the file does not say, as for the HTTP server.
    pub fn area(&self, area: &AccessArea) -> Option<Extent> {
        match area {
            AccessArea::Design => self.setting("designAccessGroup"),
            AccessArea::Rest(RestSide::Local) => self.setting("localMobileAccessGroupRW"),
            AccessArea::Rest(RestSide::Remote) => self.setting("remoteMobileAccessGroupRW"),
            AccessArea::Sql { schema, right } => self.schema(schema, area, right.key()),
            AccessArea::Http => None,
        }
    }

    /// Returns who has a plug-in: the value in the file. None where the file does not say.
    pub fn plugin(&self, plugin: &PluginKey) -> Option<Extent> {
        let plugins = self.document.root().get("remoteGranters")?;
        let pointer = Pointer::root().member("remoteGranters");
        let pointer = pointer.member(plugin.as_str());
        Some(self.spot(plugins.get(plugin.as_str())?, pointer))
    }

    /// Returns the value of a setting by its key, in small or capital first letter.
    pub fn setting(&self, key: &str) -> Option<Extent> {
        let settings = self.document.root().get("settings")?;
        let same = |member: &Member<'_>| same_but_first_letter(key, &member.name());
        let found = settings.members().filter(same).last()?;
        Some(self.spot(found.value, defined("settings", &found)))
    }

    /// Returns the bytes of the value or key that begins at a position, such as that of a
    /// [`Problem`](crate::Problem). O(log n).
    pub fn span(&self, position: Position) -> Option<Range<usize>> {
        self.document.node_at_position(position).map(Node::span)
    }

    /// Of several spellings the one that says what counts.
    fn schema(&self, schema: &SchemaName, area: &AccessArea, right: &str) -> Option<Extent> {
        let same = self
            .schemas
            .iter()
            .filter(|member| same_name(&member.name(), schema.as_str()));
        let values = same.filter_map(|member| {
            let pointer = defined("sqlSchemaGranters", member).member(right);
            Some((member.value.get(right)?, pointer))
        });
        let counts = |(value, _): &(Node<'_>, Pointer)| {
            let grantee = value.as_str().map(|text| Grantee::parse(&text));
            let stored = grantee.map(|grantee| self.directory.resolve_grantee(&grantee));
            stored.as_ref() == self.directory.grants().area(area)
        };
        let values: Vec<_> = values.collect();
        let (value, pointer) = values.iter().find(|one| counts(one)).or(values.last())?;
        Some(self.spot(*value, pointer.clone()))
    }

    fn member<H: Eq + Hash>(
        &self,
        team: &Team<'d>,
        list: &str,
        listed: &Listed<H>,
        who: &H,
    ) -> Option<Extent> {
        let (index, element) = *listed.get(who)?;
        let found = self.document.node_at(element)?;
        let pointer = defined("groups", &team.member).member(list).element(index);
        Some(self.spot(found, pointer))
    }

    fn spot(&self, node: Node<'_>, pointer: Pointer) -> Extent {
        let span = node.span();
        Extent {
            place: Place {
                file: SourceFile::Directory,
                position: self.document.position(span.start),
                pointer,
            },
            span,
        }
    }
}

/// Looks up who a list of a group names.
fn listed<H: Eq + Hash>(
    team: &Team<'_>,
    list: &str,
    find: impl Fn(&str) -> Option<H>,
) -> Listed<H> {
    let mut listed = Listed::new();
    let elements = team.member.value.get(list).into_iter();
    for (index, element) in elements.flat_map(Node::elements).enumerate() {
        step();
        if let Some(found) = element.as_str().and_then(|name| find(&name)) {
            listed.entry(found).or_insert((index, element.index()));
        }
    }
    listed
}

/// Returns the address of a member of one of the document's sections.
fn defined(section: &str, member: &Member<'_>) -> Pointer {
    Pointer::root().member(section).member(&member.name())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use std::fmt::Write as _;

    use super::SourceMap;
    use crate::directory_text::DirectoryText;
    use crate::steps::assert_linear;

    /// The places of every membership of one group, as lint asks for them when each is implied by another one.
    #[test]
    fn the_places_of_all_members_of_a_group_take_linear_time() {
        assert_linear(500, |size| {
            let (mut users, mut members) = (String::new(), String::new());
            for user in 0..size {
                write!(users, ", \"u{user}\": {{}}").unwrap();
                write!(members, ", \"u{user}\"").unwrap();
            }
            let text = format!(
                "{{\"users\": {{\"x\": {{}}{users}}}, \"groups\": {{\"All\": {{\"users\": [\"x\"{members}]}}}}}}"
            );
            let text = DirectoryText::parse(text.into_bytes()).unwrap();
            let places = SourceMap::new(&text.document, &text.directory);
            let all = text.directory.find_group("All").unwrap();
            for (user, _) in text.directory.users().skip(2) {
                assert!(places.user_in(all, user).is_some());
            }
        });
    }
}
