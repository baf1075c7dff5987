//! Files of policy tests, read and asked.

use std::path::{Path, PathBuf};

use guichet::core::{Diagnostic as _, Severity};
use guichet::policy::suite::{self, Report, Suite, SuiteError};

use super::scripts::{self, Placed};
use super::tested::Tested;
use crate::context::Context;
use crate::error::{CliError, Finding, Result, Source};
use crate::files;
use crate::loaded::Loaded;

/// A file and what it asks.
#[derive(Debug)]
pub(super) struct File {
    path: PathBuf,
    suite: Suite,
    scripts: Vec<Placed>,
}

/// A file and what came of it.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) path: PathBuf,
    /// The questions about access, for what they look at.
    pub(super) report: Report,
    /// Every test: those questions, then the scripts of seats.
    pub(super) tested: Vec<Tested>,
}

/// Reads files of tests.
///
/// # Errors
///
/// What the system says of a file, `not-utf8`, and `suite-format` where one is no suite.
pub(super) fn read(paths: &[PathBuf], context: &mut Context<'_>) -> Result<Vec<File>> {
    let read = |path: &PathBuf| {
        let text = files::read_text(context, path)?;
        let yaml = path
            .extension()
            .is_some_and(|extension| extension == "yaml" || extension == "yml");
        let read = if yaml {
            Suite::from_yaml(&text).and_then(|suite| Ok((suite, scripts::from_yaml(&text)?)))
        } else {
            Suite::from_toml(&text).and_then(|suite| Ok((suite, scripts::from_toml(&text)?)))
        };
        let (suite, scripts) = read.map_err(|error| refused(&error, path, &text))?;
        let path = path.clone();
        Ok(File {
            path,
            suite,
            scripts,
        })
    };
    paths.iter().map(read).collect()
}

/// Tells why a file is no suite, at its place where that is known.
fn refused(error: &SuiteError, path: &Path, text: &str) -> CliError {
    let mut told = CliError::from_diagnostic(error).at(path);
    if let Some((line, column)) = error.place {
        (told.place.line, told.place.column) = (Some(line), Some(column));
        told.findings = vec![Finding {
            severity: Severity::Error,
            code: error.code(),
            message: error.to_string(),
            help: error.help(),
            path: path.to_owned(),
            source: Source::Read(text.as_bytes().into()),
            pointer: None,
            line,
            column,
            width: 1,
            fixable: false,
        }];
    }
    told
}

impl File {
    /// Asks what the file asks.
    pub(super) fn asked(&self, loaded: &Loaded) -> Asked {
        let plugin = |word: &str| loaded.plugin(word).ok();
        let report = suite::run(loaded.policy(), &self.suite, plugin);
        let mut tested: Vec<Tested> = report.outcomes.iter().map(Tested::of).collect();
        let scripts = self.scripts.iter();
        tested.extend(scripts.map(|script| scripts::played(script, loaded)));
        Asked {
            path: self.path.clone(),
            report,
            tested,
        }
    }
}

/// Returns the reports of all files as one.
pub(super) fn merged(asked: &[Asked]) -> Report {
    let outcomes = asked.iter().flat_map(|asked| &asked.report.outcomes);
    Report {
        outcomes: outcomes.cloned().collect(),
    }
}
