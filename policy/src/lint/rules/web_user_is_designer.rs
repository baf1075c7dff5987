//! A published web server whose requests work as the Designer.

use crate::access::Access;
use crate::granted::Granted;
use crate::lint::{Finding, FoundBy, Level, LintInput, Page, Rule, Service, Subject};

pub(in crate::lint) const PAGE: Page = Page {
    code: "web-user-is-designer",
    summary: "requests to a published web server work as the Designer",
    why: "A request that names no user of 4D works as the generic web user. Without one 4D takes the \
          Designer, who has every access. It is reported if the settings publish the web server \
          or the REST server, and the access to it is open to everyone.",
    bad: r#"{
	"users": {
		"designer": {"password": "$2b$10$…", "alias": "Designer"},
		"Web Guest": {"password": "$2b$10$…"}
	},
	"settings": {"localGenericWebUser": "Designer"}
}"#,
    good: r#"{
	"users": {
		"designer": {"password": "$2b$10$…", "alias": "Designer"},
		"Web Guest": {"password": "$2b$10$…"}
	},
	"settings": {"localGenericWebUser": "Web Guest"}
}"#,
    found_by: FoundBy::Lint(Level::Warning, find),
    ..Page::BASE
};

/// O(published servers).
fn find(input: &LintInput<'_>) -> Vec<Finding> {
    let directory = input.directory();
    let designer = directory.designer();
    let web_user = directory.settings().local_web_user().as_ref();
    let is_designer = web_user.and_then(|user| user.known()) == Some(&designer);
    let Some(policy) = input.controlled().filter(|_| is_designer) else {
        return Vec::new();
    };
    let open = input.facts().published.iter().filter(|service| {
        let access = match service {
            Service::Web => Access::Http,
            Service::Rest => Access::Rest,
            Service::Application | Service::Sql => return false,
        };
        policy.granted(&access) == Granted::Everyone
    });
    let servers: Vec<String> = open.map(ToString::to_string).collect();
    if servers.is_empty() {
        return Vec::new();
    }
    let message = format!(
        "the settings publish the {}, and requests without a login work as `{}`, the Designer, with \
         every access",
        servers.join(" and the "),
        input.user_name(designer),
    );
    let finding = Finding::new(Rule::WebUserIsDesigner, Subject::User(designer), message);
    vec![
        finding.with_help(
            "Let them work as a user with less access: `guichet settings web-user USER`.",
        ),
    ]
}
