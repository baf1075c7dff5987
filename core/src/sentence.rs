//! What the sentences of deltas and of events have in common: who, what, and what was before.

use std::borrow::Borrow;
use std::fmt;

use crate::change::{NamedGroup, NamedUser};
use crate::compare::Mention;
use crate::grantee::Grantee;
use crate::name::{MethodName, UserName};

/// What a sentence names: a user or a group, or a name that nothing has.
pub(crate) trait Mentioned {
    fn mention(&self) -> Mention<&str>;
}

impl<N: Borrow<str>> Mentioned for Mention<N> {
    fn mention(&self) -> Mention<&str> {
        match self {
            Self::Known(name) => Mention::Known(name.borrow()),
            Self::Missing(name) => Mention::Missing(name.borrow()),
        }
    }
}

impl Mentioned for NamedGroup {
    fn mention(&self) -> Mention<&str> {
        match self {
            Self::Known(group) => Mention::Known(group.name.as_str()),
            Self::Missing(name) => Mention::Missing(name.as_str()),
        }
    }
}

/// Who has an access: `everyone`, `nobody`, or a group.
pub(crate) struct GranteeText<'a>(Grantee<Mention<&'a str>>);

impl<'a, G: Mentioned> From<&'a Grantee<G>> for GranteeText<'a> {
    fn from(grantee: &'a Grantee<G>) -> Self {
        Self(match grantee {
            Grantee::Everyone => Grantee::Everyone,
            Grantee::Nobody => Grantee::Nobody,
            Grantee::Group(group) => Grantee::Group(group.mention()),
        })
    }
}

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
pub(crate) struct UserText<'a>(Option<Mention<&'a str>>);

impl<'a> From<&'a Option<Mention<UserName>>> for UserText<'a> {
    fn from(user: &'a Option<Mention<UserName>>) -> Self {
        Self(user.as_ref().map(Mentioned::mention))
    }
}

impl<'a> From<&'a NamedUser> for UserText<'a> {
    fn from(user: &'a NamedUser) -> Self {
        Self(match user {
            NamedUser::None => None,
            NamedUser::Known(user) => Some(Mention::Known(user.name.as_str())),
            NamedUser::Missing(name) => Some(Mention::Missing(name.as_str())),
        })
    }
}

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
