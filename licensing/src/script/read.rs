//! Reading scripts, each an entry of the table `seats` of a file of policy tests.

use std::collections::BTreeMap;

use guichet_core::UserName;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use super::{Expectation, Script, Step};
use crate::seat_count::Limit;
use crate::session::SessionId;

/// A script as a file has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: Option<String>,
    #[serde(default)]
    owned: BTreeMap<String, WrittenOwned>,
    steps: Vec<Step>,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "expected a number of seats or `unlimited`")]
enum WrittenOwned {
    Count(u32),
    Word(Unlimited),
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Unlimited {
    Unlimited,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenStep {
    open: Option<String>,
    take: Option<String>,
    close: Option<String>,
    session: Option<String>,
    expect: Option<String>,
    #[serde(default)]
    holders: Vec<String>,
}

impl<'de> Deserialize<'de> for Script {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = Written::deserialize(deserializer)?;
        let owned = written.owned.into_iter().map(|(plugin, owned)| {
            let owned = match owned {
                WrittenOwned::Count(count) => Limit::from_count(count),
                WrittenOwned::Word(Unlimited::Unlimited) => Limit::Unlimited,
            };
            (plugin, owned)
        });
        Ok(Self {
            name: written.name,
            owned: owned.collect(),
            steps: written.steps,
        })
    }
}

impl<'de> Deserialize<'de> for Step {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let step = WrittenStep::deserialize(deserializer)?;
        step.step().map_err(D::Error::custom)
    }
}

impl WrittenStep {
    /// Says which step it is, or what is wrong with it.
    fn step(self) -> Result<Step, String> {
        let asks = self.expect.is_some() || !self.holders.is_empty();
        match (self.open, self.take, self.close) {
            (Some(user), None, None) if !asks => Ok(Step::Open {
                session: session(self.session.as_deref().unwrap_or(&user))?,
                user: UserName::from_stored(user),
            }),
            (None, Some(plugin), None) => Ok(Step::Take {
                plugin,
                session: session(&self.session.ok_or("`take` needs a `session`")?)?,
                expect: expectation(&self.expect.ok_or("`take` needs an `expect`")?)?,
                holders: self
                    .holders
                    .into_iter()
                    .map(UserName::from_stored)
                    .collect(),
            }),
            (None, None, Some(closed)) if !asks && self.session.is_none() => Ok(Step::Close {
                session: session(&closed)?,
            }),
            _ => Err(
                "a step has one of `open` (with `session`), `take` (with `session`, `expect`, \
                      `holders`) and `close`"
                    .to_owned(),
            ),
        }
    }
}

fn session(text: &str) -> Result<SessionId, String> {
    SessionId::new(text).map_err(|error| error.to_string())
}

fn expectation(word: &str) -> Result<Expectation, String> {
    let mut known = Expectation::ALL.into_iter();
    known.find(|known| known.as_str() == word).ok_or_else(|| {
        let words = Expectation::ALL.map(|known| format!("`{}`", known.as_str()));
        format!(
            "`{word}` is not an answer to a request; there are {}",
            words.join(", ")
        )
    })
}
