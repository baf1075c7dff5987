//! Where 4D puts things: names and paths, without looking at the disk.

use std::path::{Path, PathBuf};

use crate::locate::Location;

/// The name of the file with users and groups; always exactly this one.
pub const DIRECTORY_FILE: &str = "directory.json";

/// The name of the optional file with what `directory.json` cannot say.
pub(crate) const OPTIONS_FILE: &str = "guichet.toml";

/// The name of the folder beside a `directory.json` with the lock, the history and unfinished files.
pub(crate) const SIDE_FOLDER: &str = ".guichet";

/// The folder that makes its parent a 4D project.
pub(crate) const PROJECT_FOLDER: &str = "Project";

/// The folder that holds the project in an application built for 4D Server.
pub(crate) const BUILT_SERVER_FOLDER: &str = "Server Database";

/// The default name of the folder beside `Project` that holds the data file.
pub(crate) const DATA_FOLDER: &str = "Data";

/// The name of the folder with the settings, both in a project and in a data folder.
pub(crate) const SETTINGS_FOLDER: &str = "Settings";

/// The name of the file with an application's settings.
pub(crate) const APPLICATION_SETTINGS_FILE: &str = "settings.4DSettings";

/// The folder with the sources, inside of [`PROJECT_FOLDER`].
const SOURCES_FOLDER: &str = "Sources";

/// Returns the settings folder of a project or of a data folder.
pub(crate) fn settings_folder(of: &Path) -> PathBuf {
    of.join(SETTINGS_FOLDER)
}

/// Returns the data folder that a project has unless another one is named.
pub(crate) fn default_data_folder(project: &Path) -> PathBuf {
    project.join(DATA_FOLDER)
}

/// Returns where the settings of an application may lie, the one that goes before the others first: in the data folder,
/// in the user settings, in the project's sources.
///
/// None for a `directory.json` that was named: nobody knows which application it belongs to.
pub(crate) fn application_settings(location: &Location) -> Vec<PathBuf> {
    let beside = |directory: &Path| directory.with_file_name(APPLICATION_SETTINGS_FILE);
    let project = location.user_path.as_deref();
    let sources = project
        .and_then(|directory| directory.ancestors().nth(2))
        .map(|project| {
            let sources = project.join(PROJECT_FOLDER).join(SOURCES_FOLDER);
            sources.join(APPLICATION_SETTINGS_FILE)
        });
    let data = location.data_path.as_deref().map(beside);
    [data, project.map(beside), sources]
        .into_iter()
        .flatten()
        .collect()
}

/// Returns the folder with what is ours beside the files of a folder.
pub(crate) fn side_folder(folder: &Path) -> PathBuf {
    folder.join(SIDE_FOLDER)
}

/// Returns the file that editors lock: one for all directories of a folder.
pub(crate) fn lock_file(folder: &Path) -> PathBuf {
    side_folder(folder).join("lock")
}

/// Returns the file with who changed what in a directory and when.
pub(crate) fn history_file(directory: &Path) -> PathBuf {
    beside(directory, ".history.jsonl")
}

/// Returns the file with what takes the latest changes of a directory back.
///
/// It holds stored passwords as the directory itself does, and is open to nobody who may not read that.
pub(crate) fn undo_file(directory: &Path) -> PathBuf {
    beside(directory, ".undo.jsonl")
}

fn beside(directory: &Path, ending: &str) -> PathBuf {
    let mut name = directory.file_name().unwrap_or_default().to_owned();
    name.push(ending);
    side_folder(directory.parent().unwrap_or(Path::new(""))).join(name)
}
