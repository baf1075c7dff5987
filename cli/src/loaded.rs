//! The view of the directory that a command works on, with what only people are told of it.

use std::ops::Deref;

use guichet::{Access, Moment, View};

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

    /// Returns an access as the command line spells it.
    pub(crate) fn describe(&self, access: &Access) -> String {
        access.describe(self.directory()).to_string()
    }
}
