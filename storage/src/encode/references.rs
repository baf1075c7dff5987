//! How a file refers to users and groups: by name, so some of them it cannot refer to.

use guichet_core::{Directory, Grantee, GroupReference, StoredGrantee, UserHandle, UserReference};

use super::error::EncodeError;
use super::whole;

/// Refuses a directory that refers to somebody whose name means another user in a file.
///
/// Built-in users have their names from an alias, which an ordinary user may have as a key. Linear in
/// the users, and in the memberships where there are such users.
///
/// # Errors
///
/// [`EncodeError::AmbiguousUser`].
pub(super) fn check_unambiguous(directory: &Directory) -> Result<(), EncodeError> {
    let means_another = |user: &UserHandle| {
        let name = directory.user(*user).map(|user| user.name().as_str());
        name.is_some_and(|name| directory.find_user(name) != Some(*user))
    };
    let hidden: Vec<UserHandle> = directory
        .users()
        .map(|(user, _)| user)
        .filter(means_another)
        .collect();
    if hidden.is_empty() {
        return Ok(());
    }
    let settings = directory.settings();
    let in_settings = [
        settings.default_user(),
        settings.local_web_user(),
        settings.remote_web_user(),
    ];
    let mut referred = directory
        .groups()
        .flat_map(|(_, group)| group.users().iter().copied())
        .chain(in_settings.into_iter().filter_map(UserReference::user));
    let found = referred.find(|user| hidden.contains(user));
    match found.and_then(|user| directory.user(user)) {
        Some(user) => Err(EncodeError::AmbiguousUser {
            name: user.name().to_string(),
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
        UserReference::Known(_) if text.is_empty() => Err(EncodeError::NamelessUser),
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
