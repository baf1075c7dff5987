//! `show`: the directory in a few lines.

use guichet::core::{AccessControl, Severity, UserHandle};
use serde::Serialize;

use super::lint::counted;
use super::locate::add_file;
use crate::context::Context;
use crate::error::Result;
use crate::output::{Facts, Marked as _, Page, Person, Report, Text};

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
    problems: Problems,
    #[serde(skip)]
    exists: bool,
}

/// How many oddities the file has, by how serious they are.
#[derive(Debug, Serialize)]
struct Problems {
    errors: usize,
    warnings: usize,
    infos: usize,
}

#[derive(Debug, Serialize)]
struct BuiltIn {
    name: Person,
    password: &'static str,
}

/// Runs `show`.
pub(crate) fn run(context: &Context<'_>) -> Result<Box<dyn Report>> {
    let loaded = context.load()?;
    let directory = loaded.directory();
    let built_in = |handle: UserHandle| {
        let user = directory.user(handle);
        BuiltIn {
            name: loaded.person(handle),
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
        problems: Problems {
            errors: loaded.count_problems(Severity::Error),
            warnings: loaded.count_problems(Severity::Warning),
            infos: loaded.count_problems(Severity::Info),
        },
        exists: loaded.location().exists,
    }))
}

impl Report for Show {
    fn text(&self, page: Page) -> Text {
        let mut facts = Facts::new(page);
        add_file(&mut facts, &self.path, self.source, self.exists);
        facts.add("users", self.users.to_string());
        facts.add("groups", self.groups.to_string());
        let control = if self.access_control {
            "on: the Designer has a password"
        } else {
            "off: the Designer has no password, so everyone works as the Designer"
        };
        facts.add("access control", control);
        let built_in = |built_in: &BuiltIn| {
            let mut text = built_in.name.marked();
            text.add(match built_in.password {
                "none" => ", no password".to_owned(),
                kind => format!(", {kind} password"),
            });
            text
        };
        facts.add_text("Designer", built_in(&self.designer));
        facts.add_text("Administrator", built_in(&self.administrator));
        facts.add("revision", &self.revision);
        facts.add("problems", self.problems.in_words());
        facts.render()
    }
}

impl Problems {
    fn in_words(&self) -> String {
        let counted = counted(|severity| match severity {
            Severity::Error => self.errors,
            Severity::Warning => self.warnings,
            Severity::Info => self.infos,
        });
        counted.unwrap_or_else(|| "none".to_owned())
    }
}
