//! Deltas as sentences for people. Names are in backticks as they are; who prints them on a
//! terminal escapes control characters.

use std::fmt;

use crate::credential::PasswordKind;
use crate::grantee::Grantee;
use crate::name::{GroupName, MethodName, UserName};
use crate::reference::Reference;

use super::{Delta, Detail, HasKind, HasName, Naming};

impl<N: Naming> fmt::Display for Delta<N> {
    #[expect(clippy::too_many_lines, reason = "one arm for each kind")]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UserAdded {
                user,
                id,
                password,
                startup_method,
            } => {
                write!(f, "{}{} was added", user_text(user), id.clause())?;
                if password.kind() != PasswordKind::None {
                    write!(f, ", with a password ({})", password.kind().as_str())?;
                }
                match startup_method {
                    None => Ok(()),
                    Some(method) => write!(f, ", with startup method `{method}`"),
                }
            }
            Self::UserRemoved {
                user, id, shifted, ..
            } => {
                let (user, id, shift) = (user_text(user), id.clause(), shifted.clause());
                write!(f, "{user}{id} was removed{shift}")
            }
            Self::UserRenamed { from, to } => {
                link(f, &user_text(from), "is now called", &quoted(to))
            }
            Self::PasswordChanged {
                user,
                before,
                after,
            } => {
                let subject = format!("the password of {}", user_text(user));
                let (before, after) = (before.kind().as_str(), after.kind().as_str());
                if before == after {
                    write!(f, "{subject} changed ({after})")
                } else {
                    now(f, subject, after, before)
                }
            }
            Self::StartupMethodChanged {
                user,
                before,
                after,
            } => {
                let subject = format!("the startup method of {}", user_text(user));
                now(f, subject, method(after.as_ref()), method(before.as_ref()))
            }
            Self::GroupAdded { group, id } => {
                write!(f, "{}{} was added", group_text(group), id.clause())
            }
            Self::GroupRemoved { group, id } => {
                write!(f, "{}{} was removed", group_text(group), id.clause())
            }
            Self::GroupRenamed { from, to } => {
                link(f, &group_text(from), "is now called", &quoted(to))
            }
            Self::MemberUserAdded { group, user } => {
                link(f, &user_text(user), "is now in", &group_text(group))
            }
            Self::MemberUserRemoved { group, user } => {
                link(f, &user_text(user), "is no longer in", &group_text(group))
            }
            Self::MemberGroupAdded { group, member } => {
                link(f, &group_text(member), "is now in", &group_text(group))
            }
            Self::MemberGroupRemoved { group, member } => link(
                f,
                &group_text(member),
                "is no longer in",
                &group_text(group),
            ),
            Self::MissingUserAdded { group, name } => {
                link(f, &group_text(group), "now lists", &unknown_user(name))
            }
            Self::MissingUserRemoved { group, name } => link(
                f,
                &group_text(group),
                "no longer lists",
                &unknown_user(name),
            ),
            Self::MissingGroupAdded { group, name } => {
                link(f, &group_text(group), "now lists", &unknown_group(name))
            }
            Self::MissingGroupRemoved { group, name } => link(
                f,
                &group_text(group),
                "no longer lists",
                &unknown_group(name),
            ),
            Self::PluginGranted {
                plugin,
                before,
                after,
            } => open_to(f, format_args!("plug-in `{plugin}`"), after, before),
            Self::AreaGranted {
                area,
                before,
                after,
            } => open_to(f, area, after, before),
            Self::DefaultUserChanged { before, after } => now(
                f,
                "the Default User",
                setting(after.as_ref()),
                setting(before.as_ref()),
            ),
            Self::WebUserChanged {
                side,
                before,
                after,
            } => {
                let subject = format!("the {} generic web user", side.as_str());
                now(
                    f,
                    subject,
                    setting(after.as_ref()),
                    setting(before.as_ref()),
                )
            }
        }
    }
}

fn quoted(name: &impl fmt::Display) -> String {
    format!("`{name}`")
}

fn user_text(user: &impl HasName<UserName>) -> String {
    format!("user `{}`", user.name())
}

fn group_text(group: &impl HasName<GroupName>) -> String {
    format!("group `{}`", group.name())
}

fn unknown_user(name: &UserName) -> String {
    format!("the unknown user `{name}`")
}

fn unknown_group(name: &GroupName) -> String {
    format!("the unknown group `{name}`")
}

fn method(method: Option<&MethodName>) -> String {
    method.map_or_else(|| "none".to_owned(), quoted)
}

/// Writes what something has to do with something else.
fn link(f: &mut fmt::Formatter<'_>, subject: &str, verb: &str, object: &str) -> fmt::Result {
    write!(f, "{subject} {verb} {object}")
}

/// Writes what something is now and what it was.
fn now(
    f: &mut fmt::Formatter<'_>,
    subject: impl fmt::Display,
    after: impl fmt::Display,
    before: impl fmt::Display,
) -> fmt::Result {
    write!(f, "{subject} is now {after}, before: {before}")
}

/// Writes who something is open to now, and who it was open to.
fn open_to<G: HasName<GroupName>>(
    f: &mut fmt::Formatter<'_>,
    subject: impl fmt::Display,
    after: &Grantee<Reference<G, GroupName>>,
    before: &Grantee<Reference<G, GroupName>>,
) -> fmt::Result {
    let [after, before] = [after, before].map(|grantee| match grantee {
        Grantee::Everyone => "everyone".to_owned(),
        Grantee::Nobody => "nobody".to_owned(),
        Grantee::Group(Reference::Known(group)) => group_text(group),
        Grantee::Group(Reference::Missing(name)) => unknown_group(name),
    });
    now(f, subject, format_args!("open to {after}"), before)
}

/// Returns the user of a setting, or `none`.
fn setting<U: HasName<UserName>>(user: Option<&Reference<U, UserName>>) -> String {
    match user {
        None => "none".to_owned(),
        Some(Reference::Known(user)) => quoted(user.name()),
        Some(Reference::Missing(name)) => unknown_user(name),
    }
}
