//! Accesses as people write them.

use guichet_core::{Directory, Mode, Options, PluginKey};
use guichet_policy::{Access, AccessError, Policy};
use proptest::prelude::*;

use crate::support::json;
use crate::support::sketch::granted;

fn read(directory: &Directory, words: &str) -> Result<Access, AccessError> {
    let declared = |word: &str| (word != "unknown").then(|| PluginKey::from_stored(word));
    Access::from_words(directory, words, declared)
}

fn directory() -> Directory {
    json::directory(
        r#"{
            "groups": {"Finance": {}, "a:b": {}},
            "sqlSchemaGranters": {"SALES": {"readOnlyAccessGroup": "Finance"}}
        }"#,
    )
}

#[test]
fn what_is_left_out_has_one_meaning() {
    let directory = directory();
    for (words, whole) in [
        ("sql", "sql:DEFAULT_SCHEMA:read"),
        ("sql:", "sql:DEFAULT_SCHEMA:read"),
        ("sql::all", "sql:DEFAULT_SCHEMA:all"),
        ("sql:SALES", "sql:SALES:read"),
        ("sql:sales:write", "sql:SALES:write"),
        ("group:finance", "group:Finance"),
        ("group:a:b", "group:a:b"),
        ("plugin:a:b", "plugin:a:b"),
    ] {
        let access = read(&directory, words).unwrap();
        assert_eq!(access.describe(&directory).to_string(), whole, "{words}");
    }
}

#[test]
fn a_word_too_many_or_too_few_is_no_access() {
    let directory = directory();
    for words in [
        "",
        "Design",
        "design:",
        "design:now",
        "runtime-explorer:x",
        "http:8080",
        "rest:local",
        "administration:x",
        "group",
        "plugin",
        "sql:SALES:drop",
        "sql:SALES:",
    ] {
        let error = read(&directory, words).unwrap_err();
        assert!(
            matches!(error, AccessError::NotAnAccess { .. }),
            "{words}: {error}"
        );
    }
}

#[test]
fn what_is_named_must_be_there() {
    let directory = directory();
    let code = |words| guichet_core::Diagnostic::code(&read(&directory, words).unwrap_err());
    assert_eq!(code("sql:ARCHIVE"), "unknown-schema");
    assert_eq!(code("group:"), "unknown-group");
    assert_eq!(code("plugin:unknown"), "unknown-plugin");
}

proptest! {
    #[test]
    fn every_access_is_read_back_from_its_words(granted in granted()) {
        let built = granted.build();
        let policy = Policy::new(built.directory, Mode::Server, Options::default());
        let groups = built.groups.into_iter().map(Access::Group);
        for access in policy.accesses().into_iter().chain(groups) {
            let words = access.describe(policy.directory()).to_string();
            prop_assert_eq!(read(policy.directory(), &words), Ok(access), "{}", words);
        }
    }
}
