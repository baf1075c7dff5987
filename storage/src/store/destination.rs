//! Where an edit is written to: the file that was read, or the one in the data folder (decision D31).

use std::path::{Path, PathBuf};

use super::error::SaveError;
use crate::error::{Operation, PathError};
use crate::filesystem::{self, FileSystem, folder_of};
use crate::layout::OPTIONS_FILE;
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
    pub(super) fn new(files: &dyn FileSystem, location: &Location) -> Result<Self, SaveError> {
        let path = &location.path;
        let read_only = location.exists && is_read_only(files, path)?;
        let application =
            is_embedded(files, path)? || (read_only && location.source == Source::User);
        let (written, exists) = match &location.data_path {
            // The data folder has no file, or that would be the one that counts.
            Some(data) if application && location.source != Source::Data => (data, false),
            _ if application || read_only => {
                return Err(SaveError::ReadOnly { path: path.clone() });
            }
            _ => (path, location.exists),
        };
        if is_embedded(files, written)? {
            let path = written.clone();
            return Err(SaveError::ReadOnly { path });
        }
        let beside = written.with_file_name(OPTIONS_FILE);
        let in_data = location.data_path.as_ref();
        let in_data = in_data.map(|data| data.with_file_name(OPTIONS_FILE));
        let (options, options_read_only) = match &location.options {
            Some(read) if is_embedded(files, read)? || is_read_only(files, read)? => {
                let in_data = in_data.filter(|options| options != read);
                match in_data
                    .map(|options| Ok::<_, PathError>((is_embedded(files, &options)?, options)))
                {
                    Some(Ok((false, options))) => (options, false),
                    Some(Err(error)) => return Err(error.into()),
                    _ => (read.clone(), true),
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

fn is_read_only(files: &dyn FileSystem, path: &Path) -> Result<bool, PathError> {
    files
        .is_read_only(path)
        .map_err(|error| PathError::new(Operation::Inspect, path, error))
}

fn is_embedded(files: &dyn FileSystem, path: &Path) -> Result<bool, PathError> {
    filesystem::is_embedded(files, path)
        .map_err(|error| PathError::new(Operation::Inspect, path, error))
}

/// Follows the links of a path, as far as it exists.
fn resolved(files: &dyn FileSystem, path: &Path) -> Result<PathBuf, PathError> {
    filesystem::real_path(files, path)
        .map_err(|error| PathError::new(Operation::Inspect, path, error))
}
