//! A direct membership that another one implies.

use std::collections::HashMap;

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
    exception: None,
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

/// O(memberships + sum over the different lists of groups that hold a user or a group of what is
/// above them, no higher than the highest of them).
///
/// Taking all of them out at once is safe: with each cycle seen as one group there is a lowest group
/// that holds somebody, nothing implies that membership, and it leads to all the others; and what is
/// left of the nestings still leads wherever they led, because nothing in a cycle is taken out.
fn find(input: &LintInput<'_>) -> Vec<Finding> {
    let directory = input.directory();
    let graph = input.closure().graph();
    let mut lists = Lists {
        input,
        hierarchy: Hierarchy::new(input.closure()),
        searched: HashMap::new(),
    };
    let mut findings = Vec::new();
    for (user, _) in directory.users() {
        if user == directory.administrator() {
            continue;
        }
        let implied = lists.implied(graph.groups_of(user));
        findings.extend(implied.iter().map(|implied| of_user(input, user, implied)));
    }
    for (group, _) in directory.groups() {
        let containers = lists.hierarchy.outer_containers(group);
        let implied = lists.implied(&containers);
        findings.extend(
            implied
                .iter()
                .map(|implied| of_group(input, group, implied)),
        );
    }
    findings
}

/// What was found for each list of groups, because many users are in the same groups.
struct Lists<'a> {
    input: &'a LintInput<'a>,
    hierarchy: Hierarchy<'a>,
    searched: HashMap<Vec<GroupHandle>, Vec<Anyway>>,
}

/// A group of a list that another one of it implies.
struct Anyway {
    group: GroupHandle,
    /// The group and through what one is in it, in words.
    text: String,
}

impl Lists<'_> {
    /// Finds those groups of a list that another one of it implies.
    fn implied(&mut self, groups: &[GroupHandle]) -> &[Anyway] {
        if groups.len() < 2 {
            return &[];
        }
        let (input, hierarchy) = (self.input, &mut self.hierarchy);
        let searched = self.searched.entry(groups.to_vec());
        searched.or_insert_with(|| {
            let implied = hierarchy.implied(groups).into_iter();
            implied
                .map(|implied| Anyway {
                    group: implied.group,
                    text: in_anyway(input, &implied),
                })
                .collect()
        })
    }
}

fn of_user(input: &LintInput<'_>, user: UserHandle, implied: &Anyway) -> Finding {
    let name = input.user_name(user);
    let message = format!("user `{name}` is in {}", implied.text);
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

fn of_group(input: &LintInput<'_>, nested: GroupHandle, implied: &Anyway) -> Finding {
    let name = input.group_name(nested);
    let message = format!("group `{name}` is in {}", implied.text);
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
    implied: &Anyway,
    member_is_known: bool,
    change: impl FnOnce(GroupName) -> Change,
) -> Finding {
    let group = GroupName::stored(input.group_name(implied.group));
    if !member_is_known || input.directory().find_group(group.as_str()) != Some(implied.group) {
        return finding;
    }
    finding.with_fix(Fix::Changes(vec![change(group)]))
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use guichet_core::{DirectoryBuilder, GroupName, Mode, Options, UserName};

    use super::{Hierarchy, Lists, find};
    use crate::lint::input::{Facts, LintInput};
    use crate::policy::Policy;

    /// Found by a trial: 24,000 users in `Out` and in `In`, which it contains.
    #[test]
    fn users_of_the_same_groups_are_looked_at_together() {
        let looked_at = |size: usize| {
            let mut builder = DirectoryBuilder::new();
            let chain = ["Out", "Mid", "In"].map(|name| builder.group(GroupName::stored(name)));
            builder.members_of(chain[0]).group("Mid");
            builder.members_of(chain[1]).group("In");
            for n in 0..size {
                let name = format!("u{n}");
                builder.user(UserName::stored(name.as_str()));
                builder.members_of(chain[0]).user(&name);
                builder.members_of(chain[2]).user(&name);
            }
            let policy = Policy::new(builder.finish(), Mode::Server, Options::default());
            let facts = Facts::default();
            let input = LintInput::new(&policy, &facts);
            assert_eq!(find(&input).len(), size);
            let mut lists = Lists {
                input: &input,
                hierarchy: Hierarchy::new(input.closure()),
                searched: HashMap::new(),
            };
            for (user, _) in policy.directory().users() {
                let groups = input.closure().graph().groups_of(user);
                let _ = lists.implied(groups);
            }
            lists.hierarchy.looked_at()
        };
        assert_eq!([500, 1_000, 2_000].map(looked_at), [2; 3]);
    }
}
