//! What a team expects of its directory, asked of a view: files of tests.

use std::path::{Path, PathBuf};

use guichet_core::Diagnostic;
use guichet_licensing::Moment;
use guichet_licensing::script::{Script, ScriptContext, ScriptError, ScriptOutcome, play};
use guichet_policy::suite::{self, CaseError, Report, Suite, SuiteFile, Syntax, Tally};

use crate::error::{Fault, Result};
use crate::view::View;

/// A file of tests: questions about access, and scripts of sessions and seats.
///
/// [`guichet_policy::suite`] and [`guichet_licensing::script`] describe what it holds.
///
/// ```
/// use std::path::Path;
///
/// use guichet::{Moment, Project, TestFile};
///
/// let text = r#"
/// [[check]]
/// user = "Ann Lee"
/// access = "plugin:write"
/// expect = "allowed"
/// "#;
/// let file = TestFile::read(text, Path::new("policy.toml"))?;
/// let view = Project::open("../examples/accounting")?.current();
/// let tested = view.test(&file, Moment::EPOCH);
/// assert!(tested.passed());
/// assert_eq!(view.coverage(&[tested]).grants.tested, 1);
/// # Ok::<(), guichet::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct TestFile {
    path: PathBuf,
    file: SuiteFile<Script>,
}

/// A file of tests, and what came of it.
#[derive(Debug, Clone)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct TestedFile {
    /// What messages call the file.
    #[cfg_attr(feature = "serde", serde(serialize_with = "as_text"))]
    pub path: PathBuf,
    /// The questions about access, then the scripts, each in the order of the file.
    pub tests: Vec<Test>,
    /// What the questions look at.
    #[cfg_attr(feature = "serde", serde(skip))]
    report: Report,
}

/// One test, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Test {
    /// Its name, or its question where it has none.
    pub name: String,
    /// The table that it is in: `check`, `who_can`, `what_can` or `seats`.
    pub kind: &'static str,
    /// The line where it begins, from 1.
    pub line: Option<u32>,
    /// Whether it holds.
    pub verdict: TestVerdict,
}

/// Whether a test holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TestVerdict {
    /// The answer is the expected one.
    Passed,
    /// It is another one.
    Failed {
        /// What was expected, in words.
        expected: String,
        /// The answer, in words.
        got: String,
        /// Why, where there is more to say.
        why: Option<String>,
    },
    /// The question cannot be asked.
    Invalid(TestError),
}

/// Why a test cannot be asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TestError {
    /// A question names something that does not exist.
    #[error(transparent)]
    Case(CaseError),
    /// A step of a script cannot be played.
    #[error(transparent)]
    Script(ScriptError),
}

/// How much of a directory tests look at.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Coverage {
    /// Groups.
    pub groups: Tally,
    /// Memberships.
    pub memberships: Tally,
    /// Accesses that are given to a group or closed.
    pub grants: Tally,
    /// What no test looks at, in words.
    pub untested: Vec<String>,
}

impl TestFile {
    /// Reads a file: YAML where its name ends with `.yaml` or `.yml`, else TOML. Errors call it `path`.
    ///
    /// # Errors
    ///
    /// [`Error::Text`](crate::Error::Text): the text is something else.
    pub fn read(text: &str, path: &Path) -> Result<Self> {
        let read = Suite::read(text, Syntax::from_path(path));
        let path = path.to_owned();
        match read {
            Ok(file) => Ok(Self { path, file }),
            Err(error) => Err(Fault::from(error).of(Some(&path))),
        }
    }
}

impl View {
    /// Asks what a file of tests asks; scripts are played on an empty ledger, with the plug-ins, the
    /// users and the licences of the view at that moment.
    pub fn test(&self, file: &TestFile, at: Moment) -> TestedFile {
        let report = suite::run(self.policy(), &file.file.suite, |word| {
            self.plugin(word).ok()
        });
        let asked = report.outcomes.iter().map(Test::of_outcome);
        let context = ScriptContext {
            catalogue: self.catalogue(),
            entitlements: self.entitlements(),
            gate: &self.admission(),
            at,
        };
        let played = file.file.seats.iter().map(|script| Test {
            name: script.value.title(),
            kind: "seats",
            line: script.line,
            verdict: TestVerdict::of_script(play(&script.value, &context)),
        });
        TestedFile {
            path: file.path.clone(),
            tests: asked.chain(played).collect(),
            report,
        }
    }

