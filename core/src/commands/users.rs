//! The commands about users.

use std::collections::HashSet;

use crate::actor::Actor;
use crate::change::{Applied, Change, Refusal, Rules};
use crate::credential::Credential;
use crate::directory::Directory;
use crate::id::{GroupHandle, GroupId, UserHandle, UserId};
use crate::name::{GroupName, MethodName, UserName};
use crate::reference::Reference;

use super::{ADD, ADD_FOR_ADMINISTRATOR, FourDError};

/// The synchronised arrays of `GET USER LIST`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UserList {
    /// The names, in the order of the numbers.
    pub names: Vec<UserName>,
    /// The numbers, as many as the names.
    pub numbers: Vec<UserId>,
}

/// Lists the users: `GET USER LIST`.
///
/// # Errors
///
/// [`FourDError::NotEnoughPrivilege`] for others than the Designer and the Administrator.
pub fn get_user_list(directory: &Directory, actor: Actor) -> Result<UserList, FourDError> {
    FourDError::unless_manager(actor)?;
    let users = directory.users();
    let (names, numbers) = users
        .filter_map(|(handle, user)| Some((user.name().clone(), directory.user_id(handle)?)))
        .unzip();
    Ok(UserList { names, numbers })
}

/// What `GET USER PROPERTIES` returns for a user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserProperties {
    /// The name.
    pub name: UserName,
    /// The startup method, or an empty text.
    pub startup: String,
    /// Always empty: 4D returns no password.
    pub password: &'static str,
    /// Always 0: a project does not count logins.
    pub login_count: u32,
    /// Always empty, 4D's `!00-00-00!`: a project keeps no date.
    pub last_login: &'static str,
    /// The numbers of the groups that list the user.
    pub memberships: Vec<GroupId>,
    /// Always 0: a project has no group owners.
    pub group_owner: u32,
}

/// Returns a user's properties: `GET USER PROPERTIES`.
///
/// # Errors
///
/// - [`FourDError::BadUserName`]: no user has the number;
/// - [`FourDError::NotEnoughPrivilege`]: the actor is neither the Designer nor the Administrator.
pub fn get_user_properties(
    directory: &Directory,
    actor: Actor,
    number: i32,
) -> Result<UserProperties, FourDError> {
    FourDError::unless_manager(actor)?;
    let handle = user_by_number(directory, number).ok_or(FourDError::BadUserName)?;
    let user = directory.user(handle).ok_or(FourDError::BadUserName)?;
    let startup = user.startup_method().map(ToString::to_string);
    Ok(UserProperties {
        name: user.name().clone(),
        startup: startup.unwrap_or_default(),
        password: "",
        login_count: 0,
        last_login: "",
        memberships: memberships(directory, handle),
        group_owner: 0,
    })
}

/// The password argument of `Set user properties`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum PasswordArgument {
    /// `"*"`: the stored password stays as it is, byte for byte.
    #[default]
    Keep,
    /// An empty text: no password.
    Remove,
    /// Another password, already made a stored one.
    Set(Credential),
}

/// The arguments of `Set user properties` that count in a project; logins, last login and group
/// owner are ignored there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUserProperties {
    /// The name.
    pub name: UserName,
    /// The startup method; empty for none.
    pub startup: MethodName,
    /// The password.
    pub password: PasswordArgument,
    /// The groups that are to list the user: none given leaves them as they are, an empty list
    /// removes the user from all. A number that no group has is ignored.
    pub memberships: Option<Vec<GroupId>>,
}

/// Adds or changes a user: `Set user properties`.
///
/// The number is [`ADD`], [`ADD_FOR_ADMINISTRATOR`] or a user's. Returns the user's number and what
/// was done; for any other negative number or 0, nothing is done and nothing is returned.
///
/// # Errors
///
/// - [`FourDError::BadUserName`]: no user has the number, or another user has the name, the former
///   one included; nothing is done;
/// - [`FourDError::NotEnoughPrivilege`]: not allowed to the actor of the rules;
/// - [`FourDError::Refused`]: the name is not legal, there are too many users, or another group has
///   the name of one of the groups.
pub fn set_user_properties(
    directory: &mut Directory,
    rules: &Rules<'_>,
    number: i32,
    properties: &NewUserProperties,
) -> Result<Option<(UserId, Applied)>, FourDError> {
    let changes = match number {
        ADD | ADD_FOR_ADMINISTRATOR => additions(directory, properties)?,
        ..=0 => return Ok(None),
        1.. => {
            let user = user_by_number(directory, number).ok_or(FourDError::BadUserName)?;
            updates(directory, user, properties)?
        }
    };
    let applied = directory.apply(&changes, rules)?;
    let user = directory.find_user(properties.name.as_str());
    let number = user.and_then(|user| directory.user_id(user));
    Ok(number.map(|number| (number, applied)))
}

