//! A group that no access can be reached through.

use std::collections::HashSet;

use guichet_core::GroupHandle;

use super::empty_group::granted_groups;
use crate::lint::nesting::occupied;
use crate::lint::{Finding, FoundBy, Level, LintInput, Page, Rule, Subject};
use crate::search::downward;

pub(in crate::lint) const PAGE: Page = Page {
    code: "unreachable-group",
    summary: "being in a group opens nothing",
    why: "Neither the group nor a group that contains it has an access. That is usual in an application \
          whose own methods call `User in group`, so the rule is off by default. If your groups are \
          only for 4D's accesses and plug-ins, somebody forgot this group.",
    bad: r#"{
	"users": {"Ann": {}},
	"groups": {
		"Devs": {},
		"Testers": {"users": ["Ann"]}
	},
	"settings": {"designAccessGroup": "Devs"}
}"#,
    good: r#"{
	"users": {"Ann": {}},
	"groups": {
		"Devs": {"groups": ["Testers"]},
		"Testers": {"users": ["Ann"]}
	},
	"settings": {"designAccessGroup": "Devs"}
}"#,
    found_by: FoundBy::Lint(Level::Off, find),
    ..Page::BASE
};

/// O(groups + memberships + grants).
fn find(input: &LintInput<'_>) -> Vec<Finding> {
    let directory = input.directory();
    let graph = input.closure().graph();
    let occupied = occupied(input.closure());
    let granted: Vec<GroupHandle> = granted_groups(directory).collect();
    let useful = downward(graph, &granted).map(|(group, _)| group);
    let useful: HashSet<GroupHandle> = useful.collect();
    let groups = directory.groups();
    let useless = groups.filter(|(group, _)| !useful.contains(group) && occupied.contains(group));
    useless
        .map(|(handle, group)| {
            let message = format!(
                "no access is given to group `{}` or to a group that it is nested in",
                group.name()
            );
            Finding::new(Rule::UnreachableGroup, Subject::Group(handle), message)
        })
        .collect()
}
