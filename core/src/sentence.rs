//! What the sentences of deltas and of events have in common: who, what, and what was before.

use std::fmt;

use crate::change::{GroupRef, UserRef};
use crate::grantee::Grantee;
use crate::name::{GroupName, MethodName, UserName};
use crate::reference::Reference;

/// Something that a sentence calls by its name.
pub(crate) trait HasName<N> {
    fn its_name(&self) -> &N;
}

impl HasName<UserName> for UserName {
    fn its_name(&self) -> &UserName {
        self
    }
}

impl HasName<UserName> for UserRef {
    fn its_name(&self) -> &UserName {
        &self.name
    }
}

impl HasName<GroupName> for GroupName {
    fn its_name(&self) -> &GroupName {
        self
    }
}

impl HasName<GroupName> for GroupRef {
    fn its_name(&self) -> &GroupName {
        &self.name
    }
}

/// Who has an access: `everyone`, `nobody`, or a group.
pub(crate) struct GranteeText<'a>(Grantee<Reference<&'a GroupName>>);

impl<'a, G: HasName<GroupName>> From<&'a Grantee<Reference<G, GroupName>>> for GranteeText<'a> {
    fn from(grantee: &'a Grantee<Reference<G, GroupName>>) -> Self {
        Self(match grantee {
            Grantee::Everyone => Grantee::Everyone,
            Grantee::Nobody => Grantee::Nobody,
            Grantee::Group(group) => Grantee::Group(by_name(group)),
        })
    }
}

fn by_name<T: HasName<N>, N>(reference: &Reference<T, N>) -> Reference<&N> {
    match reference {
        Reference::Known(known) => Reference::Known(known.its_name()),
        Reference::Missing(name) => Reference::Missing(name),
    }
}

impl fmt::Display for GranteeText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Grantee::Everyone => f.write_str("everyone"),
            Grantee::Nobody => f.write_str("nobody"),
            Grantee::Group(Reference::Known(name)) => write!(f, "group `{name}`"),
            Grantee::Group(Reference::Missing(name)) => {
                write!(f, "the unknown group `{name}`")
            }
        }
    }
}

/// The user of a setting, or `none`.
pub(crate) struct UserText<'a>(Option<Reference<&'a UserName>>);

impl<'a, U: HasName<UserName>> From<&'a Option<Reference<U, UserName>>> for UserText<'a> {
    fn from(user: &'a Option<Reference<U, UserName>>) -> Self {
        Self(user.as_ref().map(by_name))
    }
}

impl fmt::Display for UserText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            None => f.write_str("none"),
            Some(Reference::Known(name)) => write!(f, "`{name}`"),
            Some(Reference::Missing(name)) => write!(f, "the unknown user `{name}`"),
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

/// Writes who something is open to now, and who it was open to.
pub(crate) fn open_to<'a>(
    f: &mut fmt::Formatter<'_>,
    subject: &dyn fmt::Display,
    after: impl Into<GranteeText<'a>>,
    before: impl Into<GranteeText<'a>>,
) -> fmt::Result {
    let (after, before) = (after.into(), before.into());
    now(f, subject, &format_args!("open to {after}"), &before)
}
