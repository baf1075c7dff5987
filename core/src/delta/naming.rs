//! How a delta names users and groups: by name alone, or by handle and with their numbers.

use std::fmt::Debug;

use crate::credential::{Credential, PasswordKind};
use crate::id::{GroupHandle, GroupId, UserHandle, UserId};
use crate::name::{GroupName, UserName};

/// A user or a group in an event.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Pointer<H, N> {
    /// Points at it in the directory.
    pub handle: H,
    /// What it was called when the event happened.
    pub name: N,
}

/// A user in an event: its handle, and its name at that moment.
pub type UserRef = Pointer<UserHandle, UserName>;

/// A group in an event: its handle, and its name at that moment.
pub type GroupRef = Pointer<GroupHandle, GroupName>;

/// Of what a [`Delta`](crate::Delta) is made. It cannot be implemented elsewhere.
pub trait Naming: Debug + Clone + Eq {
    /// A user.
    type User: HasName<UserName>;
    /// A group.
    type Group: HasName<GroupName>;
    /// A stored password, or none.
    type Password: HasKind;
    /// A user's number.
    type UserId: Detail;
    /// A group's number.
    type GroupId: Detail;
    /// How many users moved up by one number.
    type Shift: Detail;
}

/// Users and groups by name, no numbers, and stored passwords as they are: a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ByName {}

impl Naming for ByName {
    type User = UserName;
    type Group = GroupName;
    type Password = Option<Credential>;
    type UserId = ();
    type GroupId = ();
    type Shift = ();
}

/// Users and groups by handle and name, with their numbers, and of passwords the kind only: an
/// event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ByHandle {}

impl Naming for ByHandle {
    type User = UserRef;
    type Group = GroupRef;
    type Password = PasswordKind;
    type UserId = UserId;
    type GroupId = GroupId;
    type Shift = u32;
}

/// A user or a group that a sentence calls by its name.
pub trait HasName<N>: Debug + Clone + Eq {
    /// Returns the name.
    fn name(&self) -> &N;
}

impl<N: Debug + Clone + Eq> HasName<N> for N {
    fn name(&self) -> &N {
        self
    }
}

impl<H: Debug + Clone + Eq, N: Debug + Clone + Eq> HasName<N> for Pointer<H, N> {
    fn name(&self) -> &N {
        &self.name
    }
}

/// A stored password of which only the kind is said.
pub trait HasKind: Debug + Clone + Eq {
    /// Returns the kind.
    fn kind(&self) -> PasswordKind;
}

impl HasKind for PasswordKind {
    fn kind(&self) -> PasswordKind {
        *self
    }
}

impl HasKind for Option<Credential> {
    fn kind(&self) -> PasswordKind {
        self.as_ref().map_or(PasswordKind::None, Credential::kind)
    }
}

/// What an event knows and a comparison does not.
pub trait Detail: Debug + Clone + Eq {
    /// Returns what the sentence says of it.
    fn clause(&self) -> String;

    /// Returns whether there is nothing to say or to write.
    fn is_absent(&self) -> bool {
        false
    }
}

impl Detail for () {
    fn clause(&self) -> String {
        String::new()
    }

    fn is_absent(&self) -> bool {
        true
    }
}

impl Detail for UserId {
    fn clause(&self) -> String {
        format!(" (number {self})")
    }
}

impl Detail for GroupId {
    fn clause(&self) -> String {
        format!(" (number {self})")
    }
}

/// How many users moved up by one number.
impl Detail for u32 {
    fn clause(&self) -> String {
        match self {
            0 => String::new(),
            1 => "; the user after it moves up by one number".to_owned(),
            shifted => format!("; the {shifted} users after it move up by one number"),
        }
    }
}

#[cfg(feature = "serde")]
impl<H, N: serde::Serialize> serde::Serialize for Pointer<H, N> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.name.serialize(serializer)
    }
}

/// Writes of a password its kind only.
#[cfg(feature = "serde")]
pub(super) fn kind<P: HasKind, S: serde::Serializer>(
    password: &P,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(password.kind().as_str())
}
