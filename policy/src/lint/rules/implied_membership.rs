//! A direct membership that another one implies.

use std::collections::{BTreeMap, HashMap};

use guichet_core::{Change, GroupHandle, GroupName, UserHandle, UserName};

use crate::lint::nesting::Nesting;
use crate::lint::words::listed;
use crate::lint::{Finding, Fix, FoundBy, Level, LintInput, Page, Repair, Rule, Subject};

pub(in crate::lint) const PAGE: Page = Page {
    code: "implied-membership",
    summary: "a direct membership that another one implies",
    why: "The user, or the group, is also in the group through a nested one. If you remove one of the \
          two memberships, you expect the access to be gone, and it stays. You can fix all findings \
          of this rule together, and nobody's access changes. But if the other membership is removed \
          later, this one is no longer there to keep the access. The rule leaves out memberships \
          within a cycle, and the Administrator: 4D's editor places them in each new group.",
    bad: r#"{
	"users": {"Ann": {}},
	"groups": {
		"Staff": {"users": ["Ann"], "groups": ["Sales"]},
		"Sales": {"users": ["Ann"]}
	}
}"#,
    good: r#"{
	"users": {"Ann": {}},
	"groups": {
		"Staff": {"groups": ["Sales"]},
		"Sales": {"users": ["Ann"]}
	}
}"#,
    repair: Repair::Changes,
    found_by: FoundBy::Lint(Level::Info, find),
    ..Page::BASE
};

/// O(memberships + sum over the groups that are above another one of the same list of what is below
/// them, as far as the nearest of each list and no lower than the lowest group of those lists).
///
/// Taking all of them out at once is safe: with each cycle seen as one group there is a lowest group
/// that holds somebody, nothing implies that membership, and it leads to all the others; and what is
/// left of the nestings still leads wherever they led, because nothing in a cycle is taken out.
fn find(input: &LintInput<'_>) -> Vec<Finding> {
    let directory = input.directory();
    let graph = input.closure().graph();
    let mut nesting = Nesting::new(input.closure());
    let mut lists = Lists::default();
    let users = directory.users().map(|(user, _)| user);
    let users: Vec<_> = users
        .filter(|user| *user != directory.administrator())
        .filter_map(|user| Some((user, lists.add(graph.groups_of(user).to_vec())?)))
        .collect();
    let groups = directory.groups().map(|(group, _)| group);
    let groups: Vec<_> = groups
        .filter_map(|group| Some((group, lists.add(nesting.outer_containers(group))?)))
        .collect();
    let implied = lists.implied(input, &mut nesting);
    let of = |list: usize| implied.get(list).map_or(&[][..], Vec::as_slice).iter();
    let mut findings = Vec::new();
    for (user, list) in users {
        findings.extend(of(list).map(|implied| of_user(input, user, implied)));
    }
    for (group, list) in groups {
        findings.extend(of(list).map(|implied| of_group(input, group, implied)));
    }
    findings
}

/// The lists of groups that hold a user or a group directly, each once: many users are in the same
/// groups.
#[derive(Default)]
struct Lists {
    numbers: HashMap<Vec<GroupHandle>, usize>,
}

/// A group of a list that another one of it implies.
struct Anyway {
    /// Its place in the list.
    place: usize,
    group: GroupHandle,
    /// The group and through what one is in it, in words.
    text: String,
}

impl Lists {
    /// Returns the number of a list; `None` if it is too short to imply anything.
    fn add(&mut self, groups: Vec<GroupHandle>) -> Option<usize> {
        let next = self.numbers.len();
        (groups.len() > 1).then(|| *self.numbers.entry(groups).or_insert(next))
    }

    /// Finds, for each list, those of its groups that another one of it implies, in its order.
    fn implied(&self, input: &LintInput<'_>, nesting: &mut Nesting<'_>) -> Vec<Vec<Anyway>> {
        let mut goals: BTreeMap<GroupHandle, Goal> = BTreeMap::new();
        let mut lists_with: HashMap<GroupHandle, Vec<usize>> = HashMap::new();
        let mut sorted: Vec<Vec<GroupHandle>> = vec![Vec::new(); self.numbers.len()];
        for (groups, number) in &self.numbers {
            let levels = groups.iter().map(|group| nesting.level(*group));
            let lowest = levels.min().unwrap_or_default();
            for (place, group) in groups.iter().enumerate() {
                lists_with.entry(*group).or_default().push(*number);
                if nesting.level(*group) > lowest {
                    let goal = goals.entry(*group).or_default();
                    goal.floor = lowest.min(goal.floor);
                    goal.open.insert(*number, place);
                }
            }
            if let Some(list) = sorted.get_mut(*number) {
                list.clone_from(groups);
                list.sort_unstable();
            }
        }
        let mut implied: Vec<Vec<Anyway>> = sorted.iter().map(|_| Vec::new()).collect();
        for (group, mut goal) in goals {
            nesting.begin(group, goal.floor);
            while !goal.open.is_empty()
                && let Some((below, distance)) = nesting.advance()
            {
                if nesting.is_one_cycle(below, group) {
                    continue;
                }
                let with = lists_with.get(&below).map_or(&[][..], Vec::as_slice);
                for (number, place) in goal.found(below, with, &sorted) {
                    let names = nesting.way(below, group);
                    let names = names.map(|group| input.group_name(group));
                    let text = format!(
                        "group `{}` directly, and anyway through {}",
                        input.group_name(group),
                        listed(distance, names)
                    );
                    if let Some(found) = implied.get_mut(number) {
                        found.push(Anyway { place, group, text });
                    }
                }
            }
        }
        for found in &mut implied {
            found.sort_unstable_by_key(|one| one.place);
        }
        implied
    }
}

