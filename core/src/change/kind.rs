//! The kinds of change.

use crate::area::AccessArea;
use crate::credential::Credential;
use crate::grantee::Grantee;
use crate::name::{GroupName, MethodName, UserName};
use crate::plugin::PluginKey;

/// Whether a new group starts with the Administrator in it (decision D24).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub enum AdministratorMembership {
    /// The Administrator is a member, as with 4D's Groups editor.
    #[default]
    Member,
    /// The group starts empty, as with 4D's language.
    Outside,
}

/// Which web server a generic web user belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub enum WebSide {
    /// The web server of 4D or 4D Server: `localGenericWebUser`.
    Local,
    /// The web server of a remote 4D: `remoteGenericWebUser`.
    Remote,
}

impl WebSide {
    /// Both, in the order of 4D's file.
    pub const ALL: [Self; 2] = [Self::Local, Self::Remote];

    /// Returns the word of the command line: `local` or `remote`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::Remote => "remote",
        }
    }
}

/// One edit of a directory, as a value.
///
/// Users and groups are named by name. There is no change that deletes a group (decision D21):
/// [`Change::EmptyGroup`] is what 4D offers, and [`Refusal::GroupDeletion`](crate::Refusal::GroupDeletion)
/// says so.
///
/// With the feature `serde`, a change reads and writes as an object with the kind in `change`; what
/// may be left out is said below:
///
/// ```
/// # #[cfg(feature = "serde")] {
/// use guichet_core::Change;
/// let text = r#"{"change":"add-user","name":"Ann","startup_method":"Start","groups":["Devs"]}"#;
/// let change: Change = serde_json::from_str(text)?;
/// assert_eq!(serde_json::to_string(&change)?, text);
///
/// let grant: Change = serde_json::from_str(
///     r#"{"change":"grant-area","area":{"rest":"remote"},"grantee":{"group":"Devs"}}"#,
/// )?;
/// # assert!(matches!(grant, Change::GrantArea { .. }));
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// [`Directory::apply`] takes a list of changes and [`Rules`](crate::Rules); it answers with what
/// happened ([`Event`](crate::Event)s) and with a [`Reversal`](crate::Reversal) that brings the
/// former directory back, or refuses the whole list and leaves the directory exactly as it was.
///
/// A change names users and groups by name, and the names are looked up (decision D7) when its turn
/// comes: a list may rename a user and then speak of the new name.
///
/// ```
/// use guichet_core::{AdministratorMembership, Change, DirectoryBuilder, GroupName, Rules, UserName};
///
/// let mut directory = DirectoryBuilder::new().finish();
/// let applied = directory.apply(
///     &[
///         Change::AddGroup {
///             name: Some(GroupName::new("Devs")?),
///             administrator: AdministratorMembership::Member,
///         },
///         Change::AddUser {
///             name: None,
///             startup_method: None,
///             groups: vec![GroupName::new("devs")?],
///         },
///     ],
///     &Rules::default(),
/// )?;
/// let said: Vec<String> = applied.events.iter().map(ToString::to_string).collect();
/// assert_eq!(said, [
///     "group `Devs` (number 15001) was added",
///     "user `Administrator` is now in group `Devs`",
///     "user `New user1` (number 3) was added",
///     "user `New user1` is now in group `Devs`",
/// ]);
///
/// directory.revert(applied.reversal)?;
/// assert_eq!(directory.group_count(), 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Names that nothing had
///
/// A file may name a user or a group that does not exist (decision D11). When an edit then gives
/// somebody that name, the reference has found its target: it would have it anyway as soon as the
/// file is read again. So it counts at once, and the events say so.
///
/// # Complexity
///
/// Memory: what is undone is remembered edit by edit, never as a copy of the directory.
///
/// | change | cost |
/// |---|---|
/// | the first new name of a list | + O(groups), once: the lists are searched for it |
/// | add, rename, password, startup method, grant, setting | O(length of the names) |
/// | add a user to a group | O(1) when the user is the last of the file, else O(members) |
/// | add or remove several members | O(members of the group + names), + O(n log n) in the names |
/// | add a nested group | O(members) + O(what the nested group reaches); many in one list: O(groups + nestings) once, then nothing is searched below a group that nothing contains |
/// | delete or duplicate a user | O(memberships); many in one list: O(memberships log n) once, then O(groups of the user log n) |
///
/// [`Directory::apply`]: crate::Directory::apply
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(
    feature = "serde",
    serde(tag = "change", rename_all = "kebab-case", deny_unknown_fields)
)]
pub enum Change {
    /// Adds a user at the end of the file.
    AddUser {
        /// Its name; left out, the first free of `New user1`, `New user2`, … (decision D25).
        #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
        name: Option<UserName>,
        /// The method that 4D runs when it opens the application; may be left out.
        #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
        startup_method: Option<MethodName>,
        /// The groups that it is placed in; may be left out.
        #[cfg_attr(
            feature = "serde",
            serde(default, skip_serializing_if = "Vec::is_empty")
        )]
        groups: Vec<GroupName>,
    },
    /// Adds a user with the startup method and the groups of another, without its password
    /// (decision D26).
    DuplicateUser {
        /// The user to copy; one of the built-ins makes an ordinary user.
        user: UserName,
        /// The name of the copy; left out, as in [`Change::AddUser`].
        #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
        name: Option<UserName>,
    },
    /// Renames a user, in every reference too; for a built-in, its alias (decision D23).
    RenameUser {
        /// The user.
        user: UserName,
        /// Its new name.
        name: UserName,
    },
    /// Deletes a user and every reference to it (decision D22). The users after it move up by one number.
    DeleteUser {
        /// The user, not one of the built-ins.
        user: UserName,
    },
    /// Sets a user's stored password, or removes it.
    ///
    /// The password itself is never in a change. Written out, the stored value is replaced by the
    /// word for its kind ([`PasswordKind::as_str`](crate::PasswordKind::as_str)); read, only
    /// `"credential": null` is accepted, which removes the password and must be said.
    SetPassword {
        /// The user. The Designer's password is what turns access control on and off.
        user: UserName,
        /// What the file is to hold; none removes the password.
        #[cfg_attr(feature = "serde", serde(with = "redacted"))]
        credential: Option<Credential>,
    },
    /// Sets the method that 4D runs when a user opens the application, or removes it.
    SetStartupMethod {
        /// The user.
        user: UserName,
        /// The method; left out, none.
        #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
        method: Option<MethodName>,
    },
    /// Adds a group at the end of the file.
    AddGroup {
        /// Its name; left out, the first free of `New group1`, `New group2`, … (decision D25).
        #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
        name: Option<GroupName>,
        /// Whether the Administrator is in it; left out, it is.
        #[cfg_attr(feature = "serde", serde(default))]
        administrator: AdministratorMembership,
    },
    /// Adds a group with the members of another; no access of the other comes along (D26).
    DuplicateGroup {
        /// The group to copy.
        group: GroupName,
        /// The name of the copy; left out, as in [`Change::AddGroup`].
        #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
        name: Option<GroupName>,
    },
    /// Renames a group, in every reference too (decision D23).
    RenameGroup {
        /// The group.
        group: GroupName,
        /// Its new name.
        name: GroupName,
    },
    /// Removes all members of a group, because 4D cannot delete one.
    EmptyGroup {
        /// The group.
        group: GroupName,
    },
    /// Places users and groups in a group, each at the place that the file's order gives it (D32).
    AddMembers {
        /// The group that gets members.
        group: GroupName,
        /// The users; one that is a member already stays where it is.
        #[cfg_attr(
            feature = "serde",
            serde(default, skip_serializing_if = "Vec::is_empty")
        )]
        users: Vec<UserName>,
        /// The groups; refused when one contains the group that gets members (decision D10).
        #[cfg_attr(
            feature = "serde",
            serde(default, skip_serializing_if = "Vec::is_empty")
        )]
        groups: Vec<GroupName>,
    },
    /// Removes users and groups from a group.
    RemoveMembers {
        /// The group that loses members.
        group: GroupName,
        /// The users; also a name in the list that no user has.
        #[cfg_attr(
            feature = "serde",
            serde(default, skip_serializing_if = "Vec::is_empty")
        )]
        users: Vec<UserName>,
        /// The groups; also a name in the list that no group has.
        #[cfg_attr(
            feature = "serde",
            serde(default, skip_serializing_if = "Vec::is_empty")
        )]
        groups: Vec<GroupName>,
    },
    /// Gives a plug-in to one group, to everyone or to nobody; the group that had it loses it.
    GrantPlugin {
        /// The plug-in: built-in, declared in the [`Rules`](crate::Rules), or in the file.
        plugin: PluginKey,
        /// Who gets it.
        grantee: Grantee,
    },
    /// Gives an access area to one group, to everyone or to nobody.
    GrantArea {
        /// The area; an SQL schema must be in the file already.
        area: AccessArea,
        /// Who gets it.
        grantee: Grantee,
    },
    /// Sets the Default User, whose rights everybody has who connects.
    SetDefaultUser {
        /// The user; left out, none.
        #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
        user: Option<UserName>,
    },
    /// Sets the generic web user.
    SetWebUser {
        /// Of which web server.
        side: WebSide,
        /// The user; left out, none.
        #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
        user: Option<UserName>,
    },
}

/// A stored password in a written change: its kind only, and never read.
#[cfg(feature = "serde")]
mod redacted {
    use crate::credential::Credential;

    #[expect(
        clippy::ref_option,
        reason = "serde hands over a reference to the field"
    )]
    pub(super) fn serialize<S: serde::Serializer>(
        credential: &Option<Credential>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match credential {
            None => serializer.serialize_none(),
            Some(credential) => serializer.serialize_str(credential.kind().as_str()),
        }
    }

    pub(super) fn deserialize<'de, D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Credential>, D::Error> {
        use serde::Deserialize as _;

        match Option::<serde::de::IgnoredAny>::deserialize(deserializer)? {
            None => Ok(None),
            Some(_) => Err(serde::de::Error::custom(
                "a list of changes cannot set a password, only remove it with `null`",
            )),
        }
    }
}
