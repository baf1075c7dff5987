//! `show`: the directory in a few lines.

use guichet_core::{AccessControl, UserHandle};
use serde::Serialize;
use serde_json::Value;

use super::locate::source_in_words;
use crate::context::Context;
use crate::error::Result;
use crate::output::{Facts, Ink, Page, Report, count, to_json};

#[derive(Debug, Serialize)]
struct Show {
    path: String,
    source: &'static str,
    users: usize,
    groups: usize,
    access_control: bool,
    designer: BuiltIn,
    administrator: BuiltIn,
    revision: String,
    problems: usize,
}

#[derive(Debug, Serialize)]
struct BuiltIn {
    name: String,
    password: &'static str,
}

/// Runs `show`.
pub(crate) fn run(context: &Context<'_>) -> Result<Box<dyn Report>> {
    let loaded = context.load()?;
    let directory = loaded.directory();
    let built_in = |user: UserHandle| {
        let user = directory.user(user);
        BuiltIn {
            name: user.map(|user| user.name().to_string()).unwrap_or_default(),
            password: user.map_or("none", |user| user.password().as_str()),
        }
    };
    Ok(Box::new(Show {
        path: loaded.location().path.display().to_string(),
        source: loaded.location().source.as_str(),
        users: directory.user_count(),
        groups: directory.group_count(),
        access_control: directory.access_control() == AccessControl::On,
        designer: built_in(directory.designer()),
        administrator: built_in(directory.administrator()),
        revision: loaded.revision().to_string(),
        problems: loaded.problem_count(),
    }))
}

impl Report for Show {
    fn json(&self) -> Value {
        to_json(self)
    }

    fn text(&self, page: Page) -> String {
        let mut facts = Facts::new(page);
        facts.add("directory", &self.path);
        facts.add("source", source_in_words(self.source));
        facts.add("users", self.users.to_string());
        facts.add("groups", self.groups.to_string());
        let control = if self.access_control {
            "on: the Designer has a password"
        } else {
            "off: the Designer has no password, so everyone works as the Designer"
        };
        facts.add("access control", control);
        let password = |built_in: &BuiltIn| match built_in.password {
            "none" => format!("{}, no password", built_in.name),
            kind => format!("{}, {kind} password", built_in.name),
        };
        facts.add_inked("Designer", Ink::Designer, &password(&self.designer));
        facts.add_inked(
            "Administrator",
            Ink::Administrator,
            &password(&self.administrator),
        );
        facts.add("revision", &self.revision);
        if self.problems > 0 {
            facts.add("problems", count(self.problems, "problem"));
        }
        facts.render()
    }
}
