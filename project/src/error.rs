//! The one error of this crate: what a crate below reports, with its code, advice and place.

use std::path::{Path, PathBuf};

use guichet_core::{Diagnostic, Refused};
use guichet_licensing::CatalogueError;
use guichet_storage::json::Position;
use guichet_storage::locate::LocateError;
use guichet_storage::place::Place;
use guichet_storage::read::ReadError;
use guichet_storage::store::{EditError, SaveError};

use crate::names::WordError;

/// Why something could not be done with a project.
///
/// Every error has a stable [`code`](Error::code), advice in [`help`](Error::help), and where there
/// is one the file and the line.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A word names nothing, or more than one thing.
    #[error(transparent)]
    Word(#[from] WordError),
    /// A change is refused; nothing was changed.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// A file cannot be found, read or saved.
    #[error(transparent)]
    Save(#[from] SaveError),
    /// `guichet.toml` declares a plug-in that exists already.
    #[error(transparent)]
    Catalogue(Box<CatalogueProblem>),
}

/// A declaration of `guichet.toml` that contradicts another one.
#[derive(Debug, thiserror::Error)]
#[error("{error}")]
pub struct CatalogueProblem {
    path: Option<PathBuf>,
    error: CatalogueError,
}

impl Error {
    /// Returns the stable kebab-case code.
    pub fn code(&self) -> &'static str {
        self.diagnostic().code()
    }

    /// Returns what to do about it, in full sentences.
    pub fn help(&self) -> Option<String> {
        self.diagnostic().help()
    }

    /// Returns the file that the error is about.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Word(_) | Self::Refused(_) => None,
            Self::Save(error) => error.path(),
            Self::Catalogue(problem) => problem.path.as_deref(),
        }
    }

    /// Returns the line in that file, from 1.
    pub fn line(&self) -> Option<u32> {
        Some(self.position()?.line)
    }

    /// Returns the column in that line, from 1, in characters.
    pub fn column(&self) -> Option<u32> {
        Some(self.position()?.column)
    }

    /// Returns every single thing that is wrong in the file, each with its place where it has one.
    pub fn problems(&self) -> Vec<(&dyn Diagnostic, Option<Place>)> {
        match self {
            Self::Save(SaveError::Read(error)) => error.diagnostics(),
            _ => Vec::new(),
        }
    }

    fn position(&self) -> Option<Position> {
        let (_, place) = self.problems().into_iter().next()?;
        Some(place?.position)
    }

    fn diagnostic(&self) -> &dyn Diagnostic {
        match self {
            Self::Word(error) => error,
            Self::Refused(error) => error,
            Self::Save(error) => error,
            Self::Catalogue(problem) => &problem.error,
        }
    }

    pub(crate) fn catalogue(path: Option<&Path>, error: CatalogueError) -> Self {
        let path = path.map(Path::to_owned);
        Self::Catalogue(Box::new(CatalogueProblem { path, error }))
    }
}

impl Diagnostic for Error {
    fn code(&self) -> &'static str {
        Self::code(self)
    }

    fn help(&self) -> Option<String> {
        Self::help(self)
    }
}

impl From<LocateError> for Error {
    fn from(error: LocateError) -> Self {
        Self::Save(error.into())
    }
}

impl From<ReadError> for Error {
    fn from(error: ReadError) -> Self {
        Self::Save(error.into())
    }
}

impl From<EditError<Self>> for Error {
    fn from(error: EditError<Self>) -> Self {
        match error {
            EditError::Refused(error) => error,
            EditError::Save(error) => Self::Save(error),
        }
    }
}

/// The result of whatever can fail with a project.
pub type Result<T> = std::result::Result<T, Error>;
