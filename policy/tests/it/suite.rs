//! Policy tests as data: what a suite says of a directory, and what it does not look at.

use std::fmt::Write as _;

use guichet_core::{BuiltInPlugin, Diagnostic as _, Mode, Options, PluginKey};
use guichet_policy::suite::{
    Answer, Case, Expected, Question, Report, Suite, Tally, Today, Verdict, coverage, run,
};
use guichet_policy::{Access, Policy, Reason};
use proptest::prelude::*;

use crate::support::json;
use crate::support::sketch::granted;

fn policy(text: &str) -> Policy {
    Policy::new(json::directory(text), Mode::Server, Options::default())
}

/// The hierarchy of 4D's documentation, with Design for Finance and 4D Write for everyone.
const FIRM: &str = r#"{
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
    let mut built_in = BuiltInPlugin::EVERY.iter();
    let known = built_in.any(|plugin| plugin.key() == word) || word == "Barcode";
    known.then(|| PluginKey::stored(word))
}

fn ask(policy: &Policy, suite: &Suite) -> Report {
    run(policy, suite, key)
}

fn one(question: Question) -> Suite {
    Suite {
        cases: vec![Case {
            name: None,
            line: None,
            question,
        }],
    }
}

fn check(user: &str, access: &str, expect: Answer, reason: Option<Reason>, path: &[&str]) -> Suite {
    one(Question::Check {
        user: user.to_owned(),
        access: access.to_owned(),
        expect,
        reason,
        path: path.iter().map(|name| (*name).to_owned()).collect(),
    })
}

