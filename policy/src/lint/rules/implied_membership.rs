//! A direct membership that another one implies.

use guichet_core::{Change, GroupHandle, GroupName, UserHandle, UserName};

use crate::lint::finding::{Finding, Fix, Subject};
use crate::lint::hierarchy::{Hierarchy, Implied};
use crate::lint::input::LintInput;
use crate::lint::level::Level;
use crate::lint::page::{Example, FoundBy, Page, Repair};
use crate::lint::rule::Rule;
use crate::lint::words::listed;

pub(in crate::lint) const PAGE: Page = Page {
    code: "implied-membership",
    level: Level::Info,
    summary: "a direct membership that another one implies",
    why: "The user, or the group, is in the group anyway, through a nested one. Whoever takes away one of \
          the two expects the access to be gone, and it stays. All findings of this rule can be \
          mended together and nobody's access changes; but when the other membership is removed \
          one day, this one no longer holds it up. The Administrator is left out, whom 4D's editor \
          places in each new group, and so are memberships within a cycle.",
    bad: Example::directory(
        r#"{
	"users": {"Ann": {}},
	"groups": {
		"Staff": {"users": ["Ann"], "groups": ["Sales"]},
		"Sales": {"users": ["Ann"]}
	}
}"#,
    ),
    good: Example::directory(
        r#"{
	"users": {"Ann": {}},
	"groups": {
		"Staff": {"groups": ["Sales"]},
		"Sales": {"users": ["Ann"]}
	}
}"#,
    ),
    repair: Repair::Changes,
    found_by: FoundBy::Lint(find),
};

/// O(sum over users and groups of what is above them, no higher than what holds them directly).
///
/// Taking all of them out at once is safe: with each cycle seen as one group there is a lowest group
/// that holds somebody, nothing implies that membership, and it leads to all the others; and what is
/// left of the nestings still leads wherever they led, because nothing in a cycle is taken out.
fn find(input: &LintInput<'_>) -> Vec<Finding> {
    let directory = input.directory();
    let graph = input.closure().graph();
    let mut hierarchy = Hierarchy::new(input.closure());
    let mut findings = Vec::new();
    for (user, _) in directory.users() {
        if user == directory.administrator() {
            continue;
        }
        let implied = hierarchy.implied(graph.groups_of(user));
        findings.extend(implied.iter().map(|implied| of_user(input, user, implied)));
    }
    for (group, _) in directory.groups() {
        let containers = hierarchy.outer_containers(group);
        let implied = hierarchy.implied(&containers);
        findings.extend(
            implied
                .iter()
                .map(|implied| of_group(input, group, implied)),
        );
    }
    findings
}

fn of_user(input: &LintInput<'_>, user: UserHandle, implied: &Implied) -> Finding {
    let name = input.user_name(user);
    let message = format!("user `{name}` is in {}", in_anyway(input, implied));
    let subject = Subject::UserIn {
        group: implied.group,
        user,
    };
    let finding = Finding::new(Rule::ImpliedMembership, subject, message);
    // Of two users of one name a change means the first.
    let known = input.directory().find_user(name) == Some(user);
    mended(input, finding, implied, known, |group| {
        Change::RemoveMembers {
            group,
            users: vec![UserName::stored(name)],
            groups: Vec::new(),
        }
    })
}

fn of_group(input: &LintInput<'_>, nested: GroupHandle, implied: &Implied) -> Finding {
    let name = input.group_name(nested);
    let message = format!("group `{name}` is in {}", in_anyway(input, implied));
    let subject = Subject::GroupIn {
        container: implied.group,
        nested,
    };
    let finding = Finding::new(Rule::ImpliedMembership, subject, message);
    let known = input.directory().find_group(name) == Some(nested);
    mended(input, finding, implied, known, |group| {
        Change::RemoveMembers {
            group,
            users: Vec::new(),
            groups: vec![GroupName::stored(name)],
        }
    })
}

fn in_anyway(input: &LintInput<'_>, implied: &Implied) -> String {
    let through = implied.chain.split_last().map_or(&[][..], |(_, rest)| rest);
    format!(
        "group `{}` directly, and anyway through {}",
        input.group_name(implied.group),
        listed(through.iter().map(|group| input.group_name(*group)))
    )
}

fn mended(
    input: &LintInput<'_>,
    finding: Finding,
    implied: &Implied,
    member_is_known: bool,
    change: impl FnOnce(GroupName) -> Change,
) -> Finding {
    let group = GroupName::stored(input.group_name(implied.group));
    if !member_is_known || input.directory().find_group(group.as_str()) != Some(implied.group) {
        return finding;
    }
    finding.with_fix(Fix::Changes(vec![change(group)]))
}
