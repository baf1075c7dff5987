//! `groups`: the groups, and then their members.

use std::borrow::Cow;
use std::slice;

use guichet_core::{DirectoryBuilder, GroupHandle, GroupName, Placement, limits};

use super::problem::Problem;
use super::reader::{MOST, Reader, Spelling};
use super::users::user_name;
use crate::file_keys;
use crate::json::{Elements, Kind, Member, Node};

/// How many groups have all their users placed before all their groups, so that their text is still at hand.
const NEARBY: usize = 256;

/// A group whose members are still to be read.
#[derive(Clone, Copy, Debug)]
struct Pending {
    group: GroupHandle,
    /// The tape index of its name.
    name: u32,
    /// The tape indexes of its lists.
    users: Option<u32>,
    groups: Option<u32>,
}

impl Pending {
    /// Returns the name of the group.
    fn name<'d>(&self, reader: &Reader<'d>) -> Cow<'d, str> {
        let name = reader.document.node_at(self.name).and_then(Node::as_str);
        name.unwrap_or_default()
    }

    /// Returns a list of the group, where it is in the file.
    fn list<'d>(&self, reader: &Reader<'d>, list: List) -> Option<Node<'d>> {
        let index = match list {
            List::Users => self.users,
            List::Groups => self.groups,
        };
        reader.document.node_at(index?)
    }
}

/// Reads all groups and their members; `None` stands for an absent `groups`. The users must be there already.
pub(super) fn read<'d>(
    reader: &mut Reader<'d>,
    builder: &mut DirectoryBuilder,
    groups: Option<Node<'d>>,
) {
    let Some(groups) = groups else { return };
    if !reader.expect(groups, Kind::Object, || "`groups`".to_owned()) {
        return;
    }
    if groups.is_empty() {
        reader.problem(groups, Problem::EmptyCollection { key: "groups" });
    }
    builder.reserve(0, groups.len());
    let mut pending = Vec::with_capacity(groups.len());
    for member in reader.members(groups) {
        if reader.gives_up() {
            return;
        }
        pending.extend(define(reader, builder, member));
    }
    if pending.len() > limits::GROUPS {
        let problem = Problem::TooMany {
            things: "groups",
            count: pending.len(),
            limit: limits::GROUPS,
        };
        reader.problem(groups, problem);
    }
    for pending in pending.chunks(NEARBY) {
        place_users(reader, builder, pending);
        place_groups(reader, builder, pending);
    }
}

/// Adds a group without members, so that other groups can name it.
fn define<'d>(
    reader: &mut Reader<'d>,
    builder: &mut DirectoryBuilder,
    member: Member<'d>,
) -> Option<Pending> {
    let name = member.name();
    if !reader.expect(member.value, Kind::Object, || format!("the group `{name}`")) {
        return None;
    }
    let [users, nested] = reader.fields(member.value, &file_keys::GROUP, Spelling::Exact);
    let length = name.chars().count();
    if length > limits::GROUP_NAME_CHARACTERS {
        let problem = Problem::LongGroupName {
            group: name.to_string(),
            length,
        };
        reader.problem(member.key, problem);
    }
    if name.is_empty() || name == "*" {
        let group = name.to_string();
        reader.problem(member.key, Problem::UngrantableGroup { group });
    }
    let (group, twin) = builder.group_noting_twin(GroupName::from_stored(&name));
    if matches!(twin, Placement::Exact(_)) {
        reader.doubt();
    }
    if let Some(twin) = twin.handle() {
        let problem = Problem::TwinGroup {
            group: name.to_string(),
            twin: group_name(builder, twin),
        };
        reader.problem(member.key, problem);
    }
    let index = |list: Member<'_>| list.value.index();
    Some(Pending {
        group,
        name: member.key.index(),
        users: users.map(index),
        groups: nested.map(index),
    })
}

/// Places the users that the groups list.
fn place_users(reader: &mut Reader<'_>, builder: &mut DirectoryBuilder, groups: &[Pending]) {
    let mut odd = OddMembers(Vec::new());
    let names = Names::new(reader, groups, List::Users);
    builder.place_users(names, |group, listed, placement| {
        odd.note(group, listed, placement);
    });
    odd.report(reader, builder, user_name, |group, user| {
        Problem::MissingUser { group, user }
    });
}

/// Places the groups that the groups list.
fn place_groups(reader: &mut Reader<'_>, builder: &mut DirectoryBuilder, groups: &[Pending]) {
    let mut odd = OddMembers(Vec::new());
    let names = Names::new(reader, groups, List::Groups);
    builder.place_groups(names, |group, listed, placement| {
        odd.note(group, listed, placement);
    });
    odd.report(reader, builder, group_name, |group, nested| {
        Problem::MissingNestedGroup { group, nested }
    });
}

