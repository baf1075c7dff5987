//! A loaded directory, and everything that commands ask about it.

use std::collections::HashMap;
use std::sync::Arc;

use guichet::core::{
    Diagnostic as _, Directory, Grantee, GroupHandle, Mode, PluginDeclaration, PluginKey, Severity,
    UserHandle, UserKind,
};
use guichet::licensing::{Admission, Entitlements, Moment, Owned, PluginCatalogue};
use guichet::policy::{Access, Decision, Path, Policy};
use guichet::storage::decode::Problem;
use guichet::storage::guichet_toml::LintLevel;
use guichet::storage::json::Document;
use guichet::storage::locate::Location;
use guichet::storage::place::{Located, Place};
use guichet::storage::read::Loaded as Read;

use crate::error::{CliError, Result};
use crate::output::Person;
use crate::words;

/// Returns the plug-ins that there are: 4D's, those of guichet.toml, and others that a directory names.
///
/// # Errors
///
/// Where guichet.toml declares a plug-in that there is already.
pub(crate) fn catalogue(
    declared: &[PluginDeclaration],
    options: Option<&std::path::Path>,
    directory: &Directory,
) -> Result<PluginCatalogue> {
    let catalogue = PluginCatalogue::new(declared).map_err(|error| {
        let error = CliError::from_error(&error);
        match options {
            Some(path) => error.at(path),
            None => error,
        }
    })?;
    Ok(catalogue.with_granted(directory))
}

/// A loaded directory, and everything that commands ask about it.
#[derive(Debug)]
pub(crate) struct Loaded {
    location: Location,
    directory: Arc<Directory>,
    policy: Policy,
    catalogue: PluginCatalogue,
    entitlements: Entitlements,
    document: Option<Document>,
    problems: Vec<Located<Problem>>,
    levels: Vec<LintLevel>,
    plugin_grants: HashMap<PluginKey, Place>,
    revision: String,
    now: Moment,
}

impl Loaded {
    /// Puts together what was read.
    ///
    /// # Errors
    ///
    /// Where guichet.toml declares a plug-in that there is already.
    pub(crate) fn of(location: Location, read: Read, mode: Mode, now: Moment) -> Result<Self> {
        let options = location.options.as_deref();
        let catalogue = catalogue(&read.options.plugins, options, &read.directory)?;
        let declared = catalogue.plugins().iter().map(|plugin| plugin.key.clone());
        let directory = Arc::new(read.directory);
        let policy =
            Policy::new(Arc::clone(&directory), mode, read.options.policies).with_plugins(declared);
        let entitlements = Entitlements::from_declarations(&read.options.plugins);
        let plugin_grants = read.options.plugin_grants.into_iter();
        let plugin_grants = plugin_grants.map(|(plugin, granted)| (plugin, granted.place));
        Ok(Self {
            location,
            directory,
            policy,
            catalogue,
            entitlements,
            document: read.document,
            problems: read.problems,
            levels: read.options.lint,
            plugin_grants: plugin_grants.collect(),
            revision: read.revision.to_string(),
            now,
        })
    }

    /// Returns where the directory was read from.
    pub(crate) const fn location(&self) -> &Location {
        &self.location
    }

    /// Returns the directory.
    pub(crate) fn directory(&self) -> &Directory {
        &self.directory
    }

    /// Returns what decides about it.
    pub(crate) const fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Returns the known plug-ins.
    pub(crate) const fn catalogue(&self) -> &PluginCatalogue {
        &self.catalogue
    }

    /// Returns the text; none where a project has no file.
    pub(crate) const fn document(&self) -> Option<&Document> {
        self.document.as_ref()
    }

    /// Returns everything odd that was found on reading, in the order of the files.
    pub(crate) fn problems(&self) -> &[Located<Problem>] {
        &self.problems
    }

    /// Returns the levels of lint's rules that guichet.toml chooses.
    pub(crate) fn lint_levels(&self) -> &[LintLevel] {
        &self.levels
    }

    /// Returns where guichet.toml gives a plug-in to somebody.
    pub(crate) fn plugin_grant(&self, plugin: &PluginKey) -> Option<&Place> {
        self.plugin_grants.get(plugin)
    }

    /// Returns which version of the file was read.
    pub(crate) fn revision(&self) -> &str {
        &self.revision
    }

