//! Which directory a command works on, found and loaded as the global flags say.

use std::io::{self, BufRead};
use std::path::{Path as FilePath, PathBuf};
use std::sync::Arc;

use guichet_core::{
    Diagnostic, Directory, GroupHandle, Mode, PluginKey, Severity, UserHandle, UserKind,
};
use guichet_licensing::{Admission, Entitlements, Owned, PluginCatalogue};
use guichet_policy::{Access, Path, Policy};
use guichet_storage::filesystem::{Disk, FileSystem};
use guichet_storage::locate::{Location, ProjectPath, Target, locate};
use guichet_storage::read::read;
use guichet_storage::store::{DirectoryStore, StoreSettings};

use crate::args::{Format, GlobalArgs};
use crate::editing::trial::Trial;
use crate::error::{CliError, Result};
use crate::output::Person;
use crate::unreadable;
use crate::words;

/// The surroundings of one command.
pub(crate) struct Context<'a> {
    global: &'a GlobalArgs,
    current_folder: &'a io::Result<PathBuf>,
    stdin: &'a mut dyn BufRead,
    prompt: Option<Prompt<'a>>,
}

/// Asks for a secret on the terminal, which does not show what is typed.
pub type Prompt<'a> = &'a dyn Fn(&str) -> io::Result<String>;

impl std::fmt::Debug for Context<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Context")
            .field("global", &self.global)
            .finish_non_exhaustive()
    }
}

impl<'a> Context<'a> {
    /// Takes the global flags, the current folder, standard input and how secrets are asked for.
    pub(crate) fn new(
        global: &'a GlobalArgs,
        current_folder: &'a io::Result<PathBuf>,
        stdin: &'a mut dyn BufRead,
        prompt: Option<Prompt<'a>>,
    ) -> Self {
        Self {
            global,
            current_folder,
            stdin,
            prompt,
        }
    }

    /// Returns the format that was asked for.
    pub(crate) const fn format(&self) -> Format {
        self.global.format
    }

    /// Returns standard input.
    pub(crate) fn stdin(&mut self) -> &mut dyn BufRead {
        self.stdin
    }

