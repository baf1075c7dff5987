//! Suites in files, with the feature that reads them.

use std::fmt::Write as _;

use guichet_core::{Diagnostic as _, Mode, Options};
use guichet_policy::Policy;
use guichet_policy::suite::{Suite, Today};
use proptest::prelude::*;

use crate::suite::{FIRM, expectations, policy};
use crate::support::sketch::granted;

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
user = "Gina"
access = "group:Club"
expect = "allowed"

[[check]]
user = "Gina"
access = "design"
expect = "denied"

[[check]]
user = "Andy"
access = "administration"
expect = "allowed"

[[check]]
user = "Gena"
access = "design"
expect = "allowed"

[[check]]
user = "Gina"
access = "group:Finanse"
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

[[who_can]]
access = "design"
excludes = ["Gina"]

[[who_can]]
access = "group:Club"
users = []

[[what_can]]
user = "Andy"
includes = ["plugin:view", "group:Club"]
excludes = ["design", "administration"]

[[what_can]]
user = "Andy"
includes = ["design"]

[[what_can]]
user = "Admin"
accesses = ["http", "administration", "plugin:view"]

[[seats]]
anything = "licensing reads it"
"#;

#[test]
fn a_file_says_what_its_cases_say() {
    let mut suite = Suite::from_toml(SUITE).unwrap();
    for case in &mut suite.cases {
        assert!(case.line.take().is_some());
    }
    assert_eq!(suite.cases, expectations());
}

#[test]
fn every_kind_of_case_is_read_back_as_it_was_written() {
    let cases = expectations();
    let text = Suite { cases }.to_toml().unwrap();
    let mut read = Suite::from_toml(&text).unwrap();
    for case in &mut read.cases {
        assert!(case.line.take().is_some());
    }
    assert_eq!(read.cases, expectations());
}

#[test]
fn cases_know_their_lines() {
    let suite = Suite::from_toml(SUITE).unwrap();
    let lines: Vec<_> = suite.cases.iter().map(|case| case.line.unwrap()).collect();
    let headers = (1..).zip(SUITE.lines());
    let tables = |word: &str| -> Vec<u32> {
        let header = format!("[[{word}]]");
        let found = headers.clone().filter(|(_, line)| *line == header);
        found.map(|(number, _)| number).collect()
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
        let place = error.position.map_or("nowhere".to_owned(), |at| {
            format!("{}:{}", at.line, at.column)
        });
        writeln!(told, "{text}--- {place} {error}\n").unwrap();
    }
    insta::assert_snapshot!(told);
}

proptest! {
    /// A suite is read back as it was written, except for its lines.
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
