//! What findings say: of one and of many, of what is too long to be listed, and of what no name finds.

use std::fmt::Write as _;

use guichet_core::{Directory, DirectoryBuilder, GroupName, Mode, Options, UserName};
use guichet_policy::Policy;
use guichet_policy::lint::{
    Facts, Finding, Levels, LintInput, Repair, Rule, Service, Subject, lint,
};

use crate::support::json;
use crate::support::sketch::{Sketch, control};

fn of_rule(directory: Directory, rule: Rule) -> Vec<Finding> {
    let policy = Policy::new(directory, Mode::Server, Options::default());
    let facts = Facts {
        published: vec![
            Service::Application,
            Service::Web,
            Service::Rest,
            Service::Sql,
        ],
        ..Facts::default()
    };
    let findings = lint(&LintInput::new(&policy, &facts), &Levels::default());
    let found = findings.into_iter();
    found.filter(|finding| finding.rule == rule).collect()
}

fn messages(text: &str, rule: Rule) -> Vec<String> {
    let found = of_rule(json::directory(text), rule).into_iter();
    found.map(|finding| finding.message).collect()
}

/// Each group holds the next one, and the last one the first.
fn ring(groups: usize) -> Vec<(usize, usize)> {
    (0..groups).map(|n| (n, (n + 1) % groups)).collect()
}

#[test]
fn a_cycle_is_told_edge_by_edge_as_far_as_anybody_reads() {
    let every_other = |n: usize| -> Vec<_> {
        let pairs = (0..n).flat_map(|a| (0..n).map(move |b| (a, b)));
        pairs.filter(|(a, b)| a != b).collect()
    };
    let mut said = String::new();
    for (what, group_edges) in [
        ("two groups", ring(2)),
        ("six groups", ring(6)),
        ("seven groups", ring(7)),
        (
            "a short ring in a long one",
            [ring(4), vec![(1, 0)]].concat(),
        ),
        ("four groups in one another", every_other(4)),
        ("five groups in one another", every_other(5)),
    ] {
        let sketch = Sketch {
            user_edges: vec![(1, 0), (1, 1)],
            group_edges,
            ..Sketch::sized(2, 7)
        };
        writeln!(said, "{what}").unwrap();
        for finding in of_rule(sketch.build().directory, Rule::Cycle) {
            writeln!(said, "  {}", finding.message).unwrap();
            writeln!(said, "  help: {}\n", finding.help.unwrap()).unwrap();
        }
    }
    insta::assert_snapshot!(said);
}

#[test]
fn every_cycle_gets_advice() {
    const CYCLES: usize = 200;
    let pairs = |n: usize| [(2 * n, 2 * n + 1), (2 * n + 1, 2 * n)];
    let sketch = Sketch {
        group_edges: (0..CYCLES).flat_map(pairs).collect(),
        ..Sketch::sized(0, 2 * CYCLES)
    };
    let built = sketch.build();
    let findings = of_rule(built.directory, Rule::Cycle);
    assert_eq!(findings.len(), CYCLES);
    // It points at what to take out.
    for (n, finding) in findings.iter().enumerate() {
        let [nested, container] = [2 * n, 2 * n + 1].map(|place| built.groups[place]);
        let help = format!(
            "Remove `g{}` from `g{}`, and nobody loses a membership.",
            2 * n,
            2 * n + 1
        );
        assert_eq!(finding.help.as_deref(), Some(help.as_str()));
        assert_eq!(finding.subject, Subject::GroupIn { container, nested });
    }
}

/// A complete graph of 40 groups: half of 1 560 memberships have to go, and which is not tried out.
#[test]
fn a_cut_that_is_not_proven_to_be_the_cheapest_says_so() {
    const GROUPS: usize = 40;
    let all = (0..GROUPS).flat_map(|a| (0..GROUPS).map(move |b| (a, b)));
    let sketch = Sketch {
        group_edges: all.filter(|(a, b)| a != b).collect(),
        ..Sketch::sized(0, GROUPS)
    };
    let findings = of_rule(sketch.build().directory, Rule::Cycle);
    let help = findings[0].help.as_deref().unwrap();
    let end = " Remove 774 memberships of the cycle too. Fewer memberships, or others that cost less, \
               may be enough: there are too many to try them all.";
    assert!(help.ends_with(end), "{help}");
}

#[test]
fn one_is_told_in_other_words_than_many() {
    assert_eq!(
        messages(r#"{"groups": {"A": {}, "B": {}}}"#, Rule::AccessControlOff),
        [
            "`Designer` has no password, so everybody works as the Designer and the 2 groups decide nothing"
        ],
    );
    assert_eq!(
        messages(
            r#"{"users": {
                "Ann": {"password": "AAECAwQFBgcICQoLDA0ODw=="},
                "Bob": {"password": "EBESExQVFhcYGRobHB0eHw=="}
            }}"#,
            Rule::LegacyDigest
        ),
        ["`Ann` and `Bob` have passwords that are stored as 4D did before 19 R3"],
    );
    assert_eq!(
        messages("{}", Rule::PublishedWithoutPassword),
        [
            "`Designer` has no password, and the settings publish the application server and the \
          web server and the REST server and the SQL server"
        ],
    );
}