/// One line for each outcome, and what it says beside.
fn told(report: &Report) -> String {
    let mut text = String::new();
    for outcome in &report.outcomes {
        let title = outcome.case.title();
        match &outcome.verdict {
            Verdict::Passed => writeln!(text, "ok {title}").unwrap(),
            Verdict::Failed(failure) => {
                writeln!(text, "FAILED {title}").unwrap();
                writeln!(text, "  expected: {}", failure.expected).unwrap();
                writeln!(text, "  got: {}", failure.got).unwrap();
                if let Some(why) = &failure.why {
                    writeln!(text, "  why: {why}").unwrap();
                }
            }
            Verdict::Invalid(error) => {
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
fn a_path_is_expected_as_it_is_and_no_other() {
    let policy = policy(FIRM);
    let holds = |path: &[&str]| {
        let suite = check("Gina", "group:Accounting", Answer::Allowed, None, path);
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
                "Top": {"groups": ["Left", "Right", "Long"]},
                "Left": {"users": ["Ann"]},
                "Right": {"users": ["Ann"]},
                "Long": {"groups": ["Longer"]},
                "Longer": {"users": ["Ann"]}
            }
        }"#,
    );
    for (path, right) in [
        (["Left", "Top"].as_slice(), true),
        (&["Right", "Top"], true),
        (&["Longer", "Long", "Top"], false),
    ] {
        let suite = check(
            "Ann",
            "group:Top",
            Answer::Allowed,
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
    assert!(holds(Answer::Denied, Reason::NotMember));
    assert!(!holds(Answer::Denied, Reason::Nobody));
    assert!(!holds(Answer::Allowed, Reason::NotMember));
}

#[test]
fn coverage_says_what_no_case_looks_at() {
    let policy = policy(FIRM);
    let suite = check("Gina", "design", Answer::Allowed, None, &[]);
    let report = ask(&policy, &suite);
    let coverage = coverage(&policy, &report);
    let tally = |tested, total| Tally { tested, total };
    assert_eq!(coverage.groups, tally(2, 4));
    assert_eq!(coverage.memberships, tally(2, 6));
    assert_eq!(coverage.grants, tally(1, 2));
    let directory = policy.directory();
    let untested: Vec<String> = coverage
        .untested
        .iter()
        .map(|subject| subject.describe(directory).to_string())
        .collect();
    assert_eq!(
        untested,
        [
            "plug-in `view`",
            "group `Accounting`",
            "group `Club`",
            "user `Andy` in group `Accounting`",
            "group `Finance` in group `Accounting`",
            "user `Fay` in group `Finance`",
            "user `Andy` in group `Club`",
        ]
    );
}

/// Nobody looks at a group by asking while nothing is controlled.
#[test]
fn nothing_is_covered_while_access_control_is_off() {
    let policy = policy(
        &FIRM
            .replace("AAECAwQFBgcICQoLDA0ODw==", "")
            .replace(", \"password\": \"\"", ""),
    );
    let report = ask(&policy, &Suite::from_today(&policy, Today::Users));
    assert!(report.passed());
    assert_eq!(coverage(&policy, &report).memberships.tested, 0);
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

    /// Under access control today's answers look at everything but REST on the other kind of 4D.
    #[test]
    fn today_looks_at_everything(granted in granted()) {
        let policy = Policy::new(granted.build().directory, Mode::Server, Options::default());
        prop_assume!(policy.directory().access_control() == guichet_core::AccessControl::On);
        let report = ask(&policy, &Suite::from_today(&policy, Today::Accesses));
        let coverage = coverage(&policy, &report);
        let directory = policy.directory();
        let untested: Vec<String> = (coverage.untested.iter())
            .map(|subject| subject.describe(directory).to_string())
            .filter(|subject| subject != "the REST server of single-user 4D")
            .collect();
        prop_assert_eq!(untested, Vec::<String>::new());
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
        let allowed: Vec<String> = policy.who_can(&Access::Design).users.iter()
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

/// The file formats, with the feature that reads them.
#[cfg(feature = "suite")]
mod files {
    use super::*;

    const SUITE: &str = r#"
# What must hold in the firm.
[[check]]
name = "the bookkeeper stays out of Design"
user = "Andy"
access = "design"
expect = "denied"
reason = "not-member"

[[check]]
user = "Gina"
access = "plugin:view"
expect = "allowed"
path = ["General Mgmt", "Finance", "Accounting"]

[[check]]
user = "Andy"
access = "design"
expect = "allowed"
reason = "member"
path = ["Accounting", "Finance"]

[[check]]
user = "Gena"
access = "design"
expect = "allowed"

[[check]]
user = "Gina"
access = "plugin:veiw"
expect = "allowed"

[[check]]
user = "Gina"
access = "group:Finanse"
expect = "allowed"

[[check]]
user = "Gina"
access = "desing"
expect = "allowed"

[[who_can]]
access = "design"
users = ["Boss", "Fay", "Gina"]

[[who_can]]
name = "everybody in the books, and nobody else"
access = "plugin:view"
users = ["Andy", "Fay", "Boss"]

[[who_can]]
access = "design"
includes = ["Andy"]
excludes = ["Admin", "Fay"]

[[what_can]]
user = "Andy"
includes = ["plugin:view", "group:Club"]
excludes = ["design", "administration"]

[[what_can]]
user = "Admin"
accesses = ["http", "administration", "plugin:view"]

[[seats]]
anything = "licensing reads it"
"#;

    #[test]
    fn what_a_report_says() {
        let suite = Suite::from_toml(SUITE).unwrap();
        let report = ask(&policy(FIRM), &suite);
        assert_eq!(report.outcomes.len(), 12);
        assert_eq!(report.failures().count(), 8);
        insta::assert_snapshot!(told(&report));
    }

    #[test]
    fn cases_know_their_lines() {
        let suite = Suite::from_toml(SUITE).unwrap();
        let lines: Vec<_> = suite.cases.iter().map(|case| case.line.unwrap()).collect();
        let headers = SUITE.lines().enumerate();
        let tables = |word: &str| -> Vec<usize> {
            let header = format!("[[{word}]]");
            let found = headers.clone().filter(|(_, line)| *line == header);
            found.map(|(number, _)| number + 1).collect()
        };
        let expected = [tables("check"), tables("who_can"), tables("what_can")].concat();
        assert_eq!(lines, expected);
    }

    #[test]
    fn yaml_says_the_same() {
        let toml = Suite::from_toml(
            r#"
            [[check]]
            name = "out"
            user = "Andy"
            access = "design"
            expect = "denied"
            reason = "not-member"

            [[what_can]]
            user = "Andy"
            excludes = ["design"]
            "#,
        )
        .unwrap();
        let yaml = Suite::from_yaml(
            "
check:
  - name: out
    user: Andy
    access: design
    expect: denied
    reason: not-member
what_can:
  - user: Andy
    excludes: [design]
seats:
  - anything: goes
",
        )
        .unwrap();
        let questions = |suite: &Suite| -> Vec<_> {
            let cases = suite.cases.iter();
            cases
                .map(|case| (case.name.clone(), case.question.clone()))
                .collect()
        };
        assert_eq!(questions(&toml), questions(&yaml));
        let lines: Vec<_> = yaml.cases.iter().map(|case| case.line).collect();
        assert_eq!(lines, [Some(3), Some(9)]);
    }

    #[test]
    fn wrong_files_are_told_where() {
        let mut told = String::new();
        let wrong = [
            "[[check]]\nuser = \"Ann\"\nacces = \"design\"\nexpect = \"allowed\"\n",
            "[[check]]\nuser = \"Ann\"\naccess = \"design\"\nexpect = \"alowed\"\n",
            "[[check]]\nuser = \"Ann\"\naccess = \"design\"\nexpect = \"denied\"\nreason = \"no-member\"\n",
            "[[check]]\nuser = \"Ann\"\naccess = \"design\"\n",
            "[[who_can]]\naccess = \"design\"\n",
            "\n[[who_can]]\naccess = \"design\"\nusers = []\nincludes = [\"Ann\"]\n",
            "[[whocan]]\naccess = \"design\"\n",
            "[[check]\n",
        ];
        let toml = wrong.map(|text| (text, Suite::from_toml(text)));
        let wrong = [
            "check:\n  - user: Ann\n    acces: design\n    expect: allowed\n",
            "check:\n  - user: Ann\n    access: design\n    expect: alowed\n",
            "who_can:\n  - access: design\n",
            "whocan: []\n",
            "check: [\n",
        ];
        let yaml = wrong.map(|text| (text, Suite::from_yaml(text)));
        for (text, suite) in toml.into_iter().chain(yaml) {
            let error = suite.unwrap_err();
            assert_eq!(error.code(), "suite-format");
            let place = error.place.map_or("nowhere".to_owned(), |(line, column)| {
                format!("{line}:{column}")
            });
            writeln!(told, "{text}--- {place} {error}\n").unwrap();
        }
        insta::assert_snapshot!(told);
    }

    proptest! {
        /// A suite is read back as it was written, but for its lines.
        #[test]
        fn a_written_suite_is_read_back(granted in granted(), users in any::<bool>()) {
            let policy = Policy::new(granted.build().directory, Mode::Server, Options::default());
            let today = if users { Today::Users } else { Today::Accesses };
            let suite = Suite::from_today(&policy, today);
            let mut read = Suite::from_toml(&suite.to_toml().unwrap()).unwrap();
            for case in &mut read.cases {
                prop_assert!(case.line.take().is_some());
            }
            prop_assert_eq!(read, suite);
        }
    }

    #[test]
    fn what_init_writes() {
        let suite = Suite::from_today(&policy(FIRM), Today::Users);
        insta::assert_snapshot!(suite.to_toml().unwrap());
    }
}