    /// Returns how secrets are asked for, where there is a terminal.
    pub(crate) const fn prompt(&self) -> Option<Prompt<'a>> {
        self.prompt
    }

    /// Returns where the application runs.
    pub(crate) fn mode(&self) -> Mode {
        self.global.mode.into()
    }

    /// Returns who edits as the command line names it; none is the Designer.
    pub(crate) fn editor(&self) -> Option<&'a str> {
        self.global.editor.as_deref()
    }

    /// Tells whether an edit is only to be tried.
    pub(crate) const fn is_dry_run(&self) -> bool {
        self.global.dry_run
    }

    /// Returns the store of the directory that counts; on a dry run it writes to memory only.
    ///
    /// # Errors
    ///
    /// As [`target`](Context::target).
    pub(crate) fn store(&self) -> Result<DirectoryStore> {
        let files: Arc<dyn FileSystem> = if self.is_dry_run() {
            Arc::new(Trial::default())
        } else {
            Arc::new(Disk)
        };
        let settings = StoreSettings::default();
        Ok(DirectoryStore::on(files, self.target()?, settings))
    }

    /// Finds the directory.json that counts.
    ///
    /// # Errors
    ///
    /// What storage says: no project, or a candidate that exists and cannot be read (decision D30);
    /// `current-folder` when the project is to be found from a folder that is gone.
    pub(crate) fn locate(&self) -> Result<Location> {
        let target = self.target()?;
        locate(&Disk, &target).map_err(|error| CliError::from_error(&error).at(error.path()))
    }

    /// Returns what the global flags point at.
    ///
    /// # Errors
    ///
    /// `current-folder` when the project is to be found from a folder that is gone.
    pub(crate) fn target(&self) -> Result<Target> {
        Ok(match (&self.global.directory, &self.global.project) {
            (Some(file), _) => Target::File(file.clone()),
            (None, Some(project)) => Target::Project {
                project: ProjectPath::At(project.clone()),
                data: self.global.data.clone(),
            },
            (None, None) => Target::Project {
                project: ProjectPath::Above(self.current_folder()?),
                data: self.global.data.clone(),
            },
        })
    }

    /// Returns the current folder.
    ///
    /// # Errors
    ///
    /// `current-folder` when it is gone.
    pub(crate) fn current_folder(&self) -> Result<PathBuf> {
        self.current_folder.as_ref().cloned().map_err(|error| {
            let message = format!("the current folder cannot be read: {error}");
            CliError::new("current-folder", message)
                .help("Name the project with `--project`, or go to a folder that exists.")
        })
    }

    /// Loads the directory that counts, with its options and plug-ins.
    ///
    /// # Errors
    ///
    /// As [`locate`](Context::locate); and every place of the file that has no meaning.
    pub(crate) fn load(&self) -> Result<Loaded> {
        self.load_at(self.locate()?)
    }

    /// Loads another directory.json, to be compared with the one that counts.
    ///
    /// The guichet.toml beside it goes with it; where there is none, the one that counts here does.
    ///
    /// # Errors
    ///
    /// As [`load`](Context::load).
    pub(crate) fn load_other(&self, file: &FilePath, like: &Loaded) -> Result<Loaded> {
        let mut location = locate(&Disk, &Target::File(file.to_owned()))
            .map_err(|error| CliError::from_error(&error).at(error.path()))?;
        if location.options.is_none() {
            location.options.clone_from(&like.location.options);
        }
        self.load_at(location)
    }

    fn load_at(&self, location: Location) -> Result<Loaded> {
        let loaded = read(&Disk, &location).map_err(|error| unreadable::from_read_error(&error))?;
        let catalogue = PluginCatalogue::new(&loaded.options.plugins)
            .map_err(|error| {
                let error = CliError::from_error(&error);
                match &location.options {
                    Some(path) => error.at(path),
                    None => error,
                }
            })?
            .with_granted(&loaded.directory);
        let declared = catalogue.plugins().iter().map(|plugin| plugin.key.clone());
        let directory = Arc::new(loaded.directory);
        let policy = Policy::new(
            Arc::clone(&directory),
            self.global.mode.into(),
            loaded.options.policies,
        )
        .with_plugins(declared);
        let entitlements = Entitlements::from_declarations(&loaded.options.plugins);
        Ok(Loaded {
            location,
            directory,
            policy,
            catalogue,
            entitlements,
            revision: loaded.revision.to_string(),
            severities: loaded.problems.iter().map(Diagnostic::severity).collect(),
        })
    }
}

/// A loaded directory, and everything that commands ask about it.
#[derive(Debug)]
pub(crate) struct Loaded {
    location: Location,
    directory: Arc<Directory>,
    policy: Policy,
    catalogue: PluginCatalogue,
    entitlements: Entitlements,
    revision: String,
    severities: Vec<Severity>,
}

impl Loaded {
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

    /// Returns which version of the file was read.
    pub(crate) fn revision(&self) -> &str {
        &self.revision
    }

    /// Returns how many oddities of a severity the file has; a cycle of groups is an error.
    pub(crate) fn problem_count(&self, severity: Severity) -> usize {
        let of_file = self.severities.iter().filter(|one| **one == severity);
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

    /// Returns the seats owned of a plug-in, if guichet.toml says so.
    pub(crate) fn owned_seats(&self, plugin: &PluginKey) -> Option<Owned> {
        let rights = self.entitlements.get(plugin)?.rights().iter();
        let mut owned = rights.map(|right| right.owned);
        owned.try_fold(Owned::NONE, Owned::checked_add).ok()
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
            .map_or(UserKind::User, guichet_core::User::kind);
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
