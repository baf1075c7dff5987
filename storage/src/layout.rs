//! Where 4D puts things: names and paths, without looking at the disk.

use std::path::{Path, PathBuf};

use crate::locate::Location;

/// The name of the file with users and groups; always exactly this one.
pub const DIRECTORY_FILE: &str = "directory.json";

/// The name of the optional file with what `directory.json` cannot say.
pub const OPTIONS_FILE: &str = "guichet.toml";

/// The name of the file beside a `directory.json` that editors lock: one for the whole folder.
pub const LOCK_FILE: &str = "directory.json.lock";

/// The folder that makes its parent a 4D project.
pub const PROJECT_FOLDER: &str = "Project";

/// The folder that holds the project in an application built for 4D Server.
pub const BUILT_SERVER_FOLDER: &str = "Server Database";

/// The default name of the folder beside `Project` that holds the data file.
pub const DATA_FOLDER: &str = "Data";

/// The name of the folder with the settings, both in a project and in a data folder.
pub const SETTINGS_FOLDER: &str = "Settings";

/// The name of the file with an application's settings.
pub const APPLICATION_SETTINGS_FILE: &str = "settings.4DSettings";

/// The folder with the sources, inside of [`PROJECT_FOLDER`].
const SOURCES_FOLDER: &str = "Sources";

/// Returns the settings folder of a project or of a data folder.
pub fn settings_folder(of: &Path) -> PathBuf {
    of.join(SETTINGS_FOLDER)
}

/// Returns the data folder that a project has unless it is told otherwise.
pub fn default_data_folder(project: &Path) -> PathBuf {
    project.join(DATA_FOLDER)
}

/// Tells whether a file lies in the part of a built server that 4D never writes to (decision D31).
///
/// ```
/// use guichet_storage::layout::is_embedded;
/// use std::path::Path;
///
/// assert!(is_embedded(Path::new("Shop Server/Server Database/Settings/directory.json")));
/// assert!(!is_embedded(Path::new("Shop/Settings/directory.json")));
/// ```
pub fn is_embedded(file: &Path) -> bool {
    let mut folders = file.ancestors().skip(1);
    let settings = folders.next().and_then(Path::file_name);
    let holder = folders.next().and_then(Path::file_name);
    settings.is_some_and(|name| name == SETTINGS_FOLDER)
        && holder.is_some_and(|name| name == BUILT_SERVER_FOLDER)
}

/// Returns where the settings of an application may lie, the one that goes before the others first: in the data folder,
/// in the user settings, in the project's sources.
///
/// None for a `directory.json` that was named: nobody knows which application it belongs to.
pub fn application_settings(location: &Location) -> Vec<PathBuf> {
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

/// Returns the file beside a directory with who changed what and when: `directory.history.jsonl`.
///
/// ```
/// use guichet_storage::layout::{history_file, undo_file};
/// use std::path::Path;
///
/// let directory = Path::new("Settings/directory.json");
/// assert_eq!(history_file(directory), Path::new("Settings/directory.history.jsonl"));
/// assert_eq!(undo_file(directory), Path::new("Settings/directory.undo.jsonl"));
/// ```
pub fn history_file(directory: &Path) -> PathBuf {
    directory.with_extension("history.jsonl")
}

/// Returns the file beside a directory with what takes the latest changes back: `directory.undo.jsonl`.
///
/// It holds stored passwords as the directory itself does, and is closed to all but the directory's owner.
pub fn undo_file(directory: &Path) -> PathBuf {
    directory.with_extension("undo.jsonl")
}