/// Deletes a user: `DELETE USER`. In a project the users after it move up by one number.
///
/// # Errors
///
/// - [`FourDError::BadUserName`]: no user has the number, or the user's name means another one;
/// - [`FourDError::NotEnoughPrivilege`]: not allowed to the actor of the rules;
/// - [`FourDError::Refused`]: the user is built in.
pub fn delete_user(
    directory: &mut Directory,
    rules: &Rules<'_>,
    number: i32,
) -> Result<Applied, FourDError> {
    FourDError::unless_manager(rules.actor)?;
    let user = user_by_number(directory, number).ok_or(FourDError::BadUserName)?;
    let user = name_of_user(directory, user)?;
    Ok(directory.apply(&[Change::DeleteUser { user }], rules)?)
}

/// Returns whether a user was deleted or never was: `Is user deleted`.
///
/// # Errors
///
/// [`FourDError::NotEnoughPrivilege`] for others than the Designer and the Administrator.
pub fn is_user_deleted(
    directory: &Directory,
    actor: Actor,
    number: i32,
) -> Result<bool, FourDError> {
    FourDError::unless_manager(actor)?;
    Ok(user_by_number(directory, number).is_none())
}

/// Returns the number of the Default User, 0 if nobody is: `Get default user`.
pub fn get_default_user(directory: &Directory) -> u32 {
    let user = directory
        .settings()
        .default_user()
        .as_ref()
        .and_then(Reference::known)
        .copied();
    let number = user.and_then(|user| directory.user_id(user));
    number.map_or(0, UserId::get)
}

pub(super) fn user_by_number(directory: &Directory, number: i32) -> Option<UserHandle> {
    let id = UserId::new(u32::try_from(number).ok()?).ok()?;
    directory.user_by_id(id)
}

/// Returns the name by which a change reaches a user, unless it reaches another one.
pub(super) fn name_of_user(
    directory: &Directory,
    user: UserHandle,
) -> Result<UserName, FourDError> {
    let account = directory.user(user).ok_or(FourDError::BadUserName)?;
    if directory.user_is_meant_by_name(user) {
        Ok(account.name().clone())
    } else {
        Err(FourDError::BadUserName)
    }
}

/// As [`name_of_user`], for a group.
pub(super) fn name_of_group(
    directory: &Directory,
    group: GroupHandle,
) -> Result<Option<GroupName>, FourDError> {
    let name = directory.group(group).map(|group| group.name().clone());
    match name {
        Some(existing) if !directory.group_is_meant_by_name(group) => {
            Err(FourDError::Refused(Refusal::GroupNameTaken { existing }))
        }
        name => Ok(name),
    }
}

fn memberships(directory: &Directory, user: UserHandle) -> Vec<GroupId> {
    let groups = directory.groups();
    groups
        .filter(|(_, group)| group.users().contains(&user))
        .filter_map(|(handle, _)| directory.group_id(handle))
        .collect()
}

fn group_names(directory: &Directory, numbers: &[GroupId]) -> Result<Vec<GroupName>, FourDError> {
    let groups = numbers.iter().filter_map(|id| directory.group_by_id(*id));
    let names = groups.map(|group| name_of_group(directory, group));
    names.filter_map(Result::transpose).collect()
}

fn additions(
    directory: &Directory,
    properties: &NewUserProperties,
) -> Result<Vec<Change>, FourDError> {
    let groups = properties.memberships.as_deref().unwrap_or_default();
    let add = Change::AddUser {
        name: Some(properties.name.clone()),
        startup_method: Some(properties.startup.clone()),
        groups: group_names(directory, groups)?,
    };
    let mut changes = vec![add];
    changes.extend(password_change(properties));
    Ok(changes)
}

/// Returns the changes that make a user what it is to be; the first gives it its name, which the
/// others then use.
fn updates(
    directory: &Directory,
    user: UserHandle,
    properties: &NewUserProperties,
) -> Result<Vec<Change>, FourDError> {
    let name = name_of_user(directory, user)?;
    let mut changes = vec![
        Change::RenameUser {
            user: name.clone(),
            name: properties.name.clone(),
        },
        Change::SetStartupMethod {
            user: properties.name.clone(),
            method: Some(properties.startup.clone()),
        },
    ];
    changes.extend(password_change(properties));
    if let Some(wanted) = &properties.memberships {
        let staying: HashSet<GroupId> = wanted.iter().copied().collect();
        let mut left = memberships(directory, user);
        left.retain(|id| !staying.contains(id));
        let member = || vec![properties.name.clone()];
        changes.extend(group_names(directory, &left)?.into_iter().map(|group| {
            Change::RemoveMembers {
                group,
                users: member(),
                groups: Vec::new(),
            }
        }));
        changes.extend(group_names(directory, wanted)?.into_iter().map(|group| {
            Change::AddMembers {
                group,
                users: member(),
                groups: Vec::new(),
            }
        }));
    }
    Ok(changes)
}

fn password_change(properties: &NewUserProperties) -> Option<Change> {
    let credential = match &properties.password {
        PasswordArgument::Keep => return None,
        PasswordArgument::Remove => None,
        PasswordArgument::Set(credential) => Some(credential.clone()),
    };
    Some(Change::SetPassword {
        user: properties.name.clone(),
        credential,
    })
}
