//! A Design environment that is open to everyone although access control is on.

use guichet_core::{AccessArea, UserKind};

use crate::access::Access;
use crate::granted::Granted;
use crate::lint::words::listed;
use crate::lint::{Finding, FoundBy, Level, LintInput, Page, Rule, Subject};

pub(in crate::lint) const PAGE: Page = Page {
    code: "design-open-to-everyone",
    summary: "the Design environment is open to everyone",
    why: "Everyone who can log in sees the methods, the forms and the structure, and can use the Runtime \
          Explorer. Every new project begins like this; the Designer always keeps the access.",
    bad: r#"{
	"users": {
		"designer": {"password": "$2b$10$…", "alias": "Designer"},
		"Ann": {"password": "$2b$10$…"}
	},
	"groups": {"Devs": {"users": ["Ann"]}},
	"settings": {"designAccessGroup": "*"}
}"#,
    good: r#"{
	"users": {
		"designer": {"password": "$2b$10$…", "alias": "Designer"},
		"Ann": {"password": "$2b$10$…"}
	},
	"groups": {"Devs": {"users": ["Ann"]}},
	"settings": {"designAccessGroup": "Devs"}
}"#,
    found_by: FoundBy::Lint(Level::Warning, find),
    ..Page::BASE
};

/// O(users).
fn find(input: &LintInput<'_>) -> Vec<Finding> {
    let directory = input.directory();
    let users = directory.users().map(|(_, user)| user);
    let others = users.filter(|user| user.kind() == UserKind::User);
    let names: Vec<&str> = others.map(|user| user.name().as_str()).collect();
    let controlled = input.controlled();
    let open = controlled.map(|policy| policy.granted(&Access::Design));
    if names.is_empty() || open != Some(Granted::Everyone) {
        return Vec::new();
    }
    let message = format!(
        "{} is open to everyone: {} can open it",
        AccessArea::Design,
        listed(names.len(), names.iter().copied())
    );
    let subject = Subject::Area(AccessArea::Design);
    let finding = Finding::new(Rule::DesignOpenToEveryone, subject, message);
    vec![finding.with_help(
        "Give it to the developers' group: `guichet access set design GROUP`; or to the Designer \
         alone: `guichet access set design --nobody`.",
    )]
}
