//! How a file refers to users and groups: by name, so some of them it cannot refer to.

use std::collections::HashMap;

use guichet_core::{
    Directory, Grantee, GroupReference, Reference, StoredGrantee, UserHandle, UserName,
    UserReference,
};

use super::error::EncodeError;
use super::whole;

/// Walks over the users whose name means another one in a file: an earlier one is called exactly so.
///
/// Built-in users have their names from an alias, which an ordinary user may have as a key. Linear.
pub(crate) fn hidden_users(directory: &Directory) -> impl Iterator<Item = (UserHandle, &UserName)> {
    let users = directory.users().map(|(user, one)| (user, one.name()));
    users.filter(|(user, name)| directory.find_user(name.as_str()) != Some(*user))
}

/// Refuses a directory that refers to a user whose name means another one in a file.
///
/// Linear in the users, and in the memberships where there are such users.
///
/// # Errors
///
/// [`EncodeError::AmbiguousUser`].
pub(super) fn check_unambiguous(directory: &Directory) -> Result<(), EncodeError> {
    let hidden: HashMap<UserHandle, &UserName> = hidden_users(directory).collect();
    if hidden.is_empty() {
        return Ok(());
    }
    let members = directory.groups().flat_map(|(_, group)| group.users());
    let in_settings = directory.settings().references().into_iter();
    let in_settings = in_settings.flatten().filter_map(Reference::known);
    let mut referred = members.chain(in_settings);
    match referred.find_map(|user| hidden.get(user)) {
        Some(name) => Err(EncodeError::AmbiguousUser {
            name: name.to_string(),
        }),
        None => Ok(()),
    }
}

/// Returns the text of a setting that names a user.
///
/// # Errors
///
/// [`EncodeError::NamelessUser`].
pub(super) fn user_text(
    directory: &Directory,
    reference: &UserReference,
) -> Result<String, EncodeError> {
    let text = whole::user_text(directory, reference);
    match reference {
        Some(Reference::Known(_)) if text.is_empty() => Err(EncodeError::NamelessUser),
        _ => Ok(text.to_owned()),
    }
}

/// Returns a grantee as a file holds it.
pub(crate) fn grantee_text(
    directory: &Directory,
    grantee: &StoredGrantee,
) -> Result<String, EncodeError> {
    let named = directory.grantee_by_name(grantee);
    let text = named.as_text();
    match grantee {
        Grantee::Group(GroupReference::Known(_)) if text.is_empty() || text == "*" => {
            Err(EncodeError::UngrantableGroup {
                name: text.to_owned(),
            })
        }
        _ => Ok(text.to_owned()),
    }
}
