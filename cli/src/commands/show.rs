//! `show`: the directory in a few lines.

use guichet::core::{AccessControl, PasswordKind, Severity, User, UserHandle};
use guichet::{Lint, View};
use serde::{Serialize, Serializer};
use serde_json::json;

use super::lint::counted;
use super::locate::add_file;
use crate::context::Context;
use crate::error::Result;
use crate::output::{Facts, Marked as _, Page, Person, Report, Text};

#[derive(Debug)]
struct Show {
    view: View,
    lint: Lint,
}

/// Runs `show`.
pub(crate) fn run(context: &Context<'_>) -> Result<Box<dyn Report>> {
    let project = context.project()?;
    Ok(Box::new(Show {
        lint: project.lint()?,
        view: project.current(),
    }))
}

impl Show {
    fn controls_access(&self) -> bool {
        self.view.directory().access_control() == AccessControl::On
    }

    /// Returns the built-in users, each with the kind of the stored password.
    fn built_in(&self) -> [(Person, PasswordKind); 2] {
        let directory = self.view.directory();
        let built_in = |handle: UserHandle| {
            let user = directory.user(handle);
            let password = user.map_or(PasswordKind::None, User::password);
            (self.view.person(handle), password)
        };
        [directory.designer(), directory.administrator()].map(built_in)
    }
}

impl Serialize for Show {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (location, directory) = (self.view.location(), self.view.directory());
        let built_in = |(name, password): (Person, PasswordKind)| json!({"name": name, "password": password.as_str()});
        let [designer, administrator] = self.built_in().map(built_in);
        json!({
            "path": location.path.display().to_string(),
            "source": location.source.as_str(),
            "users": directory.user_count(),
            "groups": directory.group_count(),
            "access_control": self.controls_access(),
            "designer": designer,
            "administrator": administrator,
            "revision": self.view.revision().to_string(),
            "problems": {
                "errors": self.lint.count(Severity::Error),
                "warnings": self.lint.count(Severity::Warning),
                "infos": self.lint.count(Severity::Info),
            },
        })
        .serialize(serializer)
    }
}

impl Report for Show {
    fn text(&self, page: Page) -> Text {
        let directory = self.view.directory();
        let mut facts = Facts::new(page);
        add_file(&mut facts, self.view.location());
        facts.add("users", directory.user_count());
        facts.add("groups", directory.group_count());
        let control = if self.controls_access() {
            "on: the Designer has a password"
        } else {
            "off: the Designer has no password, so everyone works as the Designer"
        };
        facts.add("access control", control);
        let labels = ["Designer", "Administrator"];
        for (label, (user, password)) in labels.into_iter().zip(self.built_in()) {
            let mut text = user.marked();
            text.add(match password {
                PasswordKind::None => ", no password".to_owned(),
                kind => format!(", {} password", kind.as_str()),
            });
            facts.add_text(label, text);
        }
        facts.add("revision", self.view.revision());
        let problems = counted(|severity| self.lint.count(severity));
        facts.add("problems", problems.as_deref().unwrap_or("none"));
        facts.render()
    }
}
