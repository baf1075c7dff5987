//! What the sentences of deltas and of events have in common: who, what, and what was before.

use std::fmt;

use crate::change::{NamedGroup, NamedUser};
use crate::compare::Mention;
use crate::grantee::Grantee;
use crate::name::{GroupName, MethodName, UserName};

/// The name of a user or group, and whether anything has it.
#[derive(Clone, Copy)]
pub(crate) enum Named<'a> {
    Known(&'a str),
    Missing(&'a str),
}

impl<'a> From<&'a Mention<GroupName>> for Named<'a> {
    fn from(group: &'a Mention<GroupName>) -> Self {
        match group {
            Mention::Known(name) => Self::Known(name.as_str()),
            Mention::Missing(name) => Self::Missing(name.as_str()),
        }
    }
}

impl<'a> From<&'a NamedGroup> for Named<'a> {
    fn from(group: &'a NamedGroup) -> Self {
        match group {
            NamedGroup::Known(group) => Self::Known(group.name.as_str()),
            NamedGroup::Missing(name) => Self::Missing(name.as_str()),
        }
    }
}

/// Who has an access: `everyone`, `nobody`, or a group.
pub(crate) struct GranteeText<'a>(Grantee<Named<'a>>);

impl<'a, G> From<&'a Grantee<G>> for GranteeText<'a>
where
    Named<'a>: From<&'a G>,
{
    fn from(grantee: &'a Grantee<G>) -> Self {
        Self(match grantee {
            Grantee::Everyone => Grantee::Everyone,
            Grantee::Nobody => Grantee::Nobody,
            Grantee::Group(group) => Grantee::Group(group.into()),
        })
    }
}

impl fmt::Display for GranteeText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Grantee::Everyone => f.write_str("everyone"),
            Grantee::Nobody => f.write_str("nobody"),
            Grantee::Group(Named::Known(name)) => write!(f, "group `{name}`"),
            Grantee::Group(Named::Missing(name)) => {
                write!(f, "`{name}`, which no group is called")
            }
        }
    }
}

/// The user of a setting, or `none`.
pub(crate) struct UserText<'a>(Option<Named<'a>>);

impl<'a> From<&'a Option<Mention<UserName>>> for UserText<'a> {
    fn from(user: &'a Option<Mention<UserName>>) -> Self {
        Self(user.as_ref().map(|user| match user {
            Mention::Known(name) => Named::Known(name.as_str()),
            Mention::Missing(name) => Named::Missing(name.as_str()),
        }))
    }
}

impl<'a> From<&'a NamedUser> for UserText<'a> {
    fn from(user: &'a NamedUser) -> Self {
        Self(match user {
            NamedUser::None => None,
            NamedUser::Known(user) => Some(Named::Known(user.name.as_str())),
            NamedUser::Missing(name) => Some(Named::Missing(name.as_str())),
        })
    }
}

impl fmt::Display for UserText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            None => f.write_str("none"),
            Some(Named::Known(name)) => write!(f, "`{name}`"),
            Some(Named::Missing(name)) => write!(f, "`{name}`, which no user is called"),
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

/// Writes what something is now and what it was.
pub(crate) fn now(
    f: &mut fmt::Formatter<'_>,
    subject: &dyn fmt::Display,
    after: &dyn fmt::Display,
    before: &dyn fmt::Display,
) -> fmt::Result {
    write!(f, "{subject} is now {after}, before: {before}")
}

/// Writes to whom something is open now, and to whom it was.
pub(crate) fn open_to<'a>(
    f: &mut fmt::Formatter<'_>,
    subject: &dyn fmt::Display,
    after: impl Into<GranteeText<'a>>,
    before: impl Into<GranteeText<'a>>,
) -> fmt::Result {
    let (after, before) = (after.into(), before.into());
    now(f, subject, &format_args!("open to {after}"), &before)
}
