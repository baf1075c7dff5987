//! The commands about groups.

use std::collections::HashSet;

use crate::actor::Actor;
use crate::change::{AdministratorMembership, Applied, Change, Rules};
use crate::directory::Directory;
use crate::id::{GroupHandle, GroupId, UserId};
use crate::membership::Membership;
use crate::name::{GroupName, UserName};

use super::users::{name_of_group, name_of_user};
use super::{ADD, ADD_FOR_ADMINISTRATOR, FourDError};

/// The synchronised arrays of `GET GROUP LIST`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GroupList {
    /// The names, in the order of the numbers.
    pub names: Vec<GroupName>,
    /// The numbers, from 15001, as many as the names.
    pub numbers: Vec<GroupId>,
}

/// Lists the groups: `GET GROUP LIST`.
///
/// # Errors
///
/// [`FourDError::NotEnoughPrivilege`] for others than the Designer and the Administrator.
pub fn get_group_list(directory: &Directory, actor: Actor) -> Result<GroupList, FourDError> {
    FourDError::unless_manager(actor)?;
    let groups = directory.groups();
    let (names, numbers) = groups
        .filter_map(|(handle, group)| Some((group.name().clone(), directory.group_id(handle)?)))
        .unzip();
    Ok(GroupList { names, numbers })
}

/// The number of a member, a user or a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MemberNumber {
    /// A user's.
    User(UserId),
    /// A group's.
    Group(GroupId),
}

/// What `GET GROUP PROPERTIES` returns for a group; for no group, everything is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GroupProperties {
    /// The name, or an empty text.
    pub name: String,
    /// Always 0: a project has no group owners.
    pub owner: u32,
    /// The users and groups that the group lists, users first.
    pub members: Vec<MemberNumber>,
}

/// Returns a group's properties: `GET GROUP PROPERTIES`. Empty ones for a number that no group has.
///
/// # Errors
///
/// [`FourDError::NotEnoughPrivilege`] for others than the Designer and the Administrator.
pub fn get_group_properties(
    directory: &Directory,
    actor: Actor,
    number: i32,
) -> Result<GroupProperties, FourDError> {
    FourDError::unless_manager(actor)?;
    let handle = group_by_number(directory, number);
    let Some(group) = handle.and_then(|handle| directory.group(handle)) else {
        return Ok(GroupProperties::default());
    };
    let users = group.users().iter();
    let users = users.filter_map(|user| directory.user_id(*user).map(MemberNumber::User));
    let groups = group.groups().iter();
    let groups = groups.filter_map(|nested| directory.group_id(*nested).map(MemberNumber::Group));
    Ok(GroupProperties {
        name: group.name().to_string(),
        owner: 0,
        members: users.chain(groups).collect(),
    })
}

/// The arguments of `Set group properties` that count in a project; the owner is ignored there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewGroupProperties {
    /// The name.
    pub name: GroupName,
    /// The whole list of members: none given leaves it as it is (a new group has none, not even
    /// the Administrator), an empty one empties the group. A number that nobody has is ignored.
    pub members: Option<Vec<MemberNumber>>,
}

/// Adds or changes a group: `Set group properties`.
///
/// The number is [`ADD`], [`ADD_FOR_ADMINISTRATOR`] or a group's. Returns the group's number and
/// what was done; for any other number nothing is done and nothing is returned.
///
/// # Errors
///
/// - [`FourDError::NotEnoughPrivilege`]: not allowed to the actor of the rules;
/// - [`FourDError::BadUserName`]: the name of a member means another user;
/// - [`FourDError::Refused`]: the name is not legal or another group's, the former one included, a
///   member would close a cycle, or there are too many groups.
pub fn set_group_properties(
    directory: &mut Directory,
    rules: &Rules<'_>,
    number: i32,
    properties: &NewGroupProperties,
) -> Result<Option<(GroupId, Applied)>, FourDError> {
    let changes = match number {
        ADD | ADD_FOR_ADMINISTRATOR => additions(directory, properties)?,
        _ => {
            let Some(group) = group_by_number(directory, number) else {
                return Ok(None);
            };
            updates(directory, group, properties)?
        }
    };
    let applied = directory.apply(&changes, rules)?;
    let group = directory.find_group(properties.name.as_str());
    let number = group.and_then(|group| directory.group_id(group));
    Ok(number.map(|number| (number, applied)))
}

