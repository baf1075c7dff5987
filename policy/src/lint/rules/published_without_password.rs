//! A server that is published while everybody is the Designer (decision D18).

use guichet_core::AccessControl;

use crate::lint::{Finding, FoundBy, Level, LintInput, Page, Rule, Subject};

pub(in crate::lint) const PAGE: Page = Page {
    code: "published-without-password",
    summary: "a server is published, and the Designer has no password",
    why: "Anyone who can reach the server over the network works as the Designer: no password is \
          asked, and everything is open.",
    bad: r#"{
	"users": {
		"designer": {"alias": "Designer"},
		"administrator": {"alias": "Administrator"}
	}
}"#,
    good: r#"{
	"users": {
		"designer": {"password": "$2b$10$…", "alias": "Designer"},
		"administrator": {"alias": "Administrator"}
	}
}"#,
    found_by: FoundBy::Lint(Level::Error, find),
    ..Page::BASE
};

/// O(published servers).
fn find(input: &LintInput<'_>) -> Vec<Finding> {
    let directory = input.directory();
    let published = &input.facts().published;
    if directory.access_control() == AccessControl::On || published.is_empty() {
        return Vec::new();
    }
    let designer = directory.designer();
    let servers: Vec<String> = published.iter().map(ToString::to_string).collect();
    let message = format!(
        "`{}` has no password, and the settings publish the {}",
        input.user_name(designer),
        servers.join(" and the ")
    );
    let subject = Subject::User(designer);
    let finding = Finding::new(Rule::PublishedWithoutPassword, subject, message);
    vec![finding.with_help("Give the Designer a password, or stop publishing the server.")]
}
