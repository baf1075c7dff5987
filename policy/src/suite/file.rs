//! Suites in files: TOML and YAML.

use guichet_core::Diagnostic;

use super::case::Suite;
use super::place::{known, place};
use super::table::{Check, File, WhatCan, WhoCan, Written};

/// Why a text is not a suite.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this is not a suite of policy tests: {message}")]
pub struct SuiteError {
    /// What is wrong, in the words of the reader.
    pub message: String,
    /// Where, as line and column, both from 1; none when the reader does not know.
    pub place: Option<(usize, usize)>,
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

impl Suite {
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
    /// assert_eq!(wrong.place, Some((2, 1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`SuiteError`] when the text is not TOML or not a suite.
    pub fn from_toml(text: &str) -> Result<Self, SuiteError> {
        use toml::Spanned;

        let file = toml::from_str::<File<Spanned<Check>, Spanned<WhoCan>, Spanned<WhatCan>>>(text);
        let file = file.map_err(|error| SuiteError {
            message: first_line(error.message()),
            place: error.span().map(|span| place(text, span.start)),
        })?;
        file.suite(text)
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
        use serde_saphyr::Spanned;

        type YamlFile = File<Spanned<Check>, Spanned<WhoCan>, Spanned<WhatCan>>;
        let file = serde_saphyr::from_str::<YamlFile>(text).map_err(|error| {
            let message = first_line(&error.without_snippet().to_string());
            let place = error.location().and_then(|location| known(&location));
            let said = place.map(|(line, column)| format!(" at line {line}, column {column}"));
            let short = said.and_then(|said| Some(message.strip_suffix(&said)?.to_owned()));
            SuiteError {
                message: short.unwrap_or(message),
                place,
            }
        })?;
        file.suite(text)
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

/// Readers add more lines that show the text; the place says it already.
fn first_line(message: &str) -> String {
    message.lines().next().unwrap_or_default().to_owned()
}
