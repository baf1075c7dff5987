//! May this account use this plug-in now? Group membership is asked through core's trait.

use std::fmt;

use guichet_core::options::DesignerPlugins;
use guichet_core::{
    AccessControl, Directory, Grantee, GroupHandle, GroupName, GroupReference, Membership, Mode,
    Options, PluginKey, UserName,
};

/// Whether an account may use a plug-in, and by which rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Yes: single-user 4D checks nothing (statement 3, decision D18).
    SingleUser,
    /// Yes: the Designer has no password, so nothing is checked (statement 39, decision D18).
    AccessControlOff,
    /// Yes: the Designer passes every plug-in's group (decision D2, when set so).
    Designer,
    /// Yes: the plug-in is open to everyone.
    Everyone,
    /// Yes: an effective member of the plug-in's group.
    Member,
    /// No: the plug-in is granted to nobody.
    Nobody,
    /// No: not an effective member of the plug-in's group.
    NotMember,
    /// No: the plug-in's group does not exist (decision D12).
    MissingGroup,
    /// No: the directory has no such account.
    UnknownUser,
}

impl Standing {
    /// Tells whether the account may use the plug-in.
    pub const fn is_entitled(self) -> bool {
        match self {
            Self::SingleUser
            | Self::AccessControlOff
            | Self::Designer
            | Self::Everyone
            | Self::Member => true,
            Self::Nobody | Self::NotMember | Self::MissingGroup | Self::UnknownUser => false,
        }
    }

    /// Returns the word for programs, such as `not-member`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SingleUser => "single-user",
            Self::AccessControlOff => "access-control-off",
            Self::Designer => "designer",
            Self::Everyone => "everyone",
            Self::Member => "member",
            Self::Nobody => "nobody",
            Self::NotMember => "not-member",
            Self::MissingGroup => "missing-group",
            Self::UnknownUser => "unknown-user",
        }
    }
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Whoever answers whether an account may use a plug-in: an [`Admission`], or a closure in a test
/// or a what-if.
///
/// A program that gives a session groups of its own (4D's `SET GROUP ACCESS`) passes a gate that
/// knows them; seats that are held stay held (statement 53).
pub trait Gate {
    /// Returns the standing of an account towards a plug-in.
    fn standing(&self, user: &UserName, plugin: &PluginKey) -> Standing;
}

impl<F: Fn(&UserName, &PluginKey) -> Standing> Gate for F {
    fn standing(&self, user: &UserName, plugin: &PluginKey) -> Standing {
        self(user, plugin)
    }
}

/// The gate of a directory at one moment: its grants, and membership as someone else computes it.
///
/// Membership is effective membership, through any nesting (decision D19). The web and SOAP
/// publication of a remote 4D are plug-ins like any other (statement 33).
#[derive(Clone, Copy)]
pub struct Admission<'a> {
    directory: &'a Directory,
    membership: &'a dyn Membership,
    mode: Mode,
    designer: DesignerPlugins,
}

impl<'a> Admission<'a> {
    /// Joins a directory with the membership computed from it; 4D Server and default policies.
    pub fn new(directory: &'a Directory, membership: &'a dyn Membership) -> Self {
        Self {
            directory,
            membership,
            mode: Mode::default(),
            designer: DesignerPlugins::default(),
        }
    }

    /// Says where the directory is used.
    #[must_use]
    pub fn with_mode(self, mode: Mode) -> Self {
        Self { mode, ..self }
    }

    /// Takes the named policy on the Designer and plug-ins (decision D2).
    #[must_use]
    pub fn with_options(self, options: &Options) -> Self {
        Self {
            designer: options.designer_plugins,
            ..self
        }
    }

    /// Returns the directory.
    pub const fn directory(&self) -> &'a Directory {
        self.directory
    }

    /// Returns who may use a plug-in, by name.
    pub fn grantee(&self, plugin: &PluginKey) -> Grantee {
        let stored = self.directory.grants().plugin(plugin);
        self.directory.grantee_by_name(stored)
    }

    /// Returns one shortest chain of groups from one that holds the user directly up to the
    /// plug-in's group; `None` when the user is not a member or the plug-in has no group.
    pub fn path(&self, user: &UserName, plugin: &PluginKey) -> Option<Vec<GroupName>> {
        let user = self.directory.find_user(user.as_str())?;
        let groups = self.membership.membership_path(user, self.group(plugin)?)?;
        let name = |group| Some(self.directory.group(group)?.name().clone());
        groups.into_iter().map(name).collect()
    }

    fn group(&self, plugin: &PluginKey) -> Option<GroupHandle> {
        match self.directory.grants().plugin(plugin) {
            Grantee::Group(GroupReference::Known(group)) => Some(*group),
            _ => None,
        }
    }
}

impl Gate for Admission<'_> {
    fn standing(&self, user: &UserName, plugin: &PluginKey) -> Standing {
        if self.mode == Mode::SingleUser {
            return Standing::SingleUser;
        }
        if self.directory.access_control() == AccessControl::Off {
            return Standing::AccessControlOff;
        }
        let Some(user) = self.directory.find_user(user.as_str()) else {
            return Standing::UnknownUser;
        };
        if self.designer == DesignerPlugins::Always && user == self.directory.designer() {
            return Standing::Designer;
        }
        match self.directory.grants().plugin(plugin) {
            Grantee::Everyone => Standing::Everyone,
            Grantee::Nobody => Standing::Nobody,
            Grantee::Group(GroupReference::Missing(_)) => Standing::MissingGroup,
            Grantee::Group(GroupReference::Known(group)) => {
                if self.membership.is_member(user, *group) {
                    Standing::Member
                } else {
                    Standing::NotMember
                }
            }
        }
    }
}

impl fmt::Debug for Admission<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Admission")
            .field("directory", &self.directory)
            .field("mode", &self.mode)
            .field("designer", &self.designer)
            .finish_non_exhaustive()
    }
}