    /// Returns how many oddities of a severity the file has; a cycle of groups is an error.
    pub(crate) fn problem_count(&self, severity: Severity) -> usize {
        let of_file = self.problems.iter();
        let of_file = of_file.filter(|one| one.severity() == severity);
        let cycles = match severity {
            Severity::Error => self.policy.closure().cycles().len(),
            Severity::Warning | Severity::Info => 0,
        };
        of_file.count() + cycles
    }

    /// Returns where the application runs.
    pub(crate) const fn mode(&self) -> Mode {
        self.policy.mode()
    }

    /// Returns what guichet.toml says is owned.
    pub(crate) const fn entitlements(&self) -> &Entitlements {
        &self.entitlements
    }

    /// Returns who may use a plug-in, as the directory says now.
    pub(crate) fn admission(&self) -> Admission<'_> {
        Admission::new(&self.directory, self.policy.closure())
            .with_mode(self.policy.mode())
            .with_options(&self.policy.options())
    }

    /// Returns the moment of the command that loaded it.
    pub(crate) const fn now(&self) -> Moment {
        self.now
    }

    /// Returns the seats owned of a plug-in today, as guichet.toml says.
    pub(crate) fn owned_seats(&self, plugin: &PluginKey) -> Owned {
        self.entitlements.owned_on(plugin, self.now.date())
    }

    /// Finds a user by name or number.
    ///
    /// # Errors
    ///
    /// `unknown-user`, with a suggestion.
    pub(crate) fn user(&self, word: &str) -> Result<UserHandle> {
        words::user(&self.directory, word)
    }

    /// Finds a group by name or number.
    ///
    /// # Errors
    ///
    /// `unknown-group`, with a suggestion.
    pub(crate) fn group(&self, word: &str) -> Result<GroupHandle> {
        words::group(&self.directory, word)
    }

    /// Finds a plug-in by key, number, constant or name.
    ///
    /// # Errors
    ///
    /// `unknown-plugin`, with a suggestion.
    pub(crate) fn plugin(&self, word: &str) -> Result<PluginKey> {
        words::plugin(&self.catalogue, word)
    }

    /// Reads an ACCESS.
    ///
    /// # Errors
    ///
    /// `unknown-access`, `unknown-schema`, `unknown-plugin` or `unknown-group`.
    pub(crate) fn access(&self, word: &str) -> Result<Access> {
        words::access(&self.directory, &self.catalogue, word)
    }

    /// Decides whether a user has an access.
    ///
    /// # Errors
    ///
    /// `unknown-plugin`, with a suggestion.
    pub(crate) fn check(&self, user: UserHandle, access: &Access) -> Result<Decision> {
        let decision = self.policy.check(user, access);
        decision.map_err(|error| CliError::from_diagnostic(&error))
    }

    /// Returns who is given an access by name; none where the access is not known.
    pub(crate) fn grantees(&self, access: &Access) -> Vec<Grantee> {
        self.policy.grantees(access).unwrap_or_default()
    }

    /// Returns an access as the command line spells it.
    pub(crate) fn describe(&self, access: &Access) -> String {
        access.describe(&self.directory).to_string()
    }

    /// Returns a user's name.
    pub(crate) fn user_name(&self, user: UserHandle) -> String {
        self.directory
            .user(user)
            .map(|user| user.name().to_string())
            .unwrap_or_default()
    }

    /// Returns a user's name with what the user is.
    pub(crate) fn person(&self, user: UserHandle) -> Person {
        let kind = self
            .directory
            .user(user)
            .map_or(UserKind::User, guichet::core::User::kind);
        Person {
            name: self.user_name(user),
            kind,
        }
    }

    /// Returns the names of users with what they are.
    pub(crate) fn people(&self, users: &[UserHandle]) -> Vec<Person> {
        users.iter().map(|user| self.person(*user)).collect()
    }

    /// Returns the names of groups.
    pub(crate) fn group_names(&self, groups: &[GroupHandle]) -> Vec<String> {
        let known = groups
            .iter()
            .filter_map(|group| self.directory.group(*group));
        known.map(|group| group.name().to_string()).collect()
    }

    /// Returns the names along a chain of memberships.
    pub(crate) fn path_names(&self, path: &Path) -> Vec<String> {
        path.names(&self.directory).map(str::to_owned).collect()
    }
}
