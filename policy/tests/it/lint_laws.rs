//! What lint says of random directories, against slow and obvious models; and of very large ones.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use guichet_core::{
    AccessArea, Change, Directory, DirectoryBuilder, Grantee, GroupName, GroupReference, Mode,
    Options, PluginGrant, Rules, StoredGrantee, UserName,
};
use guichet_policy::lint::{Facts, Finding, Fix, Level, Levels, LintInput, Rule, Subject, lint};
use guichet_policy::{Access, Closure, Policy, impact_of_edit};
use proptest::prelude::*;

use crate::support::json;
use crate::support::model::Model;
use crate::support::sketch::{granted, sketches};

fn findings(directory: &Directory) -> Vec<Finding> {
    found_with(directory, &Levels::default())
}

fn found_with(directory: &Directory, levels: &Levels) -> Vec<Finding> {
    let policy = Policy::new(directory.clone(), Mode::Server, Options::default());
    let facts = Facts::default();
    lint(&LintInput::new(&policy, &facts), levels)
}

/// The findings of one rule, which is on whatever its level.
fn of_rule(directory: &Directory, rule: Rule) -> Vec<Finding> {
    let mut levels = Levels::default();
    levels.set(rule.code(), Level::Info).unwrap();
    let findings = found_with(directory, &levels).into_iter();
    findings.filter(|finding| finding.rule == rule).collect()
}

fn subjects(findings: Vec<Finding>) -> Vec<Subject> {
    findings
        .into_iter()
        .map(|finding| finding.subject)
        .collect()
}

/// Every change that fixes something, of every finding.
fn fixes(findings: &[Finding]) -> Vec<Change> {
    let fixes = findings.iter().filter_map(|finding| finding.fix.clone());
    fixes
        .flat_map(|fix| match fix {
            Fix::Changes(changes) => changes,
            Fix::Text => Vec::new(),
        })
        .collect()
}

