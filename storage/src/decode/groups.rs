//! `groups`: the groups, and then their members.

use std::borrow::Cow;

use guichet_core::{DirectoryBuilder, GroupHandle, GroupName, Placement, limits};

use super::path::Path;
use super::problem::Problem;
use super::reader::{Reader, Spelling};
use super::users::user_name;
use crate::json::{Kind, Member, Node};
use crate::keys;

/// A group whose members are still to be read.
#[derive(Debug)]
struct Pending<'d> {
    group: GroupHandle,
    name: Cow<'d, str>,
    users: Option<Node<'d>>,
    groups: Option<Node<'d>>,
}

/// Reads all groups and their members; `None` stands for an absent `groups`. The users must be there already.
pub(super) fn read<'d>(
    reader: &mut Reader<'d>,
    builder: &mut DirectoryBuilder,
    groups: Option<Node<'d>>,
) {
    let path = Path::Root.member("groups");
    let Some(groups) = groups else { return };
    if !reader.expect(groups, &path, Kind::Object, || "`groups`".to_owned()) {
        return;
    }
    if groups.is_empty() {
        reader.problem(groups, &path, Problem::EmptyCollection { key: "groups" });
    }
    builder.reserve(0, groups.len());
    let mut pending = Vec::with_capacity(groups.len());
    for member in reader.members(groups) {
        pending.extend(define(reader, builder, &path, member));
    }
    if pending.len() > limits::GROUPS {
        let problem = Problem::TooMany {
            things: "groups",
            count: pending.len(),
            limit: limits::GROUPS,
        };
        reader.problem(groups, &path, problem);
    }
    for group in &pending {
        let path = path.member(&group.name);
        users_of(reader, builder, &path, group);
        groups_of(reader, builder, &path, group);
    }
}

/// Adds a group without members, so that other groups can name it.
fn define<'d>(
    reader: &mut Reader<'d>,
    builder: &mut DirectoryBuilder,
    groups: &Path<'_>,
    member: Member<'d>,
) -> Option<Pending<'d>> {
    let name = member.name();
    let path = groups.member(&name);
    if !reader.expect(member.value, &path, Kind::Object, || {
        format!("the group `{name}`")
    }) {
        return None;
    }
    let [users, nested] = reader.fields(member.value, &path, &keys::GROUP, Spelling::Exact);
    let length = name.chars().count();
    if length > limits::GROUP_NAME_CHARACTERS {
        let problem = Problem::LongGroupName {
            group: name.to_string(),
            length,
        };
        reader.problem(member.key, &path, problem);
    }
    if name.is_empty() || name == "*" {
        reader.problem(
            member.key,
            &path,
            Problem::UngrantableGroup {
                group: name.to_string(),
            },
        );
    }
    let (group, twin) = builder.group_noting_twin(GroupName::stored(&name));
    reader.has_doubts |= matches!(twin, Placement::Exact(_));
    if let Some(twin) = twin.handle() {
        let problem = Problem::TwinGroup {
            group: name.to_string(),
            twin: group_name(builder, twin),
        };
        reader.problem(member.key, &path, problem);
    }
    let value = |member: Member<'d>| member.value;
    Some(Pending {
        group,
        name,
        users: users.map(value),
        groups: nested.map(value),
    })
}

fn users_of<'d>(
    reader: &mut Reader<'d>,
    builder: &mut DirectoryBuilder,
    path: &Path<'_>,
    group: &Pending<'d>,
) {
    let (path, container) = (path.member("users"), group.name.as_ref());
    let Some(list) = member_list(reader, &path, group.users, "users", container) else {
        return;
    };
    let mut odd = Vec::new();
    let what = || format!("a user in the group `{container}`");
    builder
        .members_of(group.group)
        .users(names(reader, &path, list, what), |listed, placement| {
            if !matches!(placement, Placement::Exact(_)) {
                odd.push((listed, placement));
            }
        });
    for (listed, placement) in odd {
        let member = listed.name.into_owned();
        let group = container.to_owned();
        let problem = match placement {
            Placement::ByCase(user) => Problem::MemberByCase {
                group,
                member,
                name: user_name(builder, user),
            },
            Placement::Exact(_) | Placement::Duplicate(_) => {
                Problem::DuplicateMember { group, member }
            }
            Placement::Missing => Problem::MissingUser {
                group,
                user: member,
            },
        };
        reader.problem(listed.element, &path.element(listed.index), problem);
    }
}

fn groups_of<'d>(
    reader: &mut Reader<'d>,
    builder: &mut DirectoryBuilder,
    path: &Path<'_>,
    group: &Pending<'d>,
) {
    let (path, container) = (path.member("groups"), group.name.as_ref());
    let Some(list) = member_list(reader, &path, group.groups, "groups", container) else {
        return;
    };
    let mut odd = Vec::new();
    let what = || format!("a group in the group `{container}`");
    builder.members_of(group.group).groups(
        names(reader, &path, list, what),
        |listed, placement| {
            if !matches!(placement, Placement::Exact(_)) {
                odd.push((listed, placement));
            }
        },
    );
    for (listed, placement) in odd {
        let member = listed.name.into_owned();
        let group = container.to_owned();
        let problem = match placement {
            Placement::ByCase(nested) => Problem::MemberByCase {
                group,
                member,
                name: group_name(builder, nested),
            },
            Placement::Exact(_) | Placement::Duplicate(_) => {
                Problem::DuplicateMember { group, member }
            }
            Placement::Missing => Problem::MissingNestedGroup {
                group,
                nested: member,
            },
        };
        reader.problem(listed.element, &path.element(listed.index), problem);
    }
}

/// A name in a member list.
struct Listed<'d> {
    element: Node<'d>,
    index: usize,
    name: Cow<'d, str>,
}

impl AsRef<str> for Listed<'_> {
    fn as_ref(&self) -> &str {
        &self.name
    }
}

/// Walks over the names in a member list, and refuses the file where there is something else.
fn names<'d>(
    reader: &mut Reader<'d>,
    path: &Path<'_>,
    list: Node<'d>,
    what: impl Fn() -> String,
) -> impl Iterator<Item = Listed<'d>> {
    let elements = list.elements().enumerate();
    elements.filter_map(move |(index, element)| {
        let name = reader.text(element, &path.element(index), &what)?;
        Some(Listed {
            element,
            index,
            name,
        })
    })
}

/// Returns a member list where it is one.
fn member_list<'d>(
    reader: &mut Reader<'d>,
    path: &Path<'_>,
    list: Option<Node<'d>>,
    key: &'static str,
    group: &str,
) -> Option<Node<'d>> {
    let list = list?;
    if !reader.expect(list, path, Kind::Array, || {
        format!("`{key}` of the group `{group}`")
    }) {
        return None;
    }
    if list.is_empty() {
        reader.problem(list, path, Problem::EmptyCollection { key });
    }
    Some(list)
}

/// Returns the name of a group that is in the directory.
pub(super) fn group_name(builder: &DirectoryBuilder, group: GroupHandle) -> String {
    builder
        .as_directory()
        .group(group)
        .map(|group| group.name().to_string())
        .unwrap_or_default()
}
