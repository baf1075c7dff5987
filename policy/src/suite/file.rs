//! Suites in files: TOML and YAML.

use guichet_core::Diagnostic;
use serde::{Deserialize, Deserializer, Serialize, de};

use super::case::{Answer, Case, Expected, Question, Suite};
use crate::decision::Reason;
use crate::suggest::nearest;

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

/// The file; the parameters are the tables, with or without their places.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File<C, W, A> {
    #[serde(default = "Vec::new")]
    check: Vec<C>,
    #[serde(default = "Vec::new")]
    who_can: Vec<W>,
    #[serde(default = "Vec::new")]
    what_can: Vec<A>,
    /// Scripts of sessions and seats, which licensing reads.
    #[serde(default, rename = "seats")]
    _seats: de::IgnoredAny,
}

/// What is written: as [`File`], without what is empty.
#[derive(Serialize, Default)]
struct Written {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    check: Vec<Check>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    who_can: Vec<WhoCan>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    what_can: Vec<WhatCan>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Check {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    user: String,
    access: String,
    expect: Answer,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        serialize_with = "write_reason",
        deserialize_with = "read_reason"
    )]
    reason: Option<Reason>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    path: Vec<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WhoCan {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    access: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    users: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    includes: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    excludes: Vec<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WhatCan {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    user: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    accesses: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    includes: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    excludes: Vec<String>,
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

impl<C, W, A> File<C, W, A>
where
    C: Placed<Value = Check>,
    W: Placed<Value = WhoCan>,
    A: Placed<Value = WhatCan>,
{
    fn suite(self, text: &str) -> Result<Suite, SuiteError> {
        let mut cases = Vec::new();
        for check in self.check {
            let (place, check) = check.placed(text);
            let question = Question::Check {
                user: check.user,
                access: check.access,
                expect: check.expect,
                reason: check.reason,
                path: check.path,
            };
            cases.push(case(check.name, place, question));
        }
        for who_can in self.who_can {
            let (place, who_can) = who_can.placed(text);
            let question = Question::WhoCan {
                access: who_can.access,
                users: expected("users", who_can.users, who_can.includes, who_can.excludes)
                    .map_err(|message| SuiteError { message, place })?,
            };
            cases.push(case(who_can.name, place, question));
        }
        for what_can in self.what_can {
            let (place, what_can) = what_can.placed(text);
            let WhatCan {
                includes, excludes, ..
            } = what_can;
            let question = Question::WhatCan {
                user: what_can.user,
                accesses: expected("accesses", what_can.accesses, includes, excludes)
                    .map_err(|message| SuiteError { message, place })?,
            };
            cases.push(case(what_can.name, place, question));
        }
        Ok(Suite { cases })
    }
}

fn case(name: Option<String>, place: Option<(usize, usize)>, question: Question) -> Case {
    Case {
        name,
        line: place.map(|(line, _)| line),
        question,
    }
}

/// What a list should have: all that it has, or some of it.
fn expected(
    key: &str,
    exactly: Option<Vec<String>>,
    includes: Vec<String>,
    excludes: Vec<String>,
) -> Result<Expected, String> {
    match (exactly, includes.is_empty() && excludes.is_empty()) {
        (Some(names), true) => Ok(Expected::Exactly(names)),
        (None, false) => Ok(Expected::Partly { includes, excludes }),
        (Some(_), false) => Err(format!(
            "`{key}` says all, so `includes` and `excludes` are too much"
        )),
        (None, true) => Err(format!(
            "one of `{key}`, `includes` and `excludes` is missing"
        )),
    }
}

impl Written {
    fn push(&mut self, case: Case) {
        let parts = |expected| match expected {
            Expected::Exactly(names) => (Some(names), Vec::new(), Vec::new()),
            Expected::Partly { includes, excludes } => (None, includes, excludes),
        };
        let name = case.name;
        match case.question {
            Question::Check {
                user,
                access,
                expect,
                reason,
                path,
            } => self.check.push(Check {
                name,
                user,
                access,
                expect,
                reason,
                path,
            }),
            Question::WhoCan { access, users } => {
                let (users, includes, excludes) = parts(users);
                self.who_can.push(WhoCan {
                    name,
                    access,
                    users,
                    includes,
                    excludes,
                });
            }
            Question::WhatCan { user, accesses } => {
                let (accesses, includes, excludes) = parts(accesses);
                self.what_can.push(WhatCan {
                    name,
                    user,
                    accesses,
                    includes,
                    excludes,
                });
            }
        }
    }
}

/// A value that comes with its place in the text.
trait Placed {
    type Value;

    /// Returns line and column, from 1, and the value.
    fn placed(self, text: &str) -> (Option<(usize, usize)>, Self::Value);
}

impl<T> Placed for toml::Spanned<T> {
    type Value = T;

    fn placed(self, text: &str) -> (Option<(usize, usize)>, T) {
        (Some(place(text, self.span().start)), self.into_inner())
    }
}

impl<T> Placed for serde_saphyr::Spanned<T> {
    type Value = T;

    fn placed(self, _text: &str) -> (Option<(usize, usize)>, T) {
        (known(&self.referenced), self.value)
    }
}

fn known(location: &serde_saphyr::Location) -> Option<(usize, usize)> {
    let number = |number: u64| usize::try_from(number).ok().filter(|number| *number > 0);
    number(location.line()).zip(number(location.column()))
}

/// The line and the column, in characters, of a byte of a text.
fn place(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.matches('\n').count().saturating_add(1);
    let column = before.chars().rev().take_while(|one| *one != '\n').count();
    (line, column.saturating_add(1))
}

/// Readers add more lines that show the text; the place says it already.
fn first_line(message: &str) -> String {
    message.lines().next().unwrap_or_default().to_owned()
}

#[expect(
    clippy::ref_option,
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference to the field"
)]
fn write_reason<S: serde::Serializer>(
    reason: &Option<Reason>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    reason.map(Reason::as_str).serialize(serializer)
}

fn read_reason<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Reason>, D::Error> {
    let word = String::deserialize(deserializer)?;
    let known = || Reason::EVERY.map(|reason| (reason, reason.as_str()));
    let found = known().into_iter().find(|(_, name)| *name == word);
    found.map(|(reason, _)| Some(reason)).ok_or_else(|| {
        let near = nearest(&word, known());
        de::Error::custom(match near {
            Some(near) => format!("`{word}` is not a reason, did you mean `{near}`?"),
            None => format!("`{word}` is not a reason"),
        })
    })
}
