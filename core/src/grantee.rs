//! Who gets an access: everyone, nobody, or one group.

use crate::id::GroupHandle;
use crate::name::GroupName;
use crate::reference::Reference;

/// Who gets an access: the meaning of `"*"`, `""` and a group's name (decision D12).
///
/// The parameter is how a group is pointed at: by its name at the edges of a program, by a
/// [`GroupReference`] inside a [`Directory`](crate::Directory).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub enum Grantee<G = GroupName> {
    /// Everyone: `"*"` in the file, also what an absent key means.
    Everyone,
    /// Nobody: `""` in the file.
    Nobody,
    /// The effective members of one group.
    Group(G),
}

impl Grantee {
    /// Reads the text of a grant as it is in a file.
    ///
    /// ```
    /// use guichet_core::{Grantee, GroupName};
    /// assert_eq!(Grantee::parse("*"), Grantee::Everyone);
    /// assert_eq!(Grantee::parse(""), Grantee::Nobody);
    /// assert_eq!(Grantee::parse("Devs"), Grantee::Group(GroupName::from_stored("Devs")));
    /// ```
    pub fn parse(text: &str) -> Self {
        match text {
            "*" => Self::Everyone,
            "" => Self::Nobody,
            name => Self::Group(GroupName::from_stored(name)),
        }
    }

    /// Returns the text of the grant as a file holds it.
    pub fn as_text(&self) -> &str {
        match self {
            Self::Everyone => "*",
            Self::Nobody => "",
            Self::Group(name) => name.as_str(),
        }
    }
}

impl<G> Grantee<G> {
    /// Returns the kind of the grantee for programs: `everyone`, `nobody` or `group`.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Everyone => "everyone",
            Self::Nobody => "nobody",
            Self::Group(_) => "group",
        }
    }

    /// Returns the group, if the grantee is one.
    pub const fn group(&self) -> Option<&G> {
        match self {
            Self::Group(group) => Some(group),
            Self::Everyone | Self::Nobody => None,
        }
    }

    /// Returns the same grantee with its group written in another way; nobody where the other way has
    /// nothing for it.
    pub(crate) fn rewrite<'g, H>(&'g self, group: impl FnOnce(&'g G) -> Option<H>) -> Grantee<H> {
        match self {
            Self::Everyone => Grantee::Everyone,
            Self::Nobody => Grantee::Nobody,
            Self::Group(own) => group(own).map_or(Grantee::Nobody, Grantee::Group),
        }
    }
}

impl<G: PartialEq> Grantee<G> {
    /// Returns who has an access that two grants speak of: whoever is in both of them.
    ///
    /// Nobody is narrower than a group, and a group narrower than everyone. Two different groups
    /// are nobody: who is in both cannot be said by one grantee, and an access that is said twice
    /// is never wider than either saying. The order does not count.
    ///
    /// ```
    /// use guichet_core::Grantee;
    /// let [devs, ops] = ["Devs", "Ops"].map(Grantee::parse);
    /// assert_eq!(devs.clone().narrower(Grantee::Everyone), devs);
    /// assert_eq!(devs.clone().narrower(Grantee::Nobody), Grantee::Nobody);
    /// assert_eq!(devs.clone().narrower(devs.clone()), devs);
    /// assert_eq!(devs.narrower(ops), Grantee::Nobody);
    /// ```
    #[must_use]
    pub fn narrower(self, other: Self) -> Self {
        match (self, other) {
            (Self::Everyone, grantee) | (grantee, Self::Everyone) => grantee,
            (Self::Group(one), Self::Group(two)) if one == two => Self::Group(one),
            (Self::Group(_) | Self::Nobody, Self::Group(_) | Self::Nobody) => Self::Nobody,
        }
    }
}

/// A group as a stored grant points at it; a name that no group has grants nobody.
pub type GroupReference = Reference<GroupHandle, GroupName>;

/// A grantee inside a directory.
pub type StoredGrantee = Grantee<GroupReference>;