    /// Returns the groups, memberships and grants that no test covers.
    pub fn coverage(&self, tested: &[TestedFile]) -> Coverage {
        let outcomes = tested.iter().flat_map(|file| &file.report.outcomes);
        let outcomes = outcomes.cloned().collect();
        let found = suite::coverage(self.policy(), &Report { outcomes });
        let untested = found.untested.iter();
        let untested = untested.map(|subject| subject.describe(self.directory()).to_string());
        Coverage {
            groups: found.groups,
            memberships: found.memberships,
            grants: found.grants,
            untested: untested.collect(),
        }
    }
}

impl TestedFile {
    /// Returns whether every test holds.
    pub fn passed(&self) -> bool {
        self.tests.iter().all(Test::passed)
    }
}

impl Test {
    fn of_outcome(outcome: &suite::Outcome) -> Self {
        Self {
            name: outcome.case.title(),
            kind: outcome.case.kind(),
            line: outcome.case.line,
            verdict: match &outcome.status {
                suite::Status::Passed => TestVerdict::Passed,
                suite::Status::Failed(failure) => TestVerdict::Failed {
                    expected: failure.expected.clone(),
                    got: failure.got.clone(),
                    why: failure.why.clone(),
                },
                suite::Status::Invalid(error) => {
                    TestVerdict::Invalid(TestError::Case(error.clone()))
                }
            },
        }
    }

    /// Returns whether the test holds.
    pub const fn passed(&self) -> bool {
        matches!(self.verdict, TestVerdict::Passed)
    }
}

impl TestVerdict {
    fn of_script(played: ScriptOutcome) -> Self {
        match played {
            ScriptOutcome::Held => Self::Passed,
            ScriptOutcome::Failed(surprise) => Self::Failed {
                expected: format!(
                    "{} at step {}",
                    surprise.expected,
                    surprise.step.saturating_add(1)
                ),
                got: surprise.got,
                why: surprise.why,
            },
            ScriptOutcome::Invalid(error) => Self::Invalid(TestError::Script(error)),
        }
    }
}

/// With `status` (`passed`, `failed` or `invalid`) and whatever the verdict does not have as null.
#[cfg(feature = "serde")]
impl serde::Serialize for Test {
    fn serialize<S: serde::Serializer>(
        &self,
        serializer: S,
    ) -> std::result::Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct as _;

        #[derive(serde::Serialize)]
        struct ErrorRecord {
            code: &'static str,
            message: String,
            help: Option<String>,
        }
        let (status, answers, error) = match &self.verdict {
            TestVerdict::Passed => ("passed", None, None),
            TestVerdict::Failed { expected, got, why } => {
                ("failed", Some((expected, got, why)), None)
            }
            TestVerdict::Invalid(error) => ("invalid", None, Some(error)),
        };
        let mut test = serializer.serialize_struct("Test", 8)?;
        test.serialize_field("name", &self.name)?;
        test.serialize_field("kind", self.kind)?;
        test.serialize_field("line", &self.line)?;
        test.serialize_field("status", status)?;
        test.serialize_field("expected", &answers.map(|(expected, _, _)| expected))?;
        test.serialize_field("got", &answers.map(|(_, got, _)| got))?;
        test.serialize_field("why", &answers.and_then(|(_, _, why)| why.as_ref()))?;
        let error = error.map(|error| ErrorRecord {
            code: error.code(),
            message: error.to_string(),
            help: error.help(),
        });
        test.serialize_field("error", &error)?;
        test.end()
    }
}

#[cfg(feature = "serde")]
fn as_text<S: serde::Serializer>(
    path: &Path,
    serializer: S,
) -> std::result::Result<S::Ok, S::Error> {
    serializer.collect_str(&path.display())
}

impl Diagnostic for TestError {
    fn code(&self) -> &'static str {
        match self {
            Self::Case(error) => error.code(),
            Self::Script(error) => error.code(),
        }
    }

    fn help(&self) -> Option<String> {
        match self {
            Self::Case(error) => error.help(),
            Self::Script(error) => error.help(),
        }
    }
}
