//! Suites in files: TOML and YAML.

use std::path::Path;

use guichet_core::{Diagnostic, Position};
use serde::de::{DeserializeOwned, IgnoredAny};

use super::case::Suite;
use super::place::known;
use super::table::{Check, File, WhatCan, WhoCan, Written};

/// Why a text is not a suite.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this is not a suite of policy tests: {message}")]
pub struct SuiteError {
    /// What is wrong, in the words of the reader.
    pub message: String,
    /// Where; `None` if the reader does not know.
    pub position: Option<Position>,
}

impl Diagnostic for SuiteError {
    fn code(&self) -> &'static str {
        "suite-format"
    }

    fn help(&self) -> Option<String> {
        Some("A suite has the tables `check`, `who_can`, `what_can` and `seats`.".to_owned())
    }
}

/// A suite that cannot be written as TOML.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the suite cannot be written: {message}")]
pub struct WriteError {
    message: String,
}

impl Diagnostic for WriteError {
    fn code(&self) -> &'static str {
        "suite-format"
    }
}

/// How a file of tests is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Syntax {
    /// TOML.
    Toml,
    /// YAML.
    Yaml,
}

impl Syntax {
    /// Returns by the end of its name how a file is written: `.yaml` and `.yml` are YAML, any other
    /// is TOML.
    pub fn from_path(path: &Path) -> Self {
        let is_yaml = path
            .extension()
            .is_some_and(|end| end == "yaml" || end == "yml");
        if is_yaml { Self::Yaml } else { Self::Toml }
    }
}

/// A file of tests: a suite, and a table that another crate knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuiteFile<S> {
    /// The questions.
    pub suite: Suite,
    /// The entries of the table `seats`.
    pub seats: Vec<Entry<S>>,
}

/// An entry of a table that another crate knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<T> {
    /// The line of the file where it begins, from 1; `None` if the reader does not know.
    pub line: Option<u32>,
    /// What it says.
    pub value: T,
}

impl Suite {
    /// Reads a file of tests: the suite, and the entries of its table `seats`, which are `S`.
    ///
    /// # Errors
    ///
    /// As [`from_toml`](Suite::from_toml) and [`from_yaml`](Suite::from_yaml); an entry is not an `S`.
    pub fn read<S: DeserializeOwned>(
        text: &str,
        syntax: Syntax,
    ) -> Result<SuiteFile<S>, SuiteError> {
        match syntax {
            Syntax::Toml => read_toml(text),
            Syntax::Yaml => read_yaml(text),
        }
    }

    /// Reads a suite from TOML.
    ///
    /// ```
    /// use guichet_policy::suite::Suite;
    ///
    /// let suite = Suite::from_toml(r#"
    /// [[who_can]]
    /// access = "design"
    /// users = ["Designer"]
    /// "#)?;
    /// assert_eq!(suite.cases[0].title(), "who can: design");
    /// assert_eq!(suite.cases[0].line, Some(2));
    ///
    /// let wrong = Suite::from_toml("[[check]]\nusr = \"Ann\"").err().ok_or("a wrong key")?;
    /// assert_eq!(wrong.position.unwrap().to_string(), "line 2, column 1");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`SuiteError`] when the text is not TOML or not a suite.
    pub fn from_toml(text: &str) -> Result<Self, SuiteError> {
        Ok(read_toml::<IgnoredAny>(text)?.suite)
    }

    /// Reads a suite from YAML.
    ///
    /// ```
    /// use guichet_policy::suite::Suite;
    ///
    /// let suite = Suite::from_yaml("
    /// who_can:
    ///   - access: design
    ///     users: [Designer]
    /// ")?;
    /// assert_eq!(suite.cases[0].title(), "who can: design");
    /// assert_eq!(suite.cases[0].line, Some(3));
    /// # Ok::<(), guichet_policy::suite::SuiteError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`SuiteError`] when the text is not YAML or not a suite.
    pub fn from_yaml(text: &str) -> Result<Self, SuiteError> {
        Ok(read_yaml::<IgnoredAny>(text)?.suite)
    }

    /// Writes the suite as TOML, which [`from_toml`](Suite::from_toml) reads as the same cases.
    ///
    /// # Errors
    ///
    /// [`WriteError`] when the writer refuses a value; no text is known that it refuses.
    pub fn to_toml(&self) -> Result<String, WriteError> {
        let mut written = Written::default();
        for case in &self.cases {
            written.push(case.clone());
        }
        toml::to_string_pretty(&written).map_err(|error| WriteError {
            message: error.to_string(),
        })
    }
}

fn read_toml<S: DeserializeOwned>(text: &str) -> Result<SuiteFile<S>, SuiteError> {
    use toml::Spanned;

    type TomlFile<S> = File<Spanned<Check>, Spanned<WhoCan>, Spanned<WhatCan>, Spanned<S>>;
    let file = toml::from_str::<TomlFile<S>>(text).map_err(|error| SuiteError {
        message: first_line(error.message()),
        position: error
            .span()
            .map(|span| Position::new(text.as_bytes(), span.start)),
    })?;
    file.suite(text)
}

fn read_yaml<S: DeserializeOwned>(text: &str) -> Result<SuiteFile<S>, SuiteError> {
    use serde_saphyr::Spanned;

    type YamlFile<S> = File<Spanned<Check>, Spanned<WhoCan>, Spanned<WhatCan>, Spanned<S>>;
    let file = serde_saphyr::from_str::<YamlFile<S>>(text).map_err(|error| {
        let message = first_line(&error.without_snippet().to_string());
        let position = error.location().and_then(|location| known(&location));
        let said = position.map(|position| format!(" at {position}"));
        let short = said.and_then(|said| Some(message.strip_suffix(&said)?.to_owned()));
        SuiteError {
            message: short.unwrap_or(message),
            position,
        }
    })?;
    file.suite(text)
}

/// Readers add more lines that show the text; the place says it already.
fn first_line(message: &str) -> String {
    message.lines().next().unwrap_or_default().to_owned()
}
