//! What a person meets before any access is decided: the login dialog and the state of Design.

use guichet_core::{Mode, PasswordKind, Reference, UserHandle};

use crate::policy::Policy;

/// How a person opens the application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Launch {
    /// In the usual way.
    #[default]
    Usual,
    /// With the Shift key down, which asks for the login dialog.
    ShiftHeld,
}

/// What 4D asks a person who opens the application (4D's *Security* page).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Login {
    /// Nothing: everyone is the Designer.
    NotAsked,
    /// Nothing: everyone is the Default User, who has no password.
    AsDefaultUser(UserHandle),
    /// The password of the Default User, and no name.
    DefaultUserPassword(UserHandle),
    /// A name and a password.
    Dialog,
}

/// How the Design environment opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DesignEnvironment {
    /// Single-user 4D: the project can be changed.
    Editable,
    /// A client of 4D Server: for everyone, the Designer included, it can only be read.
    ReadOnly,
}

impl Policy {
    /// Returns what a person who opens the application is asked.
    pub fn login(&self, launch: Launch) -> Login {
        if self.uncontrolled().is_some() {
            return Login::NotAsked;
        }
        let default = self
            .directory()
            .settings()
            .default_user()
            .as_ref()
            .and_then(Reference::known)
            .copied();
        let Some(user) = default.filter(|_| launch == Launch::Usual) else {
            return Login::Dialog;
        };
        match self
            .directory()
            .user(user)
            .map(guichet_core::User::password)
        {
            None => Login::Dialog,
            Some(PasswordKind::None) => Login::AsDefaultUser(user),
            Some(_) => Login::DefaultUserPassword(user),
        }
    }

    /// Returns how the Design environment opens for those who may enter it.
    pub const fn design_environment(&self) -> DesignEnvironment {
        match self.mode() {
            Mode::SingleUser => DesignEnvironment::Editable,
            Mode::Server => DesignEnvironment::ReadOnly,
        }
    }
}