/// A group that may be above another one of the same list.
struct Goal {
    /// The lowest level of all groups of those lists.
    floor: usize,
    /// The lists of which no group was found below it yet, each with its place there.
    open: HashMap<usize, usize>,
}

impl Default for Goal {
    fn default() -> Self {
        Self {
            floor: usize::MAX,
            open: HashMap::new(),
        }
    }
}

impl Goal {
    /// Takes the lists that a group is in out of those that are open; `with` are all that it is in.
    ///
    /// Goes through those that are fewer.
    fn found(
        &mut self,
        group: GroupHandle,
        with: &[usize],
        sorted: &[Vec<GroupHandle>],
    ) -> Vec<(usize, usize)> {
        if with.len() <= self.open.len() {
            let taken = with.iter().map(|number| self.open.remove_entry(number));
            return taken.flatten().collect();
        }
        let has = |number: usize| {
            let list = sorted.get(number).map_or(&[][..], Vec::as_slice);
            list.binary_search(&group).is_ok()
        };
        self.open.extract_if(|number, _| has(*number)).collect()
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
    fixed(input, finding, implied, known, |group| {
        Change::RemoveMembers {
            group,
            users: vec![UserName::from_stored(name)],
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
    fixed(input, finding, implied, known, |group| {
        Change::RemoveMembers {
            group,
            users: Vec::new(),
            groups: vec![GroupName::from_stored(name)],
        }
    })
}

fn fixed(
    input: &LintInput<'_>,
    finding: Finding,
    implied: &Anyway,
    member_is_known: bool,
    change: impl FnOnce(GroupName) -> Change,
) -> Finding {
    let group = GroupName::from_stored(input.group_name(implied.group));
    if !member_is_known || input.directory().find_group(group.as_str()) != Some(implied.group) {
        return finding;
    }
    finding.with_fix(Fix::Changes(vec![change(group)]))
}

#[cfg(test)]
mod tests {
    use guichet_core::{DirectoryBuilder, GroupName, Mode, Options, UserName};

    use super::{Lists, Nesting, find};
    use crate::lint::input::{Facts, LintInput};
    use crate::policy::Policy;

    /// Finds what `size` users in two groups each of a chain of groups imply, and counts the
    /// memberships that are looked at.
    fn looked_at(size: usize, chain: usize, low: impl Fn(usize) -> usize) -> usize {
        let mut builder = DirectoryBuilder::new();
        let groups: Vec<_> = (0..chain)
            .map(|n| builder.group(GroupName::from_stored(format!("g{n}"))))
            .collect();
        for (n, group) in groups.iter().enumerate() {
            builder.members_of(*group).group(&format!("g{}", n + 1));
        }
        for n in 0..size {
            let name = format!("u{n}");
            builder.user(UserName::from_stored(name.as_str()));
            builder.members_of(groups[0]).user(&name);
            builder.members_of(groups[low(n)]).user(&name);
        }
        let policy = Policy::new(builder.finish(), Mode::Server, Options::default());
        let facts = Facts::default();
        let input = LintInput::new(&policy, &facts);
        assert_eq!(find(&input).len(), size);
        let mut nesting = Nesting::new(input.closure());
        let mut lists = Lists::default();
        for (user, _) in policy.directory().users() {
            let _ = lists.add(input.closure().graph().groups_of(user).to_vec());
        }
        let _ = lists.implied(&input, &mut nesting);
        nesting.looked_at()
    }

    /// Found by a trial: 24,000 users in `Out` and in `In`, which it contains.
    #[test]
    fn users_of_the_same_groups_are_looked_at_together() {
        let looked_at = [500, 1_000, 2_000].map(|size| looked_at(size, 3, |_| 2));
        assert_eq!(looked_at, [2; 3]);
    }

    /// Everybody in the group on top, and in a group of their own in the chain below it.
    #[test]
    fn users_all_along_a_chain_are_looked_at_from_its_top_once() {
        let looked_at = [500, 1_000, 2_000].map(|size| looked_at(size, size + 1, |n| n + 1));
        assert_eq!(looked_at, [500, 1_000, 2_000]);
    }
}
