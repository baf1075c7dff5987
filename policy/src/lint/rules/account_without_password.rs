//! An account that anyone can log in to, and that has more than everyone.

use guichet_core::{PasswordKind, UserKind};

use crate::access::Access;
use crate::lint::risk::ByRisk;
use crate::lint::words::{doing, word};
use crate::lint::{Finding, FoundBy, Level, LintInput, Page, Rule, Subject};

pub(in crate::lint) const PAGE: Page = Page {
    code: "account-without-password",
    summary: "an account without a password has more access than everyone",
    why: "Anyone who knows or guesses the name logs in with an empty password, and has what the \
          account has. For the Administrator this is an error: whoever logs in with that name can \
          create users and change groups. An account that can do only what everyone can is not \
          reported; what the application itself opens to members of a group is not in the directory, \
          and does not count. While access control is off, `access-control-off` is reported instead.",
    bad: r#"{
	"users": {
		"designer": {"password": "$2b$10$…", "alias": "Designer"},
		"administrator": {"password": "$2b$10$…", "alias": "Administrator"},
		"Ann": {}
	},
	"groups": {"Devs": {"users": ["Ann"]}},
	"settings": {"designAccessGroup": "Devs"}
}"#,
    good: r#"{
	"users": {
		"designer": {"password": "$2b$10$…", "alias": "Designer"},
		"administrator": {"password": "$2b$10$…", "alias": "Administrator"},
		"Ann": {"password": "$2b$10$…"}
	},
	"groups": {"Devs": {"users": ["Ann"]}},
	"settings": {"designAccessGroup": "Devs"}
}"#,
    raised: Some(Level::Error),
    found_by: FoundBy::Lint(Level::Warning, find),
    ..Page::BASE
};

/// O(users + groups + memberships + grants); one finding for each account.
fn find(input: &LintInput<'_>) -> Vec<Finding> {
    let Some(policy) = input.controlled() else {
        return Vec::new();
    };
    let by_risk = ByRisk::new(policy);
    let worst = by_risk.worst();
    let graph = input.closure().graph();
    // Everyone who connects works as the Default User, which is a finding of its own.
    let default = input.default_user();
    let open = input.directory().users().filter(|(user, account)| {
        account.password() == PasswordKind::None && Some(*user) != default
    });
    open.filter_map(|(user, account)| {
        let is_administrator = account.kind() == UserKind::Administrator;
        let access = if is_administrator {
            &Access::Administration
        } else {
            let groups = graph.groups_of(user).iter();
            let worst = groups.filter_map(|group| worst.get(group));
            worst.min_by_key(|worst| worst.rank)?.access
        };
        let name = account.name().as_str();
        let message = format!(
            "`{name}` has no password, so anyone can log in with this name and {}",
            doing(access)
        );
        let finding = Finding::new(Rule::AccountWithoutPassword, Subject::User(user), message);
        let help = format!("Set a password: `guichet users passwd {}`.", word(name));
        let finding = finding.with_help(help);
        Some(if is_administrator {
            finding.raised()
        } else {
            finding
        })
    })
    .collect()
}