#[test]
fn the_wider_right_that_opens_a_narrower_one_is_named() {
    let messages = messages(
        r#"{"sqlSchemaGranters": {"SALES": {
            "readOnlyAccessGroup": "", "readWriteAccessGroup": "Ghosts", "allAccessGroup": "*"
        }}}"#,
        Rule::IneffectiveSqlRight,
    );
    let because = "and everyone has it, because the structure is open to everyone";
    assert_eq!(
        messages,
        [
            format!("reading of SQL schema `SALES` is given to nobody, {because}"),
            format!("writing of SQL schema `SALES` is given to group `Ghosts`, {because}"),
        ]
    );
}

/// A group without users of its own is an outline of others, whichever way they are meant.
#[test]
fn small_groups_are_upside_down_only_in_a_group_of_people() {
    let file = |people: &str| {
        format!(
            r#"{{
                "users": {{"Ann": {{}}}},
                "groups": {{
                    "Sales": {{"users": [{people}], "groups": ["A", "B", "C", "D"]}},
                    "A": {{}}, "B": {{}}, "C": {{}}, "D": {{}}
                }}
            }}"#
        )
    };
    let found = |people| messages(&file(people), Rule::UpsideDownNesting).len();
    assert_eq!(found(r#""Ann""#), 1);
    assert_eq!(found(""), 0);
    assert_eq!(found(r#""Designer", "Administrator""#), 0);
}

/// A change names users; where a name means somebody else, a person has to fix it.
#[test]
fn what_no_name_finds_is_found_and_not_mended() {
    let found = |directory| {
        let findings = of_rule(directory, Rule::ImpliedMembership);
        let fixes: Vec<bool> = findings.iter().map(|one| one.fix.is_some()).collect();
        fixes
    };
    let inner_and_outer = |builder: &mut DirectoryBuilder| {
        let ann = builder.user(UserName::from_stored("Ann"));
        let inner = builder.group(GroupName::from_stored("Inner"));
        builder.members_of(inner).user("Ann");
        let outer = builder.group(GroupName::from_stored("Outer"));
        builder.members_of(outer).user("Ann");
        builder.members_of(outer).group("Inner");
        ann
    };
    let mut builder = DirectoryBuilder::new();
    control(&mut builder);
    inner_and_outer(&mut builder);
    assert_eq!(found(builder.finish()), [true]);

    // The Designer is called as the user is.
    let mut builder = DirectoryBuilder::new();
    control(&mut builder);
    inner_and_outer(&mut builder);
    builder.designer(UserName::from_stored("Ann"));
    assert_eq!(found(builder.finish()), [false]);

    // Another group, before this one, is called as the container is.
    let mut builder = DirectoryBuilder::new();
    control(&mut builder);
    builder.group(GroupName::from_stored("Outer"));
    inner_and_outer(&mut builder);
    assert_eq!(found(builder.finish()), [false]);
}

#[test]
fn every_subject_has_words() {
    let directory = Sketch::sized(1, 2).build().directory;
    let words = |subject: Subject| subject.describe(&directory).to_string();
    assert_eq!(words(Subject::Directory), "the directory");
    assert_eq!(words(Subject::Text), "the text of a file");
    let far = Sketch::sized(9, 9).build();
    let (user, group) = (far.users[8], far.groups[8]);
    assert_eq!(words(Subject::User(user)), "user `?`");
    assert_eq!(words(Subject::Group(group)), "group `?`");
}

/// Where the reference says that findings can be fixed, some of them are.
#[test]
fn a_rule_whose_page_promises_changes_makes_some() {
    for rule in Rule::ALL {
        let page = rule.page();
        if page.repair == Repair::Changes {
            let findings = of_rule(json::directory(page.bad), *rule);
            assert!(
                findings.iter().any(|finding| finding.fix.is_some()),
                "{rule}"
            );
        }
    }
}

/// The groups of a cycle on the way are named too, and so is where the way begins.
#[test]
fn a_membership_that_a_chain_through_a_cycle_implies_names_the_chain() {
    let text = r#"{"users": {"designer": {"password": "x"}, "Ann": {}},
        "groups": {
            "Outer": {"users": ["Ann"], "groups": ["One"]},
            "One": {"groups": ["Two"]},
            "Two": {"groups": ["One", "Inner"]},
            "Inner": {"users": ["Ann"]}}}"#;
    let said = messages(text, Rule::ImpliedMembership);
    insta::assert_snapshot!(said.join("\n"), @"user `Ann` is in group `Outer` directly, and anyway through `Inner`, `Two` and `One`");
}

/// What everyone who connects can do is bounded in words and whole in its count; the Administrator's
/// powers come first, and a password is one that everyone has to know.
#[test]
fn what_the_default_user_can_do_is_told_from_the_worst() {
    let file = |user: &str, password: &str, design: &str| {
        format!(
            r#"{{
                "users": {{"designer": {{"password": "x"}},
                    "administrator": {{"alias": "Admin"}}, "Guest": {{{password}}}}},
                "settings": {{"designAccessGroup": "{design}", "remoteDefaultUser": "{user}"}}}}"#
        )
    };
    let mut said = String::new();
    for (user, password, design) in [
        ("Guest", "", ""),
        ("Guest", r#""password": "y""#, "*"),
        ("Admin", "", ""),
        ("Designer", "", ""),
    ] {
        let directory = json::directory(&file(user, password, design));
        for finding in of_rule(directory, Rule::DefaultUserReaches) {
            writeln!(said, "{}: {}", finding.severity, finding.message).unwrap();
        }
    }
    insta::assert_snapshot!(said);
}
