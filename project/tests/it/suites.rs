//! Files of tests, asked of a view.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::path::Path;

use guichet::{Moment, TestFile, TestVerdict};

use crate::support::Shop;

const TOML: &str = r#"
[[check]]
user = "Ann Lee"
access = "plugin:write"
expect = "allowed"

[[check]]
user = "Anne"
access = "design"
expect = "denied"

[[seats]]
name = "two writers"
steps = [
    { open = "Zoé Martin" },
    { take = "write", session = "Zoé Martin", expect = "granted" },
]
"#;

const YAML: &str = "seats:\n  - steps:\n      - open: Ann Lee\n      - {take: write, session: Ann Lee, expect: new-seat}\n";

#[test]
fn questions_and_scripts_of_a_file_are_asked_in_its_order() {
    let view = Shop::new().open().current();
    let file = TestFile::read(TOML, Path::new("policy.toml")).unwrap();
    let tested = view.test(&file, Moment::EPOCH);
    let found: Vec<_> = tested
        .tests
        .iter()
        .map(|test| (test.kind, test.line))
        .collect();
    assert_eq!(
        found,
        [("check", Some(2)), ("check", Some(7)), ("seats", Some(12))]
    );
    assert!(tested.tests[0].passed() && !tested.passed());
    let TestVerdict::Invalid(error) = &tested.tests[1].verdict else {
        panic!("{tested:?}");
    };
    assert_eq!(error.to_string(), "no user is named `Anne`");
    let TestVerdict::Failed { expected, got, .. } = &tested.tests[2].verdict else {
        panic!("{tested:?}");
    };
    assert_eq!(
        (expected.as_str(), got.as_str()),
        ("granted at step 2", "not-entitled")
    );
    assert_eq!(view.coverage(&[tested]).grants.tested, 1);
}

#[test]
fn yaml_is_told_by_its_name() {
    let view = Shop::new().open().current();
    for name in ["a.yaml", "a.yml"] {
        let file = TestFile::read(YAML, Path::new(name)).unwrap();
        assert!(view.test(&file, Moment::EPOCH).passed());
    }
    let error = TestFile::read(YAML, Path::new("a.toml")).unwrap_err();
    assert_eq!(
        (error.code(), error.path()),
        ("suite-format", Some(Path::new("a.toml")))
    );
    assert_eq!(error.line(), Some(1));
    assert_eq!(error.findings().len(), 1);
}

/// A wrong script is as wrong as a wrong question, and is told with its place.
#[test]
fn a_script_that_is_none_is_told_with_its_line() {
    let text = "[[seats]]\nsteps = [{ opn = \"Ann Lee\" }]\n";
    let error = TestFile::read(text, Path::new("wrong.toml")).unwrap_err();
    assert_eq!((error.code(), error.line()), ("suite-format", Some(2)));
}
