//! Which file counts: the one in the data folder first, then the one in the user settings.
//!
//! From 4D's page *Managing 4D users and groups*: the file in the data folder, where there is one, takes priority
//! over the project's, whole (statements 34 and 35). A candidate that exists and cannot be read is an error: going on
//! with the other file would give people access that they do not have (decision D30).

use std::io;
use std::path::{Path, PathBuf};

use guichet_core::Diagnostic;

use crate::error::{Operation, PathError};
use crate::filesystem::{Entry, FileSystem, is_built_server};
use crate::layout::{
    DIRECTORY_FILE, OPTIONS_FILE, PROJECT_FOLDER, default_data_folder, settings_folder,
};

/// What the caller wants to open.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Target {
    /// Exactly this file.
    File(PathBuf),
    /// The file that counts for a project.
    Project {
        /// How to find the project.
        project: ProjectPath,
        /// The data folder; `None` for the default one, `Data` in the project.
        data: Option<PathBuf>,
    },
}

/// How to find a project.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProjectPath {
    /// The project is this folder.
    At(PathBuf),
    /// The project is this folder or the nearest one above it that is a project. Of a relative path only the folders that
    /// it names are looked at.
    Above(PathBuf),
}

/// Where the file that counts was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// It was named by the caller.
    Explicit,
    /// In the settings folder of the data folder.
    Data,
    /// In the settings folder of the project.
    User,
}

impl Source {
    /// Returns the word that people and programs read: `explicit`, `data` or `user`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Explicit => "explicit",
            Self::Data => "data",
            Self::User => "user",
        }
    }
}

/// The file that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Location {
    /// The file; where it does not exist, the place in the user settings where 4D would make it.
    pub path: PathBuf,
    /// Where it was found.
    pub source: Source,
    /// Whether there is a file.
    pub exists: bool,
    /// The files that do not count because `path` does.
    pub shadowed: Vec<PathBuf>,
    /// The `guichet.toml` that goes with it, where there is one.
    pub options: Option<PathBuf>,
    /// The place of the file in the data folder, which a built server writes to (decision D31).
    pub data_path: Option<PathBuf>,
    /// The place of the file in the user settings; `None` for a file that was named.
    pub user_path: Option<PathBuf>,
}

/// Why it cannot be said which file counts.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LocateError {
    /// No folder from the start upward is a project.
    #[error("no 4D project in `{}` or in a folder above it", .from.display())]
    NoProject {
        /// Where the search began.
        from: PathBuf,
    },
    /// The folder that was named is no project.
    #[error("`{}` is not a 4D project", .path.display())]
    NotAProject {
        /// The folder.
        path: PathBuf,
    },
    /// The data folder that was named does not exist, or is no folder.
    #[error("the data folder `{}` does not exist", .path.display())]
    NoDataFolder {
        /// The folder.
        path: PathBuf,
    },
    /// A file that would count cannot be read as a file.
    #[error("`{}` is {found}", .path.display())]
    NotAFile {
        /// The file, or the folder on the way to it.
        path: PathBuf,
        /// What it is instead, in words.
        found: &'static str,
    },
    /// The system refuses to look at a file that would count.
    #[error(transparent)]
    Unreadable(#[from] PathError),
}

impl LocateError {
    /// Returns the path that the error is about.
    pub fn path(&self) -> &Path {
        match self {
            Self::NoProject { from } => from,
            Self::NotAProject { path }
            | Self::NoDataFolder { path }
            | Self::NotAFile { path, .. } => path,
            Self::Unreadable(error) => error.path(),
        }
    }
}

impl Diagnostic for LocateError {
    fn code(&self) -> &'static str {
        match self {
            Self::NoProject { .. } => "no-project",
            Self::NotAProject { .. } => "not-a-project",
            Self::NoDataFolder { .. } => "no-data-folder",
            Self::NotAFile { .. } => "not-a-file",
            Self::Unreadable(error) => error.code(),
        }
    }

    fn help(&self) -> Option<String> {
        Some(match self {
            Self::NoProject { .. } => format!(
                "Name the folder that contains `{PROJECT_FOLDER}`, or a `{DIRECTORY_FILE}` itself."
            ),
            Self::NotAProject { .. } => {
                format!("Name the folder that contains `{PROJECT_FOLDER}`.")
            }
            Self::NoDataFolder { .. } => "Name the folder that contains the data file.".to_owned(),
            Self::NotAFile { .. } => "Put the file back, or remove what is in its place. \
                 Guichet does not use the other file: it may give other access."
                .to_owned(),
            Self::Unreadable(error) => return error.help(),
        })
    }
}

/// Finds the file that counts.
///
/// Only `directory.json` is looked for, never a copy such as `directory 2.json`.
///
/// # Errors
///
/// - [`LocateError::NoProject`], [`LocateError::NotAProject`]: there is no project to look in;
/// - [`LocateError::NoDataFolder`]: the data folder that was named is not there;
/// - [`LocateError::NotAFile`], [`LocateError::Unreadable`]: a file that would count is a folder, a broken link or
///   closed to us, or a folder on the way to it is (decision D30).
///
/// # Examples
///
/// ```no_run
/// use guichet_storage::filesystem::Disk;
/// use guichet_storage::{ProjectPath, Target, locate};
///
/// let target = Target::Project { project: ProjectPath::Above("/srv/shop/Project".into()), data: None };
/// let location = locate(&Disk, &target)?;
/// println!("{} ({})", location.path.display(), location.source.as_str());
/// # Ok::<(), guichet_storage::LocateError>(())
/// ```
pub fn locate(files: &dyn FileSystem, target: &Target) -> Result<Location, LocateError> {
    match target {
        Target::File(path) => explicit(files, path),
        Target::Project { project, data } => {
            let root = project_folder(files, project)?;
            let data = match data {
                Some(named) if folder(files, named)? => named.clone(),
                Some(named) => {
                    return Err(LocateError::NoDataFolder {
                        path: named.clone(),
                    });
                }
                None => default_data_folder(&root),
            };
            in_project(files, &root, &data)
        }
    }
}

