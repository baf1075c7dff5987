//! Groups that are probably nested the wrong way round (decision D36).

use guichet_core::{Directory, Group, GroupHandle};

use crate::lint::words::listed;
use crate::lint::{Finding, FoundBy, Level, LintInput, Page, Rule, Subject};

pub(in crate::lint) const PAGE: Page = Page {
    code: "upside-down-nesting",
    summary: "a group of people contains many small groups that look like permissions",
    why: "Members of a nested group have what its container has, not the other way round. If you place \
          `Discount` in `Sales`, the few users of `Discount` get all that `Sales` has, and the users \
          of `Sales` get nothing. The rule finds a group with users that directly contains four or \
          more small groups: they contain no group and have at most a quarter as many users.",
    bad: r#"{
	"users": {"Ann": {}, "Bob": {}, "Cy": {}, "Di": {}},
	"groups": {
		"Sales": {
			"users": ["Ann", "Bob", "Cy", "Di"],
			"groups": ["Discount", "Credit", "Refund", "Export"]
		},
		"Discount": {"users": ["Ann"]},
		"Credit": {},
		"Refund": {},
		"Export": {"users": ["Bob"]}
	}
}"#,
    good: r#"{
	"users": {"Ann": {}, "Bob": {}, "Cy": {}, "Di": {}},
	"groups": {
		"Sales": {"users": ["Ann", "Bob", "Cy", "Di"]},
		"Discount": {"users": ["Ann"]},
		"Credit": {"groups": ["Sales"]},
		"Refund": {"groups": ["Sales"]},
		"Export": {"users": ["Bob"]}
	}
}"#,
    found_by: FoundBy::Lint(Level::Warning, find),
    ..Page::BASE
};

/// This many small groups in one look like permissions.
const MANY: usize = 4;

/// A group is small beside one that has this many times its users.
const TIMES_LARGER: usize = 4;

/// O(memberships).
fn find(input: &LintInput<'_>) -> Vec<Finding> {
    let directory = input.directory();
    let suspects = directory.groups().filter_map(|(container, group)| {
        let people = people_in(directory, group);
        let is_small = |nested: &&GroupHandle| {
            let nested = directory.group(**nested);
            nested.is_some_and(|nested| {
                nested.groups().is_empty()
                    && people_in(directory, nested).saturating_mul(TIMES_LARGER) <= people
            })
        };
        let small: Vec<GroupHandle> = group.groups().iter().filter(is_small).copied().collect();
        (people > 0 && small.len() >= MANY).then_some((container, small))
    });
    suspects
        .map(|(container, small)| {
            let name = input.group_name(container);
            let names = listed(small.len(), small.iter().map(|group| input.group_name(*group)));
            let message = format!(
                "group `{name}` contains the small groups {names}: their users have what `{name}` has, \
                 not the other way round"
            );
            let subject = Subject::Group(container);
            let finding = Finding::new(Rule::UpsideDownNesting, subject, message);
            finding.with_help(format!(
                "If everybody in `{name}` should have what these groups have, place `{name}` in each \
                 of them instead."
            ))
        })
        .collect()
}

/// The users placed directly in a group, without the two built-in ones, who may be anywhere.
fn people_in(directory: &Directory, group: &Group) -> usize {
    let built_in = [directory.designer(), directory.administrator()];
    let users = group.users().iter();
    users.filter(|user| !built_in.contains(user)).count()
}
