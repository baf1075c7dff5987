//! What lint looks at.

use std::collections::BTreeMap;
use std::fmt;

use guichet_core::{Directory, GroupHandle, PluginKey, UserHandle};

use crate::closure::Closure;
use crate::names::{group_name, user_name};
use crate::policy::Policy;

/// A directory with what other files say about the same application.
#[derive(Debug, Clone, Copy)]
pub struct LintInput<'a> {
    policy: &'a Policy,
    facts: &'a Facts,
}

/// What other files say, as plain data; by default nothing is known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// How many licences of a plug-in are owned, where that is known and limited.
    pub seats: BTreeMap<PluginKey, u32>,
    /// The servers that the application's settings publish.
    pub published: Vec<Service>,
}

/// A server that an application can publish.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Service {
    /// The application server: remote 4D.
    Application,
    /// The web server.
    Web,
    /// The REST server.
    Rest,
    /// The SQL server.
    Sql,
}

impl fmt::Display for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Application => "application server",
            Self::Web => "web server",
            Self::Rest => "REST server",
            Self::Sql => "SQL server",
        })
    }
}

impl<'a> LintInput<'a> {
    /// Takes a policy, and what other files say.
    pub const fn new(policy: &'a Policy, facts: &'a Facts) -> Self {
        Self { policy, facts }
    }

    /// Returns the directory.
    pub fn directory(&self) -> &'a Directory {
        self.policy.directory()
    }

    /// Returns the closure of the directory's groups.
    pub const fn closure(&self) -> &'a Closure {
        self.policy.closure()
    }

    /// Returns the policy, if the groups decide anything: on a server, once the Designer has a password.
    pub(super) fn controlled(&self) -> Option<&'a Policy> {
        match self.policy.uncontrolled() {
            None => Some(self.policy),
            Some(_) => None,
        }
    }

    /// Returns the Default User, if there is one.
    pub(super) fn default_user(&self) -> Option<UserHandle> {
        let user = self.directory().settings().default_user().as_ref()?;
        user.known().copied()
    }

    /// Returns what other files say.
    pub const fn facts(&self) -> &'a Facts {
        self.facts
    }

    pub(super) fn group_name(&self, group: GroupHandle) -> &'a str {
        group_name(self.directory(), group)
    }

    pub(super) fn user_name(&self, user: UserHandle) -> &'a str {
        user_name(self.directory(), user)
    }
}
