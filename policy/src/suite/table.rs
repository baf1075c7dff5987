//! The tables of a suite file, as they are read and written.

use guichet_core::suggest::nearest;
use serde::{Deserialize, Deserializer, Serialize, de};

use super::case::{Case, Expected, Permit, Question, Suite};
use super::file::{Entry, SuiteError, SuiteFile};
use super::place::{Lines, Placed};
use crate::decision::Reason;

/// The file; the parameters are the tables, with or without their places.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File<C, W, A, S> {
    #[serde(default = "Vec::new")]
    check: Vec<C>,
    #[serde(default = "Vec::new")]
    who_can: Vec<W>,
    #[serde(default = "Vec::new")]
    what_can: Vec<A>,
    /// Scripts of sessions and seats, which licensing knows.
    #[serde(default = "Vec::new")]
    seats: Vec<S>,
}

/// What is written: as [`File`], without what is empty.
#[derive(Serialize, Default)]
pub(super) struct Written {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    check: Vec<Check>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    who_can: Vec<WhoCan>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    what_can: Vec<WhatCan>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Check {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    user: String,
    access: String,
    expect: Permit,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "read_reason"
    )]
    reason: Option<Reason>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    path: Vec<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WhoCan {
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
pub(super) struct WhatCan {
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

impl<C, W, A, S> File<C, W, A, S>
where
    C: Placed<Value = Check>,
    W: Placed<Value = WhoCan>,
    A: Placed<Value = WhatCan>,
    S: Placed,
{
    /// Makes cases of the tables, and hands over the entries of `seats`.
    ///
    /// # Errors
    ///
    /// A case lists both all names and some, or neither.
    pub(super) fn suite(self, text: &str) -> Result<SuiteFile<S::Value>, SuiteError> {
        let lines = Lines::new(text);
        let wrong = |message, start| SuiteError {
            message,
            position: lines.place(start),
        };
        let mut cases = Vec::new();
        for check in self.check {
            let (start, check) = (check.start(), check.value());
            let question = Question::Check {
                user: check.user,
                access: check.access,
                expect: check.expect,
                reason: check.reason,
                path: check.path,
            };
            cases.push(case(check.name, lines.line(start), question));
        }
        for who_can in self.who_can {
            let (start, who_can) = (who_can.start(), who_can.value());
            let question = Question::WhoCan {
                access: who_can.access,
                users: expected("users", who_can.users, who_can.includes, who_can.excludes)
                    .map_err(|message| wrong(message, start))?,
            };
            cases.push(case(who_can.name, lines.line(start), question));
        }
        for what_can in self.what_can {
            let (start, what_can) = (what_can.start(), what_can.value());
            let WhatCan {
                includes, excludes, ..
            } = what_can;
            let question = Question::WhatCan {
                user: what_can.user,
                accesses: expected("accesses", what_can.accesses, includes, excludes)
                    .map_err(|message| wrong(message, start))?,
            };
            cases.push(case(what_can.name, lines.line(start), question));
        }
        let seats = self.seats.into_iter().map(|script| Entry {
            line: lines.line(script.start()),
            value: script.value(),
        });
        Ok(SuiteFile {
            suite: Suite { cases },
            seats: seats.collect(),
        })
    }
}

const fn case(name: Option<String>, line: Option<u32>, question: Question) -> Case {
    Case {
        name,
        line,
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
            "`{key}` lists everything, so remove `includes` and `excludes`"
        )),
        (None, true) => Err(format!(
            "one of `{key}`, `includes` and `excludes` is missing"
        )),
    }
}

impl Written {
    pub(super) fn push(&mut self, case: Case) {
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

fn read_reason<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Reason>, D::Error> {
    let word = String::deserialize(deserializer)?;
    let known = || Reason::ALL.map(|reason| (reason, reason.as_str()));
    let found = known().into_iter().find(|(_, name)| *name == word);
    found.map(|(reason, _)| Some(reason)).ok_or_else(|| {
        let near = nearest(&word, known().map(|(_, name)| name));
        de::Error::custom(match near.first() {
            Some(near) => format!("`{word}` is not a reason, did you mean `{near}`?"),
            None => format!("`{word}` is not a reason"),
        })
    })
}
