//! Deltas as sentences for people. Names stand in backticks as they are; who prints them on a
//! terminal escapes control characters.

use std::fmt;

use crate::credential::Credential;
use crate::name::{MethodName, UserName};
use crate::sentence::{MethodText, UserText, now, open_to};

use super::delta::Delta;

/// The kind of a stored password: `none`, `legacy`, `bcrypt` or `unknown`.
fn password_text(password: Option<&Credential>) -> &'static str {
    password.map_or("none", |password| password.kind().as_str())
}

impl fmt::Display for Delta {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UserAdded {
                user,
                password,
                startup_method,
            } => new_user(f, user, password.as_ref(), startup_method.as_ref()),
            Self::UserRemoved { user, .. } => write!(f, "user `{user}` was removed"),
            Self::UserRenamed { from, to } => write!(f, "user `{from}` is now called `{to}`"),
            Self::PasswordChanged {
                user,
                before,
                after,
            } => {
                let subject = format_args!("the password of user `{user}`");
                match (
                    password_text(before.as_ref()),
                    password_text(after.as_ref()),
                ) {
                    (before, after) if before == after => {
                        write!(f, "{subject} changed ({after})")
                    }
                    (before, after) => now(f, &subject, &after, &before),
                }
            }
            Self::StartupMethodChanged {
                user,
                before,
                after,
            } => {
                let subject = format_args!("the startup method of user `{user}`");
                let (before, after) = (MethodText(before.as_ref()), MethodText(after.as_ref()));
                now(f, &subject, &after, &before)
            }
            Self::GroupAdded { group } => write!(f, "group `{group}` was added"),
            Self::GroupRemoved { group } => write!(f, "group `{group}` was removed"),
            Self::GroupRenamed { from, to } => write!(f, "group `{from}` is now called `{to}`"),
            Self::MemberUserAdded { group, user } => {
                write!(f, "user `{user}` is now in group `{group}`")
            }
            Self::MemberUserRemoved { group, user } => {
                write!(f, "user `{user}` is no longer in group `{group}`")
            }
            Self::MemberGroupAdded { group, member } => {
                write!(f, "group `{member}` is now in group `{group}`")
            }
            Self::MemberGroupRemoved { group, member } => {
                write!(f, "group `{member}` is no longer in group `{group}`")
            }
            Self::MissingUserAdded { group, name } => {
                write!(f, "group `{group}` now lists the unknown user `{name}`")
            }
            Self::MissingUserRemoved { group, name } => write!(
                f,
                "group `{group}` no longer lists the unknown user `{name}`"
            ),
            Self::MissingGroupAdded { group, name } => {
                write!(f, "group `{group}` now lists the unknown group `{name}`")
            }
            Self::MissingGroupRemoved { group, name } => write!(
                f,
                "group `{group}` no longer lists the unknown group `{name}`"
            ),
            Self::PluginGranted {
                plugin,
                before,
                after,
            } => {
                let subject = format_args!("plug-in `{plugin}`");
                open_to(f, &subject, after, before)
            }
            Self::AreaGranted {
                area,
                before,
                after,
            } => open_to(f, area, after, before),
            Self::DefaultUserChanged { before, after } => now(
                f,
                &"the Default User",
                &UserText::from(after),
                &UserText::from(before),
            ),
            Self::WebUserChanged {
                side,
                before,
                after,
            } => {
                let subject = format_args!("the {} generic web user", side.as_str());
                now(f, &subject, &UserText::from(after), &UserText::from(before))
            }
        }
    }
}

fn new_user(
    f: &mut fmt::Formatter<'_>,
    user: &UserName,
    password: Option<&Credential>,
    startup_method: Option<&MethodName>,
) -> fmt::Result {
    write!(f, "user `{user}` was added")?;
    if let Some(password) = password {
        write!(f, ", with a password ({})", password.kind().as_str())?;
    }
    match startup_method {
        None => Ok(()),
        Some(method) => write!(f, ", with startup method `{method}`"),
    }
}
