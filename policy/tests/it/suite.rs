//! Policy tests as data: what a suite says of a directory.

use std::fmt::Write as _;

use guichet_core::{BuiltInPlugin, Diagnostic as _, Mode, Options, PluginKey};
use guichet_policy::suite::{Case, Expected, Permit, Question, Report, Status, Suite, Today, run};
use guichet_policy::{Access, Policy, Reason};
use proptest::prelude::*;

use crate::support::json;
use crate::support::sketch::granted;

pub(crate) fn policy(text: &str) -> Policy {
    Policy::new(json::directory(text), Mode::Server, Options::default())
}

/// The hierarchy of 4D's documentation, with Design for Finance and 4D Write for everyone.
pub(crate) const FIRM: &str = r#"{
    "users": {
        "designer": {"alias": "Boss", "password": "AAECAwQFBgcICQoLDA0ODw=="},
        "administrator": {"alias": "Admin"},
        "Andy": {}, "Fay": {}, "Gina": {}
    },
    "groups": {
        "Accounting": {"users": ["Andy"], "groups": ["Finance"]},
        "Finance": {"users": ["Fay"], "groups": ["General Mgmt"]},
        "General Mgmt": {"users": ["Gina"]},
        "Club": {"users": ["Andy"]}
    },
    "remoteGranters": {"view": "Accounting"},
    "settings": {"designAccessGroup": "Finance"}
}"#;

fn key(word: &str) -> Option<PluginKey> {
    let mut built_in = BuiltInPlugin::ALL.iter();
    let known = built_in.any(|plugin| plugin.key() == word) || word == "Barcode";
    known.then(|| PluginKey::from_stored(word))
}

pub(crate) fn ask(policy: &Policy, suite: &Suite) -> Report {
    run(policy, suite, key)
}

fn one(question: Question) -> Suite {
    Suite {
        cases: vec![unnamed(question)],
    }
}

fn unnamed(question: Question) -> Case {
    Case {
        name: None,
        line: None,
        question,
    }
}

fn named(name: &str, question: Question) -> Case {
    Case {
        name: Some(name.to_owned()),
        ..unnamed(question)
    }
}

