//! Events as sentences for people.

use std::fmt;

use crate::credential::PasswordKind;
use crate::grantee::Grantee;
use crate::name::MethodName;

use super::event::{Event, GroupRef, NamedGrantee, NamedGroup, NamedUser, UserRef};

struct GranteeText<'a>(&'a NamedGrantee);

impl fmt::Display for GranteeText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Grantee::Everyone => f.write_str("everyone"),
            Grantee::Nobody => f.write_str("nobody"),
            Grantee::Group(NamedGroup::Known(group)) => write!(f, "group `{}`", group.name),
            Grantee::Group(NamedGroup::Missing(name)) => {
                write!(f, "`{name}`, which no group is called")
            }
        }
    }
}

struct OpenTo<'a>(&'a NamedGrantee);

impl fmt::Display for OpenTo<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "open to {}", GranteeText(self.0))
    }
}

struct UserText<'a>(&'a NamedUser);

impl fmt::Display for UserText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            NamedUser::None => f.write_str("none"),
            NamedUser::Known(user) => write!(f, "`{}`", user.name),
            NamedUser::Missing(name) => write!(f, "`{name}`, which no user is called"),
        }
    }
}

struct MethodText<'a>(Option<&'a MethodName>);

impl fmt::Display for MethodText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            None => f.write_str("none"),
            Some(method) => write!(f, "`{method}`"),
        }
    }
}

struct Shift(u32);

impl fmt::Display for Shift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            0 => Ok(()),
            1 => f.write_str("; the number of the user behind it is one less now"),
            shifted => write!(
                f,
                "; the numbers of the {shifted} users behind it are one less now"
            ),
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
                write!(f, "the addition of {group}, number {id}, was taken back")
            }
            Self::GroupRenamed { from, to, .. } => {
                write!(f, "group `{from}` is now called `{to}`")
            }
            Self::MemberUserAdded { group, user } => write!(f, "{user} was placed in {group}"),
            Self::MemberUserRemoved { group, user } => {
                write!(f, "{user} was taken out of {group}")
            }
            Self::MemberGroupAdded { group, member } => {
                write!(f, "{member} was placed in {group}")
            }
            Self::MemberGroupRemoved { group, member } => {
                write!(f, "{member} was taken out of {group}")
            }
            Self::MissingUserAdded { group, name } => {
                write!(f, "`{name}`, which no user is called, is in {group} again")
            }
            Self::MissingUserRemoved { group, name } => {
                write!(f, "`{name}`, which no user was called, left {group}")
            }
            Self::MissingGroupAdded { group, name } => {
                write!(f, "`{name}`, which no group is called, is in {group} again")
            }
            Self::MissingGroupRemoved { group, name } => {
                write!(f, "`{name}`, which no group was called, left {group}")
            }
            Self::PluginGranted {
                plugin,
                before,
                after,
            } => {
                let open = OpenTo(after);
                now(
                    f,
                    &format_args!("plug-in `{plugin}`"),
                    &open,
                    &GranteeText(before),
                )
            }
            Self::AreaGranted {
                area,
                before,
                after,
            } => now(f, area, &OpenTo(after), &GranteeText(before)),
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

fn now(
    f: &mut fmt::Formatter<'_>,
    subject: &dyn fmt::Display,
    after: &dyn fmt::Display,
    before: &dyn fmt::Display,
) -> fmt::Result {
    write!(f, "{subject} is now {after}, before: {before}")
}
