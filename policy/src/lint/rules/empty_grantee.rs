//! An access that is given to a group which nobody is in.

use guichet_core::{AccessArea, Grantee, GroupReference, PluginKey, StoredGrantee};

use crate::lint::nesting::occupied;
use crate::lint::{Finding, FoundBy, Level, LintInput, Page, Rule, Subject};

pub(in crate::lint) const PAGE: Page = Page {
    code: "empty-grantee",
    summary: "an access is given to a group that nobody is in",
    why: "Only the Designer has this access; for a plug-in, not even the Designer. 4D cannot delete a \
          group, so a setting easily keeps the name of an old group that was emptied.",
    bad: r#"{
	"users": {"Ann": {}},
	"groups": {
		"4D_Write": {},
		"Writers": {"users": ["Ann"]}
	},
	"remoteGranters": {"write": "4D_Write"}
}"#,
    good: r#"{
	"users": {"Ann": {}},
	"groups": {
		"4D_Write": {},
		"Writers": {"users": ["Ann"]}
	},
	"remoteGranters": {"write": "Writers"}
}"#,
    found_by: FoundBy::Lint(Level::Warning, find),
    ..Page::BASE
};

/// O(groups + memberships + grants).
fn find(input: &LintInput<'_>) -> Vec<Finding> {
    let occupied = occupied(input.closure());
    let empty_group = |grantee: &StoredGrantee| match grantee {
        Grantee::Group(GroupReference::Known(group)) => {
            let empty = !occupied.contains(group);
            empty.then(|| input.group_name(*group))
        }
        _ => None,
    };
    let grants = input.directory().grants();
    let areas = grants.areas().filter_map(|area| {
        let group = empty_group(grants.area(&area)?)?;
        Some(of_area(area, group))
    });
    let plugins = grants.plugins().iter().filter_map(|grant| {
        let group = empty_group(grant.grantee())?;
        Some(of_plugin(grant.plugin(), group))
    });
    areas.chain(plugins).collect()
}

fn of_area(area: AccessArea, group: &str) -> Finding {
    let message = format!("{area} is given to group `{group}`, which nobody is in");
    finding(Subject::Area(area), message)
}

fn of_plugin(plugin: &PluginKey, group: &str) -> Finding {
    let message = format!("plug-in `{plugin}` is given to group `{group}`, which nobody is in");
    finding(Subject::Plugin(plugin.clone()), message)
}

fn finding(subject: Subject, message: String) -> Finding {
    let finding = Finding::new(Rule::EmptyGrantee, subject, message);
    finding.with_help("Place users in the group, or give the access to another group or to nobody.")
}
