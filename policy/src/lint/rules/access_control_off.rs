//! Groups that decide nothing, because the Designer has no password (decision D18).

use guichet_core::AccessControl;

use crate::lint::words::counted;
use crate::lint::{Finding, FoundBy, Level, LintInput, Page, Rule, Subject};

pub(in crate::lint) const PAGE: Page = Page {
    code: "access-control-off",
    summary: "there are groups, and access control is off",
    why: "4D Server checks access only when the Designer has a password. Until then everybody works as \
          the Designer: there is no login dialog, and the groups have no effect.",
    bad: r#"{
	"users": {
		"designer": {"alias": "Designer"},
		"administrator": {"alias": "Administrator"}
	},
	"groups": {"Devs": {"users": ["Administrator"]}},
	"settings": {"designAccessGroup": "Devs"}
}"#,
    good: r#"{
	"users": {
		"designer": {"password": "$2b$10$…", "alias": "Designer"},
		"administrator": {"alias": "Administrator"}
	},
	"groups": {"Devs": {"users": ["Administrator"]}},
	"settings": {"designAccessGroup": "Devs"}
}"#,
    found_by: FoundBy::Lint(Level::Warning, find),
    ..Page::BASE
};

/// O(1).
fn find(input: &LintInput<'_>) -> Vec<Finding> {
    let directory = input.directory();
    let groups = directory.group_count();
    if directory.access_control() == AccessControl::On || groups == 0 {
        return Vec::new();
    }
    let designer = directory.designer();
    let message = format!(
        "`{}` has no password, so everybody works as the Designer and {} nothing",
        input.user_name(designer),
        match groups {
            1 => "the group decides".to_owned(),
            groups => format!("the {} decide", counted(groups, "group")),
        }
    );
    let finding = Finding::new(Rule::AccessControlOff, Subject::User(designer), message);
    vec![finding.with_help("Give the Designer a password.")]
}