fn explicit(files: &dyn FileSystem, path: &Path) -> Result<Location, LocateError> {
    let options = path
        .parent()
        .map(|folder| folder.join(OPTIONS_FILE))
        .map(|file| Ok::<_, LocateError>(candidate(files, &file)?.then_some(file)));
    Ok(Location {
        exists: candidate(files, path)?,
        path: path.to_owned(),
        source: Source::Explicit,
        shadowed: Vec::new(),
        options: options.transpose()?.flatten(),
        data_path: None,
        user_path: None,
    })
}

fn in_project(files: &dyn FileSystem, root: &Path, data: &Path) -> Result<Location, LocateError> {
    let (data_settings, user_settings) = (settings_folder(data), settings_folder(root));
    let data_path = data_settings.join(DIRECTORY_FILE);
    let user_path = user_settings.join(DIRECTORY_FILE);
    let data_folders = [data, data_settings.as_path()];

    let from_data = reachable(files, &data_folders)? && candidate(files, &data_path)?;
    let user_exists = if from_data {
        // A file that does not count need not be readable.
        matches!(files.entry(&user_path), Ok(Some(_)))
    } else {
        reachable(files, &[&user_settings])? && candidate(files, &user_path)?
    };

    let (path, source) = if from_data {
        (data_path.clone(), Source::Data)
    } else {
        (user_path.clone(), Source::User)
    };
    let shadowed = if from_data && user_exists {
        vec![user_path.clone()]
    } else {
        Vec::new()
    };
    let mut options = None;
    for file in [
        data_settings.join(OPTIONS_FILE),
        user_settings.join(OPTIONS_FILE),
    ] {
        if options.is_none() && candidate(files, &file)? {
            options = Some(file);
        }
    }
    Ok(Location {
        path,
        source,
        exists: from_data || user_exists,
        shadowed,
        options,
        data_path: Some(data_path),
        user_path: Some(user_path),
    })
}

/// Returns the folder of the project.
fn project_folder(files: &dyn FileSystem, project: &ProjectPath) -> Result<PathBuf, LocateError> {
    match project {
        ProjectPath::At(path) if is_project(files, path)? => Ok(path.clone()),
        ProjectPath::At(path) => Err(LocateError::NotAProject { path: path.clone() }),
        ProjectPath::Above(from) => {
            for folder in from.ancestors() {
                if is_project(files, folder)? {
                    return Ok(folder.to_owned());
                }
            }
            Err(LocateError::NoProject { from: from.clone() })
        }
    }
}

/// Returns whether a folder holds `Project`, or is the project of a built server.
fn is_project(files: &dyn FileSystem, path: &Path) -> Result<bool, LocateError> {
    if folder(files, &path.join(PROJECT_FOLDER))? {
        return Ok(true);
    }
    let inspect = |error| PathError::new(Operation::Inspect, path, error);
    Ok(folder(files, path)? && is_built_server(files, path).map_err(inspect)?)
}

/// Returns whether there is a folder at a path.
fn folder(files: &dyn FileSystem, path: &Path) -> Result<bool, LocateError> {
    match files.entry(path) {
        Ok(entry) => Ok(entry == Some(Entry::Folder)),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => Ok(false),
        Err(error) => Err(PathError::new(Operation::Inspect, path, error).into()),
    }
}

/// Returns whether all of these folders exist, outermost first; something else in their place is an error.
fn reachable(files: &dyn FileSystem, folders: &[&Path]) -> Result<bool, LocateError> {
    for path in folders {
        let entry = files
            .entry(path)
            .map_err(|error| PathError::new(Operation::Inspect, path, error))?;
        let found = match entry {
            None => return Ok(false),
            Some(Entry::Folder) => continue,
            Some(Entry::BrokenLink) => "a broken symbolic link",
            Some(Entry::File { .. } | Entry::Other) => "not a folder",
        };
        let path = path.to_path_buf();
        return Err(LocateError::NotAFile { path, found });
    }
    Ok(true)
}

/// Returns whether a file is there and can be read; one that is there and cannot be read is an error.
fn candidate(files: &dyn FileSystem, path: &Path) -> Result<bool, LocateError> {
    let entry = files
        .entry(path)
        .map_err(|error| PathError::new(Operation::Inspect, path, error))?;
    let found = match entry {
        None => return Ok(false),
        Some(Entry::File { .. }) => {
            files
                .probe(path)
                .map_err(|error| PathError::new(Operation::Read, path, error))?;
            return Ok(true);
        }
        Some(Entry::Folder) => "a folder, not a file",
        Some(Entry::BrokenLink) => "a broken symbolic link",
        Some(Entry::Other) => "a device or a pipe, not a file",
    };
    let path = path.to_owned();
    Err(LocateError::NotAFile { path, found })
}