proptest! {
    /// A membership is implied when another direct one of the same member leads to the same group
    /// and not the other way round.
    #[test]
    fn implied_memberships_are_those_that_another_one_leads_to(sketch in sketches()) {
        let model = Model::of(&sketch);
        let built = sketch.build();
        let leads = |from: usize, to: usize| {
            model.nested[to].contains(&from) && !model.nested[from].contains(&to)
        };
        // In a cycle everything leads to everything.
        let outward = |(container, nested): &(usize, usize)| {
            container != nested && !model.nested[*nested].contains(container)
        };
        let implied = |edges: &[(usize, usize)]| -> BTreeSet<(usize, usize)> {
            let edges = edges.iter().copied();
            edges.clone().filter(|(group, member)| {
                edges.clone().any(|(other, same)| same == *member && leads(other, *group))
            }).collect()
        };
        let nestings: Vec<_> = sketch.group_edges.iter().filter(|edge| outward(edge)).copied().collect();
        let (mut users, mut groups) = (BTreeSet::new(), BTreeSet::new());
        for finding in of_rule(&built.directory, Rule::ImpliedMembership) {
            let place = |group| built.groups.iter().position(|one| *one == group).unwrap();
            match finding.subject {
                Subject::UserIn { group, user } => {
                    let user = built.users.iter().position(|one| *one == user).unwrap();
                    prop_assert!(users.insert((place(group), user)));
                }
                Subject::GroupIn { container, nested } => {
                    prop_assert!(groups.insert((place(container), place(nested))));
                }
                other => prop_assert!(false, "{other:?}"),
            }
        }
        prop_assert_eq!(users, implied(&sketch.user_edges));
        prop_assert_eq!(groups, implied(&nestings));
    }

    /// The chain that the message names is one: each group directly in the next.
    #[test]
    fn the_chain_that_a_message_names_is_one(sketch in sketches()) {
        let directory = sketch.build().directory;
        for finding in of_rule(&directory, Rule::ImpliedMembership) {
            let words: Vec<&str> = finding.message.split('`').skip(1).step_by(2).collect();
            let [member, group, through @ ..] = words.as_slice() else {
                panic!("{}", finding.message);
            };
            if finding.message.ends_with("more") {
                continue;
            }
            let holds = |container: &str, member: &str| {
                let container = directory.find_group(container).unwrap();
                let container = directory.group(container).unwrap();
                let user = directory.find_user(member);
                let nested = directory.find_group(member);
                user.is_some_and(|user| container.users().contains(&user))
                    || nested.is_some_and(|nested| container.groups().contains(&nested))
            };
            let mut below = *member;
            for above in through.iter().chain([group]) {
                prop_assert!(holds(above, below), "{}", finding.message);
                below = above;
            }
        }
    }

    /// All fixes together change no access and no effective membership, and leave nothing to fix.
    #[test]
    fn fixes_change_no_access(granted in granted()) {
        let before = granted.build().directory;
        let mut after = before.clone();
        let fixed = fixes(&findings(&before));
        let applied = after.apply(&fixed, &Rules::default()).unwrap();
        prop_assert_eq!(applied.events.len(), fixed.len());
        let policy = |directory: &Directory| {
            Policy::new(directory.clone(), Mode::Server, Options::default())
        };
        prop_assert_eq!(impact_of_edit(&policy(&before), &policy(&after)), []);
        let (was, is) = (Closure::new(before.clone()), Closure::new(after.clone()));
        for (group, _) in before.groups() {
            prop_assert_eq!(was.users_of_group(group), is.users_of_group(group));
            prop_assert_eq!(was.nested_groups(group), is.nested_groups(group));
        }
        prop_assert_eq!(fixes(&findings(&after)), []);
    }

    /// An access is given to an empty group exactly when its grant names one that nobody is in.
    #[test]
    fn an_empty_grantee_is_a_granted_group_that_nobody_is_in(granted in granted()) {
        let directory = granted.build().directory;
        let closure = Closure::new(directory.clone());
        let is_empty = |grantee: &StoredGrantee| match grantee.group() {
            Some(GroupReference::Known(group)) => closure.users_of_group(*group).is_empty(),
            _ => false,
        };
        let grants = directory.grants();
        let areas = grants.areas().filter(|area| is_empty(grants.area(area).unwrap()));
        let plugins = grants.plugins().iter().filter(|grant| is_empty(grant.grantee()));
        let expected: Vec<Subject> = areas
            .map(Subject::Area)
            .chain(plugins.map(|grant| Subject::Plugin(grant.plugin().clone())))
            .collect();
        prop_assert_eq!(subjects(of_rule(&directory, Rule::EmptyGrantee)), expected);
    }

    /// A right restricts nothing exactly when the file restricts it and decisions do not.
    #[test]
    fn an_ineffective_right_is_restricted_and_open(granted in granted()) {
        let directory = granted.build().directory;
        let policy = Policy::new(directory.clone(), Mode::Server, Options::default());
        let sql = directory.grants().areas().filter(|area| {
            let AccessArea::Sql { schema, right } = area else { return false };
            let access = Access::sql(&directory, schema.as_str(), *right).unwrap();
            let restricted = directory.grants().area(area) != Some(&Grantee::Everyone);
            restricted && policy.grantees(&access).unwrap() == [Grantee::Everyone]
        });
        let expected: Vec<Subject> = sql.map(Subject::Area).collect();
        prop_assert_eq!(subjects(of_rule(&directory, Rule::IneffectiveSqlRight)), expected);
    }

    /// A group opens nothing exactly when somebody is in it and nothing is given to it or above it.
    #[test]
    fn an_unreachable_group_is_below_no_granted_one(granted in granted()) {
        let model = Model::of(&granted.sketch);
        let built = granted.build();
        let directory = &built.directory;
        let closure = Closure::new(directory.clone());
        let grants = directory.grants();
        let areas = grants.areas().filter_map(|area| grants.area(&area));
        let given: Vec<usize> = areas
            .chain(grants.plugins().iter().map(PluginGrant::grantee))
            .filter_map(|grantee| match grantee.group() {
                Some(GroupReference::Known(known)) => {
                    built.groups.iter().position(|group| group == known)
                }
                _ => None,
            })
            .collect();
        let opens = |group: usize| {
            given.iter().any(|given| *given == group || model.nested[*given].contains(&group))
        };
        let expected: Vec<Subject> = built.groups.iter().enumerate()
            .filter(|(place, group)| !closure.users_of_group(**group).is_empty() && !opens(*place))
            .map(|(_, group)| Subject::Group(*group))
            .collect();
        prop_assert_eq!(subjects(of_rule(directory, Rule::UnreachableGroup)), expected);
    }

    #[test]
    fn there_is_one_finding_for_each_cycle(sketch in sketches()) {
        let directory = sketch.build().directory;
        let cycles = Closure::new(directory.clone()).cycles();
        prop_assert_eq!(of_rule(&directory, Rule::Cycle).len(), cycles.len());
    }

    #[test]
    fn an_empty_group_is_one_that_nobody_is_in(sketch in sketches()) {
        let model = Model::of(&sketch);
        let built = sketch.build();
        let empty = built.groups.iter().zip(&model.users);
        let empty: Vec<Subject> = empty
            .filter(|(_, users)| users.is_empty())
            .map(|(group, _)| Subject::Group(*group))
            .collect();
        prop_assert_eq!(subjects(of_rule(&built.directory, Rule::EmptyGroup)), empty);
    }
}

