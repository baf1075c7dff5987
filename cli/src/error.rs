//! The one error of the command line: what a library reported, and how it is printed for people and for programs.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use guichet::core::Diagnostic;
use guichet::{Finding, ReadBytes};
use serde::{Serialize, Serializer};
use serde_json::json;

use crate::files;
use crate::output::{Ink, Page, Text, count, snippet, snippets};

/// Where in a file an error is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Place {
    /// The file.
    pub(crate) path: Option<PathBuf>,
    /// Its line, from 1.
    pub(crate) line: Option<u32>,
    /// The column in that line, from 1, in characters.
    pub(crate) column: Option<u32>,
    /// What was read of a file, which it may not hold, or not any more: of standard input, of a pipe, of
    /// a former revision.
    pub(crate) read: Option<ReadBytes>,
}

/// An error that ends a command with exit status 2.
#[derive(Debug, Clone)]
pub(crate) struct CliError {
    /// The stable kebab-case code.
    pub(crate) code: &'static str,
    /// One sentence, lower case, without full stop.
    pub(crate) message: String,
    /// What caused it, outermost first.
    pub(crate) causes: Vec<String>,
    /// What to do about it.
    pub(crate) help: Option<String>,
    /// Where it is.
    pub(crate) place: Box<Place>,
    /// Every single thing that is wrong in that file.
    pub(crate) findings: Box<[Finding]>,
    /// What people are told instead: the parser's own words.
    pub(crate) in_full: Option<Box<Text>>,
}

impl CliError {
    /// Makes an error that the command line itself found.
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            causes: Vec::new(),
            help: None,
            place: Box::default(),
            findings: Box::default(),
            in_full: None,
        }
    }

    /// Takes over what a library reported, with the chain of its causes.
    pub(crate) fn from_error<D: Diagnostic + Error>(error: &D) -> Self {
        let mut causes = Vec::new();
        let mut cause = error.source();
        while let Some(error) = cause {
            causes.push(error.to_string());
            cause = error.source();
        }
        Self {
            causes,
            help: error.help(),
            ..Self::new(error.code(), error.to_string())
        }
    }

    /// Adds advice.
    #[must_use]
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Lets the findings of a file show the lines that were read of it.
    #[must_use]
    pub(crate) fn read_from(mut self, path: &Path, bytes: &Arc<[u8]>) -> Self {
        self.place.read = Some((path.to_owned(), Arc::clone(bytes)));
        self
    }

    /// Adds the file.
    #[must_use]
    pub(crate) fn at(mut self, path: &Path) -> Self {
        self.place.path = Some(path.to_owned());
        self
    }

    /// Adds the line of the file.
    #[must_use]
    pub(crate) const fn on_line(mut self, line: u32) -> Self {
        self.place.line = Some(line);
        self
    }
}

impl CliError {
    /// Returns the error for a person: `error:`, the place, the causes, then `help:`.
    pub(crate) fn text(&self, page: Page) -> Text {
        if let Some(text) = &self.in_full {
            return Text::clone(text);
        }
        let read = self.place.read.as_ref();
        let mut text = Text::default();
        match &*self.findings {
            [] => {
                text.ink(Ink::No, "error");
                text.line(format_args!(": {}", self.message));
                if let Some(place) = self.told_place() {
                    text.line(format_args!("  --> {place}"));
                }
                for cause in &self.causes {
                    text.line(format_args!("  because: {cause}"));
                }
            }
            [only] => text.append(&snippet(&self.message, only, read, page)),
            [first, ..] => {
                let problems = count(self.findings.len(), "problem");
                let file = files::called(&first.path);
                text.ink(Ink::No, "error");
                text.line(format_args!(": {file} cannot be used: {problems}"));
                text.append(&snippets(&self.findings, read, page));
                return text;
            }
        }
        if let Some(help) = &self.help {
            text.help(help);
        }
        text
    }

    /// The file and the line, unless the message names the file and there is no line.
    fn told_place(&self) -> Option<String> {
        let path = files::name(self.place.path.as_deref()?);
        let Some(line) = self.place.line else {
            return (!self.message.contains(&*path)).then(|| path.into_owned());
        };
        let column = self.place.column.map(|column| format!(":{column}"));
        Some(format!("{path}:{line}{}", column.unwrap_or_default()))
    }
}

/// The object for programs.
impl Serialize for CliError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let messages = [&self.message].into_iter().chain(&self.causes);
        let messages: Vec<&str> = messages.map(String::as_str).collect();
        let path = self.place.path.as_deref();
        let path = path.filter(|path| !files::is_standard_input(path));
        let document = json!({"error": {
            "code": self.code,
            "message": messages.join(": "),
            "help": self.help,
            "path": path.map(|path| path.display().to_string()),
            "line": self.place.line,
            "column": self.place.column,
            "problems": self.findings,
        }});
        document.serialize(serializer)
    }
}

/// What a part of a project reports is told as its own error is.
impl<E: Into<guichet::Error>> From<E> for CliError {
    fn from(error: E) -> Self {
        let error = error.into();
        let mut told = Self::from_error(&error);
        told.place.path = error.path().map(Path::to_owned);
        if error.path().is_some_and(files::is_standard_input) {
            told.message = told.message.replace("`-`", "standard input");
        }
        told.findings = error.findings().into();
        if let Some(first) = told.findings.first() {
            told.place.line = Some(first.position.line);
            told.place.column = Some(first.position.column);
            // The message of a file that cannot be used ends with its cause.
            told.causes.clear();
        }
        told
    }
}

/// The result of whatever can fail on the command line.
pub(crate) type Result<T, E = CliError> = std::result::Result<T, E>;
