//! Every error of the crate as a person reads it, made by a request that is wrong in that way.

use std::fmt::Write as _;

use guichet_core::{Diagnostic, Mode, Options};
use guichet_policy::lint::{Level, Levels};
use guichet_policy::suite::{Case, Permit, Question, Status, Suite, run};
use guichet_policy::{Access, Policy};

use crate::support::json;

const DIRECTORY: &str = r#"{
    "users": {"Ann Lee": {}},
    "groups": {"Finance": {}},
    "sqlSchemaGranters": {"SALES": {"readOnlyAccessGroup": "Finance"}},
    "remoteGranters": {"Barcode": "Finance"}
}"#;

fn tell(said: &mut String, asked: &str, error: &dyn Diagnostic) {
    writeln!(said, "{asked}").unwrap();
    writeln!(said, "  {}[{}]: {error}", error.severity(), error.code()).unwrap();
    match error.help() {
        Some(help) => writeln!(said, "  help: {help}\n").unwrap(),
        None => writeln!(said).unwrap(),
    }
}

#[test]
fn what_is_said_of_an_access_that_is_none() {
    let directory = json::directory(DIRECTORY);
    let mut said = String::new();
    for words in [
        "desing",
        "read",
        "",
        "sql:SALES:drop",
        "sql:SALE",
        "sql:default_shema:all",
        "sql:ARCHIVE",
        "group:Finanse",
        "group:Warehouse",
        "plugin:wirte",
        "plugin:barcod",
        "plugin:scanner",
    ] {
        let error = Access::from_words(&directory, words, |_| None).unwrap_err();
        tell(&mut said, &format!("access `{words}`"), &error);
    }
    insta::assert_snapshot!(said);
}

#[test]
fn what_is_said_of_a_case_that_cannot_be_asked() {
    let policy = Policy::new(json::directory(DIRECTORY), Mode::Server, Options::default());
    let mut said = String::new();
    for (user, access) in [
        ("Anne Lee", "design"),
        ("Somebody", "design"),
        ("Ann Lee", "desing"),
    ] {
        let case = Case {
            name: None,
            line: None,
            question: Question::Check {
                user: user.to_owned(),
                access: access.to_owned(),
                expect: Permit::Allowed,
                reason: None,
                path: Vec::new(),
            },
        };
        let asked = case.title();
        let report = run(&policy, &Suite { cases: vec![case] }, |_| None);
        let Status::Invalid(error) = &report.outcomes[0].status else {
            panic!("`{asked}` can be asked");
        };
        tell(&mut said, &asked, error);
    }
    insta::assert_snapshot!(said, @r"
    check Anne Lee: design
      error[unknown-user]: no user is named `Anne Lee`
      help: Did you mean `Ann Lee`?

    check Somebody: design
      error[unknown-user]: no user is named `Somebody`

    check Ann Lee: desing
      error[unknown-access]: `desing` is not an access
      help: Did you mean `design`? An access is `design`, `runtime-explorer`, `http`, `rest`, `sql[:SCHEMA[:read|write|all]]`, `plugin:KEY`, `group:NAME` or `administration`.
    ");
}

#[test]
fn what_is_said_of_a_rule_that_is_none() {
    let mut said = String::new();
    for code in ["legacy-digests", "colour"] {
        let error = Levels::default().set(code, Level::Off).unwrap_err();
        tell(&mut said, &format!("lint rule `{code}`"), &error);
    }
    insta::assert_snapshot!(said, @r"
    lint rule `legacy-digests`
      error[unknown-rule]: no lint rule is named `legacy-digests`
      help: Did you mean `legacy-digest`?

    lint rule `colour`
      error[unknown-rule]: no lint rule is named `colour`
      help: The reference of lint lists the rules.
    ");
}

#[cfg(feature = "suite")]
#[test]
fn what_is_said_of_a_file_that_is_no_suite() {
    let mut said = String::new();
    let error = Suite::from_toml("[[chek]]").unwrap_err();
    tell(&mut said, "a suite of TOML", &error);
    let error = Suite::from_yaml("chek: []").unwrap_err();
    tell(&mut said, "a suite of YAML", &error);
    insta::assert_snapshot!(said, @r"
    a suite of TOML
      error[suite-format]: this is not a suite of policy tests: unknown field `chek`, expected one of `check`, `who_can`, `what_can`, `seats`
      help: A suite has the tables `check`, `who_can`, `what_can` and `seats`.

    a suite of YAML
      error[suite-format]: this is not a suite of policy tests: unknown field `chek`, expected one of check, who_can, what_can, seats
      help: A suite has the tables `check`, `who_can`, `what_can` and `seats`.
    ");
}
