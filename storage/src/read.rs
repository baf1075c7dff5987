//! One call that reads everything: the file that counts, its options, and all that is odd about them.

use std::io;
use std::path::{Path, PathBuf};

use guichet_core::{Diagnostic, Directory};

use crate::decode::{self, Decoded, Problem, Refusal};
use crate::error::PathError;
use crate::filesystem::{FileSystem, read_at_most};
use crate::guichet_toml::{OptionsFile, OptionsProblem};
use crate::json::{Document, MAX_BYTES, Pointer, SyntaxError};
use crate::locate::{Location, Source};
use crate::located::{Located, Place, SourceFile, each, first};
use crate::revision::Revision;

/// A directory with the text that it was read from.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Loaded {
    /// The original text; `None` if a project has no file.
    pub document: Option<Document>,
    /// The directory.
    pub directory: Directory,
    /// What `guichet.toml` says.
    pub options: OptionsFile,
    /// The original bytes of `guichet.toml`; `None` where there is no such file.
    pub options_bytes: Option<Vec<u8>>,
    /// Everything odd in the two files, each with its place.
    pub problems: Vec<Located<Problem>>,
    /// Which version of `directory.json` this is.
    pub revision: Revision,
}

/// Why nothing was read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The system refuses, or the file that was named is not there.
    #[error(transparent)]
    Io(#[from] PathError),
    /// The file is too long to be looked into.
    #[error("`{}` is longer than {MAX_BYTES} bytes", .path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
    },
    /// `directory.json` is not JSON.
    #[error("`{}` is not JSON: {source}", .path.display())]
    Syntax {
        /// The file.
        path: PathBuf,
        /// The reason with its place.
        source: SyntaxError,
    },
    /// `directory.json` is JSON and no directory.
    #[error("`{}` is not a directory of users and groups: {}", .path.display(), first(.refusals))]
    Refused {
        /// The file.
        path: PathBuf,
        /// Every place that has no meaning, in the order of the text; at least one.
        refusals: Vec<Located<Refusal>>,
    },
    /// `guichet.toml` is wrong.
    #[error("`{}` cannot be used: {}", .path.display(), first(.problems))]
    Options {
        /// The file.
        path: PathBuf,
        /// Everything wrong in it, in the order of the text; at least one.
        problems: Vec<Located<OptionsProblem>>,
    },
}

impl ReadError {
    /// Returns the file that the error is about.
    pub fn path(&self) -> &Path {
        match self {
            Self::Io(error) => error.path(),
            Self::TooLarge { path }
            | Self::Syntax { path, .. }
            | Self::Refused { path, .. }
            | Self::Options { path, .. } => path,
        }
    }

    /// Returns every single thing that is wrong, each with its place where it has one.
    pub fn diagnostics(&self) -> Vec<(&dyn Diagnostic, Option<Place>)> {
        match self {
            Self::Io(error) => vec![(error, None)],
            Self::TooLarge { .. } => vec![(self, None)],
            Self::Syntax { source, .. } => {
                let (position, pointer) = (source.position(), Pointer::root());
                let place = Place {
                    file: SourceFile::Directory,
                    position,
                    pointer,
                };
                vec![(source, Some(place))]
            }
            Self::Refused { refusals, .. } => each(refusals),
            Self::Options { problems, .. } => each(problems),
        }
    }
}

impl Diagnostic for ReadError {
    fn code(&self) -> &'static str {
        match self {
            Self::Io(error) => error.code(),
            Self::TooLarge { .. } => "json-too-large",
            Self::Syntax { source, .. } => source.code(),
            Self::Refused { refusals, .. } => {
                refusals.first().map_or("wrong-kind", Diagnostic::code)
            }
            Self::Options { problems, .. } => {
                problems.first().map_or("wrong-option", Diagnostic::code)
            }
        }
    }

    fn help(&self) -> Option<String> {
        match self {
            Self::Io(error) => error.help(),
            Self::TooLarge { .. } => None,
            Self::Syntax { source, .. } => source.help(),
            Self::Refused { refusals, .. } => refusals.first().and_then(Diagnostic::help),
            Self::Options { problems, .. } => problems.first().and_then(Diagnostic::help),
        }
    }
}

/// Reads the file that counts, and the options beside it.
///
/// A project without a file gives the two built-in users and no access control (statement 68); a file that was named
/// and is not there is an error. Linear in the length of the files.
///
/// # Errors
///
/// - [`ReadError::Io`]: the system refuses, or the file that was named is not there;
/// - [`ReadError::TooLarge`], [`ReadError::Syntax`], [`ReadError::Refused`]: the file is not a directory;
/// - [`ReadError::Options`]: `guichet.toml` is wrong.
///
/// # Examples
///
/// ```no_run
/// use guichet_storage::filesystem::Disk;
/// use guichet_storage::{ProjectPath, Target, locate, read};
///
/// let target = Target::Project { project: ProjectPath::At("/srv/shop".into()), data: None };
/// let location = locate(&Disk, &target)?;
/// let loaded = read(&Disk, &location)?;
/// println!("{} users, revision {}", loaded.directory.user_count(), loaded.revision);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read(files: &dyn FileSystem, location: &Location) -> Result<Loaded, ReadError> {
    let (options, options_bytes) = match &location.options {
        Some(path) => {
            let bytes = bytes(files, path)?;
            (parse_options(path, &bytes)?, Some(bytes))
        }
        None => (OptionsFile::default(), None),
    };
    if !location.exists && location.source != Source::Explicit {
        let Decoded {
            directory,
            problems,
        } = decode::without_file(&options);
        let revision = Revision::ABSENT;
        return Ok(Loaded {
            document: None,
            directory,
            options,
            options_bytes,
            problems,
            revision,
        });
    }
    let path = &location.path;
    let bytes = bytes(files, path)?;
    let revision = Revision::new(&bytes);
    let document = Document::parse(bytes).map_err(|source| ReadError::Syntax {
        path: path.clone(),
        source,
    })?;
    match decode::decode(&document, &options) {
        Ok(Decoded {
            directory,
            problems,
        }) => Ok(Loaded {
            document: Some(document),
            directory,
            options,
            options_bytes,
            problems,
            revision,
        }),
        Err(refusals) => Err(ReadError::Refused {
            path: path.clone(),
            refusals,
        }),
    }
}

/// Reads a `guichet.toml`.
pub(crate) fn read_options(files: &dyn FileSystem, path: &Path) -> Result<OptionsFile, ReadError> {
    parse_options(path, &bytes(files, path)?)
}

fn parse_options(path: &Path, bytes: &[u8]) -> Result<OptionsFile, ReadError> {
    OptionsFile::parse(bytes).map_err(|problems| ReadError::Options {
        path: path.to_owned(),
        problems,
    })
}

/// Returns the bytes of a file that is not too long.
fn bytes(files: &dyn FileSystem, path: &Path) -> Result<Vec<u8>, ReadError> {
    read_at_most(files, path, MAX_BYTES as u64).map_err(|error| match error.kind() {
        io::ErrorKind::FileTooLarge => ReadError::TooLarge {
            path: path.to_owned(),
        },
        _ => error.into(),
    })
}
