//! Where an edit is written to: the file that was read, or the one in the data folder (decision D31).

use std::path::{Path, PathBuf};

use super::error::SaveError;
use crate::error::{Operation, PathError};
use crate::filesystem::FileSystem;
use crate::layout::{OPTIONS_FILE, is_embedded};
use crate::locate::{Location, Source};

/// The two files that an edit may write, and those that they are made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Destination {
    /// The `directory.json` to write, links followed.
    pub(super) directory: PathBuf,
    /// Whether it is there.
    pub(super) exists: bool,
    /// The `guichet.toml` to write, links followed.
    pub(super) options: PathBuf,
    /// Whether that may not be written to, and nothing takes its place.
    pub(super) options_read_only: bool,
    /// The `guichet.toml` that is read; another one where that may not be written to.
    pub(super) options_read: Option<PathBuf>,
}

impl Destination {
    /// Says where an edit of the file that counts goes.
    pub(super) fn of(files: &dyn FileSystem, location: &Location) -> Result<Self, SaveError> {
        let path = &location.path;
        let read_only = location.exists && is_read_only(files, path)?;
        let application = is_embedded(path) || (read_only && location.source == Source::User);
        let (written, exists) = match &location.data_path {
            // The data folder has no file, or that would be the one that counts.
            Some(data) if application && location.source != Source::Data => (data, false),
            _ if application || read_only => {
                return Err(SaveError::ReadOnly { path: path.clone() });
            }
            _ => (path, location.exists),
        };
        let beside = written.with_file_name(OPTIONS_FILE);
        let in_data = location.data_path.as_ref();
        let in_data = in_data.map(|data| data.with_file_name(OPTIONS_FILE));
        let (options, options_read_only) = match &location.options {
            Some(read) if is_embedded(read) || is_read_only(files, read)? => {
                match in_data.filter(|options| options != read) {
                    Some(options) => (options, false),
                    None => (read.clone(), true),
                }
            }
            Some(read) => (read.clone(), false),
            None => (beside, false),
        };
        Ok(Self {
            directory: resolved(files, written)?,
            exists,
            options: resolved(files, &options)?,
            options_read_only,
            options_read: location.options.clone(),
        })
    }

    /// Returns the `guichet.toml` to write.
    ///
    /// # Errors
    ///
    /// [`SaveError::ReadOnly`].
    pub(super) fn writable_options(&self) -> Result<PathBuf, SaveError> {
        let path = self.options.clone();
        if self.options_read_only {
            Err(SaveError::ReadOnly { path })
        } else {
            Ok(path)
        }
    }

    /// Returns the folder of the `directory.json`.
    pub(super) fn folder(&self) -> &Path {
        folder_of(&self.directory)
    }
}

/// Returns the folder that a file lies in; the current one for a bare name.
pub(super) fn folder_of(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn is_read_only(files: &dyn FileSystem, path: &Path) -> Result<bool, PathError> {
    files
        .is_read_only(path)
        .map_err(|error| PathError::new(Operation::Inspect, path, error))
}

/// Follows the links of a path, as far as it exists: the file, or else its folder, or else nothing.
fn resolved(files: &dyn FileSystem, path: &Path) -> Result<PathBuf, PathError> {
    let found = |path: &Path| {
        let entry = files.entry(path);
        entry.map_err(|error| PathError::new(Operation::Inspect, path, error))
    };
    let resolve = |path: &Path| {
        let real = files.resolve(path);
        real.map_err(|error| PathError::new(Operation::Inspect, path, error))
    };
    if found(path)?.is_some() {
        return resolve(path);
    }
    let folder = folder_of(path);
    match path.file_name() {
        Some(name) if found(folder)?.is_some() => Ok(resolve(folder)?.join(name)),
        _ => Ok(path.to_owned()),
    }
}
