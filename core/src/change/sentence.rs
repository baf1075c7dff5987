//! Events as sentences for people.

use std::fmt;

use crate::credential::PasswordKind;
use crate::sentence::{MethodText, UserText, now, open_to};

use super::event::{Event, GroupRef, UserRef};

struct Shift(u32);

impl fmt::Display for Shift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            0 => Ok(()),
            1 => f.write_str("; the user after it moves up by one number"),
            shifted => write!(f, "; the {shifted} users after it move up by one number"),
        }
    }
}

impl fmt::Display for UserRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "user `{}`", self.name)
    }
}

impl fmt::Display for GroupRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "group `{}`", self.name)
    }
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UserAdded {
                user,
                id,
                startup_method,
                ..
            } => {
                write!(f, "{user} was added as number {id}")?;
                match startup_method {
                    None => Ok(()),
                    Some(method) => write!(f, " with startup method `{method}`"),
                }
            }
            Self::UserRemoved {
                user, id, shifted, ..
            } => {
                write!(f, "{user}, number {id}, was deleted{}", Shift(*shifted))
            }
            Self::UserRenamed { from, to, .. } => write!(f, "user `{from}` is now called `{to}`"),
            Self::PasswordChanged { user, after, .. } => match after {
                PasswordKind::None => write!(f, "the password of {user} was removed"),
                kind => write!(f, "the password of {user} was set ({})", kind.as_str()),
            },
            Self::StartupMethodChanged {
                user,
                before,
                after,
            } => {
                let (before, after) = (MethodText(before.as_ref()), MethodText(after.as_ref()));
                now(
                    f,
                    &format_args!("the startup method of {user}"),
                    &after,
                    &before,
                )
            }
            Self::GroupAdded { group, id } => write!(f, "{group} was added as number {id}"),
            Self::GroupRemoved { group, id } => {
                write!(f, "adding {group} (number {id}) was undone")
            }
            Self::GroupRenamed { from, to, .. } => {
                write!(f, "group `{from}` is now called `{to}`")
            }
            Self::MemberUserAdded { group, user } => write!(f, "{user} was added to {group}"),
            Self::MemberUserRemoved { group, user } => {
                write!(f, "{user} was removed from {group}")
            }
            Self::MemberGroupAdded { group, member } => {
                write!(f, "{member} was added to {group}")
            }
            Self::MemberGroupRemoved { group, member } => {
                write!(f, "{member} was removed from {group}")
            }
            Self::MissingUserAdded { group, name } => {
                write!(f, "the unknown user `{name}` is in {group} again")
            }
            Self::MissingUserRemoved { group, name } => {
                write!(f, "the unknown user `{name}` was removed from {group}")
            }
            Self::MissingGroupAdded { group, name } => {
                write!(f, "the unknown group `{name}` is in {group} again")
            }
            Self::MissingGroupRemoved { group, name } => {
                write!(f, "the unknown group `{name}` was removed from {group}")
            }
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
