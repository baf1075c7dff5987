//! A file that cannot be used, told with every place that is wrong in it.

use std::path::Path;

use guichet::core::Diagnostic;
use guichet::storage::place::{Place, SourceFile};
use guichet::storage::read::ReadError;

use crate::error::{CliError, Finding, Source};

/// Turns what storage refused into an error that shows each place.
pub(crate) fn from_read_error(error: &ReadError) -> CliError {
    let path = error.path();
    let mut told = match error {
        ReadError::Io(error) => CliError::from_error(error),
        // The message of the others ends with their cause.
        others => CliError::from_diagnostic(others),
    }
    .at(path);
    told.findings = error
        .diagnostics()
        .into_iter()
        .filter_map(|(diagnostic, place)| place.map(|place| finding(diagnostic, &place, path)))
        .collect();
    if let Some(first) = told.findings.first() {
        told.place.line = Some(first.line);
        told.place.column = Some(first.column);
    }
    told
}

/// Turns a diagnostic with its place into a finding in a file.
pub(crate) fn finding(diagnostic: &dyn Diagnostic, place: &Place, path: &Path) -> Finding {
    let pointer = match place.file {
        SourceFile::Directory => Some(place.pointer.to_string()),
        SourceFile::Options => None,
    };
    Finding {
        severity: diagnostic.severity(),
        code: diagnostic.code(),
        message: diagnostic.to_string(),
        help: diagnostic.help(),
        path: path.to_owned(),
        source: Source::File,
        pointer,
        line: place.position.line as usize,
        column: place.position.column as usize,
        width: 1,
        fixable: false,
    }
}
