//! The view of the directory that a command works on, with what only people are told of it.

use std::ops::Deref;

use guichet::core::{GroupHandle, PluginKey, User, UserHandle, UserKind};
use guichet::licensing::{Moment, Owned};
use guichet::policy::Path;
use guichet::{Access, View};

use crate::output::Person;

/// A view, and the moment of the command that loaded it.
#[derive(Debug, Clone)]
pub(crate) struct Loaded {
    view: View,
    now: Moment,
}

impl Deref for Loaded {
    type Target = View;

    fn deref(&self) -> &View {
        &self.view
    }
}

impl Loaded {
    /// Takes what was read, and when.
    pub(crate) const fn new(view: View, now: Moment) -> Self {
        Self { view, now }
    }

    /// Returns the moment of the command that loaded it.
    pub(crate) const fn now(&self) -> Moment {
        self.now
    }

    /// Returns the seats owned of a plug-in today, as guichet.toml says.
    pub(crate) fn owned_seats(&self, plugin: &PluginKey) -> Owned {
        self.owned(plugin, self.now)
    }

    /// Returns an access as the command line spells it.
    pub(crate) fn describe(&self, access: &Access) -> String {
        access.describe(self.directory()).to_string()
    }

    /// Returns a user's name with what the user is.
    pub(crate) fn person(&self, user: UserHandle) -> Person {
        Person {
            name: self.name_of_user(user).to_owned(),
            kind: (self.directory().user(user)).map_or(UserKind::User, User::kind),
        }
    }

    /// Returns the names of users with what they are.
    pub(crate) fn people(&self, users: &[UserHandle]) -> Vec<Person> {
        users.iter().map(|user| self.person(*user)).collect()
    }

    /// Returns the names of groups.
    pub(crate) fn group_names(&self, groups: &[GroupHandle]) -> Vec<String> {
        let names = groups.iter().map(|group| self.name_of_group(*group));
        names.map(str::to_owned).collect()
    }

    /// Returns the names along a chain of memberships.
    pub(crate) fn path_names(&self, path: &Path) -> Vec<String> {
        path.names(self.directory()).map(str::to_owned).collect()
    }
}
