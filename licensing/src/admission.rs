//! May this account use this plug-in now? Group membership is asked through core's trait.

use std::fmt;

use guichet_core::identity::same_name;
use guichet_core::{
    AdmissionReason, Directory, Grantee, GroupHandle, GroupName, GroupReference, Membership, Mode,
    Options, PluginKey, User, UserHandle, UserName,
};

/// Answers whether an account may use a plug-in: an [`Admission`], or a closure in a test
/// or a what-if.
///
/// A program that gives a session groups of its own (4D's `SET GROUP ACCESS`) passes a gate that
/// knows them; seats that are held stay held (statement 53).
pub trait Gate {
    /// Returns the standing of an account towards a plug-in.
    fn standing(&self, user: &UserName, plugin: &PluginKey) -> AdmissionReason;

    /// Returns who may use a plug-in, by name, for those who are refused; `None` where that is not
    /// known.
    fn grantee(&self, _plugin: &PluginKey) -> Option<Grantee> {
        None
    }
}

impl<F: Fn(&UserName, &PluginKey) -> AdmissionReason> Gate for F {
    fn standing(&self, user: &UserName, plugin: &PluginKey) -> AdmissionReason {
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
    options: Options,
}

impl<'a> Admission<'a> {
    /// Joins a directory with the membership computed from it; 4D Server and default policies.
    pub fn new(directory: &'a Directory, membership: &'a dyn Membership) -> Self {
        Self {
            directory,
            membership,
            mode: Mode::default(),
            options: Options::default(),
        }
    }

    /// Says where the directory is used.
    #[must_use]
    pub fn with_mode(self, mode: Mode) -> Self {
        Self { mode, ..self }
    }

    /// Takes the options of the directory; the one on the Designer and plug-ins counts (decision D2).
    #[must_use]
    pub fn with_options(self, options: &Options) -> Self {
        Self {
            options: *options,
            ..self
        }
    }

    /// Returns the directory.
    pub const fn directory(&self) -> &'a Directory {
        self.directory
    }

    /// Returns the name by which a ledger knows a user; `None` where that name, in any case, means
    /// another user first: the ledger would take the one for the other. O(users).
    pub fn account(&self, user: UserHandle) -> Option<&'a UserName> {
        let name = self.directory.user(user)?.name();
        let mut users = self.directory.users();
        let meant = users.find(|(_, other)| same_name(other.name().as_str(), name.as_str()));
        meant
            .is_some_and(|(meant, _)| meant == user)
            .then_some(name)
    }

    /// Returns who may use a plug-in, by name.
    pub(crate) fn granted_to(&self, plugin: &PluginKey) -> Grantee {
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
    /// A name means the first account that has it, the built-in accounts before all others.
    fn standing(&self, user: &UserName, plugin: &PluginKey) -> AdmissionReason {
        let account = self.directory.find_user(user.as_str());
        let kind = account.and_then(|user| self.directory.user(user));
        let rule = guichet_core::Admission::new(self.directory, self.mode, &self.options, plugin);
        let verdict = rule.decide(kind.map(User::kind), |group| {
            self.membership.is_member(account?, group).then_some(())
        });
        AdmissionReason::from(&verdict)
    }

    fn grantee(&self, plugin: &PluginKey) -> Option<Grantee> {
        Some(self.granted_to(plugin))
    }
}

impl fmt::Debug for Admission<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Admission")
            .field("directory", &self.directory)
            .field("mode", &self.mode)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
