//! Files that somebody names for what a program writes: is one of them a directory that counts?

use std::path::{Path, PathBuf};
use std::sync::Arc;

use guichet_storage::filesystem::real_path;
use guichet_storage::{
    DIRECTORY_FILE, DirectoryStore, LocateError, ProjectPath, SaveError, Target,
};

use crate::error::Result;
use crate::open::OpenOptions;

/// Where a text goes that a program is to write to a file.
#[derive(Debug, Clone)]
pub enum Output {
    /// To a directory that counts, however its path is spelled: writing it is an edit of that project.
    Directory(Target),
    /// To any other file.
    Elsewhere,
}

/// The directory that a program works on, and how it came to it.
#[derive(Debug, Clone)]
pub enum WorksOn {
    /// Somebody named it: that it cannot be found is an error.
    Named(Target),
    /// It is the one around the place where the program runs, if there is one.
    Around(Target),
}

impl OpenOptions {
    /// Finds out what a path is that a program is to write to.
    ///
    /// The directory that counts is the one that the program works on, or the one of the project that
    /// the path itself is in: it is written by an edit from another folder too. Paths are compared by
    /// the file that they lead to, so neither a link nor another spelling gets around the lock, the
    /// history and who may edit.
    ///
    /// # Errors
    ///
    /// [`Error::Save`](crate::Error::Save): a directory that was named, or that the path looks like,
    /// cannot be found or read.
    pub fn output(&self, path: &Path, works_on: &WorksOn) -> Result<Output> {
        let harmless = |error: &SaveError| {
            let looks_like_one = path
                .file_name()
                .is_some_and(|name| name.eq_ignore_ascii_case(DIRECTORY_FILE));
            let no_project = matches!(error, SaveError::Locate(LocateError::NoProject { .. }));
            no_project || !looks_like_one
        };
        let (target, is_named) = match works_on {
            WorksOn::Named(target) => (target, true),
            WorksOn::Around(target) => (target, false),
        };
        let own = Target::Project {
            project: ProjectPath::Above(self.real_folder(path)),
            data: None,
        };
        for (target, must_be_there) in [(target, is_named), (&own, false)] {
            match self.is_file_of(target, path) {
                Ok(true) => return Ok(Output::Directory(target.clone())),
                Ok(false) => {}
                // git merges into files of other names, whatever is in the project.
                Err(error) if !must_be_there && harmless(&error) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(Output::Elsewhere)
    }

    fn is_file_of(&self, target: &Target, path: &Path) -> std::result::Result<bool, SaveError> {
        let files = Arc::clone(&self.files);
        DirectoryStore::with_files(files, target.clone(), self.store.clone()).is_same_file(path)
    }

    /// Returns the folder that a path is in, every link followed.
    fn real_folder(&self, path: &Path) -> PathBuf {
        let real = real_path(self.files.as_ref(), path);
        let real = real.unwrap_or_else(|_| path.to_owned());
        real.parent().map(Path::to_owned).unwrap_or_default()
    }
}