/// The members that are not simply there by their name, the first [`MOST`] of them.
struct OddMembers<'d, H>(Vec<(GroupHandle, Listed<'d>, Placement<H>)>);

impl<'d, H> OddMembers<'d, H> {
    fn note(&mut self, group: GroupHandle, listed: Listed<'d>, placement: Placement<H>) {
        if !matches!(placement, Placement::Exact(_)) && self.0.len() < MOST {
            self.0.push((group, listed, placement));
        }
    }

    /// Says what is odd: `called` is the name of a member, `missing` what to say if nobody has it.
    fn report(
        self,
        reader: &mut Reader<'_>,
        builder: &DirectoryBuilder,
        called: impl Fn(&DirectoryBuilder, H) -> String,
        missing: impl Fn(String, String) -> Problem,
    ) {
        for (group, Listed { element, name }, placement) in self.0 {
            let group = group_name(builder, group);
            let member = name.into_owned();
            let problem = match placement {
                Placement::ByCase(found) => Problem::MemberByCase {
                    group,
                    member,
                    name: called(builder, found),
                },
                Placement::Exact(_) | Placement::Duplicate(_) => {
                    Problem::DuplicateMember { group, member }
                }
                Placement::Missing => missing(group, member),
            };
            reader.problem(element, problem);
        }
    }
}

/// One of the two member lists of a group.
#[derive(Clone, Copy, Debug)]
enum List {
    Users,
    Groups,
}

impl List {
    /// Returns the key of the list in the file.
    const fn key(self) -> &'static str {
        match self {
            Self::Users => "users",
            Self::Groups => "groups",
        }
    }

    /// Returns what a member is, in words.
    const fn member(self) -> &'static str {
        match self {
            Self::Users => "a user",
            Self::Groups => "a group",
        }
    }
}

/// A name in a member list.
#[derive(Debug)]
struct Listed<'d> {
    element: Node<'d>,
    name: Cow<'d, str>,
}

impl AsRef<str> for Listed<'_> {
    fn as_ref(&self) -> &str {
        &self.name
    }
}

/// The names in one list of each group, in the order of the text; whatever else is there refuses the file.
struct Names<'r, 'p, 'd> {
    reader: &'r mut Reader<'d>,
    groups: slice::Iter<'p, Pending>,
    list: List,
    open: Option<(Pending, Elements<'d>)>,
}

impl<'r, 'p, 'd> Names<'r, 'p, 'd> {
    fn new(reader: &'r mut Reader<'d>, groups: &'p [Pending], list: List) -> Self {
        Self {
            reader,
            groups: groups.iter(),
            list,
            open: None,
        }
    }

    /// Returns the elements of the list of a group, where it has some.
    fn elements(&mut self, group: Pending) -> Option<Elements<'d>> {
        let list = group.list(self.reader, self.list)?;
        if list.kind() == Kind::Array && !list.is_empty() {
            return Some(list.elements());
        }
        let (key, name) = (self.list.key(), group.name(self.reader));
        let what = || format!("`{key}` of the group `{name}`");
        if self.reader.expect(list, Kind::Array, what) {
            self.reader.problem(list, Problem::EmptyCollection { key });
        }
        None
    }

    /// Refuses the file because of an element that is no string.
    #[cold]
    fn refuse(&mut self, group: Pending, element: Node<'d>) {
        let group = group.name(self.reader);
        let what = || format!("{} in the group `{group}`", self.list.member());
        self.reader.expect(element, Kind::String, what);
    }
}

impl<'d> Iterator for Names<'_, '_, 'd> {
    type Item = (GroupHandle, Listed<'d>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let Some((group, elements)) = &mut self.open else {
                let group = *self.groups.next()?;
                self.open = self.elements(group).map(|elements| (group, elements));
                continue;
            };
            let group = *group;
            let Some(element) = elements.next() else {
                self.open = None;
                continue;
            };
            let Some(name) = element.as_str() else {
                self.refuse(group, element);
                continue;
            };
            return Some((group.group, Listed { element, name }));
        }
    }
}

/// Returns the name of a group that is in the directory.
pub(super) fn group_name(builder: &DirectoryBuilder, group: GroupHandle) -> String {
    builder
        .as_directory()
        .group(group)
        .map(|group| group.name().to_string())
        .unwrap_or_default()
}
