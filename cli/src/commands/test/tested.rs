//! What came of one test, whichever crate it was put to.

use guichet::policy::suite;
use serde_json::{Value, json};

use crate::error::CliError;
use crate::output::{Ink, Text};

/// One test and what came of it.
#[derive(Debug)]
pub(super) struct Tested {
    pub(super) name: String,
    /// The table that it stands in.
    pub(super) kind: &'static str,
    /// The line where it begins, from 1.
    pub(super) line: Option<usize>,
    pub(super) verdict: Verdict,
}

/// Whether a test holds.
#[derive(Debug)]
pub(super) enum Verdict {
    /// The answer is the expected one.
    Passed,
    /// It is another one.
    Failed {
        expected: String,
        got: String,
        why: Option<String>,
    },
    /// The question cannot be put.
    Invalid(CliError),
}

impl Tested {
    /// Takes over what came of a question about access.
    pub(super) fn of(outcome: &suite::Outcome) -> Self {
        Self {
            name: outcome.case.title(),
            kind: outcome.case.kind(),
            line: outcome.case.line,
            verdict: match &outcome.verdict {
                suite::Verdict::Passed => Verdict::Passed,
                suite::Verdict::Failed(failure) => Verdict::Failed {
                    expected: failure.expected.clone(),
                    got: failure.got.clone(),
                    why: failure.why.clone(),
                },
                suite::Verdict::Invalid(error) => {
                    Verdict::Invalid(CliError::from_diagnostic(error))
                }
            },
        }
    }

    /// Tells whether the test holds.
    pub(super) const fn passed(&self) -> bool {
        matches!(self.verdict, Verdict::Passed)
    }

    /// Adds the test for people.
    pub(super) fn add_to(&self, text: &mut Text) {
        let name = &self.name;
        text.add("  ");
        if self.passed() {
            text.ink(Ink::Yes, "ok");
            text.line(format_args!("   {name}"));
            return;
        }
        let line = self.line;
        let place = line.map_or_else(String::new, |line| format!(" (line {line})"));
        text.ink(Ink::No, "FAIL");
        text.line(format_args!(" {name}{place}"));
        match &self.verdict {
            Verdict::Passed => {}
            Verdict::Failed { expected, got, why } => {
                text.line(format_args!("       expected {expected}"));
                text.line(format_args!("       got      {got}"));
                if let Some(why) = why {
                    text.line(format_args!("       because  {why}"));
                }
            }
            Verdict::Invalid(error) => {
                text.line(format_args!("       {}", error.message));
                if let Some(help) = &error.help {
                    text.line(format_args!("       {help}"));
                }
            }
        }
    }

    /// Returns the test for programs.
    pub(super) fn json(&self) -> Value {
        let mut document = json!({
            "name": self.name,
            "kind": self.kind,
            "line": self.line,
            "status": "passed",
            "expected": null,
            "got": null,
            "why": null,
            "error": null,
        });
        let said = match &self.verdict {
            Verdict::Passed => json!({}),
            Verdict::Failed { expected, got, why } => {
                json!({"status": "failed", "expected": expected, "got": got, "why": why})
            }
            Verdict::Invalid(error) => json!({
                "status": "invalid",
                "error": {"code": error.code, "message": error.message, "help": error.help},
            }),
        };
        if let (Some(document), Value::Object(said)) = (document.as_object_mut(), said) {
            document.extend(said);
        }
        document
    }
}
