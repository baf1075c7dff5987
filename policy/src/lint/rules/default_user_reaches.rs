//! What everyone who connects can do, as the Default User.

use guichet_core::{PasswordKind, UserKind};

use crate::access::Access;
use crate::lint::risk::ByRisk;
use crate::lint::words::{doing, joined, word};
use crate::lint::{Finding, FoundBy, Level, LintInput, Page, Rule, Subject};

pub(in crate::lint) const PAGE: Page = Page {
    code: "default-user-reaches",
    summary: "everyone who connects works as the Default User",
    why: "4D asks nobody for a name, and asks for a password only if the Default User has one. That is \
          right for an application with a login of its own, as long as the account has no more than \
          everyone may have. It is a warning if the account can administer the server or open the \
          Design environment.",
    bad: r#"{
	"users": {
		"designer": {"password": "$2b$10$…", "alias": "Designer"},
		"Guest": {}
	},
	"settings": {"remoteDefaultUser": "Guest"}
}"#,
    good: r#"{
	"users": {
		"designer": {"password": "$2b$10$…", "alias": "Designer"},
		"Guest": {}
	},
	"settings": {"remoteDefaultUser": ""}
}"#,
    raised: Some(Level::Warning),
    found_by: FoundBy::Lint(Level::Info, find),
    ..Page::BASE
};

/// O(a log a) in the accesses, and O(groups + memberships of groups).
fn find(input: &LintInput<'_>) -> Vec<Finding> {
    let found = || {
        let by_risk = ByRisk::new(input.controlled()?);
        let user = input.default_user()?;
        let account = input.directory().user(user)?;
        let name = account.name().as_str();
        let reach = by_risk.reach(user);
        let works = match account.password() {
            PasswordKind::None => format!("connects works as `{name}`"),
            _ => format!("knows the password of `{name}` works as this user"),
        };
        let what = if reach.is_empty() {
            "has no access".to_owned()
        } else {
            let phrases = reach.iter().map(|access| doing(access));
            format!("can {}", joined(reach.len(), phrases))
        };
        let message = format!("everyone who {works}, and {what}");
        let finding = Finding::new(Rule::DefaultUserReaches, Subject::User(user), message);
        let finding = finding.with_help(format!(
            "Let everyone log in: `guichet settings default-user --none`; or see what this account \
             can do, and why: `guichet what-can {}`.",
            word(name)
        ));
        let first = reach.first();
        let is_dangerous = account.kind() != UserKind::User
            || first
                .is_some_and(|access| matches!(access, Access::Administration | Access::Design));
        Some(if is_dangerous {
            finding.raised()
        } else {
            finding
        })
    };
    found().into_iter().collect()
}
