//! The one table of who may do what (decision D27).

mod rewrite;

use std::fmt;

use crate::actor::Actor;
use crate::change::{Change, Refusal};
use crate::directory::Directory;
use crate::options::{Options, OwnPassword};

pub use rewrite::{Besides, Rewrite};

/// What somebody wants to do, as far as it matters who does it.
///
/// | act | Designer | Administrator | owner of the account | anybody else |
/// |---|---|---|---|---|
/// | create users | yes | yes | – | no |
/// | edit the Designer's account | yes | **no** | – | no |
/// | edit another account | yes | yes | no | no |
/// | change a password of one's own | yes | yes | by policy `users_may_change_password` | – |
/// | create, rename and empty groups | yes | yes | – | no |
/// | add and remove members | yes | yes | – | no |
/// | give plug-ins to groups | yes | yes | – | no |
/// | set access areas | yes | **no** | – | no |
/// | set the Default User and the web users | yes | **no** | – | no |
/// | write a whole text in another form | yes | yes | – | no |
/// | delete groups; change keys that Guichet does not know | yes | **no** | – | no |
///
/// A name gives what already names it: who creates or renames a group, or a user, to a name that a
/// grant, a setting or a member list has been waiting for must be allowed to give that too
/// ([`Refusal::NameHasRights`]).
///
/// A list of [`Change`]s is asked change by change, by [`Directory::apply`]. What is written in any
/// other way (a merge, an undo, a whole text) is asked as a [`Rewrite`].
///
/// From the page *Managing 4D users and groups*: the Administrator "cannot edit the Designer", and
/// the Settings dialog belongs to the Designer. While access control is off, everybody acts as the
/// Designer ([`Actor::from_user`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Act {
    /// Adding or duplicating a user.
    CreateUser,
    /// Changing anything of the Designer's account.
    EditDesigner,
    /// Changing or deleting an account that is not the Designer's.
    EditUser,
    /// Changing the password of one's own account.
    ChangeOwnPassword,
    /// Adding, duplicating, renaming or emptying a group.
    EditGroup,
    /// Adding members to a group or removing them.
    EditMembership,
    /// Giving a plug-in.
    GrantPlugin,
    /// Giving an access area of the Settings dialog.
    GrantArea,
    /// Setting the Default User or a generic web user.
    EditSettings,
    /// Deleting a group, which no [`Change`] does (decision D21): only a [`Rewrite`] can.
    DeleteGroup,
    /// Writing a text in another form that means the same: only a [`Rewrite`] can.
    Reformat,
    /// Changing what Guichet keeps without reading it, or storing a password of a kind that it does
    /// not know: only a [`Rewrite`] can.
    ChangeUnread,
}

impl Act {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::CreateUser,
        Self::EditDesigner,
        Self::EditUser,
        Self::ChangeOwnPassword,
        Self::EditGroup,
        Self::EditMembership,
        Self::GrantPlugin,
        Self::GrantArea,
        Self::EditSettings,
        Self::DeleteGroup,
        Self::Reformat,
        Self::ChangeUnread,
    ];

    /// Returns what a change is for an actor.
    ///
    /// A name that nobody has counts as another account: only who could change it learns that it
    /// does not exist.
    pub fn from_change(change: &Change, directory: &Directory, actor: Actor) -> Self {
        let account = |name: &str, own: Self| match directory.find_user(name) {
            Some(user) if actor.owns(user) => own,
            Some(Directory::DESIGNER) => Self::EditDesigner,
            _ => Self::EditUser,
        };
        match change {
            Change::AddUser { .. } | Change::DuplicateUser { .. } => Self::CreateUser,
            Change::SetPassword { user, .. } => account(user.as_str(), Self::ChangeOwnPassword),
            Change::RenameUser { user, .. }
            | Change::DeleteUser { user }
            | Change::SetStartupMethod { user, .. } => match directory.find_user(user.as_str()) {
                Some(Directory::DESIGNER) => Self::EditDesigner,
                _ => Self::EditUser,
            },
            Change::AddGroup { .. }
            | Change::DuplicateGroup { .. }
            | Change::RenameGroup { .. }
            | Change::EmptyGroup { .. } => Self::EditGroup,
            Change::AddMembers { .. } | Change::RemoveMembers { .. } => Self::EditMembership,
            Change::GrantPlugin { .. } => Self::GrantPlugin,
            Change::GrantArea { .. } => Self::GrantArea,
            Change::SetDefaultUser { .. } | Change::SetWebUser { .. } => Self::EditSettings,
        }
    }

    /// Returns whether an actor may do this.
    ///
    /// ```
    /// use guichet_core::{Act, Actor, Options};
    /// let options = Options::default();
    /// assert!(Act::CreateUser.allowed_to(Actor::Administrator, &options));
    /// assert!(!Act::EditDesigner.allowed_to(Actor::Administrator, &options));
    /// ```
    pub const fn allowed_to(self, actor: Actor, options: &Options) -> bool {
        match (actor, self) {
            (
                Actor::Administrator,
                Self::EditDesigner
                | Self::GrantArea
                | Self::EditSettings
                | Self::DeleteGroup
                | Self::ChangeUnread,
            )
            | (Actor::Nobody, _) => false,
            (Actor::Designer | Actor::Administrator, _) => true,
            (Actor::User(_), Self::ChangeOwnPassword) => {
                matches!(options.own_password, OwnPassword::Changeable)
            }
            (Actor::User(_), _) => false,
        }
    }

    /// Refuses this if an actor may not do it.
    ///
    /// # Errors
    ///
    /// [`Refusal::NotAllowed`].
    pub const fn check(self, actor: Actor, options: &Options) -> Result<(), Refusal> {
        if self.allowed_to(actor, options) {
            Ok(())
        } else {
            Err(Refusal::NotAllowed { actor, act: self })
        }
    }

    /// Says who may do this, in one sentence.
    pub const fn who_may(self) -> &'static str {
        match self {
            Self::EditDesigner
            | Self::GrantArea
            | Self::EditSettings
            | Self::DeleteGroup
            | Self::ChangeUnread => "Only the Designer can do this.",
            Self::ChangeOwnPassword => {
                "`users_may_change_password` is off: only the Designer and the Administrator can."
            }
            Self::CreateUser
            | Self::EditUser
            | Self::EditGroup
            | Self::EditMembership
            | Self::GrantPlugin
            | Self::Reformat => "The Designer and the Administrator can do this.",
        }
    }
}

impl fmt::Display for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::CreateUser => "create users",
            Self::EditDesigner => "edit the Designer's account",
            Self::EditUser => "edit this account",
            Self::ChangeOwnPassword => "change the password",
            Self::EditGroup => "edit groups",
            Self::EditMembership => "edit the members of groups",
            Self::GrantPlugin => "give plug-ins to groups",
            Self::GrantArea => "give access to an area",
            Self::EditSettings => "set the Default User or a web user",
            Self::DeleteGroup => "delete groups",
            Self::Reformat => "rewrite the file in another order",
            Self::ChangeUnread => "change keys that Guichet does not know",
        })
    }
}
