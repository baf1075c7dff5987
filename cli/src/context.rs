//! Which directory a command works on, found and loaded as the global flags say.

use std::io::{self, BufRead};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use guichet::storage::filesystem::{Disk, FileSystem};
use guichet::storage::{Location, ProjectPath, Target, locate};
use guichet::{Clock, Editor, Moment, OpenOptions, Origin, Overlay, Project, View};

use crate::args::{Format, GlobalArgs};
use crate::error::{CliError, Result};
use crate::files;
use crate::output::Printer;

/// The surroundings of one command.
pub(crate) struct Context<'a> {
    pub(crate) global: &'a GlobalArgs,
    pub(crate) current_folder: &'a io::Result<PathBuf>,
    /// Standard input, which can be read once.
    pub(crate) stdin: Option<&'a mut dyn BufRead>,
    /// How secrets are asked for, where there is a terminal.
    pub(crate) prompt: Option<Prompt<'a>>,
    /// Where questions are put that standard input answers, where both are a terminal.
    pub(crate) questions: Option<Printer<'a>>,
    pub(crate) now: Moment,
    /// The account and the machine that the history names.
    pub(crate) origin: &'a Origin,
    /// Where this program lies.
    pub(crate) program: Option<&'a Path>,
}

/// Asks for a secret on the terminal, which does not show what is typed.
pub type Prompt<'a> = &'a dyn Fn(&str) -> io::Result<String>;

impl<'a> Context<'a> {
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
            CliError::new("usage", "only one file can be `-` (standard input)")
                .help("Name a file for the other.")
        })
    }

    /// Returns whether the command line names who edits.
    pub(crate) const fn names_an_editor(&self) -> bool {
        self.global.editor.is_some()
    }

    /// Returns who edits a project: by default the Designer.
    ///
    /// # Errors
    ///
    /// `unknown-user` where the project has no user called as `--as` says.
    pub(crate) fn editor_of(&self, project: &Project) -> Result<Editor> {
        Ok(match &self.global.editor {
            None => Editor::Designer,
            Some(word) => Editor::User(project.current().names().user_name(word)?),
        })
    }

    /// Returns whether an edit is only to be tried.
    pub(crate) const fn is_dry_run(&self) -> bool {
        self.global.dry_run
    }

    /// Opens the project that the flags point at; on a dry run, writing to it stays in memory.
    ///
    /// # Errors
    ///
    /// What the project says when it cannot be opened; `current-folder` when it is to be found from a
    /// folder that is gone.
    pub(crate) fn project(&self) -> Result<Project> {
        self.project_of(self.target()?)
    }

    /// Opens another project; on a dry run, writing to it stays in memory.
    pub(crate) fn project_of(&self, target: Target) -> Result<Project> {
        let project = self.options().open_target(target)?;
        Ok(if self.is_dry_run() {
            project.rehearse()
        } else {
            project
        })
    }

    /// Returns the disk; on a dry run one that is written to in memory only.
    pub(crate) fn files(&self) -> Arc<dyn FileSystem> {
        if self.is_dry_run() {
            Arc::new(Overlay::default())
        } else {
            Arc::new(Disk)
        }
    }

    /// Returns the folder of the project that is named, else the current one.
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
    pub(crate) fn target(&self) -> Result<Target> {
        let project = match (&self.global.directory, &self.global.project) {
            (Some(file), _) => return Ok(Target::File(file.clone())),
            (None, Some(project)) => ProjectPath::At(project.clone()),
            (None, None) => ProjectPath::Above(self.current_folder()?),
        };
        let data = self.global.data.clone();
        Ok(Target::Project { project, data })
    }

    /// Returns whether the flags name a directory or a project.
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
                .help("Name the project with `--project`, or change to another folder.")
        })
    }

    /// Returns a path as it is read from the current folder.
    pub(crate) fn near(&self, path: &Path) -> String {
        let folder = self.current_folder.as_deref().ok();
        files::near(path, folder).display().to_string()
    }

    /// Loads the directory that counts, with its options and plug-ins.
    pub(crate) fn load(&self) -> Result<View> {
        Ok(self.project()?.current())
    }

    /// Loads another directory.json, to be compared with the one that counts.
    ///
    /// The guichet.toml beside it goes with it, else the one that counts here.
    pub(crate) fn load_other(&self, file: &Path, like: &View) -> Result<View> {
        let options = like.location().options.as_deref();
        Ok(self.options().look_at(file, options)?)
    }

    /// Loads the bytes of a directory.json that is in no file, or that once was at a path.
    ///
    /// The guichet.toml beside that path goes with it; where there is none, the one that counts here
    /// does, if there is a project here.
    pub(crate) fn load_bytes(&self, bytes: Vec<u8>, path: &Path) -> Result<View> {
        let read = Arc::from(bytes.as_slice());
        let files = Overlay::default().holding(path, bytes);
        let here = self.locate().ok().and_then(|here| here.options);
        let options = self.options().files(Arc::new(files));
        let view = options.look_at(path, here.as_deref());
        view.map_err(|error| CliError::from(error).read_from(path, &read))
    }

    /// Returns how a project is opened.
    pub(crate) fn options(&self) -> OpenOptions {
        let options = Project::options().mode(self.global.mode.into());
        options
            .clock(Clock::At(self.now))
            .origin(self.origin.clone())
    }
}

/// Finds a directory.json.
pub(crate) fn located(target: &Target) -> Result<Location> {
    Ok(locate(&Disk, target)?)
}
