//! Which directory a command works on, found and loaded as the global flags say.

use std::io::{self, BufRead};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use guichet::core::Mode;
use guichet::licensing::Moment;
use guichet::storage::filesystem::{Disk, FileSystem};
use guichet::storage::inspect::{Neighbours, inspect};
use guichet::storage::locate::{Location, ProjectPath, Target, locate};
use guichet::storage::read::read;
use guichet::storage::store::{DirectoryStore, StoreSettings};
use guichet::{Clock, Project};

use crate::args::{Format, GlobalArgs};
use crate::editing::trial::Trial;
use crate::error::{CliError, Result};
use crate::files;
use crate::loaded::Loaded;
use crate::unreadable;

/// The surroundings of one command.
pub(crate) struct Context<'a> {
    global: &'a GlobalArgs,
    current_folder: &'a io::Result<PathBuf>,
    stdin: Option<&'a mut dyn BufRead>,
    prompt: Option<Prompt<'a>>,
    now: Moment,
    program: Option<&'a Path>,
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
    /// Takes the global flags, the current folder, standard input, how secrets are asked for and what
    /// time it is.
    pub(crate) fn new(
        global: &'a GlobalArgs,
        current_folder: &'a io::Result<PathBuf>,
        stdin: &'a mut dyn BufRead,
        prompt: Option<Prompt<'a>>,
        now: Moment,
    ) -> Self {
        Self {
            global,
            current_folder,
            stdin: Some(stdin),
            prompt,
            now,
            program: None,
        }
    }

    /// Takes where this program lies.
    #[must_use]
    pub(crate) fn with_program(mut self, program: Option<&'a Path>) -> Self {
        self.program = program;
        self
    }

    /// Returns where this program lies, as a shell of any system writes it.
    pub(crate) fn program(&self) -> Option<String> {
        let program = self.program?.to_str()?;
        Some(if cfg!(windows) {
            program.replace('\\', "/")
        } else {
            program.to_owned()
        })
    }

    /// Returns the format that was asked for.
    pub(crate) const fn format(&self) -> Format {
        self.global.format
    }

    /// Takes standard input, which can be read once.
    ///
    /// # Errors
    ///
    /// `usage` the second time: what is read then is empty, and would pass for a file.
    pub(crate) fn take_stdin(&mut self) -> Result<&'a mut dyn BufRead> {
        self.stdin.take().ok_or_else(|| {
            CliError::new("usage", "standard input would be read twice")
                .help("Use `-` for one file only, and name a file for the other.")
        })
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

    /// Opens the project that the flags point at; on a dry run, writing to it stays in memory.
    ///
    /// # Errors
    ///
    /// What the project says when it cannot be opened; `current-folder` when it is to be found from a
    /// folder that is gone.
    #[expect(dead_code, reason = "the commands move onto it one by one")]
    pub(crate) fn project(&self) -> Result<Project> {
        let options = Project::options()
            .mode(self.mode())
            .clock(Clock::At(self.now));
        let project = options.open_target(self.target()?)?;
        Ok(if self.is_dry_run() {
            project.rehearse()
        } else {
            project
        })
    }

    /// Returns the store of the directory that counts; on a dry run it writes to memory only.
    ///
    /// # Errors
    ///
    /// As [`target`](Context::target).
    pub(crate) fn store(&self) -> Result<DirectoryStore> {
        Ok(self.store_of(self.target()?))
    }

    /// Returns the store of another directory; on a dry run it writes to memory only.
    pub(crate) fn store_of(&self, target: Target) -> DirectoryStore {
        DirectoryStore::on(self.files(), target, StoreSettings::default())
    }

    /// Returns the disk; on a dry run one that is written to in memory only.
    pub(crate) fn files(&self) -> Arc<dyn FileSystem> {
        if self.is_dry_run() {
            Arc::new(Trial::default())
        } else {
            Arc::new(Disk)
        }
    }

    /// Returns the folder of the project that is named, else the current one.
    ///
    /// # Errors
    ///
    /// `current-folder` when it is gone.
    pub(crate) fn folder(&self) -> Result<PathBuf> {
        let named = self.global.project.clone();
        named.map_or_else(|| self.current_folder(), Ok)
    }

    /// Finds the directory.json that counts.
    ///
    /// # Errors
    ///
    /// What storage says: no project, or a candidate that exists and cannot be read (decision D30);
    /// `current-folder` when the project is to be found from a folder that is gone.
    pub(crate) fn locate(&self) -> Result<Location> {
        located(&self.target()?)
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

    /// Tells whether the flags name a directory or a project.
    pub(crate) const fn names_a_directory(&self) -> bool {
        self.global.directory.is_some()
            || self.global.project.is_some()
            || self.global.data.is_some()
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

    /// Returns a path as it is read from the current folder.
    pub(crate) fn near(&self, path: &Path) -> String {
        let folder = self.current_folder.as_deref().ok();
        files::near(path, folder).display().to_string()
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
    pub(crate) fn load_other(&self, file: &Path, like: &Loaded) -> Result<Loaded> {
        let mut location = located(&Target::File(file.to_owned()))?;
        if location.options.is_none() {
            location.options.clone_from(&like.location().options);
        }
        self.load_at(location)
    }

    /// Loads the bytes of a directory.json that stands nowhere, or that stood at a path once.
    ///
    /// The guichet.toml beside that path goes with it; where there is none, the one that counts here
    /// does, if there is a project here.
    ///
    /// # Errors
    ///
    /// As [`load`](Context::load).
    pub(crate) fn load_bytes(&self, bytes: Vec<u8>, path: &Path) -> Result<Loaded> {
        let read = Arc::from(bytes.as_slice());
        let files = Trial::holding(path, bytes);
        let mut location = locate(&files, &Target::File(path.to_owned()))
            .map_err(|error| CliError::from_error(&error).at(error.path()))?;
        if location.options.is_none() {
            location.options = self.locate().ok().and_then(|here| here.options);
        }
        let shown = location.path.clone();
        let loaded = self.load_from(&files, location);
        loaded.map_err(|error| error.read_from(&shown, &read))
    }

    /// Loads the directory that counts, and looks at the files beside it.
    ///
    /// # Errors
    ///
    /// As [`load`](Context::load).
    pub(crate) fn load_with_neighbours(&self) -> Result<(Loaded, Neighbours)> {
        let location = self.locate()?;
        let read = read(&Disk, &location).map_err(|error| unreadable::from_read_error(&error))?;
        let neighbours = inspect(&Disk, &location, &read);
        let loaded = Loaded::of(location, read, self.mode(), self.now)?;
        Ok((loaded, neighbours))
    }

    fn load_at(&self, location: Location) -> Result<Loaded> {
        self.load_from(&Disk, location)
    }

    fn load_from(&self, files: &dyn FileSystem, location: Location) -> Result<Loaded> {
        let read = read(files, &location).map_err(|error| unreadable::from_read_error(&error))?;
        Loaded::of(location, read, self.mode(), self.now)
    }
}

/// Finds a directory.json.
///
/// # Errors
///
/// What storage says: no project, or a candidate that exists and cannot be read (decision D30).
pub(crate) fn located(target: &Target) -> Result<Location> {
    locate(&Disk, target).map_err(|error| CliError::from_error(&error).at(error.path()))
}
