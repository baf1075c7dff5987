//! `test`: what a team expects of its directory, asked of the example.

use serde_json::{Value, json};

use crate::harness::Project;

const SUITE: &str = r#"[[check]]
name = "the intern does not see the design"
user = "Ann Lee"
access = "design"
expect = "denied"
reason = "not-member"

[[check]]
user = "Ann Lee"
access = "plugin:write"
expect = "allowed"
path = ["General Mgmt", "Finance"]

[[check]]
user = "Zoé Martin"
access = "plugin:write"
expect = "allowed"

[[check]]
user = "Anne"
access = "design"
expect = "denied"

[[who_can]]
access = "plugin:write"
includes = ["Paul Durand"]
excludes = ["Web Guest"]

[[what_can]]
user = "Web Guest"
excludes = ["administration", "sql:DEFAULT_SCHEMA:all"]
"#;

fn with_suite() -> Project {
    let project = Project::accounting();
    project.write("policy.toml", SUITE);
    project
}

#[test]
fn every_test_is_told_with_what_it_expected_and_got() {
    let project = with_suite();
    insta::assert_snapshot!(project.session(&[
        "test policy.toml",
        "test policy.toml --coverage",
        "test policy.toml --format json --coverage",
        "test policy.toml --format junit",
    ]));
}

/// What is written down today holds today, looks at everything, and no longer holds after an edit that
/// gives or takes something.
#[test]
fn todays_answers_hold_until_something_changes() {
    for of in ["", " users"] {
        let project = Project::accounting();
        let suite = project.guichet(&format!("test --init{of}"));
        assert_eq!(suite.status, 0, "{suite}");
        project.write("today.toml", &suite.stdout);
        let run = project.guichet("test today.toml --coverage --format json");
        assert_eq!(run.status, 0, "{run}");
        for what in ["groups", "memberships", "grants"] {
            let tally = &run.json()["coverage"][what];
            assert_eq!(tally["tested"], tally["total"], "{what}: {tally}");
        }
        let edit = project.guichet("members remove Finance \"General Mgmt\"");
        assert_eq!(edit.status, 0);
        let run = project.guichet("test today.toml");
        assert_eq!(run.status, 1, "{run}");
    }
}

#[test]
fn yaml_says_the_same() {
    let project = with_suite();
    project.write(
        "policy.yaml",
        "check:\n  - user: Ann Lee\n    access: plugin:write\n    expect: allowed\nwho_can:\n  - access: plugin:write\n    users: [Paul Durand, Ann Lee, Administrator]\n",
    );
    let run = project.guichet("test policy.yaml");
    assert_eq!(run.status, 0, "{run}");
    let both = project.guichet("test policy.yaml policy.toml --format json");
    assert_eq!(both.status, 1);
    let files = both.json()["files"].as_array().unwrap().len();
    assert_eq!(files, 2);
}

#[test]
fn a_file_that_is_no_suite_is_told_with_its_place() {
    let project = Project::accounting();
    project.write(
        "unknown.toml",
        "[[check]]\nuser = \"Ann Lee\"\naccess = \"design\"\nexpected = \"denied\"\n",
    );
    project.write("broken.toml", "[[check]\n");
    project.write("broken.yaml", "check:\n  - user: [\n");
    insta::assert_snapshot!(project.session(&[
        "test unknown.toml",
        "test broken.toml",
        "test broken.yaml",
        "test missing.toml",
        "test",
    ]));
    let error = project
        .guichet("test unknown.toml --format json")
        .json_error();
    assert_eq!(
        (&error["code"], &error["line"]),
        (&json!("suite-format"), &json!(4))
    );
}

/// A reader of `JUnit` XML finds the numbers that the JSON has.
#[test]
fn the_junit_report_counts_what_happened() {
    let project = with_suite();
    let xml = project.guichet("test policy.toml --format junit").stdout;
    let report = quick_junit::Report::deserialize_from_str(&xml).unwrap();
    assert_eq!((report.tests, report.failures, report.errors), (6, 1, 1));
    let document: Value = project.guichet("test policy.toml --format json").json();
    let tests = document["files"][0]["tests"].as_array().unwrap();
    let names: Vec<&str> = tests
        .iter()
        .map(|test| test["name"].as_str().unwrap())
        .collect();
    let cases = &report.test_suites[0].test_cases;
    let in_xml: Vec<&str> = cases.iter().map(|case| case.name.as_str()).collect();
    assert_eq!(in_xml, names);
}

/// The file that the documentation shows is one, and holds in the example.
#[test]
fn the_documented_file_holds() {
    let page = crate::repository::text("docs/cli.md");
    let (_, section) = page.split_once("### Tests of the policy").unwrap();
    let block = crate::repository::blocks(section, "toml")[0];
    let project = Project::accounting();
    project.write("documented.toml", block);
    let run = project.guichet("test documented.toml");
    assert_eq!(run.status, 0, "{run}");
}

const SCRIPTS: &str = r#"[[seats]]
name = "two writers share two seats, the third waits"
steps = [
    { open = "Ann Lee" },
    { take = "write", session = "Ann Lee", expect = "new-seat" },
    { open = "Paul Durand" },
    { take = "write", session = "Paul Durand", expect = "granted" },
    { open = "Administrator" },
    { take = "write", session = "Administrator", expect = "exhausted", holders = ["Ann Lee", "Paul Durand"] },
    { close = "Ann Lee" },
    { take = "write", session = "Administrator", expect = "new-seat" },
]

[[seats]]
steps = [
    { open = "Zoé Martin" },
    { take = "write", session = "Zoé Martin", expect = "granted" },
]

[[seats]]
steps = [{ take = "write", session = "nobody", expect = "granted" }]
"#;

/// Scripts of seats are played with the users and the licences of the directory, on an empty ledger.
#[test]
fn scripts_of_seats_are_played() {
    let project = Project::accounting();
    project.write("seats.toml", SCRIPTS);
    insta::assert_snapshot!(project.session(&["test seats.toml", "test seats.toml --format json"]));
    project.write(
        "seats.yaml",
        "seats:\n  - steps:\n      - open: Ann Lee\n      - {take: write, session: Ann Lee, expect: new-seat}\n",
    );
    assert_eq!(project.guichet("test seats.yaml").status, 0);
    project.write("wrong.toml", "[[seats]]\nsteps = [{ opn = \"Ann Lee\" }]\n");
    let error = project
        .guichet("test wrong.toml --format json")
        .json_error();
    assert_eq!(
        (&error["code"], &error["line"]),
        (&json!("suite-format"), &json!(2))
    );
}
