//! Deltas as sentences for people. Names stand in backticks as they are; who prints them on a
//! terminal escapes control characters.

use std::fmt;

use crate::credential::Credential;
use crate::grantee::Grantee;
use crate::name::{MethodName, UserName};

use super::delta::{Delta, Mention, MentionedGrantee, MentionedUser};

/// Who has an access: `everyone`, `nobody`, or a group.
pub(crate) struct GranteeText<'a>(pub(crate) &'a MentionedGrantee);

impl fmt::Display for GranteeText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Grantee::Everyone => f.write_str("everyone"),
            Grantee::Nobody => f.write_str("nobody"),
            Grantee::Group(Mention::Known(name)) => write!(f, "group `{name}`"),
            Grantee::Group(Mention::Missing(name)) => {
                write!(f, "`{name}`, which no group is called")
            }
        }
    }
}

/// The user of a setting, or `none`.
pub(crate) struct UserText<'a>(pub(crate) &'a MentionedUser);

impl fmt::Display for UserText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            None => f.write_str("none"),
            Some(Mention::Known(name)) => write!(f, "`{name}`"),
            Some(Mention::Missing(name)) => write!(f, "`{name}`, which no user is called"),
        }
    }
}

/// A startup method, or `none`.
pub(crate) struct MethodText<'a>(pub(crate) Option<&'a MethodName>);

impl fmt::Display for MethodText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            None => f.write_str("none"),
            Some(method) => write!(f, "`{method}`"),
        }
    }
}

/// The kind of a stored password: `none`, `legacy`, `bcrypt` or `unknown`.
pub(crate) fn password_text(password: Option<&Credential>) -> &'static str {
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
            Self::UserRemoved { user, .. } => write!(f, "user `{user}` is gone"),
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
                        write!(f, "{subject} is another one ({after})")
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
            Self::GroupAdded { group } => write!(f, "group `{group}` is new"),
            Self::GroupRemoved { group } => write!(f, "group `{group}` is gone"),
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
                write!(
                    f,
                    "group `{group}` now lists `{name}`, which no user is called"
                )
            }
            Self::MissingUserRemoved { group, name } => write!(
                f,
                "group `{group}` no longer lists `{name}`, which no user was called"
            ),
            Self::MissingGroupAdded { group, name } => {
                write!(
                    f,
                    "group `{group}` now lists `{name}`, which no group is called"
                )
            }
            Self::MissingGroupRemoved { group, name } => write!(
                f,
                "group `{group}` no longer lists `{name}`, which no group was called"
            ),
            Self::PluginGranted {
                plugin,
                before,
                after,
            } => {
                let (before, after) = (GranteeText(before), GranteeText(after));
                now(
                    f,
                    &format_args!("plug-in `{plugin}`"),
                    &OpenTo(after),
                    &before,
                )
            }
            Self::AreaGranted {
                area,
                before,
                after,
            } => now(f, area, &OpenTo(GranteeText(after)), &GranteeText(before)),
            Self::DefaultUserChanged { before, after } => {
                now(f, &"the Default User", &UserText(after), &UserText(before))
            }
            Self::WebUserChanged {
                side,
                before,
                after,
            } => {
                let subject = format_args!("the {} generic web user", side.as_str());
                now(f, &subject, &UserText(after), &UserText(before))
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
    write!(f, "user `{user}` is new")?;
    if let Some(password) = password {
        write!(f, ", with a password ({})", password.kind().as_str())?;
    }
    match startup_method {
        None => Ok(()),
        Some(method) => write!(f, ", with startup method `{method}`"),
    }
}

struct OpenTo<'a>(GranteeText<'a>);

impl fmt::Display for OpenTo<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "open to {}", self.0)
    }
}

fn now(
    f: &mut fmt::Formatter<'_>,
    subject: &dyn fmt::Display,
    after: &dyn fmt::Display,
    before: &dyn fmt::Display,
) -> fmt::Result {
    write!(f, "{subject} is now {after}, before: {before}")
}
