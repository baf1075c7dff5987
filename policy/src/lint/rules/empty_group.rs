//! A group that nobody is in.

use std::collections::HashSet;

use guichet_core::{Directory, GroupHandle};

use crate::lint::nesting::occupied;
use crate::lint::{Finding, FoundBy, Level, LintInput, Page, Rule, Subject};

pub(in crate::lint) const PAGE: Page = Page {
    code: "empty-group",
    summary: "nobody is in a group",
    why: "The group has no member, directly or through nested groups. 4D cannot delete a group, so \
          empty groups stay; perhaps somebody forgot to add the members. A group that has an access \
          is reported as `empty-grantee` instead.",
    bad: r#"{
	"users": {"Ann": {}},
	"groups": {
		"Devs": {"groups": ["Testers"]},
		"Testers": {}
	}
}"#,
    good: r#"{
	"users": {"Ann": {}},
	"groups": {
		"Devs": {"groups": ["Testers"]},
		"Testers": {"users": ["Ann"]}
	}
}"#,
    found_by: FoundBy::Lint(Level::Info, find),
    ..Page::BASE
};

/// O(groups + memberships + grants).
fn find(input: &LintInput<'_>) -> Vec<Finding> {
    let directory = input.directory();
    let occupied = occupied(input.closure());
    let granted: HashSet<GroupHandle> = granted_groups(directory).collect();
    let empty = directory
        .groups()
        .filter(|(group, _)| !occupied.contains(group) && !granted.contains(group));
    empty
        .map(|(handle, group)| {
            let nested = if group.groups().is_empty() {
                ""
            } else {
                ", nor in the groups nested in it"
            };
            let message = format!("nobody is in group `{}`{nested}", group.name());
            Finding::new(Rule::EmptyGroup, Subject::Group(handle), message)
        })
        .collect()
}

/// The groups that an access is given to by name, some of them more than once.
pub(super) fn granted_groups(directory: &Directory) -> impl Iterator<Item = GroupHandle> {
    use guichet_core::GroupReference;

    let grants = directory.grants();
    let areas = grants.areas();
    let of_areas = areas.filter_map(move |area| grants.area(&area));
    let of_plugins = grants
        .plugins()
        .iter()
        .map(guichet_core::PluginGrant::grantee);
    of_areas
        .chain(of_plugins)
        .filter_map(|grantee| match grantee.group()? {
            GroupReference::Known(group) => Some(*group),
            GroupReference::Missing(_) => None,
        })
}
