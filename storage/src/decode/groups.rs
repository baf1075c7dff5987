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
    if let Some(twin) = builder.as_directory().find_group(&name) {
        let problem = Problem::TwinGroup {
            group: name.to_string(),
            twin: group_name(builder, twin),
        };
        reader.problem(member.key, &path, problem);
    }
    let group = builder.group(GroupName::stored(name.as_ref()));
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
    let mut members = builder.members_of(group.group);
    let odd = place(
        reader,
        &path,
        list,
        |name| members.user(name),
        || format!("a user in the group `{container}`"),
    );
    for Odd {
        element,
        index,
        name,
        placement,
    } in odd
    {
        let group = container.to_owned();
        let problem = match placement {
            Placement::ByCase(user) => Problem::MemberByCase {
                group,
                member: name,
                name: user_name(builder, user),
            },
            Placement::Exact(_) | Placement::Duplicate(_) => Problem::DuplicateMember {
                group,
                member: name,
            },
            Placement::Missing => Problem::MissingUser { group, user: name },
        };
        reader.problem(element, &path.element(index), problem);
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
    let mut members = builder.members_of(group.group);
    let odd = place(
        reader,
        &path,
        list,
        |name| members.group(name),
        || format!("a group in the group `{container}`"),
    );
    for Odd {
        element,
        index,
        name,
        placement,
    } in odd
    {
        let group = container.to_owned();
        let problem = match placement {
            Placement::ByCase(nested) => Problem::MemberByCase {
                group,
                member: name,
                name: group_name(builder, nested),
            },
            Placement::Exact(_) | Placement::Duplicate(_) => Problem::DuplicateMember {
                group,
                member: name,
            },
            Placement::Missing => Problem::MissingNestedGroup {
                group,
                nested: name,
            },
        };
        reader.problem(element, &path.element(index), problem);
    }
}

/// A member whose name is not exactly that of a user or group, or stands there twice.
struct Odd<'d, H> {
    element: Node<'d>,
    index: usize,
    name: String,
    placement: Placement<H>,
}

/// Places every member of a list, and returns those with something odd about them.
fn place<'d, H>(
    reader: &mut Reader<'d>,
    path: &Path<'_>,
    list: Node<'d>,
    mut place: impl FnMut(&str) -> Placement<H>,
    what: impl Fn() -> String,
) -> Vec<Odd<'d, H>> {
    let mut odd = Vec::new();
    for (index, element) in list.elements().enumerate() {
        let Some(name) = reader.text(element, &path.element(index), &what) else {
            continue;
        };
        let placement = place(&name);
        if !matches!(placement, Placement::Exact(_)) {
            let name = name.into_owned();
            odd.push(Odd {
                element,
                index,
                name,
                placement,
            });
        }
    }
    odd
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