fn texts(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn question(
    user: &str,
    access: &str,
    expect: Permit,
    reason: Option<Reason>,
    path: &[&str],
) -> Question {
    Question::Check {
        user: user.to_owned(),
        access: access.to_owned(),
        expect,
        reason,
        path: texts(path),
    }
}

pub(crate) fn check(
    user: &str,
    access: &str,
    expect: Permit,
    reason: Option<Reason>,
    path: &[&str],
) -> Suite {
    one(question(user, access, expect, reason, path))
}

fn who_can(access: &str, users: Expected) -> Question {
    let access = access.to_owned();
    Question::WhoCan { access, users }
}

fn what_can(user: &str, accesses: Expected) -> Question {
    let user = user.to_owned();
    Question::WhatCan { user, accesses }
}

fn exactly(names: &[&str]) -> Expected {
    Expected::Exactly(texts(names))
}

fn partly(includes: &[&str], excludes: &[&str]) -> Expected {
    Expected::Partly {
        includes: texts(includes),
        excludes: texts(excludes),
    }
}

/// What must hold in the firm, and what somebody got wrong: `suite_files` has the same as a file.
pub(crate) fn expectations() -> Vec<Case> {
    use Permit::{Allowed, Denied};

    let not_member = Some(Reason::NotMember);
    let bookkeeper = question("Andy", "design", Denied, not_member, &[]);
    let through_finance = ["General Mgmt", "Finance", "Accounting"];
    let of_books = exactly(&["Andy", "Fay", "Boss"]);
    vec![
        named("the bookkeeper stays out of Design", bookkeeper),
        unnamed(question(
            "Gina",
            "plugin:view",
            Allowed,
            None,
            &through_finance,
        )),
        unnamed(question(
            "Andy",
            "design",
            Allowed,
            Some(Reason::Member),
            &["Accounting", "Finance"],
        )),
        unnamed(question("Gina", "group:Club", Allowed, None, &[])),
        unnamed(question("Gina", "design", Denied, None, &[])),
        unnamed(question("Andy", "administration", Allowed, None, &[])),
        unnamed(question("Gena", "design", Allowed, None, &[])),
        unnamed(question("Gina", "group:Finanse", Allowed, None, &[])),
        unnamed(who_can("design", exactly(&["Boss", "Fay", "Gina"]))),
        named(
            "everybody in the books, and nobody else",
            who_can("plugin:view", of_books),
        ),
        unnamed(who_can("design", partly(&["Andy"], &["Admin", "Fay"]))),
        unnamed(who_can("design", partly(&[], &["Gina"]))),
        unnamed(who_can("group:Club", exactly(&[]))),
        unnamed(what_can(
            "Andy",
            partly(
                &["plugin:view", "group:Club"],
                &["design", "administration"],
            ),
        )),
        unnamed(what_can("Andy", partly(&["design"], &[]))),
        unnamed(what_can(
            "Admin",
            exactly(&["http", "administration", "plugin:view"]),
        )),
    ]
}

/// One line for each outcome, and what it says beside.
fn told(report: &Report) -> String {
    let mut text = String::new();
    for outcome in &report.outcomes {
        let title = outcome.case.title();
        match &outcome.status {
            Status::Passed => writeln!(text, "ok {title}").unwrap(),
            Status::Failed(failure) => {
                writeln!(text, "FAILED {title}").unwrap();
                writeln!(text, "  expected: {}", failure.expected).unwrap();
                writeln!(text, "  got: {}", failure.got).unwrap();
                if let Some(why) = &failure.why {
                    writeln!(text, "  why: {why}").unwrap();
                }
            }
            Status::Invalid(error) => {
                writeln!(text, "INVALID {title}\n  {}: {error}", error.code()).unwrap();
                if let Some(help) = error.help() {
                    writeln!(text, "  help: {help}").unwrap();
                }
            }
        }
    }
    text
}

#[test]
fn what_a_report_says() {
    let cases = expectations();
    let report = ask(&policy(FIRM), &Suite { cases });
    assert_eq!(report.outcomes.len(), 16);
    assert_eq!(report.failures().count(), 12);
    insta::assert_snapshot!(told(&report));
}

#[test]
fn a_case_stands_in_the_table_of_its_question() {
    let cases = expectations();
    let kinds: Vec<_> = cases.iter().map(Case::kind).collect();
    let expected = [["check"; 8].as_slice(), &["who_can"; 5], &["what_can"; 3]].concat();
    assert_eq!(kinds, expected);
}

/// Each restricted access, then the groups that nothing is given to, from the top; then each user.
#[test]
fn today_asks_what_is_restricted_and_who_is_where() {
    let policy = policy(FIRM);
    let titles = |today| -> Vec<String> {
        let cases = Suite::from_today(&policy, today).cases;
        cases.iter().map(Case::title).collect()
    };
    let accesses = [
        "who can: design",
        "who can: runtime-explorer",
        "who can: plugin:view",
    ];
    let groups = ["who can: administration", "who can: group:Club"];
    let shared = [accesses.as_slice(), &groups].concat();
    assert_eq!(titles(Today::Accesses), shared);
    let users = ["Boss", "Admin", "Andy", "Fay", "Gina"].map(|user| format!("what can: {user}"));
    let all: Vec<String> = shared.into_iter().map(str::to_owned).chain(users).collect();
    assert_eq!(titles(Today::Users), all);
}

/// Whoever is in one group of a cycle is in all of them.
#[test]
fn today_asks_one_group_of_a_cycle_that_nothing_is_above() {
    let policy = policy(
        r#"{
            "users": {"designer": {"password": "AAECAwQFBgcICQoLDA0ODw=="}},
            "groups": {
                "Low": {},
                "A": {"groups": ["B"]}, "B": {"groups": ["C"]}, "C": {"groups": ["A", "Low"]},
                "D": {"groups": ["E"]}, "E": {"groups": ["D"]},
                "Top": {"groups": ["D"]}
            }
        }"#,
    );
    let cases = Suite::from_today(&policy, Today::Accesses).cases;
    let titles: Vec<String> = cases.iter().map(Case::title).collect();
    let groups = ["who can: group:A", "who can: group:Top"];
    assert_eq!(
        titles,
        [["who can: administration"].as_slice(), &groups].concat()
    );
}