/// How often each rule applies to what real files look like.
#[test]
fn the_corpus_is_linted() {
    let mut counts = String::new();
    for (name, text) in json::corpus() {
        let findings = findings(&json::directory(&text));
        writeln!(counts, "{name}").unwrap();
        for rule in Rule::ALL {
            let count = findings
                .iter()
                .filter(|finding| finding.rule == *rule)
                .count();
            if count > 0 {
                writeln!(counts, "  {count} {rule}").unwrap();
            }
        }
    }
    insta::assert_snapshot!(counts);
}

/// A chain of 32 000 groups with a user in each of them, and a ring of as many.
#[test]
fn chains_and_rings_of_32_000_groups_are_linted() {
    const DEEP: usize = 32_000;
    let mut builder = DirectoryBuilder::new();
    builder.user(UserName::from_stored("Ann"));
    let name = |n: usize| format!("g{n}");
    let groups: Vec<_> = (0..2 * DEEP)
        .map(|n| builder.group(GroupName::from_stored(name(n))))
        .collect();
    for (n, group) in groups.iter().enumerate() {
        let mut members = builder.members_of(*group);
        if n < DEEP {
            members.user("Ann");
        }
        match n + 1 {
            DEEP => {}
            next if next == 2 * DEEP => _ = members.group(&name(DEEP)),
            next => _ = members.group(&name(next)),
        }
    }
    let directory = builder.finish();
    let implied = of_rule(&directory, Rule::ImpliedMembership);
    assert_eq!(implied.len(), DEEP - 1);
    let cycles = of_rule(&directory, Rule::Cycle);
    let [ring] = cycles.as_slice() else {
        panic!("{} cycles", cycles.len());
    };
    assert!(
        ring.message
            .ends_with("31994 more, so each of 32000 groups has the members of all")
    );
}

/// Thirty full layers of four groups, with a user in the lowest and the highest: 4²⁸ chains.
#[test]
fn many_chains_cost_no_more_than_their_memberships() {
    const LAYERS: usize = 30;
    const WIDTH: usize = 4;
    let mut builder = DirectoryBuilder::new();
    builder.user(UserName::from_stored("Ann"));
    let groups: Vec<_> = (0..LAYERS * WIDTH)
        .map(|n| builder.group(GroupName::from_stored(format!("g{n}"))))
        .collect();
    for (n, group) in groups.iter().enumerate().take((LAYERS - 1) * WIDTH) {
        let below = (n / WIDTH + 1) * WIDTH;
        let mut members = builder.members_of(*group);
        (below..below + WIDTH).for_each(|nested| _ = members.group(&format!("g{nested}")));
    }
    for group in [groups[0], groups[LAYERS * WIDTH - 1]] {
        builder.members_of(group).user("Ann");
    }
    let directory = builder.finish();
    let implied = of_rule(&directory, Rule::ImpliedMembership);
    let user = directory.find_user("Ann").unwrap();
    let group = groups[0];
    assert_eq!(subjects(implied), [Subject::UserIn { group, user }]);
}
