//! The decisions themselves: one directory, one mode, one set of options.

use std::sync::Arc;

use guichet_core::AdministratorDesign;
use guichet_core::{
    AccessControl, Admission, Admitted, Directory, Grantee, Mode, NotAdmitted, Options, PluginKey,
    SqlRight, UserHandle, UserKind,
};

use crate::access::{Access, SqlAccess};
use crate::closure::Closure;
use crate::decision::{Allowance, Decision, Denial};
use crate::error::AccessError;
use crate::granted::{Granted, grantees};
use crate::plugins::Plugins;

/// Answers who may reach what in one directory, deployed in one way, under one set of options.
///
/// An immutable snapshot: threads share it without a lock, and a clone shares the same data. When
/// the file changes, make another one and publish it.
///
/// A user handle that the directory does not have is an ordinary user in no group. A plug-in that
/// nobody declared is an error, not open to everyone: 4D's six are known, those that the directory
/// has a grant for, and those that [`with_plugins`](Policy::with_plugins) adds.
///
/// ```
/// use guichet_core::{
///     Credential, Diagnostic as _, DirectoryBuilder, Grantee, GroupName, Mode, Options, PluginKey,
///     UserName,
/// };
/// use guichet_policy::{Access, Policy, Reason};
///
/// let mut builder = DirectoryBuilder::new();
/// let designer = builder.as_directory().designer();
/// builder.credential(designer, Credential::from_stored("AAAAAAAAAAAAAAAAAAAAAA=="));
/// let ann = builder.user(UserName::from_stored("Ann"));
/// builder.group(GroupName::from_stored("Accounting"));
/// let finance = builder.group(GroupName::from_stored("Finance"));
/// builder.members_of(finance).user("Ann");
/// let accounting = builder.as_directory().find_group("Accounting");
/// builder.members_of(accounting.ok_or("no such group")?).group("Finance");
/// let write = PluginKey::from_stored("write");
/// builder.grant_plugin(&write, &Grantee::parse("Accounting"));
///
/// let policy = Policy::new(builder.finish(), Mode::Server, Options::default());
/// let decision = policy.check(ann, &Access::Plugin(write))?;
/// assert!(decision.allowed());
/// assert_eq!(decision.reason(), Reason::Member);
/// let path = decision.path().ok_or("a member has a path")?;
/// let names: Vec<_> = path.names(policy.directory()).collect();
/// assert_eq!(names, ["Ann", "Finance", "Accounting"]);
///
/// let mistyped = Access::Plugin(PluginKey::from_stored("wirte"));
/// let error = policy.check(ann, &mistyped).err().ok_or("nobody declared it")?;
/// assert_eq!(error.help().as_deref(), Some("Did you mean `write`?"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Policy {
    closure: Closure,
    mode: Mode,
    options: Options,
    plugins: Arc<Plugins>,
}

impl Policy {
    /// Prepares decisions about a directory, in time linear in its memberships.
    pub fn new(directory: impl Into<Arc<Directory>>, mode: Mode, options: Options) -> Self {
        let closure = Closure::new(directory);
        Self {
            plugins: Arc::new(Plugins::of(closure.directory())),
            closure,
            mode,
            options,
        }
    }

    /// Makes plug-ins known that neither 4D nor a grant of the directory names: those that
    /// `guichet.toml` declares.
    #[must_use]
    pub fn with_plugins(mut self, declared: impl IntoIterator<Item = PluginKey>) -> Self {
        Arc::make_mut(&mut self.plugins).extend(declared);
        self
    }

    /// Returns the directory.
    pub fn directory(&self) -> &Arc<Directory> {
        self.closure.directory()
    }

    /// Returns the closure of the directory's groups.
    pub const fn closure(&self) -> &Closure {
        &self.closure
    }

    /// Returns where the directory is used.
    pub const fn mode(&self) -> Mode {
        self.mode
    }

    /// Returns the named policies.
    pub const fn options(&self) -> Options {
        self.options
    }

    /// Decides whether a user may reach something, with the reason.
    ///
    /// The first of these that applies is the reason:
    ///
    /// 1. single-user 4D, or a Designer without a password: everything is allowed (decision D18);
    /// 2. the Designer may do everything, except that a plug-in is decided as for anybody else, unless
    ///    [`DesignerPlugins::Always`](guichet_core::DesignerPlugins::Always) (decision D2, and core's [`Admission`], which decides about
    ///    plug-ins); the Administrator may administer, and enter
    ///    Design under [`AdministratorDesign::Always`] (decision D1);
    /// 3. the grantee in the directory decides; SQL rights include the narrower ones (decision D17).
    ///
    /// For [`Access::Group`] membership comes before the Designer's power, so that a path is shown
    /// when there is one.
    ///
    /// # Errors
    ///
    /// [`AccessError::UnknownPlugin`]: nobody declared the plug-in.
    pub fn check(&self, user: UserHandle, access: &Access) -> Result<Decision, AccessError> {
        self.known(access)?;
        Ok(self.decide(user, access))
    }

    /// Returns whether an access can be asked for at all.
    ///
    /// # Errors
    ///
    /// [`AccessError::UnknownPlugin`]: nobody declared the plug-in.
    pub(crate) fn known(&self, access: &Access) -> Result<(), AccessError> {
        match access {
            Access::Plugin(plugin) => self.plugins.find(plugin),
            _ => Ok(()),
        }
    }

