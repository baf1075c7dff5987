//! The named policies of `guichet.toml`: one type each, with its default.

/// What the Administrator may do with a restricted Design environment (decision D1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum AdministratorDesign {
    /// Enters only as a member of the group: 4D's page *Managing 4D users and groups*.
    #[default]
    ByGroup,
    /// Always enters: 4D's *Security* page.
    Always,
}

/// Whether the Designer passes the group of a plug-in (decision D2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum DesignerPlugins {
    /// Only as a member: the group shares out licences.
    #[default]
    ByGroup,
    /// Always.
    Always,
}

/// Which characters a new password may have (decision D6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum PasswordCharset {
    /// Letters and digits of any script.
    #[default]
    Alphanumeric,
    /// Any character but control characters.
    Any,
}

/// Whether an ordinary user may change their own password (decision D27).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum OwnPassword {
    /// They may: *Users can change their password* is on.
    #[default]
    Changeable,
    /// Only the Designer and the Administrator change passwords.
    Fixed,
}

/// The named policies together; `Options::default()` is what an absent `guichet.toml` means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Options {
    /// The Administrator and a restricted Design environment (decision D1).
    pub administrator_design: AdministratorDesign,
    /// The Designer and a plug-in's group (decision D2).
    pub designer_plugins: DesignerPlugins,
    /// The characters of a password (decision D6).
    pub password_charset: PasswordCharset,
    /// Changing one's own password (decision D27).
    pub own_password: OwnPassword,
}

/// Where the directory is used: what 4D checks depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Mode {
    /// 4D Server: identification and access control apply once the Designer has a password.
    #[default]
    Server,
    /// Single-user 4D: everyone works as the Designer.
    SingleUser,
}

impl Mode {
    /// Returns the word of the command line: `server` or `single-user`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Server => "server",
            Self::SingleUser => "single-user",
        }
    }
}
