//! Groups that contain one another (decisions D10 and D34).

use guichet_core::GroupHandle;

use crate::cycle::Cycle;
use crate::lint::words::counted;
use crate::lint::{Finding, FoundBy, Level, LintInput, Page, Rule, Subject};
use crate::removal::{CycleRemoval, MembershipRemoval, RemovalProof};

pub(in crate::lint) const PAGE: Page = Page {
    code: "cycle",
    summary: "groups contain one another",
    why: "Members of a nested group have what its container has. So every group of the cycle has the \
          members of all of them, and people who should have less have everything. 4D does not \
          document what such a file means. The finding names the membership that costs least to \
          remove. Where there are too many to try them all, it names one that costs little, and \
          mentions that.",
    bad: r#"{
	"users": {"Ann": {}, "Bob": {}},
	"groups": {
		"Sales": {"users": ["Ann"], "groups": ["Staff"]},
		"Staff": {"users": ["Bob"], "groups": ["Sales"]}
	}
}"#,
    good: r#"{
	"users": {"Ann": {}, "Bob": {}},
	"groups": {
		"Sales": {"users": ["Ann"]},
		"Staff": {"users": ["Bob"], "groups": ["Sales"]}
	}
}"#,
    found_by: FoundBy::Lint(Level::Error, find),
    ..Page::BASE
};

/// The most memberships of a cycle that are named.
const NAMED: usize = 6;

/// O(groups + memberships), and what [`cheapest_removals`](crate::Closure::cheapest_removals) takes.
fn find(input: &LintInput<'_>) -> Vec<Finding> {
    let cycles = input.closure().cycles();
    let cuts = input.closure().cheapest_removals(&cycles);
    let found = cycles.iter().zip(&cuts);
    found
        .map(|(cycle, cut)| {
            let first = cut.memberships.first();
            let subject = first.map_or(Subject::Directory, |cut| Subject::GroupIn {
                container: cut.container,
                nested: cut.nested,
            });
            let finding = Finding::new(Rule::Cycle, subject, message(input, cycle));
            finding.with_help(advice(input, cut))
        })
        .collect()
}

fn message(input: &LintInput<'_>, cycle: &Cycle) -> String {
    let edges: Vec<(GroupHandle, GroupHandle)> = cycle.chain().edges().collect();
    if let [(group, _)] = edges.as_slice() {
        return format!("group `{}` contains itself", input.group_name(*group));
    }
    let contains = |(container, nested): &(GroupHandle, GroupHandle)| {
        let (container, nested) = (input.group_name(*container), input.group_name(*nested));
        format!("`{container}` contains `{nested}`")
    };
    let named: Vec<String> = edges.iter().take(NAMED).map(contains).collect();
    let rest = edges.len().saturating_sub(named.len());
    let ring = match named.as_slice() {
        [most @ .., last] if rest == 0 => format!("{} and {last}", most.join(", ")),
        named => format!("{} and {rest} more", named.join(", ")),
    };
    match cycle.groups().len() {
        2 => format!("{ring}, so each has the members of both"),
        groups => format!("{ring}, so each of {groups} groups has the members of all"),
    }
}

fn advice(input: &LintInput<'_>, cut: &CycleRemoval) -> String {
    let step = |cut: &MembershipRemoval| {
        let (container, nested) = (
            input.group_name(cut.container),
            input.group_name(cut.nested),
        );
        let cost = match cut.lost {
            None => String::new(),
            Some(0) => ", and nobody loses a membership".to_owned(),
            Some(lost) => format!(", which removes {}", counted(lost, "effective membership")),
        };
        format!("Remove `{nested}` from `{container}`{cost}.")
    };
    let shown = cut.memberships.iter().take(NAMED);
    let mut sentences: Vec<String> = shown.map(step).collect();
    let rest = cut.memberships.len().saturating_sub(sentences.len());
    if rest > 0 {
        sentences.push(format!(
            "Remove {} of the cycle too.",
            counted(rest, "membership")
        ));
    }
    let unproven = match cut.proof {
        RemovalProof::Cheapest => None,
        RemovalProof::Smallest => Some(
            "Another membership may cost less: there are too many to count what each of them removes.",
        ),
        RemovalProof::Unproven => Some(
            "Fewer memberships, or others that cost less, may be enough: there are too many to try them all.",
        ),
    };
    sentences.extend(unproven.map(str::to_owned));
    sentences.join(" ")
}
