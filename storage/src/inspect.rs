//! What the files beside the directory say that counts: another directory, and the settings of the application.
//!
//! For whoever lints: [`read`](crate::read()) reports what is odd in the directory itself, and this what is odd about
//! its neighbours. Files that cannot be read, or that are too long, are passed over here: nobody depends on them.

use std::path::{Path, PathBuf};

use guichet_core::{Diagnostic, Directory, Severity};

use crate::codes;
use crate::directory_text::DirectoryText;
use crate::filesystem::{Entry, FileSystem};
use crate::json::Document;
use crate::layout::application_settings;
use crate::locate::Location;
use crate::normalise::normalise;
use crate::settings_file::{PublishedServer, SettingsFile, SettingsLeftover};
use guichet_core::Position;

/// The longest neighbour that is looked into, in bytes.
const LONGEST: u64 = 64 << 20;

/// What the neighbours of a directory say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Neighbours {
    /// What is odd, file by file.
    pub findings: Vec<NeighbourFinding>,
    /// The servers that the application's settings publish.
    pub published: Vec<PublishedServer>,
}

/// Something odd in a neighbour.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NeighbourFinding {
    /// The neighbour.
    pub path: PathBuf,
    /// Where in it; the beginning where it is about the file as a whole.
    pub position: Position,
    /// What it is.
    pub oddity: Oddity,
}

/// What can be odd in a neighbour.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Oddity {
    /// A `directory.json` that does not count says something else than the one that does (decision D30).
    #[error("4D ignores this file: the data folder has its own, and they differ")]
    ShadowedFileDiffers,
    /// A `directory.json` that does not count is no directory.
    #[error("4D ignores this file: the data folder has its own; this one cannot be read")]
    ShadowedFileUnreadable,
    /// A number in the settings says something else than the directory.
    #[error("`{}` is {}, which is {}, and `directory.json` says {}", .0.attribute, .0.number, .0.means, .0.directory_says)]
    Leftover(SettingsLeftover),
}

impl Diagnostic for Oddity {
    fn code(&self) -> &'static str {
        match self {
            Self::ShadowedFileDiffers | Self::ShadowedFileUnreadable => "shadowed-file-differs",
            Self::Leftover(_) => "settings-leftover",
        }
    }

    fn severity(&self) -> Severity {
        let severities = codes::severities(self.code());
        severities.first().copied().unwrap_or(Severity::Error)
    }

    fn help(&self) -> Option<String> {
        codes::advice_on_problem(self.code())
    }
}

impl std::fmt::Display for NeighbourFinding {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.oddity.fmt(formatter)
    }
}

impl Diagnostic for NeighbourFinding {
    fn code(&self) -> &'static str {
        self.oddity.code()
    }

    fn severity(&self) -> Severity {
        self.oddity.severity()
    }

    fn help(&self) -> Option<String> {
        self.oddity.help()
    }
}

/// Looks at the neighbours of a directory, whose text is given where it has a file.
///
/// Of two directory files it is asked whether their normal forms differ, so their order and layout count for nothing. A
/// server is published when the first settings file says so that speaks of it: that of the data folder, then that of the
/// user settings, then that of the project. Linear in the length of the files.
///
/// # Examples
///
/// ```
/// use guichet_core::Diagnostic as _;
/// use guichet_storage::filesystem::Disk;
/// use guichet_storage::{ProjectPath, Target, inspect, locate, read};
///
/// let project = tempfile::tempdir()?;
/// let at = |inside: &str| project.path().join(inside);
/// for folder in ["Project/Sources", "Settings", "Data/Settings"] {
///     std::fs::create_dir_all(at(folder))?;
/// }
/// std::fs::write(at("Settings/directory.json"), r#"{"groups": {"Devs": {}}}"#)?;
/// std::fs::write(at("Data/Settings/directory.json"), r#"{"groups": {"Sales": {}}}"#)?;
///
/// let location = locate(&Disk, &Target::Project { project: ProjectPath::At(project.path().into()), data: None })?;
/// let loaded = read(&Disk, &location)?;
/// let neighbours = inspect(&Disk, &location, &loaded.directory, loaded.document.as_ref());
/// assert_eq!(neighbours.findings[0].code(), "shadowed-file-differs");
/// assert_eq!(neighbours.findings[0].path, at("Settings/directory.json"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn inspect(
    files: &dyn FileSystem,
    location: &Location,
    directory: &Directory,
    document: Option<&Document>,
) -> Neighbours {
    let mut neighbours = Neighbours::default();
    for path in &location.shadowed {
        let oddity = shadowed(files, path, directory, document);
        neighbours
            .findings
            .extend(oddity.map(|oddity| NeighbourFinding {
                path: path.clone(),
                position: Position::START,
                oddity,
            }));
    }
    let mut said = [None; 2];
    for path in application_settings(location) {
        let Some(settings) = bytes(files, &path).and_then(|bytes| SettingsFile::parse(&bytes))
        else {
            continue;
        };
        for (said, server) in said.iter_mut().zip(SERVERS) {
            *said = said.or(settings.publishes(server));
        }
        let leftovers = settings.leftovers(directory).into_iter();
        neighbours
            .findings
            .extend(leftovers.map(|leftover| NeighbourFinding {
                path: path.clone(),
                position: leftover.position,
                oddity: Oddity::Leftover(leftover),
            }));
    }
    let published = SERVERS.into_iter().zip(said);
    neighbours.published = published
        .filter_map(|(server, said)| said.unwrap_or(false).then_some(server))
        .collect();
    neighbours
}

const SERVERS: [PublishedServer; 2] = [PublishedServer::Web, PublishedServer::Rest];

/// Says what is odd about a directory file that does not count.
fn shadowed(
    files: &dyn FileSystem,
    path: &Path,
    directory: &Directory,
    document: Option<&Document>,
) -> Option<Oddity> {
    let text = bytes(files, path).and_then(|bytes| DirectoryText::parse(bytes).ok());
    let Some(other) = text else {
        return Some(Oddity::ShadowedFileUnreadable);
    };
    let (one, other) = (
        normalise(document?, directory),
        normalise(&other.document, &other.directory),
    );
    (one != other).then_some(Oddity::ShadowedFileDiffers)
}

/// Returns the bytes of a file that is there and not too long.
fn bytes(files: &dyn FileSystem, path: &Path) -> Option<Vec<u8>> {
    match files.entry(path) {
        Ok(Some(Entry::File { length })) if length <= LONGEST => files.read(path).ok(),
        _ => None,
    }
}