    /// Decides about an access that is known.
    pub(crate) fn decide(&self, user: UserHandle, access: &Access) -> Decision {
        if let Access::Plugin(plugin) = access {
            return self.admitted(user, plugin);
        }
        if let Some(allowance) = self.uncontrolled().or_else(|| self.power(user, access)) {
            return Decision::Allowed(allowance);
        }
        let granted = self.granted(access);
        self.by_grant(user, access, &granted)
    }

    /// Returns who the directory gives an access to, by name: everyone alone, nobody alone, or one
    /// group, for SQL up to three (decision D17).
    ///
    /// This is what the file says, without the mode and the powers of the built-in users.
    /// Administration is nobody's to give.
    ///
    /// # Errors
    ///
    /// [`AccessError::UnknownPlugin`]: nobody declared the plug-in.
    pub fn grantees(&self, access: &Access) -> Result<Vec<Grantee>, AccessError> {
        self.known(access)?;
        Ok(self.named(access))
    }

    /// Who has an access that is known, by name.
    pub(crate) fn named(&self, access: &Access) -> Vec<Grantee> {
        grantees(self.directory(), self.mode, access)
    }

    /// Returns every access of the directory in a fixed order: the areas, each SQL schema with its
    /// three rights, the [`plugins`](Policy::plugins), administration.
    ///
    /// Groups are left out: being in them is membership itself, which [`Closure::groups_of_user`]
    /// lists.
    pub fn accesses(&self) -> Vec<Access> {
        let mut accesses = vec![
            Access::Design,
            Access::RuntimeExplorer,
            Access::Http,
            Access::Rest,
        ];
        for grants in self.directory().grants().schemas() {
            let rights = SqlRight::ALL.into_iter();
            accesses.extend(
                rights.map(|right| Access::Sql(SqlAccess::new(grants.schema().clone(), right))),
            );
        }
        accesses.extend(self.plugins().iter().cloned().map(Access::Plugin));
        accesses.push(Access::Administration);
        accesses
    }

    /// Returns the plug-ins that are known: the six of 4D, then those that the directory has a grant
    /// for, then those declared by [`with_plugins`](Policy::with_plugins), each once.
    pub fn plugins(&self) -> &[PluginKey] {
        self.plugins.in_order()
    }

    /// Why everything is allowed to everyone, if it is.
    pub(crate) fn uncontrolled(&self) -> Option<Allowance> {
        match (self.mode, self.directory().access_control()) {
            (Mode::SingleUser, _) => Some(Allowance::SingleUser),
            (Mode::Server, AccessControl::Off) => Some(Allowance::AccessControlOff),
            (Mode::Server, AccessControl::On) => None,
        }
    }

    /// Why a built-in user may without a group, if so.
    pub(crate) fn power(&self, user: UserHandle, access: &Access) -> Option<Allowance> {
        let administrator_design = self.options.administrator_design;
        match (self.kind(user), access) {
            (UserKind::Designer, Access::Group(_) | Access::Plugin(_)) => None,
            (UserKind::Designer, _) => Some(Allowance::Designer),
            (UserKind::Administrator, Access::Administration) => Some(Allowance::Administrator),
            (UserKind::Administrator, Access::Design | Access::RuntimeExplorer) => {
                (administrator_design == AdministratorDesign::Always)
                    .then_some(Allowance::Administrator)
            }
            (UserKind::Administrator | UserKind::User, _) => None,
        }
    }

    /// Who is admitted to a plug-in: core's one rule, which licensing asks too.
    fn admitted(&self, user: UserHandle, plugin: &PluginKey) -> Decision {
        let admission = Admission::new(self.directory(), self.mode, &self.options, plugin);
        let path = |group| self.closure.path_to_any(user, &[group]);
        match admission.decide(Some(self.kind(user)), path) {
            Ok(Admitted::SingleUser) => Decision::Allowed(Allowance::SingleUser),
            Ok(Admitted::AccessControlOff) => Decision::Allowed(Allowance::AccessControlOff),
            Ok(Admitted::Designer) => Decision::Allowed(Allowance::Designer),
            Ok(Admitted::Everyone) => Decision::Allowed(Allowance::Everyone),
            Ok(Admitted::Member(path)) => Decision::Allowed(Allowance::Member(path)),
            Err(NotAdmitted::Nobody) => Decision::Denied(Denial::Nobody),
            // A handle of no account is an ordinary user in no group.
            Err(NotAdmitted::NotMember | NotAdmitted::UnknownUser) => {
                Decision::Denied(Denial::NotMember)
            }
            Err(NotAdmitted::MissingGroup) => Decision::Denied(Denial::MissingGroup),
        }
    }

    /// What the grants alone decide.
    fn by_grant(&self, user: UserHandle, access: &Access, granted: &Granted) -> Decision {
        let denial = match granted {
            Granted::Everyone => return Decision::Allowed(Allowance::Everyone),
            Granted::Groups(groups) => match self.closure.path_to_any(user, groups) {
                Some(path) => return Decision::Allowed(Allowance::Member(path)),
                None => Denial::NotMember,
            },
            Granted::Missing => Denial::MissingGroup,
            Granted::Nobody => Denial::Nobody,
            Granted::Power => Denial::NotEntitled,
        };
        match (self.kind(user), access) {
            (UserKind::Designer, Access::Group(_)) => Decision::Allowed(Allowance::Designer),
            _ => Decision::Denied(denial),
        }
    }

    pub(crate) fn granted(&self, access: &Access) -> Granted {
        Granted::of(self.directory(), self.mode, access)
    }

    fn kind(&self, user: UserHandle) -> UserKind {
        let user = self.directory().user(user);
        user.map_or(UserKind::User, guichet_core::User::kind)
    }
}