#[test]
fn a_path_is_expected_as_it_is_and_no_other() {
    let policy = policy(FIRM);
    let holds = |path: &[&str]| {
        let suite = check("Gina", "group:Accounting", Permit::Allowed, None, path);
        ask(&policy, &suite).passed()
    };
    assert!(holds(&[]));
    assert!(holds(&["General Mgmt", "Finance", "Accounting"]));
    assert!(!holds(&["Finance", "Accounting"]));
    assert!(!holds(&["Accounting", "Finance", "General Mgmt"]));
    assert!(!holds(&["General Mgmt", "Finance"]));
}

/// Of several shortest chains each is right.
#[test]
fn every_shortest_path_is_right() {
    let policy = policy(
        r#"{
            "users": {"designer": {"password": "AAECAwQFBgcICQoLDA0ODw=="}, "Ann": {}},
            "groups": {
                "Top": {"groups": ["Left", "Right", "Long", "Empty"]},
                "Left": {"users": ["Ann"]},
                "Right": {"users": ["Ann"]},
                "Long": {"groups": ["Longer"]},
                "Longer": {"users": ["Ann"]},
                "Empty": {},
                "Apart": {"users": ["Ann"]},
                "Other top": {"groups": ["Left"]}
            }
        }"#,
    );
    for (path, right) in [
        (["Left", "Top"].as_slice(), true),
        (&["Right", "Top"], true),
        (&["Longer", "Long", "Top"], false),
        (&["Empty", "Top"], false),
        (&["Apart", "Top"], false),
        (&["Left", "Other top"], false),
    ] {
        let suite = check(
            "Ann",
            "group:Top",
            Permit::Allowed,
            Some(Reason::Member),
            path,
        );
        assert_eq!(ask(&policy, &suite).passed(), right, "{path:?}");
    }
}

#[test]
fn a_reason_can_be_expected() {
    let policy = policy(FIRM);
    let holds =
        |expect, reason| ask(&policy, &check("Andy", "design", expect, Some(reason), &[])).passed();
    assert!(holds(Permit::Denied, Reason::NotMember));
    assert!(!holds(Permit::Denied, Reason::Nobody));
    assert!(!holds(Permit::Allowed, Reason::NotMember));
}

proptest! {
    /// What a directory says today holds today, for each of the two extents.
    #[test]
    fn today_holds_today(granted in granted(), users in any::<bool>()) {
        let policy = Policy::new(granted.build().directory, Mode::Server, Options::default());
        let today = if users { Today::Users } else { Today::Accesses };
        let report = ask(&policy, &Suite::from_today(&policy, today));
        prop_assert!(report.passed(), "{}", told(&report));
    }

    /// A list that is expected fails exactly when the sets differ, or when a part is not as said.
    #[test]
    fn lists_are_compared_as_sets(granted in granted(), picked in prop::collection::vec(any::<bool>(), 9)) {
        let built = granted.build();
        let policy = Policy::new(built.directory, Mode::Server, Options::default());
        let names: Vec<String> = policy.directory().users().zip(&picked)
            .filter(|(_, picked)| **picked)
            .map(|((_, user), _)| user.name().to_string())
            .collect();
        let allowed: Vec<String> = policy.who_can(&Access::Design).unwrap().users.iter()
            .map(|user| policy.directory().user(*user).unwrap().name().to_string())
            .collect();
        let holds = |users| {
            let access = "design".to_owned();
            ask(&policy, &one(Question::WhoCan { access, users })).passed()
        };
        let same = names.len() == allowed.len() && names.iter().all(|name| allowed.contains(name));
        prop_assert_eq!(holds(Expected::Exactly(names.clone())), same);
        let includes = Expected::Partly { includes: names.clone(), excludes: Vec::new() };
        prop_assert_eq!(holds(includes), names.iter().all(|name| allowed.contains(name)));
        let excludes = Expected::Partly { includes: Vec::new(), excludes: names.clone() };
        prop_assert_eq!(holds(excludes), !names.iter().any(|name| allowed.contains(name)));
    }
}
