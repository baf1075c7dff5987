//! The catalogue of rules: what the reference is made of.

use std::collections::HashSet;

use guichet_core::{Diagnostic, Severity};
use guichet_policy::lint::{ExampleFile, Finding, Level, Levels, Rule, Subject};

/// Something that a reader of files says.
#[derive(Debug, thiserror::Error)]
#[error("the group `Devs` lists `Ann` more than once")]
struct Said(&'static str);

impl Diagnostic for Said {
    fn code(&self) -> &'static str {
        self.0
    }

    fn severity(&self) -> Severity {
        Severity::Info
    }
}

#[test]
fn every_rule_has_a_whole_page() {
    let mut codes = HashSet::new();
    for rule in Rule::ALL {
        let page = rule.page();
        let code = page.code;
        assert!(codes.insert(code), "{code} stands twice");
        assert!(
            code.bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'-'),
            "{code}"
        );
        assert_eq!(Rule::from_code(code), Ok(*rule));
        assert!(
            !page.summary.ends_with('.') && page.summary.len() < 90,
            "{code}"
        );
        assert!(
            page.why.ends_with('.') && !page.why.contains("  "),
            "{code}"
        );
        let texts = [code, page.summary, page.bad, page.good];
        assert!(texts.iter().all(|text| !text.is_empty()), "{code}");
        assert_ne!(page.bad, page.good, "{code}");
        let braces = |open: char, close: char| {
            [page.bad, page.good]
                .iter()
                .all(|text| text.matches(open).count() == text.matches(close).count())
        };
        assert!(braces('{', '}') && braces('[', ']'), "{code}");
    }
}

/// The codes of storage's problems at the time of writing; each has a rule.
#[test]
fn what_a_reader_reports_has_a_rule() {
    for code in [
        "duplicate-key",
        "unknown-key",
        "missing-built-in",
        "missing-alias",
        "stray-alias",
        "unknown-password",
        "twin-user",
        "twin-group",
        "twin-schema",
        "empty-user-name",
        "ungrantable-group",
        "long-group-name",
        "too-many",
        "empty-collection",
        "missing-user",
        "missing-nested-group",
        "duplicate-member",
        "name-by-case",
        "missing-grantee",
        "missing-setting-user",
        "plugin-by-case",
        "granted-twice",
        "shadowed-file-differs",
        "settings-leftover",
        "unresolved-conflict",
    ] {
        let finding = Finding::reported(&Said(code)).unwrap();
        assert_eq!(finding.rule.code(), code);
        assert_eq!(finding.subject, Subject::Text);
        assert_eq!(finding.severity, Severity::Info);
    }
}

#[test]
fn a_code_that_no_rule_has_is_an_error_with_the_nearest_one() {
    let error = Finding::reported(&Said("duplicate-members")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "no lint rule is named `duplicate-members`"
    );
    assert_eq!(error.code(), "unknown-rule");
    assert_eq!(
        error.help().as_deref(),
        Some("Did you mean `duplicate-member`?")
    );
    let mut levels = Levels::default();
    let error = levels.set("colour", Level::Off).unwrap_err();
    assert_eq!(error.suggestion, None);
    assert_eq!(levels, Levels::default());
}

#[test]
fn a_reported_finding_keeps_its_severity_until_a_level_is_chosen() {
    let finding = || Finding::reported(&Said("duplicate-member")).unwrap();
    let mut levels = Levels::default();
    let severity = |levels: &Levels| Some(levels.settle(finding())?.severity);
    assert_eq!(severity(&levels), Some(Severity::Info));
    levels.set("duplicate-member", Level::Error).unwrap();
    assert_eq!(severity(&levels), Some(Severity::Error));
    levels.set("duplicate-member", Level::Off).unwrap();
    assert_eq!(severity(&levels), None);
}

#[test]
fn a_rule_that_is_off_by_itself_says_nothing_until_a_level_is_chosen() {
    let finding = || Finding::reported(&Said("unreachable-group")).unwrap();
    let mut levels = Levels::default();
    assert_eq!(levels.settle(finding()), None);
    levels.set("unreachable-group", Level::Info).unwrap();
    assert_eq!(levels.settle(finding()).unwrap().severity, Severity::Info);
}

/// The words of `guichet.toml`.
#[test]
fn the_words_of_levels_are_a_closed_list() {
    let words = Level::ALL.map(Level::as_str);
    assert_eq!(words, ["off", "info", "warning", "error"]);
}

#[test]
fn an_example_is_shown_in_the_language_of_its_file() {
    for (file, language) in [
        (ExampleFile::Directory, "json"),
        (ExampleFile::Options, "toml"),
        (ExampleFile::Settings, "xml"),
        (ExampleFile::Folder, "text"),
    ] {
        assert_eq!(file.language(), language);
        assert!(Rule::ALL.iter().any(|rule| rule.page().file == file));
    }
    for rule in Rule::ALL {
        let page = rule.page();
        for example in [page.bad, page.good] {
            if page.file == ExampleFile::Directory {
                let read: Result<serde_json::Value, _> = serde_json::from_str(example);
                assert!(read.is_ok(), "{rule}: {read:?}");
            }
        }
    }
}

#[test]
fn a_finding_has_the_severity_of_its_rule_and_a_rule_that_is_off_only_informs() {
    for rule in Rule::ALL {
        let finding: Finding = Finding::new(*rule, Subject::Directory, "as it is");
        let severity = match rule.level() {
            None | Some(Level::Off | Level::Info) => Severity::Info,
            Some(Level::Warning) => Severity::Warning,
            Some(Level::Error) => Severity::Error,
        };
        assert_eq!(finding.severity, severity, "{rule}");
    }
}