/// Returns whether an account is an effective member of a group: `User in group`.
///
/// Both are names, of the account and not of its alias; a name that nobody has is in no group.
/// Through nested groups too (decision D19), which the caller's [`Membership`] knows.
pub fn user_in_group(
    directory: &Directory,
    membership: &impl Membership,
    user: &str,
    group: &str,
) -> bool {
    let user = directory.find_user(user);
    let group = directory.find_group(group);
    user.zip(group)
        .is_some_and(|(user, group)| membership.is_member(user, group))
}

fn group_by_number(directory: &Directory, number: i32) -> Option<GroupHandle> {
    let id = GroupId::new(u32::try_from(number).ok()?).ok()?;
    directory.group_by_id(id)
}

fn additions(
    directory: &Directory,
    properties: &NewGroupProperties,
) -> Result<Vec<Change>, FourDError> {
    let add = Change::AddGroup {
        name: Some(properties.name.clone()),
        administrator: AdministratorMembership::Outside,
    };
    let members = properties.members.as_deref().unwrap_or_default();
    Ok(vec![add, place(directory, &properties.name, members)?])
}

/// Returns the changes that make a group what it is to be. Members come before the name, so that a
/// group that is to be in itself is refused as such.
fn updates(
    directory: &Directory,
    group: GroupHandle,
    properties: &NewGroupProperties,
) -> Result<Vec<Change>, FourDError> {
    let name = name_of_group(directory, group)?;
    let Some((name, group)) = name.zip(directory.group(group)) else {
        return Ok(Vec::new());
    };
    let rename = Change::RenameGroup {
        group: name.clone(),
        name: properties.name.clone(),
    };
    let Some(wanted) = &properties.members else {
        return Ok(vec![rename]);
    };
    let staying: HashSet<MemberNumber> = wanted.iter().copied().collect();
    let stays = |number: Option<MemberNumber>| number.is_some_and(|one| staying.contains(&one));
    let users = group.users().iter();
    let users = users.filter(|user| !stays(directory.user_id(**user).map(MemberNumber::User)));
    let users = users.map(|user| name_of_user(directory, *user));
    let users: Vec<UserName> = users.collect::<Result<_, _>>()?;
    let groups = group.groups().iter();
    let groups = groups.filter(|one| !stays(directory.group_id(**one).map(MemberNumber::Group)));
    let groups = groups.map(|nested| name_of_group(directory, *nested));
    let groups: Vec<GroupName> = groups
        .filter_map(Result::transpose)
        .collect::<Result<_, _>>()?;
    let missing_users = group.missing_users().iter().cloned();
    let missing_groups = group.missing_groups().iter().cloned();
    let leave = Change::RemoveMembers {
        group: name.clone(),
        users: users.into_iter().chain(missing_users).collect(),
        groups: groups.into_iter().chain(missing_groups).collect(),
    };
    Ok(vec![leave, place(directory, &name, wanted)?, rename])
}

fn place(
    directory: &Directory,
    group: &GroupName,
    members: &[MemberNumber],
) -> Result<Change, FourDError> {
    let mut users = Vec::new();
    let mut groups = Vec::new();
    for member in members {
        match member {
            MemberNumber::User(id) => {
                if let Some(user) = directory.user_by_id(*id) {
                    users.push(name_of_user(directory, user)?);
                }
            }
            MemberNumber::Group(id) => {
                if let Some(nested) = directory.group_by_id(*id) {
                    groups.extend(name_of_group(directory, nested)?);
                }
            }
        }
    }
    Ok(Change::AddMembers {
        group: group.clone(),
        users,
        groups,
    })
}
