//! Where in a file something is: a pointer, a line and a column.

use std::fmt;

use guichet_core::{Diagnostic, Severity};

use crate::json::{Document, Pointer};
use guichet_core::Position;

/// Which of the two files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SourceFile {
    /// `directory.json`.
    Directory,
    /// `guichet.toml`.
    Options,
}

/// Where in a file something is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file.
    pub file: SourceFile,
    /// The line and the column where the value or the key begins.
    pub position: Position,
    /// The address of the value; in `guichet.toml` tables and keys are steps as well.
    pub pointer: Pointer,
}

/// A diagnostic with the place that it is about.
///
/// It reads as the diagnostic itself; the place is beside it, for whoever prints it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located<D> {
    /// What is to be said.
    pub diagnostic: D,
    /// Where.
    pub place: Place,
}

impl<D: fmt::Display> fmt::Display for Located<D> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.diagnostic.fmt(formatter)
    }
}

impl<D: Diagnostic> Diagnostic for Located<D> {
    fn code(&self) -> &'static str {
        self.diagnostic.code()
    }

    fn severity(&self) -> Severity {
        self.diagnostic.severity()
    }

    fn help(&self) -> Option<String> {
        self.diagnostic.help()
    }
}

/// Returns the places of values or keys of a `directory.json`, by their ascending tape indexes; one walk for all of them.
pub(crate) fn places(document: &Document, indexes: &[u32]) -> impl Iterator<Item = Place> {
    let nodes = indexes.iter().filter_map(|index| document.node_at(*index));
    let nodes = nodes.zip(document.addresses(indexes));
    nodes.map(|(node, pointer)| Place {
        file: SourceFile::Directory,
        position: document.position(node.span().start),
        pointer,
    })
}

/// Returns each diagnostic with its place.
pub(crate) fn each<D: Diagnostic>(all: &[Located<D>]) -> Vec<(&dyn Diagnostic, Option<Place>)> {
    all.iter()
        .map(|one| (&one.diagnostic as &dyn Diagnostic, Some(one.place.clone())))
        .collect()
}

/// Returns what the first diagnostic says, and how many more there are.
pub(crate) fn first<D: fmt::Display>(all: &[Located<D>]) -> String {
    match all {
        [] => String::new(),
        [only] => only.to_string(),
        [first, more @ ..] => format!("{first}, and {} more", more.len()),
    }
}
